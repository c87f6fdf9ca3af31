"""A part of the book → what is printed of it, but for what depends on the rest of the book. Runs in any process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pydyf

from octavo.collector import without_collector
from octavo.diagnostics import Report
from octavo.pdf.coarse_pictures import report_coarse_pictures
from octavo.pdf.document import state_claims, type_area
from octavo.pdf.engine import fetcher, mended, page_of, ragged, reported, styles_of
from octavo.pdf.links import describe_links, join_links
from octavo.pdf.markers import draw_markers_in_place
from octavo.pdf.page_breaks import NOWHERE, beginnings
from octavo.pdf.parts.draw import Drawn, draw
from octavo.pdf.parts.layout import Seen, laid_out_apart
from octavo.pdf.parts.numbers import Marking, drawn_numbers
from octavo.pdf.parts.objects import packed, pieces_of, shifted
from octavo.pdf.parts.plain import Artifact, Job, Kind, Leaf, Object, Pieces, Sheets, Where
from octavo.pdf.parts.sides import POINTS, Sides
from octavo.pdf.parts.whole import NotApartError
from octavo.pdf.patches import applied
from octavo.pdf.patches.drawn_paths import drawer, drawn_paths
from octavo.pdf.patches.scaled_pictures import scaled_pictures, scaler
from octavo.pdf.sheets import PrintSheet
from octavo.pdf.surroundings import neutral
from octavo.pdf.traced import Trace, parse_traced
from octavo.pdf.warnings import Heard
from octavo.pdf.wide_formulas import report_wide_formulas
from octavo.pdf.wide_tables import wide_tables

# What the linker writes of a page and of the file.
_OF_PAGE = ("Type", "Parent", "Contents", "StructParents", "Tabs")
_OF_FILE = ("Type", "Pages", "Names", "Outlines", "StructTreeRoot", "PageLabels")


@dataclass(frozen=True, slots=True)
class Styles:
    """Hold style sheets as WeasyPrint takes them, their fonts, and what was said of each, by its number."""

    fonts: Any
    parsed: tuple[Any, ...]
    said: tuple[tuple[int, str], ...]


@lru_cache(maxsize=2)
def _styles(
    texts: tuple[str, ...], addresses: tuple[tuple[str, str], ...], files: tuple[tuple[str, bytes], ...]
) -> Styles:
    """Return parsed sheets: once for all parts that a process lays out."""
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 (takes half a second to load)

    fetch = fetcher({url: Path(path) for url, path in addresses}, dict(files).__getitem__)
    heard = Heard()
    with reported(Report(), heard), neutral():
        fonts = FontConfiguration()
        parsed = styles_of((PrintSheet(text=text) for text in texts), fetch, fonts, heard)
    return Styles(fonts, tuple(parsed), tuple(heard.said))


def styles_for(sheets: Sheets) -> Styles:
    """Return the parsed sheets of a book."""
    return _styles(sheets.texts, tuple(sorted(sheets.addresses.items())), tuple(sorted(sheets.files.items())))


def make_ready(sheets: Sheets) -> None:
    """Load what lays out, and parse the sheets of a book, before there is anything to be laid out."""
    styles_for(sheets)


def compile_part(job: Job) -> Artifact:
    """Return what is printed of a part. Raises NotApartError where it depends on others, Failure as a layout does."""
    report = Report()
    root, trace = parse_traced(job.markup, "the PDF")
    styles = styles_for(job.sheets)
    fetch = fetcher({}, {**job.sheets.files, **job.pictures}.__getitem__)
    html = page_of(root, fetch)
    with reported(report), without_collector(), neutral():
        with mended(report) as lines_are_set, laid_out_apart(job.pages, first=job.first, report=report) as seen:
            sheets = [*styles.parsed, *([] if lines_are_set else [ragged()])]
            document = html.render(
                stylesheets=sheets, font_config=styles.fonts, pdf_tags=True, dpi=job.sheets.resolution
            )
        join_links(document.pages)
        draw_markers_in_place(document.pages)
        _undress(document.pages)
        labels = _Labels(job.pages)
        marking = Marking(seen.asking)
        marked = applied(drawn_numbers(), marking.drawer(), report)
        with applied(drawn_paths(), drawer(), report), marked, applied(scaled_pictures(), scaler(), report):
            drawn = draw(document, root, job.known, job.sheets.standard, report)
            describe_links(document.pages, labels)
            _enclose(drawn.pdf)
            drawn.numbers = marking.numbers(drawn.pdf)
            drawn.asked = marking.asked(seen.asked, drawn.numbers) | labels.asked
            state_claims(drawn.pdf, job.sheets.standard.split("+"))
            return _artifact(job, html, document, trace, seen, drawn, report)


class _Labels(dict[str, str]):
    """Give the number that is printed on the page of an anchor, and note that it was asked for."""

    def __init__(self, pages: Mapping[str, Where]) -> None:
        super().__init__()
        self._pages = pages
        self.asked: dict[str, Where | None] = {}

    def get(self, name: str, default: Any = None) -> Any:
        """Return the number, or what stands for it where it is not known yet."""
        self.asked[name] = found = self._pages.get(name)
        return found.label if found else default


def _undress(pages: list[Any]) -> None:
    """Take away what belongs to the whole page, and is drawn when it is known on which side it lies."""
    for page in pages:
        box = page._page_box
        if box.canvas_background is not None:
            raise NotApartError("the whole page has a background")
        box.background = None


def _artifact(job: Job, html: Any, document: Any, trace: Trace, seen: Seen, drawn: Drawn, report: Report) -> Artifact:
    wide = wide_tables(document.pages, html.etree_element, job.document)
    report_wide_formulas(document.pages, job.document, report)
    report_coarse_pictures(document.pages, job.document, job.sheets.resolution, report)
    pdf = drawn.pdf
    _shift_annotations(pdf)
    states = _states(pdf, drawn)
    drawn.names[pdf.pages.number] = "pages"
    sides = Sides(html, seen.context)
    leaves = tuple(_leaves(document, trace, seen, drawn, sides))
    apart = {0, pdf.pages.number, pdf.catalog.number, *drawn.names, *pdf.pages["Kids"][::3]}
    apart |= drawn.numbers.streams.keys()
    objects = {item.number: packed(item, drawn.names) for item in pdf.objects if item.number not in apart}
    objects |= dict.fromkeys(drawn.numbers.streams, Object(()))
    roots = [root for root, kind in zip(seen.roots, seen.kinds, strict=True) if not kind.blank]
    return Artifact(
        leaves=leaves,
        objects=objects,
        before=_breaks(roots[0], "before"),
        after=_breaks(roots[-1], "after"),
        names=(roots[0].page_values()[0], roots[-1].page_values()[1]),
        blank=_blank(sides, seen, drawn),
        states=states,
        fonts=drawn.fonts,
        structure=drawn.structure,
        asked=drawn.asked,
        numbers=drawn.numbers,
        wide=tuple(wide),
        catalog={
            name: pieces_of(pydyf.Array([value]).data[1:-1], drawn.names)
            for name, value in pdf.catalog.items()
            if name not in _OF_FILE
        },
        info=pieces_of(pdf.info.data, drawn.names),
        said=styles_for(job.sheets).said,
        found=tuple(report),
    )


def _leaves(document: Any, trace: Trace, seen: Seen, drawn: Drawn, sides: Sides) -> Iterator[Leaf]:
    begins = list(beginnings(document.pages, trace))
    for index, (page, kind) in enumerate(zip(document.pages, seen.kinds, strict=True)):
        left, right = sides.both(kind)
        if left.area != right.area:
            raise NotApartError("left pages have room for other lines than right ones")
        number = drawn.pdf.pages["Kids"][index * 3]
        entries = drawn.pdf.objects[number]
        yield Leaf(
            kind=kind,
            left=left,
            right=right,
            number=number,
            entries=_entries(entries, page._page_box, index, drawn),
            content=int(entries["Contents"].split()[0]),
            anchors=tuple((name, *_point(page, x, y)) for name, (x, y, _, _) in page.anchors.items()),
            bookmarks=tuple(
                (level, label, *_point(page, *place), state) for level, label, place, state in page.bookmarks
            ),
            strings=tuple(
                (name, text) for name, set_on in seen.context.string_set.items() for text in set_on.get(index + 1, ())
            ),
            parents=drawn.parents[index],
            begins=begins[index],
        )


def _point(page: Any, x: float, y: float) -> tuple[float, float]:
    """Return a place on a page in points from its lower left corner."""
    return x * POINTS, page.height * POINTS - y * POINTS


def _entries(page: Any, box: Any, index: int, drawn: Drawn) -> Pieces:
    """Return the dictionary of a page, without what the linker writes into it, with the type area of its box."""
    left, bottom, right, top = type_area(box)
    area = pydyf.Array([shifted(index, left), bottom, shifted(index, right), top])
    entries = {name: value for name, value in page.items() if name not in _OF_PAGE} | {"ArtBox": area}
    return pieces_of(pydyf.Dictionary(entries).data, drawn.names)


def _shift_annotations(pdf: Any) -> None:
    """Let links move with their pages."""
    for index, number in enumerate(pdf.pages["Kids"][::3]):
        for reference in pdf.objects[number].get("Annots", ()):
            annotation = pdf.objects[int(reference.split()[0])]
            left, top, right, bottom = annotation["Rect"]
            annotation["Rect"] = pydyf.Array([shifted(index, left), top, shifted(index, right), bottom])


def _enclose(pdf: Any) -> None:
    """Let the content of each page leave the graphics as they were, for what is drawn behind it."""
    for number in pdf.pages["Kids"][::3]:
        stream = pdf.objects[int(pdf.objects[number]["Contents"].split()[0])].stream
        stream[:] = [b"q", *stream, b"Q"]


def _states(pdf: Any, drawn: Drawn) -> tuple[int, frozenset[str]]:
    """Give the states of graphics an object of their own, and call the fonts by the name that they have in the book."""
    resources = pdf.objects[int(pdf.objects[pdf.pages["Kids"][0]]["Resources"].split()[0])]
    drawn.names[int(resources["Font"].split()[0])] = "fonts"
    states = resources["ExtGState"]
    pdf.add_object(states)
    resources["ExtGState"] = states.reference
    return states.number, frozenset(states)


def _breaks(root: Any, side: str) -> frozenset[str]:
    """Return the breaks that are asked for before or after what is in the body. Raises NotApartError where it is empty.

    A template of the book's own may print nothing of its contents.
    """
    from weasyprint.layout.block import _add_break_values  # noqa: PLC0415 (takes half a second to load)

    children = root.children[-1].children
    if not children:
        raise NotApartError("a part of it prints nothing")
    return frozenset(_add_break_values(children[0 if side == "before" else -1], side))


def _blank(sides: Sides, seen: Seen, drawn: Drawn) -> Leaf:
    """Return the page that stands before a part which has to begin on the other side."""
    body = seen.roots[0].children[-1]
    kind = Kind(True, body.style["page"], 1, ())
    left, right = sides.both(kind)
    page = drawn.pdf.objects[drawn.pdf.pages["Kids"][0]]
    size = {name: page[name] for name in ("MediaBox", "TrimBox", "BleedBox", "Resources")}
    return Leaf(
        kind=kind, left=left, right=right, entries=_entries(size, sides.page(kind, "right"), 0, drawn), begins=NOWHERE
    )
