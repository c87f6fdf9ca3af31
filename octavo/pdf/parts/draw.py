"""The pages of a part, drawn into objects of a PDF that knows neither its fonts nor its other parts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import pydyf

from octavo.diagnostics import Report
from octavo.pdf.marks import Tag, tags_of
from octavo.pdf.parts.fonts import described_font, glyphs_of
from octavo.pdf.parts.objects import annotated, shifted
from octavo.pdf.parts.plain import NO_NUMBERS, Glyphs, Numbers, Structure, Where
from octavo.pdf.parts.whole import NotApartError
from octavo.pdf.patches import Patch, applied
from octavo.pdf.structure import TagWriter, complete_streams
from octavo.pdf.tags import build_tags
from octavo.pdf.vocabulary import say_in_pdf_1

_PURPOSE = "to draw chapters apart"


@dataclass(slots=True)
class Drawn:
    """Hold a PDF that is not written, with what was left out of it.

    `names` are what the objects are called that the linker makes, by their numbers here; `parents` are the elements of
    the marks of each page. `numbers` and `asked` are the numbers of pages that are printed, see `Artifact`.
    """

    pdf: Any = None
    names: dict[int, str] = field(default_factory=dict)
    fonts: tuple[Glyphs, ...] = ()
    structure: Structure = field(default_factory=Structure)
    parents: list[tuple[int | None, ...]] = field(default_factory=list)
    numbers: Numbers = NO_NUMBERS
    asked: Mapping[str, Where | None] = field(default_factory=dict)


def draw(document: Any, root: Any, known: frozenset[str], standard: str, report: Report) -> Drawn:
    """Return the laid-out pages of a part as objects; `known` are the identifiers of the whole book."""
    from weasyprint import DEFAULT_OPTIONS  # noqa: PLC0415 (takes half a second to load)
    from weasyprint.pdf import VARIANTS, generate_pdf  # noqa: PLC0415

    claims = standard.split("+")
    variant = None if claims[0] == "none" else f"pdf/{claims[0]}"
    options = {**DEFAULT_OPTIONS, "pdf_tags": True, "pdf_variant": variant}
    if variant:
        options |= {key: value for key, value in VARIANTS[variant][1].items() if options.get(key) is None}
    drawn = Drawn()
    with _drawn_apart(drawn, root, known, report):
        drawn.pdf = generate_pdf(document, None, 1, **options)
    return drawn


@contextmanager
def _drawn_apart(drawn: Drawn, root: Any, known: frozenset[str], report: Report) -> Iterator[None]:
    import weasyprint.pdf.stream  # noqa: PLC0415

    replacements: tuple[tuple[str, str, Callable[..., Any]], ...] = (
        ("resolve_links", "f95937bb4e4f1007", _links(known)),
        ("build_fonts_dictionary", "fc551bef35d0d6c3", _fonts(drawn)),
        ("add_outlines", "9f5d6afde78956a1", lambda pdf, bookmarks, parent=None: None),
        ("add_tags", "f0e74575b0bafaf3", _tags(drawn, root)),
    )
    with ExitStack() as stack:
        for name, digest, replacement in replacements:
            patch = Patch(module=weasyprint.pdf, name=name, digest=digest, purpose=_PURPOSE)
            if not stack.enter_context(applied(patch, replacement, report)):
                raise NotApartError("this WeasyPrint is not the one that Octavo knows")
        original, weasyprint.pdf.stream.Font = weasyprint.pdf.stream.Font, described_font()
        stack.callback(setattr, weasyprint.pdf.stream, "Font", original)
        yield


def _links(known: frozenset[str]) -> Callable[..., Any]:
    """Return what finds the links and the anchors of each page; a link may lead to anything that the book has."""

    def resolve(pages: list[Any]) -> Iterator[tuple[list[Any], list[tuple[str, float, float]]]]:
        taken: set[str] = set()
        for page in pages:
            anchors = [(name, x, y) for name, (x, y, _, _) in page.anchors.items() if name not in taken]
            taken.update(name for name, _, _ in anchors)
            lost = {link[1] for link in page.links if link[0] == "internal" and link[1] not in known}
            for name in lost:
                logging.getLogger("weasyprint").error("No anchor #%s for internal URI reference", name)
            yield [link for link in page.links if link[0] != "internal" or link[1] in known], anchors

    return resolve


def _fonts(drawn: Drawn) -> Callable[..., Any]:
    """Return what notes the fonts in place of writing them."""

    def build_fonts_dictionary(pdf: Any, fonts: Mapping[Any, Any], *arguments: Any) -> Any:
        drawn.fonts = tuple(map(glyphs_of, fonts.values()))
        return pydyf.Dictionary()

    return build_fonts_dictionary


def _tags(drawn: Drawn, root: Any) -> Callable[..., None]:
    """Return what writes the tags of a part, which hang on nothing until it is linked."""

    def add_tags(pdf: Any, document: Any, version: Any, streams: list[Any]) -> None:
        tree = build_tags(root, [page._page_box for page in document.pages], [stream._tags for stream in streams])
        main = tree.places.own(root.find(".//main"))
        say_in_pdf_1(tree.root)
        complete_streams(streams, tree)
        _shift_bounds(tree.root)
        writer = TagWriter(pdf, modern=False)
        book, text = _stand_in(pdf, drawn, "document"), _stand_in(pdf, drawn, "main")
        top: list[tuple[bool, int]] = []
        for kid in tree.root.kids:
            for each in main.kids if main is not None and kid is main else [kid]:
                assert isinstance(each, Tag), "text stands in a tag (tag_shapes)"
                top.append((kid is main, _number(writer.write(each, text if kid is main else book))))
        for order, (annotation, _) in enumerate(writer.annotations):
            annotation["StructParent"] = annotated(order)
        drawn.parents = [tuple(map(_number_or_none, found)) for found in writer.parents(len(streams))]
        drawn.structure = Structure(
            top=tuple(top),
            annotations=tuple(_number(reference) for _, reference in writer.annotations),
            identifiers=tuple((name, _number(reference)) for name, reference in writer.identifiers.items()),
            roles=frozenset(tag.role for tag in writer.elements),
        )

    return add_tags


def _stand_in(pdf: Any, drawn: Drawn, name: str) -> bytes:
    """Add an object that stands for one of the whole book; return its reference."""
    item = pydyf.Dictionary()
    pdf.add_object(item)
    drawn.names[item.number] = name
    reference: bytes = item.reference
    return reference


def _shift_bounds(root: Tag) -> None:
    """Let the edges of pictures move with their pages, which come to lie on the other side of the book."""
    for tag in tags_of(root):
        if "BBox" in tag.attributes:
            page = next((kid.page for each in tags_of(tag) for kid in each.kids if not isinstance(kid, Tag)), 0)
            left, top, right, bottom = tag.attributes["BBox"]
            edges = [shifted(page, left), top, shifted(page, right), bottom]
            tag.attributes = {**tag.attributes, "BBox": edges}


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _number_or_none(reference: bytes | None) -> int | None:
    return None if reference is None else _number(reference)
