"""On which pages things will be, told from the first parts of a book: enough to lay out its contents meanwhile.

The linker puts the right numbers into contents as long as they have as many digits. So they can be laid out as soon as
all pages whose numbers have fewer digits are known. Where the guess is wrong, they are laid out again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from octavo.pdf.parts.places import Placing
from octavo.pdf.parts.plain import Artifact, Where
from octavo.pdf.parts.source import Part, Written
from octavo.pdf.parts.whole import NotApartError


def guessed(parts: Sequence[Part], made: Mapping[Part, Artifact], written: Mapping[Part, Written]) -> dict[str, Where]:
    """Return the page of each identifier, with as many digits as it will have; none where that is not known yet."""
    chapters = [part for part in parts if part.chapters]
    first = list(takewhile(made.__contains__, chapters))
    if not first:
        return {}
    try:
        placing = Placing([_without_rest(made[part]) for part in first])
    except NotApartError:  # which will be told when all are there
        return {}
    last = placing.pages[-1].number
    total = last * _length(chapters, written) // max(_length(first, written), 1)
    longer = 10 ** (len(str(total)) - 1)  # the first number with as many digits as the last one
    if last < longer:
        return {}
    others = {name for part in chapters[len(first) :] for name in written[part].identifiers}
    return dict.fromkeys(others, Where(longer, str(longer))) | placing.where


def _length(parts: Sequence[Part], written: Mapping[Part, Written]) -> int:
    return sum(len(written[part].markup) for part in parts)


def _without_rest(artifact: Artifact) -> Artifact:
    """Return a part without the page on which its last note ends: it will be one of the next part."""
    return replace(artifact, leaves=artifact.leaves[:-1]) if artifact.leaves[-1].kind.blank else artifact
