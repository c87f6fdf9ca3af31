"""Every key and value of a TOML text is found at its line and column, in characters."""

import pytest

from octavo.book.toml_positions import KeyPath, TomlPositions
from octavo.diagnostics import Position

TEXT = '''\
# 注释
title = "书" # comment
a.b."c d" = 1
'x.y' = 2
[book]
authors = [{ name = "甲乙", x = { y = [1, 22] } }, "z"] # 字
abstract = """
line
[not.a.table]
k = 1
"""
cover = "c"
"书名" = { "引 用" = 3 }
chapters = [
  "a.md", # comment
  # comment
  "b.md",
]
[[part]]
title = "one"
[[part]]
title = "two"
chapters = ["c.md",
  "d.md"]
  [part.sub]
  k = 1
  [[part.deep.list]]
  q = 1
  [[part.deep.list]]
  q = [[1, 2], [3, 4]]
[[part]]
title = "three"
[kinds.algorithm]
label.en = "A"
'''

PLACES: list[tuple[KeyPath, tuple[int, int], tuple[int, int]]] = [
    (("title",), (2, 1), (2, 9)),
    (("a",), (3, 1), (3, 1)),
    (("a", "b"), (3, 3), (3, 3)),
    (("a", "b", "c d"), (3, 5), (3, 13)),
    (("x.y",), (4, 1), (4, 9)),
    (("book",), (5, 2), (5, 2)),
    (("book", "authors"), (6, 1), (6, 11)),
    (("book", "authors", 0), (6, 12), (6, 12)),
    (("book", "authors", 0, "name"), (6, 14), (6, 21)),
    (("book", "authors", 0, "x", "y"), (6, 33), (6, 37)),
    (("book", "authors", 0, "x", "y", 1), (6, 41), (6, 41)),
    (("book", "authors", 1), (6, 50), (6, 50)),
    (("book", "abstract"), (7, 1), (7, 12)),
    (("book", "cover"), (12, 1), (12, 9)),
    (("book", "书名"), (13, 1), (13, 8)),
    (("book", "书名", "引 用"), (13, 10), (13, 18)),
    (("book", "chapters", 1), (17, 3), (17, 3)),
    (("part",), (19, 3), (19, 3)),
    (("part", 0), (19, 3), (19, 3)),
    (("part", 0, "title"), (20, 1), (20, 9)),
    (("part", 1), (21, 3), (21, 3)),
    (("part", 1, "title"), (22, 1), (22, 9)),
    (("part", 1, "chapters", 1), (24, 3), (24, 3)),
    (("part", 1, "sub"), (25, 9), (25, 9)),
    (("part", 1, "sub", "k"), (26, 3), (26, 7)),
    (("part", 1, "deep", "list", 0, "q"), (28, 3), (28, 7)),
    (("part", 1, "deep", "list", 1), (29, 15), (29, 15)),
    (("part", 1, "deep", "list", 1, "q", 1, 0), (30, 17), (30, 17)),
    (("part", 2, "title"), (32, 1), (32, 9)),
    (("kinds", "algorithm", "label", "en"), (34, 7), (34, 12)),
]


@pytest.mark.parametrize(("path", "key", "value"), PLACES)
def test_keys_and_values_are_found(path: KeyPath, key: tuple[int, int], value: tuple[int, int]) -> None:
    positions = TomlPositions("octavo.toml", TEXT)
    assert positions.key(path) == Position("octavo.toml", *key)
    assert positions.value(path) == Position("octavo.toml", *value)


def test_what_is_not_there_is_placed_at_the_table_around_it() -> None:
    positions = TomlPositions("octavo.toml", TEXT)
    assert positions.key(("part", 2, "chapters")) == Position("octavo.toml", 31, 3)
    assert positions.value(("nothing", "here")) == Position("octavo.toml", 1, 1)


def test_windows_line_ends_do_not_count_as_columns() -> None:
    positions = TomlPositions("octavo.toml", TEXT.replace("\n", "\r\n"))
    assert positions.value(("part", 1, "chapters", 1)) == Position("octavo.toml", 24, 3)


@pytest.mark.parametrize("text", ["", "[", "a = ", '"x', "= 1", "[[a]", "a = {b", "[]", '"\\q" = 1\n[x]\n"\\q".y = 2'])
def test_a_text_in_error_has_places_nevertheless(text: str) -> None:
    assert TomlPositions("octavo.toml", text).key(("a", "b")).file == "octavo.toml"


def test_deep_values_and_long_keys_are_cheap() -> None:
    text = "a = " + "[" * 20_000 + "]" * 20_000 + "\n" + ".".join(["k"] * 20_000) + " = 1\nz = 1\n"
    assert TomlPositions("octavo.toml", text).key(("z",)) == Position("octavo.toml", 3, 1)
