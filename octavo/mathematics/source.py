"""The TeX of an author → that of a formula which stands alone: numbers and labels are Octavo's, and there is no page.

Every character keeps the offset at which the author wrote it, so that an error can be shown at its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# Environments that stand by themselves, and the one that sets the same inside of a formula.
_INNER = {
    "align": "aligned",
    "alignat": "alignedat",
    "flalign": "aligned",
    "gather": "gathered",
    "multline": "multline*",
    "equation": "",
    "displaymath": "",
    "math": "",
}
_ENVIRONMENT = re.compile(r"\\(begin|end)\{(" + "|".join(_INNER) + r")\*?\}")
_EQNARRAY = re.compile(r"\\(begin|end)\{eqnarray\*?\}")
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_UNNUMBERED = re.compile(r"\\(?:nonumber|notag)(?![A-Za-z])")
# What LaTeX numbers line by line, and what in it has lines of its own.
_OUTER = re.compile(r"\\begin\{(align|alignat|flalign|gather|eqnarray)(\*?)\}")
_INSIDE = re.compile(r"\\begin\{(\w+\*?)\}(?:(?!\\begin\{).)*?\\end\{\1\}", re.DOTALL)
_TAG = re.compile(r"\\tag(\*?)\s*\{([^{}]*)\}")
_PLAIN = re.compile(r"[^\\$]+")


@dataclass(frozen=True, slots=True)
class Prepared:
    """Hold TeX that can be set, and for each of its characters the offset in that of the author."""

    tex: str
    offsets: tuple[int, ...]

    def offset(self, place: int) -> int:
        """Return where in the author's TeX a character stands; behind the last one it is the end."""
        if place < len(self.offsets):
            return self.offsets[place]
        return self.offsets[-1] + 1 if self.offsets else 0


def prepared(tex: str) -> Prepared:
    """Return what is to be set of an author's TeX."""
    lifted = plain_tag(tex) is not None
    source = Prepared(tex, tuple(range(len(tex))))
    source = _replaced(source, _LABEL, lambda found: "")
    source = _replaced(source, _UNNUMBERED, lambda found: "")
    source = _replaced(source, _TAG, lambda found: "" if lifted else _beside(found))
    source = _replaced(
        source, _EQNARRAY, lambda found: r"\begin{array}{rcl}" if found[1] == "begin" else r"\end{array}"
    )
    return _replaced(source, _ENVIRONMENT, _inner)


def labels(tex: str) -> Iterator[tuple[str, int]]:
    r"""Yield the name in each `\label`, which names nothing here, and the offset at which the command begins."""
    for found in _LABEL.finditer(tex):
        yield found[1].strip(), found.start()


def left_out(tex: str) -> Iterator[tuple[str, int]]:
    r"""Yield each `\notag` and `\nonumber`, and the offset at which it stands."""
    for found in _UNNUMBERED.finditer(tex):
        yield found[0], found.start()


def numbered_lines(tex: str) -> int:
    """Return how many lines of a formula LaTeX would number."""
    outer = _OUTER.search(tex)
    if outer is None or outer[2]:
        return 0
    inside, count = tex[outer.end() :].rpartition("\\end{")[0], 1
    while count:
        inside, count = _INSIDE.subn("", inside)
    lines = [line for line in inside.split("\\\\") if line.strip()]
    return sum(1 for line in lines if not _UNNUMBERED.search(line))


def plain_tag(tex: str) -> str | None:
    r"""Return what `\tag` says, as it is printed beside the formula; None where it says nothing that is plain text."""
    found = list(_TAG.finditer(tex))
    if len(found) != 1 or not _PLAIN.fullmatch(found[0][2].strip()):
        return None
    text = found[0][2].strip()
    return text if found[0][1] else f"({text})"


def _beside(tag: re.Match[str]) -> str:
    """Return a tag of a line among several, which stands behind that line."""
    return rf"\qquad\text{{{tag[2]}}}" if tag[1] else rf"\qquad\text{{({tag[2]})}}"


def _inner(found: re.Match[str]) -> str:
    name = _INNER[found[2]]
    return rf"\{found[1]}{{{name}}}" if name else ""


def _replaced(source: Prepared, pattern: re.Pattern[str], by: Callable[[re.Match[str]], str]) -> Prepared:
    """Replace what a pattern finds; what comes in its place stands where it began."""
    tex, offsets, last = [], [], 0
    for found in pattern.finditer(source.tex):
        new = by(found)
        tex += [source.tex[last : found.start()], new]
        offsets += [*source.offsets[last : found.start()], *[source.offsets[found.start()]] * len(new)]
        last = found.end()
    if not tex:
        return source
    return Prepared("".join([*tex, source.tex[last:]]), (*offsets, *source.offsets[last:]))
