"""What a value holds, as bytes that are the same in each process: for trees into which an artifact is filed.

`pickle` would not do: it writes an object that is met again as another than one that is equal, and sets in any order.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any

_PLAIN = frozenset({str, int, float, bool, bytes, type(None)})
_VERSION = 0  # of what `marshal` writes: the later ones tell whether an object is met again
_OURS = "octavo."


class UnknownContentError(TypeError):
    """Say that it cannot be told what a value holds."""


def content_of(value: object) -> bytes:
    """Return what a value holds, and of which classes.

    Plain values, tuples, lists, sets, mappings, enumerations and dataclasses of ours are known; raises
    UnknownContentError for all others, and where they are too deep in one another.
    """
    try:
        return marshal.dumps(_plain(value), _VERSION)
    except ValueError as error:
        raise UnknownContentError(str(error)) from error


def _plain(value: Any) -> Any:
    return _all((value,))[0]


def _all(values: Any) -> list[Any]:
    # A class has a hash, whatever its instances have.
    return [value if type(value) in _PLAIN else _way(type(value))(value) for value in values]  # type: ignore[arg-type]


@cache
def _way(kind: type[Any]) -> Callable[[Any], Any]:
    """Return how the values of a class are made plain, with what they are called unless Python itself has them."""
    name = f"{kind.__module__}.{kind.__qualname__}"
    if kind is tuple:
        return _all
    if kind is list:
        return lambda value: (name, *_all(value))
    if issubclass(kind, str):
        return lambda value: (name, str.__str__(value))
    if issubclass(kind, Mapping):
        return lambda value: (name, _all(value.keys()), _all(value.values()))
    if issubclass(kind, AbstractSet):
        return lambda value: (name, sorted(marshal.dumps(each, _VERSION) for each in _all(value)))
    if name.startswith(_OURS) and issubclass(kind, Enum):
        return lambda value: (name, value.name)
    if name.startswith(_OURS) and issubclass(kind, tuple):
        return lambda value: (name, *_all(value))
    if name.startswith(_OURS) and is_dataclass(kind):
        names = tuple(field.name for field in fields(kind))
        return lambda value: (name, *_all([getattr(value, each) for each in names]))
    raise UnknownContentError(f"nothing is known of {name}")
