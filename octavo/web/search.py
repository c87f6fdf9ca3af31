"""The index of the search: the text of each section of the site as its page shows it, in one script.

Out of the finished pages and not the tree, so that whatever a reader sees is found: captions, notes, tables, code.
Words are looked for in the text itself, since Chinese has no spaces between words that an index could be made of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.etree.ElementTree import Element

Record: TypeAlias = tuple[str, int, str, str]
FILE = "search-index.js"
_HEADING = re.compile(r"h([1-6])")
# What does not part words from each other.
_INLINE = frozenset(
    {
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "i",
            "img",
            "ins",
            "kbd",
            "label",
        ),
        *("mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var"),
        "wbr",
    }
)
_MATH = "{http://www.w3.org/1998/Math/MathML}"
# The number of a note would stand within a sentence, and the others are the same on every page.
_UNSOUGHT = frozenset({"note-call", "back", "turn", "note-number", "contents", "downloads", "edit-page", "page-title"})
_SPACE = re.compile(r"\s+")
_UNSEEN = re.compile("[\u00ad\u200b\u2060-\u2064\ufeff]+")


@dataclass(slots=True)
class _Section:
    """Gather what stands below one heading: `aside` holds what is heard, or seen elsewhere than in the line."""

    address: str
    level: int
    title: str
    parts: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)

    @property
    def record(self) -> Record:
        """Return what the index states of it."""
        text = "".join([*self.parts, "\n", *(f"{each}\n" for each in self.aside)])
        return self.address, self.level, self.title, "\n".join(_lines(text))


def sections_of(page: str, root: Element, level: int, title: str, notes: str) -> list[Record]:
    """Return the sections of a page: address, level, title and text, in which a line is a block.

    `level` is that of the page's first heading in the book, `title` what the page is called where it has none, `notes`
    the pattern in which a note is called by its number.
    """
    main = root.find(".//main")
    reader = _Reader(page, level, notes, [_Section(page, level, title)])
    reader.read(root if main is None else main)
    records = [section.record for section in reader.sections]
    return [record for record in records if record[3] or record is not records[0]]


def index_script(sections: Iterable[Record]) -> str:
    """Return the script that states the sections: a page from a disk may load a script, and no data."""
    lines = ",\n".join(json.dumps(section, ensure_ascii=False, separators=(",", ":")) for section in sections)
    return f"window.octavoSections = [\n{lines}\n];\n"


@dataclass(slots=True)
class _Reader:
    """Read a page into sections; a heading with an identifier begins one, and so does a note."""

    page: str
    level: int
    notes: str
    sections: list[_Section]

    def read(self, element: Element) -> None:
        """Take in an element and all below it."""
        classes = (element.get("class") or "").split()
        if not _UNSOUGHT.isdisjoint(classes) or element.tag in ("rp", "script", "style", "template", "button"):
            return
        heading = _HEADING.fullmatch(element.tag)
        if heading and element.get("id") and "inner" not in classes:
            self._begin(element.get("id"), self.level + int(heading[1]) - 1, _title(element))
            self.sections[-1].aside += _asides(element)
        elif "note" in classes and element.tag == "aside" and "id" in element.attrib:
            number = next((part.text or "" for part in element.iter() if part.get("class") == "note-number"), "")
            self._begin(element.get("id"), self.level + 1, self.notes.format(number))
            self._read_inside(element)
        elif element.tag == f"{_MATH}math":
            self.sections[-1].parts.append("".join(element.itertext()))
            self.sections[-1].aside += _asides(element)
        elif element.tag in ("rt", "img"):
            self.sections[-1].aside += _asides(element)
        else:
            self._read_inside(element)

    def _begin(self, identifier: str | None, level: int, title: str) -> None:
        self.sections.append(_Section(f"{self.page}#{identifier}", level, title))

    def _read_inside(self, element: Element) -> None:
        parts = "" if element.tag in _INLINE else "\n"
        self._add(parts, element.text)
        for child in element:
            self.read(child)
            self._add("", child.tail)
        self._add(parts, None)

    def _add(self, before: str, text: str | None) -> None:
        # Text that goes on after a subsection has ended belongs to what is above it; no template makes such.
        self.sections[-1].parts += [before, _SPACE.sub(" ", text or "")]


def _title(heading: Element) -> str:
    return _squeezed("".join(_texts(heading)))


def _texts(element: Element) -> Iterator[str]:
    """Yield the text of an element as it stands in a line."""
    yield element.text or ""
    for child in element:
        unsought = not _UNSOUGHT.isdisjoint((child.get("class") or "").split())
        if not unsought and child.tag not in ("rt", "rp"):
            yield from _texts(child)
        yield child.tail or ""


def _asides(element: Element) -> Iterator[str]:
    """Yield the readings in an element, the texts of its pictures and the words of its formulas."""
    for part in element.iter():
        said = part.get("alttext") or part.get("alt") or ("".join(part.itertext()) if part.tag == "rt" else "")
        if said.strip():
            yield _squeezed(said)


def _squeezed(text: str) -> str:
    return _UNSEEN.sub("", _SPACE.sub(" ", text)).strip()


def _lines(text: str) -> Iterator[str]:
    return filter(None, map(_squeezed, text.split("\n")))
