"""The place of each key and value of a TOML text.

In: the text. Out: a position for each path such as `("part", 0, "chapters", 2)`. tomllib forgets where it read a
value, so tree-sitter reads the text again, though only once there is something to say about a place.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from octavo.diagnostics import Position

if TYPE_CHECKING:
    from tree_sitter import Node

KeyPath: TypeAlias = tuple[str | int, ...]
_DEPTH = 32  # deeper than any key we know; keeps a hostile file from filling the memory with paths


@dataclass(frozen=True)
class TomlPositions:
    """Find the places of a TOML text; the text is read at the first question."""

    file: str
    text: str = field(repr=False)

    def key(self, path: KeyPath) -> Position:
        """Return where the key stands, or else the nearest table around it."""
        return self._look_up(self._places.keys, path)

    def value(self, path: KeyPath) -> Position:
        """Return where the value stands, or else the nearest table around it."""
        return self._look_up(self._places.values, path)

    @cached_property
    def _places(self) -> _Places:
        import tree_sitter_toml  # noqa: PLC0415
        from tree_sitter import Language, Parser  # noqa: PLC0415

        source = self.text.encode()
        places = _Places(source.split(b"\n"))
        places.read(Parser(Language(tree_sitter_toml.language())).parse(source).root_node)
        return places

    def _look_up(self, places: dict[KeyPath, tuple[int, int]], path: KeyPath) -> Position:
        for length in range(len(path), 0, -1):
            if place := places.get(path[:length]):
                return Position(self.file, *place)
        return Position(self.file)


@dataclass
class _Places:
    """Collect the line and column of every path, from 1, in characters."""

    lines: list[bytes]
    keys: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    values: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    _tables: dict[KeyPath, int] = field(default_factory=dict)  # how many tables an array of tables has so far

    def read(self, root: Node) -> None:
        """Take in a whole text."""
        for child in root.named_children:
            if child.type == "pair":
                self._pair(child, ())
            elif child.type in ("table", "table_array_element"):
                path = self._header(child.named_children, repeated=child.type == "table_array_element")
                for pair in child.named_children:
                    if pair.type == "pair":
                        self._pair(pair, path)

    def _header(self, children: list[Node], *, repeated: bool) -> KeyPath:
        """Return the path of a table: each array of tables on the way means its last table so far."""
        path: KeyPath = ()
        parts = _key_parts(children[0]) if children else []
        for index, part in enumerate(parts):
            path = (*path, _name(part))
            self._put(path, part, part)
            if repeated and index == len(parts) - 1:
                self._tables[path] = self._tables.get(path, 0) + 1
            if path in self._tables:
                path = (*path, self._tables[path] - 1)
                self._put(path, part, part)
        return path

    def _pair(self, pair: Node, base: KeyPath) -> None:
        waiting = [(pair, base)]
        while waiting:  # a stack of our own, for values may nest deeper than Python calls
            node, path = waiting.pop()
            if len(path) > _DEPTH:
                continue
            if node.type == "pair":
                waiting.append(self._key_and_value(node, path))
            elif node.type == "inline_table":
                waiting += [(inner, path) for inner in node.named_children if inner.type == "pair"]
            elif node.type == "array":
                items = [item for item in node.named_children if item.type != "comment"]
                for index, item in enumerate(items):
                    self._put((*path, index), item, item)
                    waiting.append((item, (*path, index)))

    def _key_and_value(self, pair: Node, path: KeyPath) -> tuple[Node, KeyPath]:
        key, value = pair.named_children[:2]  # a comment may follow
        parts = _key_parts(key)
        for index, part in enumerate(parts):
            path = (*path, _name(part))
            self._put(path, part, value if index == len(parts) - 1 else part)
        return value, path

    def _put(self, path: KeyPath, key: Node, value: Node) -> None:
        self.keys.setdefault(path, self._place(key))
        self.values.setdefault(path, self._place(value))

    def _place(self, node: Node) -> tuple[int, int]:
        row, column = node.start_point
        return row + 1, len(self.lines[row][:column].decode(errors="replace")) + 1


def _key_parts(key: Node) -> list[Node]:
    """Return the parts of a dotted key in order; `a.b.c` is a tree that leans to the left."""
    parts = []
    while key.type == "dotted_key":
        parts.append(key.named_children[-1])
        key = key.named_children[0]
    return [key, *reversed(parts)][:_DEPTH]


def _name(part: Node) -> str:
    text = (part.text or b"").decode(errors="replace")
    return next(iter(tomllib.loads(f"{text} = 0"))) if part.type == "quoted_key" else text
