"""Siblings, some of them raw HTML → elements with the Markdown inside them, as a browser would see them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeAlias

from octavo.diagnostics import Position, Report, Rule
from octavo.document import Node, RawBlock, RawInline
from octavo.normalise.raw_html.elements import NEEDLESS, RENAMED, VOID
from octavo.normalise.raw_html.tags import DEPTH, Kind, Token, tokens_of, too_deep, unpaired

if TYPE_CHECKING:
    from justhtml import Element as Parsed

# What stands in the fragment for a node of Markdown, and in front of the names that the parser must not know.
_NODE = "octavo-node"
_UNKNOWN = "octavo-raw-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Characters:
    """Hold a run of text; white space in it means what it means in HTML."""

    text: str
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """Hold an element; `again` marks one that the parser made a second time where tags overlap."""

    name: str
    attributes: dict[str, str]
    children: tuple[Part, ...]
    position: Position
    again: bool = False


Part: TypeAlias = Element | Characters | Node


def left_out(report: Report, position: Position, what: str, rest: str = "its text stays") -> None:
    """Report what of the raw HTML is in no book, and what becomes of the rest."""
    report.add(Rule.RAW_HTML_LEFT_OUT, position, f"raw HTML is left out: {what}; {rest}")


def without_counterpart(report: Report, element: Element) -> None:
    """Report an element that nothing in a book stands for: once for each name, however often it is there."""
    lost = ", ".join(name for name in element.attributes if name not in NEEDLESS)
    hint = f"what it says in {lost} is left out too" if lost else None
    what = f"raw HTML is left out: <{element.name}>; its text stays"
    report.gather(Rule.RAW_HTML_LEFT_OUT, element.position, what, hint)


def parse_fragment(nodes: Sequence[Node], report: Report) -> tuple[Part, ...]:
    """Return the elements that the raw nodes among `nodes` make, and the other nodes inside them.

    Tags without a counterpart, and those that make no element where they stand, are reported and left out.
    """
    return _Fragment(nodes, report).parts()


class _Fragment:
    """Build the text of a fragment, and find in `nodes` what the parser makes of it."""

    def __init__(self, nodes: Sequence[Node], report: Report) -> None:
        self._nodes = nodes
        self._report = report
        # The run of tokens that the parser sees now, where each begins in it, and which it has made an element of.
        self._tokens: Sequence[Token] = ()
        self._starts: Sequence[int] = ()
        self._first = 0
        self._seen: set[int] = set()
        self._lines: dict[int, list[int]] = {}  # where the lines of a sibling begin

    def parts(self) -> tuple[Part, ...]:
        return tuple(part for run in _runs(self._sound()) for part in self._parts_of(run))

    def _parts_of(self, run: Sequence[Token]) -> tuple[Part, ...]:
        if len(run) == 1 and run[0].kind is Kind.NODE:
            return (self._nodes[run[0].sibling],)
        pieces = [_written(token, run[0].sibling) for token in run]
        self._tokens, self._starts = run, list(accumulate(map(len, pieces), initial=0))[:-1]
        self._seen.clear()
        self._first = run[0].sibling
        parts = self._parts(_parsed("".join(pieces)))
        self._report_lost()
        return parts

    def _sound(self) -> Iterator[Token]:
        """Yield the tokens that the parser may see: the rest is left out, comments without a word."""
        tokens = [token for index, node in enumerate(self._nodes) for token in _tokens(node, index)]
        alone = unpaired(tokens)
        for index in alone:
            self._report_unpaired(tokens[index])
        paired = [token for index, token in enumerate(tokens) if index not in alone or token.name == "br"]
        deep = too_deep(paired)
        if deep:
            place = self._place(paired[min(deep)])
            self._report.add(Rule.NESTING_TOO_DEEP, place, f"tags are nested deeper than {DEPTH} levels")
        for index, token in enumerate(paired):
            if token.kind is Kind.NODE:
                yield token
                continue
            match token.kind:
                case Kind.DECLARATION:
                    left_out(self._report, self._place(token), _short(token.text), "nothing stands for it")
                case Kind.BROKEN:
                    self._report.add(
                        Rule.RAW_HTML_LEFT_OUT,
                        self._place(token),
                        "raw HTML is text: a tag that does not end",
                    )
                    yield token
                case Kind.COMMENT:
                    continue
                case _ if index not in deep:
                    yield token

    def _report_unpaired(self, token: Token) -> None:
        if token.name in VOID:
            return  # </img> and its like say nothing
        if token.kind is Kind.CLOSE:
            left_out(self._report, self._place(token), f"</{token.name}>, which closes nothing", "the text stays")
        else:
            left_out(self._report, self._place(token), f"<{token.name}>, which nothing closes")

    def _report_lost(self) -> None:
        """Report the tags of which the parser made no element, such as a cell without a table."""
        for start, token in zip(self._starts, self._tokens, strict=True):
            if token.kind in (Kind.OPEN, Kind.EMPTY) and start not in self._seen:
                left_out(self._report, self._place(token), f"<{token.name}>, which cannot stand here")

    def _place(self, token: Token, further: int = 0) -> Position:
        """Return where a token stands: lines are counted, and all begin where the first one does."""
        node = self._nodes[token.sibling]
        if not isinstance(node, RawBlock | RawInline):
            return node.position
        if token.sibling not in self._lines:
            lines = node.text.split("\n")
            self._lines[token.sibling] = list(accumulate((len(line) + 1 for line in lines), initial=0))
        starts = self._lines[token.sibling]
        offset = token.offset + further
        line = bisect_right(starts, offset) - 1
        indent = len(node.text) - len(node.text.lstrip(" "))
        column = node.position.column + offset - starts[line] - indent
        return replace(node.position, line=node.position.line + line, column=column)

    def _parts(self, nodes: Sequence[Any]) -> tuple[Part, ...]:
        return tuple(part for node in nodes for part in self._part(node))

    def _part(self, node: Any) -> Iterator[Part]:
        if node.name == "#text":
            yield from self._characters(node.data or "", node.origin_offset)
        elif node.name == _NODE:
            yield self._nodes[self._first + int(node.attrs["n"])]
        elif not node.name.startswith("#"):
            yield self._element(node)

    def _characters(self, text: str, offset: int) -> Iterator[Part]:
        if token := self._first_text(offset):
            space = len(token.text) - len(token.text.lstrip())
            yield Characters(text=text, position=self._place(token, space))

    def _first_text(self, offset: int) -> Token | None:
        """Return the token in which a text begins that has its first white space at `offset`."""
        index = self._index(offset)
        tokens = (self._tokens[later] for later in range(index, len(self._tokens)))
        texts = (token for token in tokens if token.kind in (Kind.TEXT, Kind.BROKEN))
        return next((token for token in texts if token.text.strip()), None)

    def _element(self, node: Parsed) -> Element:
        offset = node.origin_offset
        again = offset in self._seen
        if offset is not None:
            self._seen.add(offset)
        children = self._parts(node.children)
        inside = next((part.position for part in children), self._nodes[0].position)
        return Element(
            name=node.name.removeprefix(_UNKNOWN).lower(),
            attributes={name.lower(): value or "" for name, value in node.attrs.items()},
            children=children,
            # What the parser adds of its own, such as the body of a table, begins with its content.
            position=inside if offset is None or again else self._place(self._tokens[self._index(offset)]),
            again=again,
        )

    def _index(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1


def _runs(tokens: Iterable[Token]) -> Iterator[Sequence[Token]]:
    """Yield the tokens in runs: a node that no tag is open around is one alone, which the parser need not see."""
    run: list[Token] = []
    depth = 0
    for token in tokens:
        if token.kind is Kind.NODE and depth == 0:
            if run:
                yield run
            yield (token,)
            run = []
            continue
        run.append(token)
        if token.name not in VOID:
            depth += {Kind.OPEN: 1, Kind.CLOSE: -1}.get(token.kind, 0)
    if run:
        yield run


def _tokens(node: Node, index: int) -> Iterator[Token]:
    if isinstance(node, RawBlock | RawInline):
        yield from tokens_of(node.text, index)
    else:
        yield Token(Kind.NODE, sibling=index)


@lru_cache(maxsize=1024)
def _parsed(html: str) -> Sequence[Any]:
    """Return the nodes of a fragment. Books say the same again and again: <kbd> around a node, <br>."""
    from justhtml import JustHTML  # noqa: PLC0415 (most books have no raw HTML)

    return JustHTML(html, fragment=True, sanitize=False, track_node_locations=True).root.children or ()


def _written(token: Token, first: int) -> str:
    """Return a token as the parser shall see it; siblings count from the `first`, so that like runs are the same."""
    match token.kind:
        case Kind.NODE:
            return f'<{_NODE} n="{token.sibling - first}"></{_NODE}>'
        case Kind.TEXT | Kind.BROKEN:
            return token.text.replace("<", "&lt;")
        case Kind.CLOSE if token.name == "br":
            return "<br>"  # as browsers take it
    name = token.name
    if name in RENAMED or name.startswith("octavo-"):
        name = _UNKNOWN + name
    slash = "/" if token.kind is Kind.CLOSE else ""
    rest = token.text[len(slash) + 1 + len(token.name) :]
    if token.name in VOID:
        rest = rest.removesuffix("/>").removesuffix(">") + ">"  # <img width=9/> has no slash in its width
    tag = f"<{slash}{name}{rest}"
    return f"{tag}</{name}>" if token.kind is Kind.EMPTY else tag


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
