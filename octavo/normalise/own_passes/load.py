"""Files of Python that a book names → its passes, or what speaks against them.

A pass is a program, and a book may come from anyone: nothing of it runs unless the command line says so.
"""

from __future__ import annotations

import sys
from types import ModuleType

from octavo.book import Book
from octavo.book.chapters import Failures
from octavo.diagnostics import Failure, Position, Report, Rule
from octavo.extend import API_VERSION
from octavo.normalise.own_passes.run import OwnPass, guarded


def load_own_passes(book: Book, report: Report, *, trust: bool) -> tuple[OwnPass, ...]:
    """Return the passes of the book in order.

    What speaks against each is reported; where that is anything, the last `Failure` is raised as well.
    """
    files = book.settings.passes.local
    places = [book.configuration.value(("passes", "local", index)) for index in range(len(files))]
    failures = Failures(report)
    passes = []
    for file, place in zip(files, places, strict=True):
        with failures.caught():
            passes.append(_load(book, file, place, trust=trust))
    failures.raise_last()
    return tuple(passes)


def _load(book: Book, file: str, place: Position, *, trust: bool) -> OwnPass:
    """Run a file. Raises Failure where it is not trusted, none of the book's, or no pass of this version."""
    if not trust:
        message = f"the book brings a program along, “{file}”, which was not run"
        raise Failure(Rule.PASS_UNTRUSTED, place, message, "read it; if you trust it, add --trust to the command")
    book.files.witness.lost()  # a program may read what it likes
    text = book.files.read_text(file, place)
    module = ModuleType(f"octavo pass {file}")
    module.__file__ = str(book.files.find(file, place))
    sys.modules[module.__name__] = module  # where dataclasses look for what is in it
    with guarded(file):
        exec(compile(text, file, "exec", dont_inherit=True), module.__dict__)
    _check_version(getattr(module, "API_VERSION", None), file)
    run = getattr(module, "run", None)
    if not callable(run):
        hint = "def run(document, context): … return document"
        raise Failure(Rule.PASS_FAILED, Position(file), f"“{file}” has no function “run”", hint)
    return OwnPass(file=file, run=run)


def _check_version(stated: object, file: str) -> None:
    if stated == API_VERSION and type(stated) is int:
        return
    if stated is None:
        message = f"“{file}” does not state the version of the interface that it was written for"
        hint = f"write API_VERSION = {API_VERSION} at its head"
    else:
        message = f"“{file}” was written for version {stated!r} of the interface; this Octavo has {API_VERSION}"
        hint = "see in the guide what has changed since, then state the version that it is for now"
    raise Failure(Rule.PASS_FAILED, Position(file), message, hint)
