"""Every node in every format: well-formed, and the same but for a closed list of differences.

The list is that of `octavo/render/target.py`: href, picture, note, page reference, index locator, only, epub:type,
permalink, page marker. What it names is taken out of the markup here; whatever else differs then is a fault.
"""

from __future__ import annotations

import typing
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from octavo.diagnostics import Position
from octavo.document import (
    FORMATS,
    Abbreviation,
    AbbreviationDefinition,
    Answer,
    Bibliography,
    BibliographyEntry,
    Block,
    BlockQuote,
    Callout,
    CalloutKind,
    Citation,
    CitationLink,
    Cited,
    Code,
    CodeBlock,
    CrossReference,
    Definition,
    DefinitionList,
    Details,
    Division,
    Emphasis,
    Equation,
    Figure,
    Formula,
    HardBreak,
    Heading,
    Image,
    Index,
    IndexEntry,
    IndexGroup,
    IndexMark,
    Inline,
    Link,
    List,
    ListItem,
    ListOf,
    Locator,
    Node,
    Note,
    NoteReference,
    Only,
    OnlySpan,
    Paragraph,
    RawBlock,
    RawInline,
    Reference,
    ReferenceGroup,
    Ruby,
    Section,
    SoftBreak,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    TableCell,
    TableRow,
    Term,
    TermReference,
    Text,
    ThematicBreak,
    Theorem,
    Variable,
    walk,
)
from octavo.render.index import Page
from octavo.render.layers import shipped_layers
from octavo.render.renderer import Renderer
from octavo.render.target import Format, Target
from octavo.render.templates import Templates
from octavo.words import words_of

AT = Position("a.md")
EPUB = "http://www.idpf.org/2007/ops"
AWKWARD = "a < b & c > d “e” 'f' \"g\" 中文"


def text(characters: str = AWKWARD) -> Text:
    return Text(text=characters, position=AT)


def paragraph(*children: Inline, tight: bool = False) -> Paragraph:
    return Paragraph(children=children or (text(),), tight=tight, position=AT)


def link(**attributes: typing.Any) -> Link:
    return Link(**{"destination": "b.md", **attributes}, children=(text(),), position=AT)


def image(file: str | None, title: str | None = None) -> Image:
    return Image(source="a.png", file=file, title=title, children=(text(),), position=AT)


def reference(number: int, call: int = 1) -> NoteReference:
    return NoteReference(label=f"n{number}", number=number, call=call, note=f"octavo-note-1-{number}", position=AT)


def heading(**attributes: typing.Any) -> Heading:
    return Heading(**{"level": 2, "children": (text(),), "generated": "a", **attributes}, position=AT)


def code(language: str) -> CodeBlock:
    return CodeBlock(text='if a < b:\n    print("&")\n', info=language, position=AT)


def note(number: int, *children: Block, calls: int = 1) -> Note:
    return Note(
        label=f"n{number}",
        number=number,
        calls=calls,
        identifier=f"octavo-note-1-{number}",
        children=children,
        position=AT,
    )


def items(*children: Block, **attributes: typing.Any) -> List:
    item = ListItem(children=children, checked=attributes.pop("checked", None), position=AT)
    return List(items=(item, item), **attributes, position=AT)


def tight(characters: str) -> Paragraph:
    return Paragraph(children=(text(characters),), tight=True, position=AT)


def table() -> Table:
    def row(*words: str) -> TableRow:
        cells = zip(words, (None, "left", "center", "right"), strict=True)
        return TableRow(
            cells=tuple(
                TableCell(children=(tight(word),), alignment=typing.cast(typing.Any, side), position=AT)
                for word, side in cells
            ),
            position=AT,
        )

    return Table(head=(row(*"abcd"),), rows=(row(*"efgh"), row("<", "&", ">", "")), position=AT)


def spanning_table() -> Table:
    def cell(word: str, **attributes: typing.Any) -> TableCell:
        return TableCell(children=(tight(word), items(tight(word))), **attributes, position=AT)

    def row(*cells: TableCell) -> TableRow:
        return TableRow(cells=cells, position=AT)

    return Table(
        head=(row(cell("a"), cell("b", columns=2)), row(cell("a"), cell("b"), cell("c"))),
        rows=(row(cell("d", heading=True, rows=2), cell("e"), cell("f")), row(cell("g", columns=2))),
        caption=(text(),),
        label="表 1",
        identifier="tbl-a",
        position=AT,
    )


def figure(*children: Block, **attributes: typing.Any) -> Figure:
    return Figure(
        children=children or (Paragraph(children=(image("a.png"),), tight=True, position=AT),),
        **attributes,
        position=AT,
    )


def refer(**attributes: typing.Any) -> Reference:
    return Reference(**{"name": "fig-a", "written": "@fig-a", **attributes}, position=AT)


def group(*children: Reference) -> ReferenceGroup:
    return ReferenceGroup(children=children, written="[@fig-a; @fig-b]", separators=("、",), position=AT)


def cite(**attributes: typing.Any) -> CitationLink:
    return CitationLink(
        **{"target": "here", "identifier": "octavo-cite-a-1", "children": (text(),), **attributes}, position=AT
    )


def citation(*children: Inline) -> Citation:
    work = Cited(key="a", position=AT)
    return Citation(works=(work,), written="[see @a, p. 3]", children=children, position=AT)


def entry(*calls: str, **attributes: typing.Any) -> BibliographyEntry:
    return BibliographyEntry(
        key="a", identifier="octavo-work-a", children=(text(),), calls=calls, **attributes, position=AT
    )


def works(*entries: BibliographyEntry) -> Bibliography:
    return Bibliography(entries=entries, position=AT)


def definitions() -> DefinitionList:
    term, loose = Term(children=(text(),), position=AT), Definition(children=(paragraph(),), position=AT)
    tight = Definition(children=(paragraph(tight=True), items(paragraph(tight=True))), position=AT)
    return DefinitionList(items=(term, loose, tight), position=AT)


def section(role: typing.Literal["section", "appendix", "question"]) -> Section:
    return Section(heading=heading(label="Q1"), children=(paragraph(),), role=role, position=AT)


def callout(kind: CalloutKind, **attributes: typing.Any) -> Callout:
    return Callout(kind=kind, children=(paragraph(),), **attributes, position=AT)


# The first note calls the second; only the first is called from the text.
NOTES = (
    note(1, paragraph(text("first"), reference(2)), items(paragraph(tight=True)), calls=2),
    note(2, paragraph(text("second"))),
)

ENTRY = IndexEntry(
    text=AWKWARD,
    identifier="octavo-index-entry-1",
    locators=(Locator(target="here", text="1.2", formats=FORMATS),),
    see=(CrossReference(text="other", target=None),),
    see_also=(CrossReference(text=AWKWARD, target="elsewhere"),),
    children=(IndexEntry(text="below", identifier="octavo-index-entry-2"),),
)

EXAMPLES: dict[type[Node], tuple[Node, ...]] = {
    Text: (text(),),
    SoftBreak: (paragraph(text("a"), SoftBreak(position=AT), text("b")),),
    HardBreak: (paragraph(text("a"), HardBreak(position=AT), text("b")),),
    Emphasis: (Emphasis(children=(text(),), position=AT),),
    Strong: (Strong(children=(text(), Emphasis(children=(text(),), position=AT)), position=AT),),
    Strikethrough: (Strikethrough(children=(text(),), position=AT),),
    Subscript: (Subscript(children=(text(),), position=AT),),
    Superscript: (Superscript(children=(text(),), position=AT),),
    Span: (
        Span(children=(text(),), position=AT),
        Span(children=(text(),), tag="kbd", identifier="x", classes=("a",), attributes=(("lang", "en"),), position=AT),
        paragraph(text("a"), Span(children=(), tag="wbr", position=AT), text("b")),
    ),
    Ruby: (Ruby(children=(text("漢字"),), reading=(text("かんじ"),), position=AT),),
    Abbreviation: (Abbreviation(text="HTML", expansion=AWKWARD, position=AT),),
    Code: (Code(text=AWKWARD, position=AT),),
    Formula: (Formula(tex="a < b & c", position=AT),),
    Reference: (
        refer(),
        refer(target="elsewhere", text="图 1"),
        refer(target="here", text="1", form="number", prefix=(text("见"),), suffix=(text("，上"),)),
        paragraph(refer(target="here", text="图 1", form="page")),
    ),
    ReferenceGroup: (
        group(refer(), refer()),
        group(refer(target="here", text="图 1"), refer(target="elsewhere", text="图 2")),
    ),
    Citation: (citation(), citation(text("("), cite(), text(")"))),
    CitationLink: (
        cite(),
        cite(target="elsewhere", identifier=None, children=(text("3"),), numbered=True),
    ),
    Variable: (Variable(kind="var", name="edition", position=AT),),
    IndexMark: (
        IndexMark(children=(text(),), path=("a",), identifier="octavo-index-1-1", position=AT),
        IndexMark(children=(), path=("a", "b"), identifier="octavo-index-1-2", position=AT),
    ),
    TermReference: (
        TermReference(children=(text(),), name="a", target="here", position=AT),
        TermReference(children=(text(),), name="b", position=AT),
    ),
    OnlySpan: (OnlySpan(formats=("html", "pdf", "epub"), children=(text(),), position=AT),),
    Link: (
        link(target="elsewhere"),
        link(target="here", title=AWKWARD),
        link(destination="https://example.org/?a=1&b=2"),
        link(destination="nowhere.md"),
    ),
    Image: (
        image("a.png"),
        image("a.png", title=AWKWARD),
        image(None),
        replace(image("a.png"), alternative=AWKWARD, attributes=(("width", "60%"),), identifier="a", classes=("b",)),
        replace(image("a.png"), children=(), decorative=True),
    ),
    RawInline: (paragraph(RawInline(text="<kbd>", position=AT), text(), RawInline(text="</kbd>", position=AT)),),
    NoteReference: (
        paragraph(text("a"), reference(1), text("b"), reference(1, call=2), text("c")),
        paragraph(NoteReference(label="undefined", position=AT)),
    ),
    Heading: (
        heading(),
        heading(level=6, identifier="own", classes=("x", "y")),
        heading(number="1.2", label="附录"),
        heading(generated=None),
    ),
    Paragraph: (paragraph(), paragraph(tight=True)),
    ThematicBreak: (ThematicBreak(position=AT),),
    BlockQuote: (BlockQuote(children=(paragraph(), items(paragraph())), position=AT),),
    List: (
        items(paragraph(tight=True)),
        items(paragraph(), code("python"), tight=False),
        items(paragraph(tight=True), ordered=True),
        items(paragraph(tight=True), items(paragraph(tight=True)), ordered=True, start=7),
    ),
    ListItem: (items(paragraph(tight=True), checked=True), items(paragraph(), checked=False)),
    CodeBlock: (
        *(code(""), code("python"), code("no-such-language"), code("rust,ignore")),
        replace(code("python"), caption=(text(),), label="清单 1", identifier="lst-a"),
    ),
    Figure: (
        figure(),
        figure(caption=(text(),), label="图 1", identifier="fig-a", classes=("wide",)),
        figure(figure(caption=(text(),), label="(a)"), figure(caption=(text(),), label="(b)"), caption=(text(),)),
    ),
    Equation: (Equation(tex="a < b", position=AT), Equation(tex="a & b", label="(1)", identifier="eq-a", position=AT)),
    RawBlock: (RawBlock(text="<div><p>raw</p></div>\n", position=AT),),
    Table: (table(), Table(head=table().head, rows=(), position=AT), spanning_table()),
    TableRow: (table(),),
    TableCell: (table(),),
    AbbreviationDefinition: (AbbreviationDefinition(text="a", expansion="b", position=AT),),
    DefinitionList: (definitions(),),
    Term: (definitions(), definitions().items[0]),
    Definition: (definitions(), definitions().items[1]),
    Callout: (
        *(callout(kind) for kind in typing.get_args(CalloutKind)),
        callout("tip", title=(text(),), label="提示 1", identifier="tip-a"),
    ),
    Theorem: (
        Theorem(kind="theorem", label="定理 1", title=(text(),), identifier="t", children=(paragraph(),), position=AT),
        Theorem(kind="proof", label="证明", children=(paragraph(),), position=AT),
    ),
    Division: (Division(children=(paragraph(),), classes=("landscape",), attributes=(("lang", "en"),), position=AT),),
    Details: (
        Details(summary=(text(),), children=(paragraph(),), position=AT),
        Details(summary=(text(),), children=(paragraph(),), opened=True, position=AT),
    ),
    Only: (Only(formats=("html", "pdf", "epub"), children=(paragraph(),), position=AT),),
    ListOf: (ListOf(kind="figure", position=AT),),
    Index: (Index(groups=(IndexGroup(label="A", entries=(ENTRY,)),), identifier="i", position=AT),),
    Bibliography: (works(), works(entry("here"), entry("here", "elsewhere", number=(text("[2]"),), language="en"))),
    BibliographyEntry: (works(entry()),),
    Note: NOTES,
    Answer: (Answer(label="A1", children=(paragraph(), items(paragraph())), position=AT),),
    Section: (section("section"), section("appendix"), section("question")),
}
INLINES = typing.get_args(Inline)
CASES = [
    pytest.param(node, id=f"{kind.__name__}-{number}")
    for kind, nodes in EXAMPLES.items()
    for number, node in enumerate(nodes, 1)
]


def renderer(format: Format) -> Renderer:
    """Return a renderer for a page as each format has them: an ending of its own, its own place for pictures."""
    ending = {Format.SITE: ".html", Format.EPUB: ".xhtml"}.get(format)
    notes = {found.identifier or "": found for found in NOTES}
    names = {"here": f"page{ending}#here", "elsewhere": f"other{ending}#elsewhere", "chapter": f"other{ending}"}
    target = Target(
        format=format,
        page=f"page{ending}" if ending else "",
        places=names if ending else {},
        pictures={"a.png": f"{format.value}/a.png"},
        notes=notes,
        pages={"here": Page(6, "7")},
        shift=1,
    )
    return Renderer(target, Templates(shipped_layers("templates")), words_of("zh-CN"))


def render(node: Node, format: Format) -> str:
    """Return the markup of a node, an inline as it is and a block on its own."""
    page = renderer(format)
    if isinstance(node, INLINES):
        return str(page.inlines((typing.cast(Inline, node),)))
    return str(page.blocks((typing.cast(Block, node),)))


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(f'<root xmlns:epub="{EPUB}">{markup}</root>')


def has_class(element: ElementTree.Element, name: str) -> bool:
    return name in element.get("class", "").split()


def without_differences(root: ElementTree.Element) -> ElementTree.Element:
    """Take out what the formats may do differently; the text behind a note that goes stays where it was."""
    for element in root.iter():
        element.attrib.pop(f"{{{EPUB}}}type", None)
        for name in ("href", "src"):
            if name in element.attrib:
                element.set(name, "")
    for element in root.iter():
        if has_class(element, "page-number") or has_class(element, "page-reference"):
            element.clear()
    for parent in list(root.iter()):
        for child in [child for child in parent if is_different(child)]:
            remove(child, parent)
    return root


def is_different(element: ElementTree.Element) -> bool:
    classes = ("note-call", "foot-note", "permalink")
    return element.tag == "rp" or any(has_class(element, name) for name in classes)


def remove(child: ElementTree.Element, parent: ElementTree.Element) -> None:
    index = list(parent).index(child)
    kept = child.text or "" if has_class(child, "permalink") else ""  # the label that it is made of
    tail = kept + (child.tail or "")
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(child)


def common(node: Node, format: Format) -> str:
    return ElementTree.tostring(without_differences(parsed(render(node, format))), "unicode")


# ── The matrix ──


def test_every_node_has_an_example() -> None:
    assert set(EXAMPLES) == {*INLINES, *typing.get_args(Block)}


@pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)
def test_an_example_holds_its_node(kind: type[Node]) -> None:
    assert all(any(isinstance(below, kind) for below in walk(node)) for node in EXAMPLES[kind])


@pytest.mark.parametrize("format", Format, ids=lambda format: format.value)
@pytest.mark.parametrize("node", CASES)
def test_a_node_is_well_formed_and_keeps_its_text(node: Node, format: Format) -> None:
    root = parsed(render(node, format))
    said = "".join(root.itertext()) + "".join(element.get("alt", "") for element in root.iter())
    leaves = [below.text for below in walk(node) if isinstance(below, Text | Code | CodeBlock | Abbreviation)]
    assert [leaf for leaf in leaves if leaf not in said] == []


@pytest.mark.parametrize("node", CASES)
def test_a_node_is_the_same_in_all_formats(node: Node) -> None:
    site, *others = (common(node, format) for format in Format)
    assert others == [site] * (len(Format) - 1)


def test_the_matrix_sees_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    inlines: Callable[..., typing.Any] = Renderer.inlines
    monkeypatch.setattr(
        Renderer,
        "inlines",
        lambda page, nodes: inlines(page, nodes) + ("!" if page.target.format is Format.EPUB else ""),
    )
    with pytest.raises(AssertionError):
        test_a_node_is_the_same_in_all_formats(paragraph())


@pytest.mark.parametrize("tight", [True, False])
def test_the_box_of_a_task_stands_in_the_line_that_it_belongs_to(tight: bool) -> None:
    item = parsed(render(items(paragraph(text("x"), tight=tight), checked=True), Format.SITE)).find(".//li")
    assert item is not None
    line = item if tight else item[0]
    assert (line[0].get("class"), line[0].tail) == ("task done", "x")


# ── The closed list, item by item ──


def test_links_lead_to_the_page_of_their_target() -> None:
    node = link(target="elsewhere")
    found = {format: parsed(render(node, format))[0].get("href") for format in Format}
    assert found == {
        Format.SITE: "other.html#elsewhere",
        Format.EPUB: "other.xhtml#elsewhere",
        Format.SINGLE: "#elsewhere",
        Format.PDF: "#elsewhere",
    }


def test_links_to_a_chapter_lead_to_the_top_of_its_page() -> None:
    found = [parsed(render(link(target="chapter"), format))[0].get("href") for format in Format]
    assert found == ["other.html", "#chapter", "#chapter", "other.xhtml"]


def test_a_link_on_its_own_page_names_no_file() -> None:
    assert {parsed(render(link(target="here"), format))[0].get("href") for format in Format} == {"#here"}


def test_pictures_stand_where_the_format_keeps_them() -> None:
    found = {parsed(render(image("a.png"), format))[0].get("src") for format in Format}
    assert found == {f"{format.value}/a.png" for format in Format}


def test_what_is_meant_for_some_formats_shows_in_these_only() -> None:
    node = paragraph(OnlySpan(formats=("pdf", "epub"), children=(text("x"),), position=AT))
    block = Only(formats=("html",), children=(paragraph(text("y")),), position=AT)
    shown = {format: ("x" in render(node, format), "y" in render(block, format)) for format in Format}
    assert shown == {
        Format.SITE: (False, True),
        Format.SINGLE: (False, True),
        Format.PDF: (True, False),
        Format.EPUB: (True, False),
    }


def test_a_reference_to_a_page_reads_the_page_in_print_only() -> None:
    node = paragraph(refer(target="here", text="图 1", form="page"))
    found = {format: "".join(parsed(render(node, format)).itertext()).strip() for format in Format}
    assert found == {Format.SITE: "图 1", Format.SINGLE: "图 1", Format.PDF: "第  页", Format.EPUB: "图 1"}


@pytest.mark.parametrize("format", Format, ids=lambda format: format.value)
def test_only_an_epub_says_what_kind_an_element_is(format: Format) -> None:
    kinds = [element.get(f"{{{EPUB}}}type") for node in EXAMPLES[NoteReference] for element in elements(node, format)]
    assert ("noteref" in kinds) == (format is Format.EPUB)


@pytest.mark.parametrize("format", Format, ids=lambda format: format.value)
def test_only_the_web_links_a_thing_to_itself(format: Format) -> None:
    web = format in (Format.SITE, Format.SINGLE)
    for node in (section("section"), EXAMPLES[Figure][1], EXAMPLES[Equation][1]):
        found = [element for element in elements(node, format) if has_class(element, "permalink")]
        assert bool(found) == web
        for link in found:
            identifier = link.get("href", "#").removeprefix("#")
            assert identifier in {element.get("id") for element in elements(node, format)}
    link_to_heading = renderer(format).furniture.permalink(heading(number="2.1"))
    assert bool(link_to_heading) == web
    if web:
        assert parsed(link_to_heading)[0].get("aria-label") == f"指向“2.1 {AWKWARD}”的链接"


def elements(node: Node, format: Format) -> list[ElementTree.Element]:
    return list(parsed(render(node, format)).iter())


def test_print_sets_a_note_where_it_is_called_and_the_others_at_the_end() -> None:
    call = EXAMPLES[NoteReference][0]
    for format in Format:
        feet = [element for element in elements(call, format) if has_class(element, "foot-note")]
        ends = renderer(format).furniture.notes(NOTES)
        if format is Format.PDF:
            assert [foot.get("id") for foot in feet] == ["octavo-note-1-1", "octavo-note-1-2"]
            assert ends == ""
        else:
            assert feet == []
            listed = [element.get("id") for element in parsed(str(ends)).iter("aside")]
            assert listed == ["octavo-note-1-1", "octavo-note-1-2"]


@pytest.mark.parametrize("format", [Format.SITE, Format.SINGLE, Format.EPUB], ids=lambda format: format.value)
def test_every_call_has_a_way_back(format: Format) -> None:
    page = renderer(format)
    calls = {element.get("id") for element in elements(EXAMPLES[NoteReference][0], format)}
    calls |= {element.get("id") for found in NOTES for element in elements(found, format)}
    backs = {
        link.get("href", "") for link in parsed(str(page.furniture.notes(NOTES))).iterfind(".//p[@class='back']/a")
    }
    assert len(backs) == sum(found.calls for found in NOTES)
    assert {back.removeprefix("#") for back in backs} <= calls


@pytest.mark.parametrize("format", Format)
def test_an_empty_cell_heads_nothing(format: Format) -> None:
    """Assistive technology would announce an empty head for each cell below it (axe: empty-table-header)."""
    cells = TableCell(children=(), position=AT), TableCell(children=(tight("tide"),), position=AT)
    head = TableRow(cells=cells, position=AT)
    markup = render(Table(head=(head,), rows=(head,), position=AT), format)
    assert '<tr><td></td><th scope="col">tide</th></tr>' in markup
