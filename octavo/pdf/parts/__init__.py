"""The PDF in parts: chapters laid out apart, in any process, and linked into one file.

`compile` turns a part into an artifact that does not know its page numbers, `numbers` marks those of other pages that
it prints, `guess` tells from the first parts how long these will be, `margins` has drawn what stands around pages when
they are known, `faces` writes one subset of each font that was drawn of, and `link` puts all together.
"""

from octavo.pdf.parts.book import write_apart
from octavo.pdf.parts.compile import make_ready
from octavo.pdf.parts.pool import Workers, is_long
from octavo.pdf.parts.source import WHOLE, Part, Printing, parts_of

__all__ = ["WHOLE", "Part", "Printing", "Workers", "is_long", "make_ready", "parts_of", "write_apart"]
