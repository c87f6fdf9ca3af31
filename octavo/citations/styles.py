"""Citation styles: by name or as a file of the book → what the processor runs, and what is known of it before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from octavo.diagnostics import Failure, Position, Rule, nearest

if TYPE_CHECKING:
    from lxml.etree import _Element

_HERE = Path(__file__).parent
_CARRIED = _HERE / "carried" / "styles"
_OWN = _HERE / "styles"
_CSL = "{http://purl.org/net/xbiblio/csl}"
# Names that are shorter than those of the files, and that stay when a newer edition of a manual comes.
_NAMES = {
    "gb-t-7714-2015-numeric": "china-national-standard-gb-t-7714-2015-numeric",
    "gb-t-7714-2015-author-date": "china-national-standard-gb-t-7714-2015-author-date",
    "gb-t-7714-2015-note": "china-national-standard-gb-t-7714-2015-note",
    "chicago-notes": "chicago-notes-bibliography",
    "mla": "modern-language-association",
    "harvard": "harvard-cite-them-right",
}
_HYPHEN = '<term name="page-range-delimiter">-</term>'
Kind = Literal["numeric", "author-date", "note", "author", "label"]
CHINESE, OTHER = "gb-t-7714-2025-numeric", "apa"


@dataclass(frozen=True, slots=True)
class Style:
    """Hold a style as XML.

    `kind` is how it cites; `locates` tells whether it prints places in a work; `note_distance` within how many notes a
    citation is near.
    """

    name: str
    xml: str
    kind: Kind
    locates: bool
    listed: bool
    note_distance: int = 5


# In place of one that cannot be had, which is reported: what cites is found all the same.
NO_STYLE = Style(name="", xml="", kind="numeric", locates=True, listed=False)


def is_positioned(xml: str) -> bool:
    """Tell whether a style asks if a work was cited before."""
    return re.search(r"\s(position|et-al-subsequent-(min|use-first))\s*=", xml) is not None


def known_styles() -> tuple[str, ...]:
    """Return the names of the styles that come with Octavo, in order."""
    files = {path.stem for folder in (_OWN, _CARRIED) for path in folder.glob("*.csl")}
    renamed = {long: short for short, long in _NAMES.items()}
    return tuple(sorted(renamed.get(name, name) for name in files))


def shipped_style(name: str, position: Position | None) -> Style:
    """Return a style that comes with Octavo. Raises Failure (citation-style) where none has that name."""
    path = _path_of(name)
    if path is None:
        message = f"no citation style is called “{name}”"
        hint = (
            nearest(name, known_styles()) or f"these come with Octavo: {', '.join(known_styles())}; or name a .csl file"
        )
        raise Failure(Rule.CITATION_STYLE, position, message, hint)
    return read_style(path.read_text("utf-8"), name, position)


def _path_of(name: str) -> Path | None:
    file = f"{_NAMES.get(name, name)}.csl"
    return next((folder / file for folder in (_OWN, _CARRIED) if "/" not in name and (folder / file).is_file()), None)


def read_style(xml: str, name: str, position: Position | None) -> Style:
    """Return a style out of its XML. Raises Failure (citation-style) at the place in it where it is none.

    A style that only stands for another is that other one, where it comes with Octavo.
    """
    root = _root(xml, name)
    if (parent := _parent(root)) and root.find(f"{_CSL}citation") is None:
        if not _path_of(parent):
            message = f"the style “{name}” stands for “{parent}”, which does not come with Octavo"
            raise Failure(Rule.CITATION_STYLE, position, message, "name the file of that one")
        return shipped_style(parent, position)
    citation = root.find(f"{_CSL}citation")
    if root.tag != f"{_CSL}style" or citation is None:
        message = f"“{name}” is no style for citations: it has no style with a citation in it"
        raise Failure(
            Rule.CITATION_STYLE, position or Position(name), message, "fetch one from the Zotero style repository"
        )
    return Style(
        name=name,
        # A hyphen between pages is meant between numbers too, for which only citeproc-js has a word.
        xml=xml.replace(_HYPHEN, _HYPHEN + _HYPHEN.replace("page", "citation")),
        kind=_kind(root),
        locates="locator" in xml.partition("</info>")[2],
        listed=root.find(f"{_CSL}bibliography") is not None,
        note_distance=int(citation.get("near-note-distance") or 5),
    )


def _root(xml: str, name: str) -> _Element:
    from lxml import etree  # noqa: PLC0415 (only books that cite need it)

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(xml.encode(), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise Failure(
            Rule.CITATION_STYLE, Position(name, line or 1, column or 1), f"this is not XML: {error.msg}"
        ) from error


def _parent(root: _Element) -> str | None:
    link = root.find(f"{_CSL}info/{_CSL}link[@rel='independent-parent']")
    return link.get("href", "").rpartition("/")[2] if link is not None else None


def _kind(root: _Element) -> Kind:
    if root.get("class") == "note":
        return "note"
    stated = root.find(f"{_CSL}info/{_CSL}category[@citation-format]")
    format = stated.get("citation-format") if stated is not None else None
    if format in ("numeric", "author-date", "note", "author", "label"):
        return format  # type: ignore[return-value]
    numbered = any(node.get("variable") == "citation-number" for node in root.iter(f"{_CSL}text"))
    return "numeric" if numbered else "author-date"
