"""The tree: its nodes, and the two tools that read and copy it."""

from __future__ import annotations

import dataclasses
import pickle
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

import octavo.document
from octavo import document
from octavo.diagnostics import Position
from octavo.document import (
    Abstract,
    Block,
    BlockQuote,
    Chapter,
    Cited,
    Code,
    Document,
    Emphasis,
    HardBreak,
    Heading,
    Image,
    Inline,
    Labelled,
    Link,
    List,
    ListItem,
    Metadata,
    Node,
    Note,
    NoteReference,
    Numbered,
    Paragraph,
    Section,
    SoftBreak,
    Strong,
    Table,
    TableCell,
    TableRow,
    Text,
    kinds_that_hold,
    plain_text,
    rewrite,
    rewrite_around,
    walk,
    walk_up,
)

AT = Position("a.md")
ROOTS: tuple[type[Node], ...] = (Abstract, Chapter, Document)
NODES: tuple[type[Node], ...] = (*typing.get_args(Inline), *typing.get_args(Block), Cited, *ROOTS)


def text(characters: str) -> Text:
    return Text(text=characters, position=AT)


def paragraph(*children: Inline) -> Paragraph:
    return Paragraph(children=children, position=AT)


def emphasis(*children: Inline) -> Emphasis:
    return Emphasis(children=children, position=AT)


def quote(*children: Block) -> BlockQuote:
    return BlockQuote(children=children, position=AT)


def heading(*children: Inline) -> Heading:
    return Heading(level=1, children=children, position=AT)


def note(label: str, *children: Block) -> Note:
    return Note(label=label, children=children, position=AT)


def noting(nodes: list[Node]) -> Callable[[Node], Node]:
    """Return a change that changes nothing and notes what it is handed."""

    def change(node: Node) -> Node:
        nodes.append(node)
        return node

    return change


def texts(node: Node) -> list[str]:
    return [below.text for below in walk(node) if isinstance(below, Text)]


# ── The nodes ──


def test_the_unions_hold_every_node_there_is() -> None:
    declared = {value for value in vars(document).values() if isinstance(value, type) and issubclass(value, Node)}
    assert declared - {Node, Labelled, Numbered} == set(NODES)


def classes_in(hint: object) -> Iterator[type]:
    """Yield every class that a type hint names, through unions and tuples."""
    if isinstance(hint, type) and not isinstance(hint, types.GenericAlias):
        yield hint
    for inner in typing.get_args(hint):
        yield from classes_in(inner)


def node_fields(node: type[Node]) -> set[str]:
    hints = typing.get_type_hints(node, localns=vars(octavo.document))  # some types are declared behind their users
    return {
        field.name
        for field in dataclasses.fields(node)
        if any(issubclass(found, Node) for found in classes_in(hints[field.name]))
    }


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.__name__)
def test_children_cover_every_field_that_holds_nodes(node: type[Node]) -> None:
    assert set(node.CHILDREN) == node_fields(node)
    assert len(set(node.CHILDREN)) == len(node.CHILDREN)


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.__name__)
def test_nodes_are_frozen_slotted_and_told_by_keyword(node: type[Node]) -> None:
    assert dataclasses.is_dataclass(node)
    assert "__dict__" not in dir(node)
    assert all(field.kw_only for field in dataclasses.fields(node))
    parameters = vars(node)["__dataclass_params__"]
    assert parameters.frozen
    assert parameters.eq


def test_a_node_cannot_be_changed() -> None:
    node = text("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        node.text = "b"  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        node.other = "b"  # type: ignore[attr-defined]


def test_position_takes_no_part_in_equality() -> None:
    here = Paragraph(children=(Text(text="a", position=Position("a.md", 1, 1)),), position=Position("a.md", 1, 1))
    there = Paragraph(children=(Text(text="a", position=Position("b.md", 7, 9)),), position=Position("b.md", 7, 9))
    assert here == there
    assert hash(here) == hash(there)
    assert "position" not in repr(here)


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.__name__)
def test_position_is_left_out_in_every_class(node: type[Node]) -> None:
    (position,) = (field for field in dataclasses.fields(node) if field.name == "position")
    assert position.compare is False


def test_nodes_of_different_kinds_differ() -> None:
    nodes: list[Node] = [
        text("a"),
        Code(text="a", position=AT),
        emphasis(text("a")),
        Strong(children=(text("a"),), position=AT),
    ]
    assert [nodes.index(node) for node in nodes] == [0, 1, 2, 3]


# ── walk ──


def test_walk_goes_down_in_reading_order() -> None:
    inner = emphasis(text("b"), Code(text="c", position=AT))
    first, second = paragraph(text("a"), inner), paragraph(text("d"))
    tree = quote(first, second)
    assert list(walk(tree)) == [tree, first, text("a"), inner, *inner.children, second, text("d")]


def test_walk_visits_a_heading_before_what_is_under_it() -> None:
    section = Section(heading=heading(text("title")), children=(paragraph(text("text")),), position=AT)
    assert texts(section) == ["title", "text"]


def test_walk_visits_head_rows_and_cells_of_a_table() -> None:
    def row(*words: str) -> TableRow:
        return TableRow(
            cells=tuple(TableCell(children=(paragraph(text(word)),), position=AT) for word in words),
            position=AT,
        )

    table = Table(head=(row("a", "b"),), rows=(row("c", "d"), row("e", "f")), position=AT)
    assert texts(table) == list("abcdef")


def test_walk_visits_abstract_chapters_and_their_notes() -> None:
    chapter = Chapter(
        file="a.md",
        children=(paragraph(text("body")),),
        notes=(note("n", paragraph(text("note"))),),
        position=AT,
    )
    metadata = Metadata(title="T", language="en", identifier="i", date="2026-01-01")
    abstract = Abstract(
        file="a.md",
        children=(paragraph(text("abstract")),),
        notes=(note("m", paragraph(text("its note"))),),
        position=AT,
    )
    whole = Document(metadata=metadata, abstract=abstract, chapters=(chapter,), position=AT)
    assert texts(whole) == ["abstract", "its note", "body", "note"]


def test_walk_does_not_call_itself() -> None:
    tree: Inline = text("deep")
    for _ in range(5_000):
        tree = emphasis(tree)
    assert sum(1 for _ in walk(tree)) == 5_001


# ── What is wanted of a tree ──

WANTED: list[tuple[type[Node], ...]] = [(Text,), (Emphasis, Code), (Labelled,), (Heading,), (Note, Text), (Table,)]


def mixed() -> Document:
    """Return a document in which something of each kind stands in something else."""
    link = Link(destination="x", children=(emphasis(text("c"), Code(text="d", position=AT)),), position=AT)
    chapter = Chapter(
        file="a.md",
        children=(
            Section(heading=heading(text("a"), link), children=(paragraph(text("b")), quote(heading())), position=AT),
            note("n", paragraph(emphasis(text("e")))),
        ),
        notes=(note("m", paragraph(link)),),
        position=AT,
    )
    metadata = Metadata(title="T", language="en", identifier="i", date="2026-01-01")
    return Document(metadata=metadata, chapters=(chapter, replace(chapter, notes=())), position=AT)


@pytest.mark.parametrize("kinds", WANTED)
def test_walk_yields_the_nodes_of_some_kinds(kinds: tuple[type[Node], ...]) -> None:
    tree = mixed()
    expected = [node for node in walk(tree) if isinstance(node, kinds)]
    assert [*map(id, walk(tree, *kinds))] == [*map(id, expected)]


@pytest.mark.parametrize("kinds", WANTED)
def test_a_change_gets_the_nodes_of_some_kinds_as_walk_up_yields_them(kinds: tuple[type[Node], ...]) -> None:
    tree = mixed()
    handed: list[Node] = []
    assert rewrite(tree, noting(handed), *kinds) is tree
    every = [node for node in walk_up(tree) if isinstance(node, kinds)]
    assert [*map(id, handed)] == [*map(id, every)]
    if len(kinds) == 1:
        assert [*map(id, walk_up(tree, kinds[0]))] == [*map(id, every)]


def test_a_change_around_gets_what_holds_some_kinds() -> None:
    tree = mixed()
    handed: list[Node] = []
    rewrite_around(tree, noting(handed), Code)
    every = [node for node in walk_up(tree) if node.CHILDREN and any(walk(node, Code))]
    assert [*map(id, handed)] == [*map(id, every)]


def test_what_is_remembered_of_a_node_is_not_that_of_its_copy() -> None:
    tree = mixed()
    assert not any(walk(tree, Strong))
    changed = rewrite(tree, lambda node: Strong(children=node.children, position=AT), Emphasis)
    assert any(walk(changed, Strong))
    assert not any(walk(changed, Emphasis))
    assert not any(walk(pickle.loads(pickle.dumps(changed)), Emphasis))


def test_the_classes_that_hold_a_kind_are_those_of_the_types() -> None:
    for kind in NODES:
        holding = {
            node
            for node in NODES
            for name, hint in typing.get_type_hints(node, localns=vars(octavo.document)).items()
            if name in node.CHILDREN and kind in classes_in(hint)
        }
        assert set(kinds_that_hold(kind)) == holding, kind


# ── plain_text ──


def test_plain_text_is_what_a_reader_sees() -> None:
    link = Link(destination="x", children=(text("link"),), position=AT)
    image = Image(source="x.png", children=(text("picture"),), position=AT)
    line = paragraph(
        text("a"),
        SoftBreak(position=AT),
        emphasis(Code(text="b", position=AT)),
        HardBreak(position=AT),
        link,
        image,
        NoteReference(label="1", position=AT),
    )
    assert plain_text(line) == "a b linkpicture"
    assert plain_text(line.children) == plain_text(line)
    assert plain_text(()) == ""


# ── rewrite ──


def lists(*words: str) -> List:
    items = tuple(ListItem(children=(paragraph(text(word)),), position=AT) for word in words)
    return List(items=items, position=AT)


def test_rewrite_returns_the_same_object_where_nothing_changed() -> None:
    tree = quote(paragraph(text("a"), emphasis(text("b"))), lists("c", "d"))
    assert rewrite(tree, lambda node: node) is tree


def test_rewrite_keeps_the_parts_that_did_not_change() -> None:
    same, other = paragraph(text("a")), paragraph(text("b"))
    tree = quote(same, other)

    def change(node: Node) -> Node:
        return text("B") if node == text("b") else node

    new = rewrite(tree, change)
    assert new is not tree
    assert new.children[0] is same
    assert new == quote(same, paragraph(text("B")))
    assert tree == quote(paragraph(text("a")), paragraph(text("b")))


def test_rewrite_puts_a_node_in_the_place_of_another() -> None:
    new = rewrite(paragraph(text("a")), lambda node: Code(text="a", position=AT))
    assert new == paragraph(Code(text="a", position=AT))


def test_rewrite_splices_a_tuple_in() -> None:
    def change(node: Node) -> Node | tuple[Node, ...]:
        return (text("1"), SoftBreak(position=AT), text("2")) if node == text("b") else node

    new = rewrite(paragraph(text("a"), text("b"), text("c")), change)
    assert new == paragraph(text("a"), text("1"), SoftBreak(position=AT), text("2"), text("c"))


def test_rewrite_removes_a_node_for_an_empty_tuple() -> None:
    new = rewrite(lists("a", "b", "c"), lambda node: () if node == lists("b").items[0] else node)
    assert new == lists("a", "c")


def test_rewrite_gives_each_node_after_its_children() -> None:
    seen: list[Node] = []

    def change(node: Node) -> Node:
        seen.append(node)
        return text(node.text.upper()) if isinstance(node, Text) else node

    tree = quote(paragraph(text("a"), emphasis(text("b"))))
    rewrite(tree, change)
    assert seen == [text("a"), text("b"), emphasis(text("B")), paragraph(text("A"), emphasis(text("B")))]


def test_rewrite_does_not_give_the_root_to_the_change() -> None:
    tree = paragraph(text("a"))

    def change(node: Node) -> Node | tuple[Node, ...]:
        return () if isinstance(node, Paragraph) else node

    assert rewrite(tree, change) is tree
    assert rewrite(quote(tree), change) == quote()


def test_rewrite_goes_into_single_children_too() -> None:
    section = Section(heading=heading(text("a")), children=(), position=AT)
    new = rewrite(section, lambda node: text("b") if isinstance(node, Text) else node)
    assert new.heading == heading(text("b"))
    assert new.children is section.children


def test_rewrite_changes_every_place_of_a_shared_node() -> None:
    shared = text("a")
    new = rewrite(paragraph(shared, shared), lambda node: text("b") if node is shared else node)
    assert new == paragraph(text("b"), text("b"))
