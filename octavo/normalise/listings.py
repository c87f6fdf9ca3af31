"""Listings: the code that one takes from a file, and the lines that stand out in it."""

from __future__ import annotations

from dataclasses import replace

from octavo.diagnostics import Failure, Rule
from octavo.document import CodeBlock, Document, rewrite
from octavo.normalise.code_files import Lines, ranges, select
from octavo.normalise.code_includes import fill_includes, holds_includes
from octavo.normalise.context import Context

# What an info string may ask for, and this pass settles; `lines` marks lines where no file is named.
_ASKED = frozenset({"file", "lines", "anchor", "start", "mark", "hl_lines"})


def settle_listings(document: Document, context: Context) -> Document:
    """Read the files that listings name, and settle how lines are counted and which are marked.

    `lines` and `mark` count as the listing does, so with a file as the file does; `hl_lines` counts from 1.
    """

    def change(node: CodeBlock) -> CodeBlock:
        if holds_includes(node):
            node = fill_includes(node, context)
        return node if _ASKED.isdisjoint(dict(node.attributes)) else _settle(node, context)

    return rewrite(document, change, CodeBlock)


def _settle(node: CodeBlock, context: Context) -> CodeBlock:
    asked = {name: value for name, value in node.attributes if name in _ASKED}
    kept = tuple((name, value) for name, value in node.attributes if name not in _ASKED)
    node = replace(node, start=int(asked.get("start", node.start)))
    if (name := asked.get("file")) is not None:
        lines = _read(node, name, asked.pop("lines", None), asked.get("anchor"), context)
        first = lines[0][0] if lines and "start" not in asked else node.start
        node = replace(node, text="".join(f"{line}\n" for _, line in lines), start=first)
        numbers = [number - lines[0][0] for number, _ in lines]
    else:
        numbers = list(range(node.text.count("\n")))
    marked = {
        *_marked(node, asked.get("mark"), numbers, node.start, context),
        *_marked(node, asked.get("lines"), numbers, node.start, context),
        *_marked(node, asked.get("hl_lines"), list(range(len(numbers))), 1, context),
    }
    return replace(node, attributes=kept, marked=tuple(sorted(marked)))


def _read(node: CodeBlock, name: str, lines: str | None, anchor: str | None, context: Context) -> Lines:
    if node.text.strip():
        context.report.add(
            Rule.LISTING_INFO,
            node.position,
            f"the listing is taken from “{name}”, so the code inside the fence is not shown",
            "leave the fence empty, or leave `file` out",
        )
    text = context.read_text(name, node.position)
    try:
        return [] if text is None else select(text, name, lines, anchor, node.position)
    except Failure as failure:
        context.report.take(failure.diagnostic)
        return []


def _marked(node: CodeBlock, wanted: str | None, numbers: list[int], start: int, context: Context) -> set[int]:
    """Return the marked lines, counted as the listing counts.

    `numbers` is what each line counts from `start`, which leaves gaps where lines of a file are not shown.
    """
    if wanted is None or not numbers:
        return set()
    places = {start + number: node.start + index for index, number in enumerate(numbers)}
    last = max(places, default=start)
    try:
        found = [(first, end or last) for first, end in ranges(wanted)]
    except ValueError:
        hint = "write them as in “1, 3-5”"
        context.report.add(Rule.LISTING_INFO, node.position, f"“{wanted}” names no lines that can be marked", hint)
        return set()
    if any(first > end or first < start or end > last for first, end in found):
        message = f"the listing does not have all of the lines “{wanted}”: it counts from {start} to {last}"
        context.report.add(Rule.LISTING_INFO, node.position, message)
    return {line for number, line in places.items() if any(first <= number <= end for first, end in found)}
