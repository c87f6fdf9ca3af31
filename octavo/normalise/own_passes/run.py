"""A pass of the book's own, run: what it raises is a diagnostic at its line, and what it returns is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from traceback import extract_tb
from typing import TYPE_CHECKING

from octavo import extend
from octavo.diagnostics import Failure, Position, Rule
from octavo.document import Document, Node, forget_classes, rewrite
from octavo.normalise.own_passes.faults import faults

if TYPE_CHECKING:
    from octavo.normalise.context import Context

_REPORTED = 10


@dataclass(frozen=True, slots=True)
class OwnPass:
    """Hold a pass of the book's own and the file that it comes from."""

    file: str
    run: Callable[[Document, extend.Context], object]


def run_own_passes(document: Document, context: Context) -> Document:
    """Run the passes of the book's own. Raises Failure where one fails: what it would have made, nobody can judge."""
    own = extend.Context(language=document.metadata.language, _report=context.report)
    for each in context.own_passes:
        document = _run(each, document, own, context)
    return document


def _run(each: OwnPass, before: Document, own: extend.Context, context: Context) -> Document:
    """Return what a pass makes of a document. Raises Failure where that is none, or none that can be set."""
    forget_classes()
    with guarded(each.file):
        result = each.run(before, own)
    forget_classes()
    if result is before:
        return before
    if not isinstance(result, Document):
        message = f"“{each.file}” returned {_article(result)} where the document is wanted"
        raise Failure(Rule.PASS_RESULT, Position(each.file), message, "return the document, changed or not")
    failures = [_failure(each.file, *fault) for fault in islice(faults(before, result), _REPORTED)]
    for failure in failures:
        context.report.take(failure.diagnostic)
    if failures:
        raise failures[-1]
    return _apart(result)


def _failure(file: str, position: Position | None, message: str) -> Failure:
    message = f"what “{file}” returned cannot be set: {message}"
    return Failure(Rule.PASS_RESULT, position or Position(file), message, "the guide says what a pass may make")


def _article(value: object) -> str:
    return "nothing" if value is None else f"a value of type {type(value).__name__}"


def _apart(document: Document) -> Document:
    """Return a document in which no node stands twice: the passes after this one tell nodes by what they are."""
    seen: set[int] = set()

    def change(node: Node) -> Node:
        if id(node) in seen:
            node = replace(node)
        seen.add(id(node))
        return node

    return rewrite(document, change)


@contextmanager
def guarded(file: str) -> Iterator[None]:
    """Turn whatever the code of a file raises into a Failure (pass-failed) at the line of that file."""
    try:
        yield
    except SyntaxError as error:
        inside = error.filename == file
        place = Position(file, (error.lineno or 1) if inside else 1, max(error.offset or 1, 1) if inside else 1)
        raise Failure(Rule.PASS_FAILED, place, f"“{file}” is no Python: {error.msg}") from error
    except (Exception, SystemExit) as error:
        lines = [frame.lineno or 1 for frame in extract_tb(error.__traceback__) if frame.filename == file]
        said = f"{type(error).__name__}: {error}".rstrip(": ")
        message = f"“{file}” has failed: {said}"
        hint = "the pass is a program of the book: what it raises is its author's to mend"
        raise Failure(Rule.PASS_FAILED, Position(file, lines[-1] if lines else 1), message, hint) from error
