"""The PDF in parts: chapters laid out apart, in any process, and linked into one file.

`compile` turns a part into an artifact that does not know its page numbers, `furniture` draws what stands in the
margins when they are known, `fonts` unites what was drawn of each font, and `link` puts all together.
"""

from octavo.pdf.parts.book import write_apart
from octavo.pdf.parts.source import WHOLE, Part, Printing, parts_of

__all__ = ["WHOLE", "Part", "Printing", "parts_of", "write_apart"]
