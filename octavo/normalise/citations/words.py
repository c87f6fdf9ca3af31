"""The citations of one list → the inlines of each, and the entries of the list, linked both ways."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from octavo.citations.markup import FIRST_SIGN, Reader
from octavo.citations.positions import Cite, Cluster
from octavo.citations.process import own_language, set_citations
from octavo.citations.sources import Sources
from octavo.diagnostics import Position
from octavo.document import (
    BibliographyEntry,
    Citation,
    CitationLink,
    Cited,
    Inline,
    Link,
    SoftBreak,
    Superscript,
    Text,
    plain_text,
    walk,
)
from octavo.normalise.identifiers import RESERVED

_NOT_IN_IDENTIFIER = re.compile(r"[^A-Za-z0-9_.-]+")


@dataclass(frozen=True, slots=True)
class Scope:
    """State what is set together: citations in reading order; `prefix` tells apart the identifiers of two lists."""

    prefix: str
    cited: list[Citation]
    sources: Sources
    language: str
    notes: Mapping[int, tuple[int, int]] = field(default_factory=dict)  # by the identity of a citation: number, series


@dataclass(frozen=True, slots=True)
class InWords:
    """Hold the inlines of each citation by its identity, and the entries."""

    citations: Mapping[int, tuple[Inline, ...]]
    entries: tuple[BibliographyEntry, ...]


def words_for(scope: Scope) -> InWords:
    """Return what citations read, and the list of the works they cite. Raises ScriptError."""
    return _Writer(scope).write()


@dataclass(slots=True)
class _Writer:
    scope: Scope
    signs: dict[str, tuple[Inline, ...]] = field(default_factory=dict)
    calls: dict[str, list[str]] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)

    def write(self) -> InWords:
        clusters: list[Cluster] = []
        parts = [self._clusters(citation, clusters) for citation in self.scope.cited]
        sources = self.scope.sources
        done = set_citations(sources.style, self.scope.language, sources.works, clusters, sources.listed)
        if sources.style.listed:
            self.targets = self._identifiers(done.entries)
        citations = {}
        for citation, places in zip(self.scope.cited, parts, strict=True):
            inlines: list[Inline] = []
            for index, locator in places:
                words = done.words[index]
                inlines += self._read(citation, words.author, words.text)
                if locator:
                    text = Text(text=locator, position=citation.position)
                    inlines.append(Superscript(children=(text,), position=citation.position))
            citations[id(citation)] = tuple(inlines)
        entries = tuple(self._entry(key, markup) for key, markup in done.entries.items())
        return InWords(citations, entries if sources.style.listed else ())

    def _clusters(self, citation: Citation, clusters: list[Cluster]) -> list[tuple[int, str | None]]:
        """Add what a citation cites to the clusters; return the index of each, and the place that stands behind it.

        Styles that print no places, as those of GB/T 7714, have them behind the bracket, raised: so the works before
        one stand in a bracket of their own.
        """
        outside = not self.scope.sources.style.locates
        groups: list[list[Cited]] = [[]]
        for work in citation.works:
            groups[-1].append(work)
            if outside and work.locator:
                groups.append([])
        places = []
        for group in filter(None, groups):
            cites = tuple(self._cite(work, outside) for work in group)
            places.append((len(clusters), _place(group[-1]) if outside else None))
            clusters.append(Cluster(cites, citation.form, *self.scope.notes.get(id(citation), ())))
        return places

    def _cite(self, work: Cited, outside: bool) -> Cite:
        return Cite(
            key=work.key,
            locator=None if outside else work.locator,
            unit=work.unit,
            prefix=self._sign(work.prefix),
            suffix=self._sign(work.suffix),
            author=work.author,
        )

    def _sign(self, inlines: tuple[Inline, ...]) -> str:
        """Return words that the processor may see: as they are, or a sign for private use where they are marked up."""
        inlines = tuple(
            Text(text=" ", position=inline.position) if isinstance(inline, SoftBreak) else inline for inline in inlines
        )
        if all(isinstance(inline, Text) for inline in inlines):
            return plain_text(inlines)
        sign = chr(FIRST_SIGN + len(self.signs))
        self.signs[sign] = inlines
        return sign

    def _identifiers(self, entries: Mapping[str, str]) -> dict[str, str]:
        """Return the identifier of each entry: made of its key, so that an edit elsewhere does not change it."""
        result: dict[str, str] = {}
        for key in entries:
            name = f"{RESERVED}work-{self.scope.prefix}{_NOT_IN_IDENTIFIER.sub('-', key)}"
            while name in result.values():
                name += "-"
            result[key] = name
        return result

    def _read(self, citation: Citation, author: str, text: str) -> tuple[Inline, ...]:
        """Return the inlines of a cluster; of a sentence, the author links as well as what stands in brackets."""
        place = citation.position
        linked: set[str] = set()
        reader = Reader(place, lambda key, children: self._link(key, children, place, linked), self.signs)
        before = reader.read(author)[1] if author else ()
        behind = reader.read(text)[1] if text else ()
        space = () if not before or not behind or _is_close(behind) else (Text(text=" ", position=place),)
        return (*before, *space, *behind)

    def _link(self, key: str, children: tuple[Inline, ...], position: Position, linked: set[str]) -> tuple[Inline, ...]:
        """Return the words for a work as links to its entry, around the links that they hold; one link leads back."""
        target = self.targets.get(key)
        if target is None:
            return children
        result: list[Inline] = []
        for leads_out, run in groupby(children, lambda child: any(walk(child, Link))):
            if leads_out:
                result += run
                continue
            result.append(
                CitationLink(
                    target=target,
                    identifier=None if key in linked else self._call(key, target),
                    children=tuple(run),
                    numbered=self.scope.sources.style.kind == "numeric" and plain_text(children).isdigit(),
                    position=position,
                )
            )
            linked.add(key)
        return tuple(result)

    def _call(self, key: str, target: str) -> str:
        calls = self.calls.setdefault(key, [])
        calls.append(f"{target.replace('work', 'cite', 1)}-{len(calls) + 1}")
        return calls[-1]

    def _entry(self, key: str, markup: str) -> BibliographyEntry:
        work = self.scope.sources.works[key]
        number, children = Reader(work.position, lambda _, children: children, {}).read(markup)
        language = own_language(work, self.scope.language)
        return BibliographyEntry(
            key=key,
            identifier=self.targets.get(key, ""),
            number=number,
            children=children,
            language=language.partition("-")[0] if _other(language, self.scope.language) else None,
            calls=tuple(self.calls.get(key, ())),
            position=work.position,
        )


def _place(work: Cited) -> str | None:
    """Return the place in a work as it stands behind a bracket: a page is a number, all else as it was written."""
    return work.locator if work.unit == "page" else work.place


def _other(one: str, other: str) -> bool:
    return one.partition("-")[0] != other.partition("-")[0]


def _is_close(inlines: tuple[Inline, ...]) -> bool:
    """Tell whether what follows a name stands close to it: raised, or behind a full-width bracket."""
    return isinstance(inlines[0], Superscript) or plain_text(inlines).startswith(("（", "［"))
