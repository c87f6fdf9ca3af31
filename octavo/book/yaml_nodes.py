"""Read YAML as nodes.

In: a text. Out: the nodes of a mapping, and plain data made of them, or `NotYamlError`. PyYAML only composes; nothing
is constructed from the tags of a text, so that no input can make it fail or grow.
"""

from __future__ import annotations

from typing import Any

import yaml
from yaml.constructor import SafeConstructor

from octavo.book.files import FORBIDDEN

_DEPTH = 64
_LENGTH = 200_000  # PyYAML reads about that much in a second or two
_NUMBER = 40  # characters: what is longer stays text, for reading it as a number takes time and tells nothing
_TYPED = tuple(f"tag:yaml.org,2002:{name}" for name in ("int", "float", "bool"))
NULL = "tag:yaml.org,2002:null"


class NotYamlError(Exception):
    """Say that a text is no YAML mapping; `index` is the character where the trouble begins."""

    def __init__(self, index: int, problem: str) -> None:
        super().__init__(problem)
        self.index, self.problem = index, problem


def compose_mapping(text: str) -> list[tuple[yaml.Node, yaml.Node]]:
    """Return the keys and values of the mapping that `text` is; raise `NotYamlError`."""
    if len(text) > _LENGTH:
        raise NotYamlError(0, f"it is longer than {_LENGTH:,} characters")
    try:
        _refuse_anchors_and_depth(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NotYamlError(
            mark.index if mark else 0, (error.problem or "it cannot be read").removeprefix("but ")
        ) from error
    except yaml.reader.ReaderError as error:
        problem = f"the character U+{ord(text[error.position]):04X} cannot stand there"
        raise NotYamlError(error.position, problem) from error
    except (ValueError, OverflowError) as error:  # PyYAML hands numbers to `chr` and `int` unchecked
        raise NotYamlError(max(text.find("\\U"), 0), "an escape or a number is too large") from error
    if root is None or root.tag == NULL:
        return []
    if not isinstance(root, yaml.MappingNode):
        raise NotYamlError(root.start_mark.index, "it must be made of lines such as “title: …”")
    pairs: list[tuple[yaml.Node, yaml.Node]] = root.value
    return pairs


def _refuse_anchors_and_depth(text: str) -> None:
    # Aliases can multiply a short text into gigabytes, and deep nesting overflows the stack of `compose`.
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            raise NotYamlError(_index(event), "anchors and aliases are not allowed")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEPTH:
            raise NotYamlError(_index(event), "it nests too deep")


def _index(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def plain(node: yaml.Node) -> Any:
    """Return a node as dicts, lists, strings, numbers, booleans and None; other types stay as they are written."""
    if isinstance(node, yaml.MappingNode):
        return {_key(key): plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    if node.tag == NULL:
        return None
    if node.tag in _TYPED and len(node.value) <= _NUMBER:
        try:
            return SafeConstructor().construct_object(node)
        except (ValueError, LookupError):  # an explicit tag before a value that is none: `!!int x`
            pass
    return FORBIDDEN.sub("", node.value)


def _key(node: yaml.Node) -> str:
    return FORBIDDEN.sub("", node.value if isinstance(node, yaml.ScalarNode) else str(plain(node)))
