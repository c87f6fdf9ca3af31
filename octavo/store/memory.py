"""What was read from the store or made for it, as it was then: for a process that builds a book again and again.

To read an artifact takes longer than to find it. Nothing is held unless a process asks for that, once: a command that
builds a book once would find nothing here. What is held must not be changed by whoever gets it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Memory:
    """Hold things by their keys, and which of them were asked for since the last look."""

    is_on: bool = False
    held: dict[str, object] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)


_memory = _Memory()


@contextmanager
def remembering() -> Iterator[None]:
    """Hold things in memory meanwhile."""
    before = _memory.is_on
    _memory.is_on = True
    try:
        yield
    finally:
        _memory.is_on = before
        if not before:
            _memory.held.clear()
            _memory.used.clear()


def is_remembering() -> bool:
    """Tell whether anything is held."""
    return _memory.is_on


def remembered(kind: str, key: str, make: Callable[[], T]) -> T:
    """Return what is held of a kind under a key, or else make it and, unless it is None, hold it."""
    name = f"{kind} {key}"
    if name in _memory.held:
        _memory.used.add(name)
        return _memory.held[name]  # type: ignore[return-value]  # one kind is of one type
    made = make()
    if made is not None:
        remember(kind, key, made)
    return made


def remember(kind: str, key: str, value: object) -> None:
    """Hold something of a kind under a key, instead of what was held there."""
    if _memory.is_on:
        name = f"{kind} {key}"
        _memory.held[name] = value
        _memory.used.add(name)


def forget_unused() -> None:
    """Let go what nobody has asked for since this was called last."""
    for name in _memory.held.keys() - _memory.used:
        del _memory.held[name]
    _memory.used.clear()
