"""What a judge names of an output → the places in the source, and how the place in the output is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError
from zipfile import ZipFile

from octavo.check.judges.finding import Finding, Spot
from octavo.check.judges.pages import Page
from octavo.check.judges.sources import Sources
from octavo.check.ledger import Entry
from octavo.check.texts import UNREADABLE, formula_text, item_text
from octavo.diagnostics import Position
from octavo.render.edition import Edition


class Spots:
    """Place the findings of judges; `outputs` are the paths of what they were given, by name."""

    def __init__(self, edition: Edition, outputs: Mapping[str, Path], ledger: tuple[Entry, ...]) -> None:
        self._sources = Sources(edition, ledger)
        self._names = {path.resolve(): name for name, path in outputs.items()}
        self._page = cache(_page)

    def of(self, finding: Finding) -> Iterator[tuple[Position | None, str]]:
        """Yield each place of a finding: in the source, where it has one there, and in the output, in words."""
        name = self._names.get(finding.file, finding.file.name)
        if not finding.spots:
            yield None, name
        for spot in finding.spots:
            yield self._position(finding.file, spot), f"{name}, {spot}" if str(spot) else name

    def _position(self, file: Path, spot: Spot) -> Position | None:
        try:
            if spot.tag is not None:
                return self._sources.of_text(_text_of_tag(file, spot.tag))
            page = self._page(file, spot.page) if spot.page.endswith((".html", ".xhtml")) else None
        except (*UNREADABLE, ExpatError):
            return None  # a broken output is said elsewhere
        if page is None:
            return None
        if spot.line is not None:
            return self._sources.of_element(page, page.near(spot.line, spot.column, spot.markup))
        element = page.select(spot.selector, spot.markup) if spot.selector or spot.markup else None
        return None if element is None else self._sources.of_element(page, element)


def _page(file: Path, name: str) -> Page | None:
    """Return a page of an output; judges name one of an EPUB with or without the folder that it is in."""
    if file.suffix != ".epub":
        path = file / name if file.is_dir() else file
        return Page(path.read_bytes()) if path.is_file() else None
    with ZipFile(file) as archive:
        names = [each for each in archive.namelist() if each == name or each.endswith(f"/{name.rpartition('/')[2]}")]
        return Page(archive.read(names[0])) if names else None


def _text_of_tag(file: Path, number: int) -> str:
    """Return the text of a tag, or what it says in the stead of a picture."""
    import playa  # noqa: PLC0415 (only a check wants it)
    from playa.exceptions import PDFException  # noqa: PLC0415
    from playa.structure import Element  # noqa: PLC0415

    try:
        with playa.parse(file.read_bytes()) as document:
            properties = document[number]
            return "".join(_texts(Element.from_dict(document, properties))) if isinstance(properties, dict) else ""
    except (PDFException, StopIteration) as error:
        raise ValueError(str(error)) from error


def _texts(node: Any) -> Iterator[str]:
    from playa.structure import ContentItem, Element  # noqa: PLC0415

    if isinstance(node, ContentItem):
        yield item_text(node)
    elif isinstance(node, Element):
        stated = formula_text(node) if node.type == "Formula" else ""
        if stated:
            yield stated
        else:
            for kid in node:
                yield from _texts(kid)
