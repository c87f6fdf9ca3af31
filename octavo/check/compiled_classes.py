"""A fault of compiled playa-pdf, mended before it is used.

Its wheels are compiled with mypyc, and a compiled class that derives from `Mapping` has no memory of its own for what
`isinstance` found: it writes into that of `Mapping`. After “a dict is no ContentStream” no dict is a mapping any more,
in the whole process, and markdown-it refuses its options; after “a dict is a mapping” every dict is a ContentStream. So
each such class gets a memory, as `ABCMeta` gives one to every class that it makes. This can go when mypyc does so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_MEMORY = "_abc_impl"


def mend_classes() -> None:
    """Give each class of playa-pdf a memory of its own; where Python keeps that elsewhere, there is nothing to mend."""
    import playa  # noqa: F401, PLC0415 (only a check wants it)

    try:
        from _abc import _abc_init  # type: ignore[import-not-found]  # noqa: PLC0415 (CPython's own)
    except ImportError:
        return
    for kind in _derived(Mapping):
        if kind.__module__.startswith("playa.") and _MEMORY not in vars(kind):
            _abc_init(kind)


def _derived(kind: type) -> Iterator[type]:
    child: type
    for child in kind.__subclasses__():
        yield child
        yield from _derived(child)
