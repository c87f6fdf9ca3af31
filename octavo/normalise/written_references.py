"""References that authors typed by hand: “见 1.3.2 节”, “图 3-2”, “Section 1.3”.

A pass of the book. It links each where exactly one thing has that number, and leaves the words as they were typed. What
reads like a reference into this book, and has no target, is reported; where the evidence is weak nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from typing import Any

from octavo.diagnostics import Rule
from octavo.document import (
    Document,
    Formula,
    Heading,
    Image,
    Inline,
    Link,
    Node,
    NoteReference,
    Reference,
    SoftBreak,
    TermReference,
    Text,
    kinds_that_hold,
    rewrite,
    walk,
)
from octavo.normalise.context import Context
from octavo.normalise.counted import pattern_of
from octavo.normalise.numbers.mention_forms import Kinds
from octavo.normalise.numbers.mentions import Mention, find_mentions
from octavo.normalise.numbers.targets import Targets, targets_of
from octavo.words import words_of

# In these a link would stand inside another one, or in a line that is printed again elsewhere.
_WITHOUT_LINKS = (Heading, Link, Image, TermReference)
# The fields in which nodes hold inlines; a reading above them is no place for a link.
_INLINES = frozenset({"children", "caption", "title", "summary"})
# Most runs hold nothing that a mention needs.
_MAY_MENTION = re.compile(r"[\d第제附付§A-Z](?:(?<=[^A-Z])|(?<=\b[A-Z])[A-Z]{0,5}\b)")  # a set in front is fast


def link_written_references(document: Document, context: Context) -> Document:
    """Make a reference of each number that the author referred to by hand."""
    words = words_of(document.metadata.language)
    own: Kinds = tuple((kind, pattern_of(kind, words, context) or "") for kind in context.kinds)
    search = _Search(targets_of(document), own, context)
    kept = {id(below) for node in walk(document, *_WITHOUT_LINKS) for below in walk(node)}

    def change(node: Node) -> Node:
        if id(node) in kept:
            return node
        changed: dict[str, Any] = {}
        for name in node.CHILDREN:
            children = getattr(node, name) if name in _INLINES else ()
            if any(isinstance(child, Text) and _MAY_MENTION.search(child.text) for child in children):
                new = tuple(search.linked(children))
                if len(new) != len(children) or any(a is not b for a, b in zip(new, children, strict=True)):
                    changed[name] = new
        return replace(node, **changed) if changed else node

    return rewrite(document, change, *kinds_that_hold(Text))


@dataclass(frozen=True, slots=True)
class _Search:
    """Look for mentions in runs of text, and for their targets."""

    targets: Targets
    own: Kinds
    context: Context

    def linked(self, children: Sequence[Inline]) -> Iterator[Inline]:
        """Yield inlines, with references where they are mentioned."""
        before: Inline | None = None
        for is_text, group in groupby(children, _is_text):
            run = list(group)
            yield from self._in_run(run, before) if is_text else run
            before = run[-1]

    def _in_run(self, run: Sequence[Inline], before: Inline | None) -> Iterator[Inline]:
        text = "".join(map(_characters, run))
        mentions = list(find_mentions(text, self.own)) if _MAY_MENTION.search(text) else []
        links = {}
        for mention, following in pairwise([*mentions, None]):
            assert mention
            # “Chapter 4, Section 4.1 of the handbook” speaks of the handbook twice.
            theirs = following and following.of_another_work and following.start - mention.end <= 2
            if theirs or mention.of_another_work or _follows_title(text, mention, before):
                continue
            if target := self._target(text, mention, _part(run, mention.start, mention.end), first=before is None):
                links[mention.start, mention.end] = target
        yield from _with(run, text, links)

    def _target(self, text: str, mention: Mention, nodes: Sequence[Inline], *, first: bool) -> str | None:
        if any(isinstance(node, Reference) for node in nodes):
            return None  # linked before
        found = self.targets.of(mention)
        if not found and self.targets.misses(mention) and not (first and not text[: mention.start].strip()):
            # What begins a paragraph may be a caption that was typed as well.
            self.context.report.add(
                Rule.REFERENCE_NUMBER_NOT_FOUND,
                nodes[0].position,
                f"nothing in this book is numbered as “{text[mention.start : mention.end]}” says",
                "give it the number that is printed now, or a label: @ and the label never goes out of date",
            )
        return next(iter(found)) if len(found) == 1 else None


def _is_text(node: Inline) -> bool:
    return isinstance(node, Text | SoftBreak) or (isinstance(node, Reference) and node.form == "written")


def _characters(node: Inline) -> str:
    match node:
        case Text():
            return node.text
        case Reference():
            return node.written
    return "\n"


def _follows_title(text: str, mention: Mention, before: Inline | None) -> bool:
    """Tell whether a mention stands right behind something set apart, such as the title or the link of a book."""
    if before is None or isinstance(before, NoteReference | Formula):
        return False
    return not text[: mention.start].strip(" ,，的\n")


def _part(run: Sequence[Inline], start: int, end: int) -> list[Inline]:
    """Return the inlines between two offsets of a run, whose texts are cut there."""
    nodes: list[Inline] = []
    lengths = list(accumulate((len(_characters(node)) for node in run), initial=0))
    for node, (first, last) in zip(run, pairwise(lengths), strict=True):
        cut = slice(max(start - first, 0), max(end - first, 0))
        if last <= start or first >= end:
            continue
        if isinstance(node, Text) and (cut.start or cut.stop < len(node.text)):
            place = replace(node.position, column=node.position.column + cut.start)
            nodes.append(Text(text=node.text[cut], position=place))
        else:
            nodes.append(node)
    return nodes


def _with(run: Sequence[Inline], text: str, links: dict[tuple[int, int], str]) -> Iterator[Inline]:
    """Yield a run with references between these offsets."""
    if not links:
        yield from run
        return
    done = 0
    for (start, end), target in sorted(links.items()):
        yield from _part(run, done, start)
        place = _part(run, start, end)[0].position
        yield Reference(name=target, written=text[start:end], form="written", position=place)
        done = end
    yield from _part(run, done, len(text))
