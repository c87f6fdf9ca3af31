"""The sheets of the book's own, checked, and the files in them named from the book's folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from octavo.diagnostics import Report
from octavo.render.layers import Layer, Layers
from octavo.render.sheet_errors import report_errors
from octavo.render.sheet_files import Find, files_of, with_book_addresses
from octavo.render.sheet_imports import report_imports


def own_sheets(layers: Layers, find: Find, report: Report) -> tuple[Layers, list[str]]:
    """Return the layers of sheets, and the paths of the files that those of the book's own name.

    What is wrong in these is reported: browsers would leave it out in silence. `find` is what finds the files.
    """
    read = [_own(layer, layers.names, find, report) if layer.own else layer for layer in layers.layers]
    return Layers(tuple(read)), files_of("\n".join(_texts(read, layers.names)))


def _own(layer: Layer, known: Iterable[str], find: Find, report: Report) -> Layer:
    texts = {}
    for name in sorted(known):
        if (text := layer.read(name)) is not None:
            file = f"{layer.place}/{name}"
            report_errors(text, file, report)
            report_imports(text, file, name, report)
            texts[name] = with_book_addresses(text, file, find)
    return replace(layer, read=texts.get)


def _texts(layers: Iterable[Layer], known: Iterable[str]) -> list[str]:
    return [layer.read(name) or "" for layer in layers if layer.own for name in sorted(known)]
