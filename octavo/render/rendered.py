"""What was rendered of a book before, for a process that renders it again and again, and for the next one.

It is known by what it was rendered of, such as a chapter: a process that goes on has the very same one where nothing in
it has changed, another one looks in the store for what it holds. All else that it shows is compared.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TypeVar

from octavo.document import Chapter, Index, ListOf, Node, walk
from octavo.render.edition import Edition
from octavo.render.index import identifiers_of
from octavo.render.lists import Captioned
from octavo.render.page_breaks import CODE, PIECES, PageBreaks, entry_key
from octavo.store import (
    Store,
    UnknownContentError,
    content_of,
    digest,
    is_remembering,
    open_store,
    remember,
    remembered,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rendered:
    """Hold what was rendered while all that it shows beside what it was rendered of was the same.

    `lists` are the captions of the book, which few chapters show; `kept`, if given, keeps all for other processes.
    """

    shown: tuple[object, ...]
    lists: Mapping[str, tuple[Captioned, ...]]
    kept: _Kept | None = None
    _made: dict[Hashable, tuple[Node, object, object]] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """Tell whether nothing can be held yet."""
        return not self._made and (self.kept is None or self.kept.is_new)

    def of(self, what: Node, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is held under a key of this very node, and is of one type, or else what `make` returns."""
        lists = self.lists if any(True for _ in walk(what, ListOf)) else None
        held = self._made.get(key)
        if held is None or held[0] is not what or held[1] != lists:
            made = make() if self.kept is None else self.kept.of(what, key, lists, make)
            held = self._made[key] = what, lists, made
        return held[2]  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Keep what was rendered in a store, under `common`, which stands for all else that it shows.

    `is_new` tells whether nothing was ever kept under that; `digests` are those of nodes of one document, by their ids.
    """

    store: Store
    common: str
    is_new: bool
    digests: dict[int, str | None]

    def of(self, what: Node, key: Hashable, lists: object, make: Callable[[], T]) -> T:
        if id(what) not in self.digests:
            self.digests[id(what)] = _digest_of(what)
        content, beside = self.digests[id(what)], "" if lists is None else _digest_of(lists)
        if content is None or beside is None:
            return make()
        name = digest(self.common, f"{key}", content, beside)
        if (data := self.store.get(name)) is not None:
            return pickle.loads(data)  # type: ignore[no-any-return]  # the store is the user's own: see its place
        made = make()
        self.store.put(name, pickle.dumps(made, protocol=5))
        return made


@dataclass(frozen=True, slots=True)
class Marks:
    """Know what marks of printed pages show in each chapter: pages, each with the order of its piece there."""

    edition: Edition
    breaks: PageBreaks
    _known: dict[int, tuple[object, ...]] = field(default_factory=dict)

    def of(self, chapter: Chapter) -> tuple[object, ...]:
        """Return the marks in a chapter of this edition, which may have several pages in a format."""
        if id(chapter) not in self._known:
            self._known[id(chapter)] = tuple(self._in(chapter)) if self.breaks else ()
        return self._known[id(chapter)]

    def _in(self, chapter: Chapter) -> Iterator[tuple[object, ...]]:
        pieces = [self.edition.keys[id(node)] for node in walk(chapter, *PIECES)]
        entries = (identifiers_of(group.entries) for index in walk(chapter, Index) for group in index.groups)
        keys = [*pieces, *(key + CODE for key in pieces), *map(entry_key, chain.from_iterable(entries))]
        for order, key in enumerate(keys):
            for found in self.breaks.by_key.get(key, ()):
                yield order, found.skip, found.label, found.identifier


def rendered(kind: str, edition: Edition, shown: Callable[[], tuple[object, ...]]) -> Rendered:
    """Return what is held of a kind, or nothing yet where anything differs of what an edition and its `shown` are."""
    now = (*edition.around, *shown())
    if not is_remembering():
        return Rendered((), edition.lists, _kept(kind, edition, now))
    name = f"{kind} {edition.book.files.root} {edition.slug}"
    before = remembered("rendered", name, lambda: Rendered(now, edition.lists))
    after = replace(before, lists=edition.lists) if before.shown == now else Rendered(now, edition.lists)
    remember("rendered", name, after)
    return after


def _kept(kind: str, edition: Edition, shown: tuple[object, ...]) -> _Kept | None:
    store = open_store("rendered")
    common = _digest_of((kind, shown)) if store.folder is not None else None
    if common is None:
        return None
    if is_new := store.get(common) is None:
        store.put(common, b"")
    return _Kept(store, common, is_new, edition.digests)


def _digest_of(value: object) -> str | None:
    """Return the digest of what a value holds, or None where that cannot be told: a pass may have brought own nodes."""
    try:
        return digest(content_of(value))
    except UnknownContentError:
        return None
