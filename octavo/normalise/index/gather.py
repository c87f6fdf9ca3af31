"""The table of the index, made of all marks in reading order.

A pass of the book. In: marks, and headings with their numbers. Out: each mark with an identifier, each index with its
groups. Where there are no pages a mark is found by the section that it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count, groupby

from octavo.diagnostics import Rule, nearest
from octavo.document import (
    FORMATS,
    Abstract,
    Chapter,
    CrossReference,
    Document,
    Formats,
    Heading,
    Index,
    IndexEntry,
    IndexGroup,
    IndexMark,
    Locator,
    Node,
    Note,
    NoteReference,
    Only,
    OnlySpan,
    Section,
    note_formats,
    plain_text,
    rewrite,
    walk,
)
from octavo.engine import ScriptError
from octavo.normalise.context import Context
from octavo.normalise.index.marks import path_of
from octavo.normalise.index.order import Place as PlaceInOrder
from octavo.normalise.index.order import places_of
from octavo.words import Words, words_of

PREFIX = "octavo-index"
_SPAN = "–"


def gather_index(document: Document, context: Context) -> Document:
    """Number the marks, and set the groups of each index."""
    if not any(walk(document, Index)):
        return document
    named = _named(document)
    words = words_of(document.metadata.language)
    places = list(_Places(named, words).all())
    root = _Gathered(())
    for place in _with_ends(places, context):
        root.take(place)
    try:
        order = places_of(root.terms(), document.metadata.language, context.index_order)
    except ScriptError as error:
        message = f"the index cannot be put in order: {error}"
        context.report.add(Rule.INDEX_FAILED, next(walk(document, Index)).position, message, "build once more")
        return document
    groups = _Table(root, order, words, context).groups()
    return rewrite(named, lambda node: node if node.groups == groups else replace(node, groups=groups), Index)


def _named(document: Document) -> Document:
    """Return the document with an identifier on each mark: its chapter, and which of the marks there it is."""

    def named(order: int, part: Node) -> Node:
        numbers = count(1)

        def change(mark: IndexMark) -> IndexMark:
            identifier = f"{PREFIX}-{order}-{next(numbers)}"
            return mark if mark.identifier == identifier else replace(mark, identifier=identifier)

        return rewrite(part, change, IndexMark)

    orders = iter(range(0 if document.abstract else 1, len(document.chapters) + 1))
    return rewrite(document, lambda part: named(next(orders), part), Abstract, Chapter)


@dataclass(frozen=True, slots=True)
class _Place:
    """Hold a mark, what the section is called that it stands in, and the formats that show it."""

    mark: IndexMark
    section: str
    formats: Formats
    end: _Place | None = None

    def locator(self) -> Locator:
        end = self.end if self.end and self.end.section != self.section else None
        return Locator(
            target=self.mark.identifier or "",
            text=f"{self.section}{_SPAN}{end.section}" if end else self.section,
            formats=self.formats,
            end=self.end.mark.identifier if self.end else None,
        )


@dataclass(frozen=True, slots=True)
class _Places:
    """Find where the marks of a document stand."""

    document: Document
    words: Words
    # By note, the section that calls it first: a mark in a note is found by that.
    calls: dict[str, str] = field(default_factory=dict)

    def all(self) -> Iterator[_Place]:
        """Yield each mark in reading order with its place."""
        title = self.document.metadata.title
        notes = note_formats(self.document)
        if self.document.abstract:
            yield from self._below(self.document.abstract, self.words.abstract, FORMATS, notes)
        for chapter in self.document.chapters:
            first = next((block.heading for block in chapter.children if isinstance(block, Section)), None)
            yield from self._below(chapter, self._called(first) if first else title, FORMATS, notes)

    def _below(self, node: Node, section: str, formats: Formats, notes: Mapping[str, Formats]) -> Iterator[_Place]:
        if not any(walk(node, IndexMark, NoteReference)):
            return
        match node:
            case Section():
                section = self._called(node.heading)
            case Only() | OnlySpan():
                formats = formats & set(node.formats)
            case NoteReference() if node.note:
                self.calls.setdefault(node.note, section)
            case Note() if node.identifier:
                section = self.calls.get(node.identifier, section)
                formats = formats & notes.get(node.identifier, FORMATS)
            case IndexMark():
                yield _Place(node, section, formats)
        for child in node.children_in_order():
            yield from self._below(child, section, formats, notes)

    def _called(self, heading: Heading) -> str:
        return (heading.number or "").rstrip(".、") or plain_text(heading.children)


def _with_ends(places: Iterable[_Place], context: Context) -> Iterator[_Place]:
    """Yield the places, those where a passage begins with the one where it ends, which is none by itself."""
    waiting: dict[tuple[str, ...], _Place] = {}
    ends: dict[int, _Place] = {}
    kept: list[_Place] = []
    for place in places:
        match place.mark.extent:
            case "start":
                waiting.setdefault(place.mark.path, place)
            case "end":
                if start := waiting.pop(place.mark.path, None):
                    ends[id(start)] = place
                    continue
                _report_range(place.mark, "ends here and begins nowhere", context)
        kept.append(place)
    for place in waiting.values():
        _report_range(place.mark, "begins here and ends nowhere", context)
    for place in kept:
        yield replace(place, end=ends.get(id(place)))


def _report_range(mark: IndexMark, what: str, context: Context) -> None:
    message = f"the passage on “{' → '.join(mark.path)}” {what}; the mark stands for its place alone"
    context.report.add(Rule.INDEX_RANGE, mark.position, message, "both ends name the same entry")


@dataclass(slots=True)
class _Gathered:
    """Gather what is said of one entry, and the entries below it by their words."""

    path: tuple[str, ...]
    sort: str | None = None
    places: list[_Place] = field(default_factory=list)
    senders: list[IndexMark] = field(default_factory=list)
    below: dict[str, _Gathered] = field(default_factory=dict)

    def take(self, place: _Place) -> None:
        """Take in a mark, below this entry."""
        entry = self
        for depth, text in enumerate(place.mark.path, 1):
            entry = entry.below.setdefault(text, _Gathered(place.mark.path[:depth]))
        entry.sort = entry.sort or place.mark.sort
        if place.mark.see or place.mark.see_also:
            entry.senders.append(place.mark)
        if not place.mark.see:
            entry.places.append(place)

    def all(self) -> Iterator[_Gathered]:
        """Yield all entries below this one."""
        for entry in self.below.values():
            yield entry
            yield from entry.all()

    def terms(self) -> dict[str, str | None]:
        """Return the words of all entries, each with what it is put in order by, where an author says so."""
        return {entry.path[-1]: entry.sort for entry in self.all()}


class _Table:
    """Make the groups of what was gathered."""

    def __init__(self, root: _Gathered, order: Mapping[str, PlaceInOrder], words: Words, context: Context) -> None:
        self._root = root
        self._order = order
        self._words = words
        self._context = context
        self._identifiers = {
            entry.path: f"{PREFIX}-entry-{number}" for number, entry in enumerate(self._downwards(root), 1)
        }

    def groups(self) -> tuple[IndexGroup, ...]:
        """Return the groups in order."""
        by_label = groupby(self._sorted(self._root), key=lambda entry: self._order[entry.path[-1]].label)
        return tuple(IndexGroup(label=label, entries=tuple(map(self._entry, entries))) for label, entries in by_label)

    def _sorted(self, entry: _Gathered) -> list[_Gathered]:
        return sorted(entry.below.values(), key=lambda below: self._order[below.path[-1]].key)

    def _downwards(self, entry: _Gathered) -> Iterator[_Gathered]:
        for below in self._sorted(entry):
            yield below
            yield from self._downwards(below)

    def _entry(self, entry: _Gathered) -> IndexEntry:
        see = [(mark, name) for mark in entry.senders for name in mark.see]
        see_also = [(mark, name) for mark in entry.senders for name in mark.see_also]
        return IndexEntry(
            text=entry.path[-1],
            identifier=self._identifiers[entry.path],
            locators=tuple(place.locator() for place in entry.places),
            see=self._references(see),
            see_also=self._references(see_also),
            children=tuple(map(self._entry, self._sorted(entry))),
        )

    def _references(self, names: Iterable[tuple[IndexMark, str]]) -> tuple[CrossReference, ...]:
        """Return the entries that are named, each once."""
        return tuple({name: self._reference(mark, name) for mark, name in names}.values())

    def _reference(self, mark: IndexMark, name: str) -> CrossReference:
        path = path_of(name)
        text = self._words.comma.join(path)
        if path not in self._identifiers:
            hint = nearest(text, [self._words.comma.join(known) for known in self._identifiers])
            message = f"the index has no entry “{text}”, to which readers are sent here"
            self._context.report.add(Rule.INDEX_ENTRY_NOT_FOUND, mark.position, message, hint)
        return CrossReference(text=text, target=self._identifiers.get(path))
