"""A text that is a value in another file knows where each of its characters stands there, however it is written."""

from __future__ import annotations

import tomllib

import pytest
import yaml

from octavo.book import Excerpt
from octavo.book.toml_positions import TomlPositions
from octavo.diagnostics import Position

Place = tuple[int, int]

# How the text is written; what is looked for in it, and where that stands.
TOML: dict[str, tuple[str, dict[str, Place]]] = {
    "on a line": ('[book]\nabstract = "See [x](#y)."\n', {"See": (2, 13), "[x": (2, 17), ".": (2, 24)}),
    "literal": ("[book]\nabstract = 'C:\\new [x]'\n", {"[x": (2, 20)}),
    "several lines": ('[book]\nabstract = """\n一 *b*\n\n[x](y)"""\n', {"一": (3, 1), "*b": (3, 3), "[x": (5, 1)}),
    "literal lines": ("[book]\nabstract = '''\na\n  [x]\n'''\n", {"a": (3, 1), "[x": (4, 3)}),
    "on the opening line": ('[book]\nabstract = """a\n[x]"""\n', {"a": (2, 15), "[x": (3, 1)}),
    "escapes": (
        r'abstract = "a\\b \"c\" \u4E2D\U0001F600\n\n[x](y) \\* z"',
        {"b": (1, 16), "c": (1, 20), "中": (1, 24), "[x": (1, 44), "z": (1, 55)},
    ),
    "a folded line": ('abstract = """a \\\n\n   b\n[x]"""\n', {"b": (3, 4), "[x": (4, 1)}),
}

YAML: dict[str, tuple[str, dict[str, Place]]] = {
    "plain": ("title: t\nabstract: See [x](#y)\n", {"See": (2, 11), "[x": (2, 15)}),
    "plain and folded": ("abstract: one\n  two\n  [x]\n", {"one": (1, 11), "two": (2, 3), "[x": (3, 3)}),
    "literal": (
        "abstract: |\n  one\n\n    two\n  [x]\n",
        {"one": (2, 3), "two": (4, 5), "[x": (5, 3)},
    ),
    "literal with a comment": ("abstract: |- # why\n  [x]\n", {"[x": (2, 3)}),
    "folded": ("abstract: >\n  one\n  two\n\n  [x]\n", {"two": (3, 3), "[x": (5, 3)}),
    "single quotes": ("abstract: 'it''s\n\n  [x]'\n", {"it": (1, 12), "s": (1, 16), "[x": (3, 3)}),
    "double quotes": ('abstract: "\\u4e2d \\\n  b\\n[x]"\n', {"中": (1, 12), "b": (2, 3), "[x": (2, 6)}),
}


def places(excerpt: Excerpt, wanted: dict[str, Place]) -> dict[str, Place]:
    found = {word: excerpt.position(excerpt.text.index(word)) for word in wanted}
    assert {place.file for place in found.values()} == {excerpt.file}
    return {word: (place.line, place.column) for word, place in found.items()}


@pytest.mark.parametrize(("source", "wanted"), TOML.values(), ids=TOML)
def test_places_in_toml(source: str, wanted: dict[str, Place]) -> None:
    path = ("book", "abstract") if "[book]" in source else ("abstract",)
    values = tomllib.loads(source)
    text = (values.get("book") or values)["abstract"]
    assert places(Excerpt(text, source, TomlPositions("octavo.toml", source).value(path)), wanted) == wanted


@pytest.mark.parametrize(("source", "wanted"), YAML.values(), ids=YAML)
def test_places_in_yaml(source: str, wanted: dict[str, Place]) -> None:
    mapping = yaml.compose(source, Loader=yaml.SafeLoader)
    assert isinstance(mapping, yaml.MappingNode)
    node = next(value for key, value in mapping.value if key.value == "abstract")
    mark = node.start_mark
    excerpt = Excerpt(node.value.strip(), source, Position("a.md", mark.line + 1, mark.column + 1))
    assert places(excerpt, wanted) == wanted


def test_behind_the_last_character_is_a_place_too() -> None:
    assert Excerpt("ab", 'a = "ab"', Position("f", 1, 5)).position(2) == Position("f", 1, 8)
    assert Excerpt("", 'a = ""', Position("f", 1, 5)).position(0) == Position("f", 1, 5)
