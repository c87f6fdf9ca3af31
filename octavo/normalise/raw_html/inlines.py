"""Elements inside a line → inline nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from octavo.diagnostics import Report
from octavo.document import (
    Abbreviation,
    Code,
    CodeBlock,
    Emphasis,
    HardBreak,
    Heading,
    Image,
    Inline,
    Link,
    Node,
    Paragraph,
    Ruby,
    SoftBreak,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Term,
    Text,
    plain_text,
    walk,
)
from octavo.normalise.raw_html.elements import SILENT, SPANS
from octavo.normalise.raw_html.fragment import Characters, Element, Part, left_out, without_counterpart
from octavo.normalise.raw_html.images import read_image
from octavo.normalise.raw_html.marks import Marks, address, read_marks
from octavo.normalise.raw_html.words import joined, trimmed, words
from octavo.normalise.raw_html.wrapping import marked, span

_NODES: dict[str, type[Emphasis | Strong | Strikethrough | Subscript | Superscript]] = {
    **dict.fromkeys(("em", "i"), Emphasis),
    **dict.fromkeys(("strong", "b"), Strong),
    **dict.fromkeys(("del", "s", "strike"), Strikethrough),
    "sub": Subscript,
    "sup": Superscript,
}


def read_inlines(parts: Iterable[Part], report: Report) -> tuple[Inline, ...]:
    """Return the inlines that `parts` make; of blocks among them the text stays."""
    return joined(inline for part in parts for inline in _inlines(part, report))


def _inlines(part: Part, report: Report) -> Iterable[Inline]:
    match part:
        case Characters():
            return words(part)
        case Element(name="picture"):
            return _picture(part, report)
        case Element(name="ruby"):
            return marked(_ruby(part, report), read_marks(part, report), part.position)
        case Element(name=name) if name in SILENT:
            left_out(report, part.position, f"<{name}>", "what is in it goes with it")
            return ()
        case Element():
            return build(part, read_inlines(part.children, report), report)
    return (part,) if isinstance(part, Inline) else _flattened(part, report)


def build(element: Element, children: tuple[Inline, ...], report: Report) -> tuple[Inline, ...]:
    """Return what an element makes of the inlines inside it; of one on no list they alone stay."""
    position, name = element.position, element.name
    if name in _NODES:
        node = _NODES[name](children=children, position=position)
        return marked((node,) if children else (), read_marks(element, report), position)
    if name in SPANS:
        marks = read_marks(element, report)
        return (span(children, marks, position, name),) if children or marks else ()
    match name:
        case "br":
            return (HardBreak(position=position),)
        case "wbr":
            return (span((), Marks(), position, name),)
        case "span":
            return marked(children, read_marks(element, report), position)
        case "q":
            return marked(_quoted(children), read_marks(element, report), position)
        case "a":
            return _anchor(element, children, report)
        case "img":
            return read_image(element, report)
        case "code" | "tt":
            return _code(element, children, report)
        case "abbr" | "acronym":
            return _abbreviation(element, children, report)
        case "rp":
            return ()
    without_counterpart(report, element)
    return children


def _quoted(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return a quotation with its marks: if a style sheet set them, the formats would not say the same."""
    if not children:
        return ()
    left, right = (Text(text=mark, position=children[0].position) for mark in "“”")
    return joined((left, *children, right))


def _anchor(element: Element, children: tuple[Inline, ...], report: Report) -> tuple[Inline, ...]:
    """Return a link, or a place to link to."""
    marks = read_marks(element, report, "href", "title")
    destination = address(element, "href", report)
    if destination is None:
        return marked(children, marks, element.position)
    if holds_link(children):
        left_out(report, element.position, "<a> around another link", "that one stays")
        return marked(children, marks, element.position)
    link = Link(
        destination=destination,
        title=element.attributes.get("title") or None,
        children=children,
        **marks.fields,
        position=element.position,
    )
    return (link,) if children else marked((), marks, element.position)


def holds_link(nodes: Iterable[Node]) -> bool:
    """Tell whether there is a link in `nodes`: another one around it would be none. The text of an image holds none."""
    return any(
        isinstance(node, Link) or (not isinstance(node, Image) and holds_link(node.children_in_order()))
        for node in nodes
    )


def _picture(element: Element, report: Report) -> Iterable[Inline]:
    """Return the image of a picture; the sources beside it are for other screens."""
    for part in element.children:
        if isinstance(part, Element) and part.name == "source":
            left_out(report, part.position, "<source> of <picture>", "its <img> stays")
    others = (part for part in element.children if not (isinstance(part, Element) and part.name == "source"))
    return marked(trimmed(read_inlines(others, report)), read_marks(element, report), element.position)


def _code(element: Element, children: tuple[Inline, ...], report: Report) -> tuple[Inline, ...]:
    """Return code, or a span that says so of inlines which are more than characters."""
    marks = read_marks(element, report)
    if not all(isinstance(node, Text | Code | SoftBreak) for node in children):
        return (span(children, marks, element.position, "code"),)
    code = Code(
        text=plain_text(children),
        **marks.fields,
        position=element.position,
    )
    return (code,) if children else marked((), marks, element.position)


def _abbreviation(element: Element, children: tuple[Inline, ...], report: Report) -> tuple[Inline, ...]:
    expansion = element.attributes.get("title")
    marks = read_marks(element, report, "title")
    if expansion and children and not marks and all(isinstance(node, Text) for node in children):
        return (Abbreviation(text=plain_text(children), expansion=expansion, position=element.position),)
    marks = read_marks(element, report)
    return (span(children, marks, element.position, "abbr"),) if children else marked((), marks, element.position)


def _ruby(element: Element, report: Report) -> tuple[Inline, ...]:
    """Return each base with its reading. Bases in `<rb>` wait for their readings one by one."""
    result: list[Inline] = []
    bases: list[tuple[Inline, ...]] = []
    loose: list[Part] = []

    def settle() -> None:
        if base := read_inlines(loose, report):
            bases.append(base)
        loose.clear()

    for part in _of_ruby(element.children):
        match part:
            case Element(name="rp"):
                continue
            case Element(name="rb"):
                settle()
                bases.append(marked(read_inlines(part.children, report), read_marks(part, report), part.position))
            case Element(name="rt"):
                settle()
                base = bases.pop(0) if bases else ()
                reading = trimmed(read_inlines(part.children, report))
                reading = marked(reading, read_marks(part, report), part.position)
                base = trimmed(base)
                readable = reading and base
                result += (
                    (Ruby(children=base, reading=reading, position=base[0].position),) if readable else base + reading
                )
            case _:
                loose.append(part)
    settle()
    return (*result, *trimmed([node for base in bases for node in base]))


def _of_ruby(parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        if isinstance(part, Element) and part.name == "rtc":
            yield from _of_ruby(part.children)
        else:
            yield part


def _flattened(block: Node, report: Report) -> Iterator[Inline]:
    """Yield the text of a block where only inlines can stand."""
    if not isinstance(block, Paragraph):
        left_out(report, block.position, f"a {type(block).__name__.lower()} inside a line of HTML")
    for node in walk(block):
        if isinstance(node, Paragraph | Heading | Term):
            yield from node.children
            yield Text(text=" ", position=node.position)
        elif isinstance(node, CodeBlock):
            yield Code(text=node.text.strip(), position=node.position)
