"""Ways to spoil a PDF, each in place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf


def drop_ua_claim(file: Path) -> None:
    """Take the claim to be PDF/UA out of the metadata."""
    _drop_claim(file, "pdfuaid")


def drop_a_claim(file: Path) -> None:
    """Take the claim to be PDF/A out of the metadata."""
    _drop_claim(file, "pdfaid")


def drop_declarations(file: Path) -> None:
    """Take the claim to be well tagged out of the metadata."""
    _drop_claim(file, "pdfd")


def misplace_title(file: Path) -> None:
    """Put a title into a paragraph."""
    with _opened(file) as pdf:
        paragraph = _elements(pdf, "P")[0]
        keys = {"/Type": pikepdf.Name.StructElem, "/S": pikepdf.Name.Title, "/NS": paragraph.NS, "/P": paragraph}
        paragraph.K.append(pdf.make_indirect(pikepdf.Dictionary({**keys, "/K": pikepdf.Array()})))


def forget_tags_of_destinations(file: Path) -> None:
    """Let all links lead to places on pages, and to no tags."""
    with _opened(file) as pdf:
        names: Any = pdf.Root.Names.Dests.Names
        for index in range(1, len(names), 2):
            names[index] = names[index].D


def forget_calls(file: Path) -> None:
    """Let no note know where it is called."""
    with _opened(file) as pdf:
        for note in _elements(pdf, "FENote"):
            del note.Ref


def drop_language(file: Path) -> None:
    """Say nothing of the language."""
    with _opened(file) as pdf:
        del pdf.Root.Lang


def drop_to_unicode(file: Path) -> None:
    """Leave open which characters the glyphs of one font stand for."""
    with _opened(file) as pdf:
        font: Any = next(iter(pdf.pages[-1].Resources.Font.values()))
        del font.ToUnicode


def blank_alternative(file: Path) -> None:
    """Give every picture a text without a word."""
    with _opened(file) as pdf:
        figures = [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and "/Alt" in found]
        assert figures
        for figure in figures:
            figure.Alt = pikepdf.String(" ")


def lead_astray(file: Path) -> None:
    """Let a link lead to a place that no page has."""
    with _opened(file) as pdf:
        links = [link for page in pdf.pages for link in page.get("/Annots", []) if "/Dest" in link]
        links[0].Dest = pikepdf.String("nowhere-at-all")


def move_cross_references(file: Path) -> None:
    """Say that the table of objects is where it is not."""
    changed, times = re.subn(rb"startxref\s+\d+", b"startxref\n17", file.read_bytes())
    assert times
    file.write_bytes(changed)


def cut_short(file: Path) -> None:
    """Drop the last third of the file."""
    content = file.read_bytes()
    file.write_bytes(content[: len(content) * 2 // 3])


def _elements(pdf: pikepdf.Pdf, role: str) -> list[Any]:
    """Return the structure elements of a role. Raises AssertionError where there is none to spoil."""
    found: Any = (item for item in pdf.objects if isinstance(item, pikepdf.Dictionary))
    elements = [item for item in found if item.get("/Type") == "/StructElem" and str(item.S) == f"/{role}"]
    assert elements
    return elements


def _drop_claim(file: Path, prefix: str) -> None:
    with _opened(file) as pdf:
        metadata: Any = pdf.Root.Metadata
        metadata.write(_without(metadata.read_bytes(), prefix.encode()))


def _without(packet: bytes, prefix: bytes) -> bytes:
    """Return metadata without the properties of a schema, be they elements or attributes."""
    pattern = rb"<%b:(\w+)[^>]*>[^<]*</%b:\1>|\s%b:\w+=\"[^\"]*\"" % (prefix, prefix, prefix)
    changed, times = re.subn(pattern, b"", packet)
    assert times
    return changed


@contextmanager
def _opened(file: Path) -> Iterator[pikepdf.Pdf]:
    """Open a PDF to be changed, and write it back."""
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        yield pdf
        pdf.save(file)
