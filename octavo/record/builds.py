"""The record of a build: kept when it has gone well, and compared before the next one.

1. What is asked for, with the programs and all that surrounds them, is the key: there may be a record for each.
2. A record holds what the witness saw, what was written, and what was said.
3. Where all of it is as it was, what was said is said again, and nothing is built.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Set
from dataclasses import astuple, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from octavo.diagnostics import Diagnostic, Position, Report, Rule
from octavo.record.outputs import is_same_file, outputs_of
from octavo.record.states import State, is_as_before, is_listed_as_before
from octavo.record.surroundings import surroundings
from octavo.record.witness import Witness
from octavo.repository import ask_git
from octavo.store import Store, digest, libraries, programs, programs_now
from octavo.timings import Timings

_LAID_OUT = ("pdf", "epub")  # the cover of an EPUB is drawn by what lays out the PDF


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Hold what a build was asked for, as far as it shows in the outputs or in what is said."""

    path: Path
    output: Path
    formats: tuple[str, ...]
    options: tuple[str, ...]

    def key(self) -> str:
        """Return the digest of the request, the programs, and what surrounds them now."""
        places = (os.path.abspath(self.path), os.path.realpath(self.path), os.path.realpath(self.output))  # noqa: PTH100
        kind = "folder" if self.path.is_dir() else "file"
        loaded = libraries() if set(self.formats) & set(_LAID_OUT) else ()
        return digest(programs(), surroundings(), *loaded, "", kind, *places, *sorted(self.formats), "", *self.options)


def unless_unchanged(
    store: Store, request: Request, report: Report, timings: Timings, build: Callable[[Witness], None]
) -> None:
    """Build, unless the outputs are there that this would make: then say in `report` what was said of them."""
    if store.folder is None:
        build(Witness())
        return
    start = perf_counter()
    key = request.key()
    said = _unchanged(store, key, request)
    timings.seconds["compare"] = perf_counter() - start  # nobody is told that it begins: it is over by then
    if said is None:
        witness = Witness()
        build(witness)
        if not report.failed:
            _keep(store, key, request, witness, report)
    for found in said or ():
        report.take(found)


def _keep(store: Store, key: str, request: Request, witness: Witness, report: Report) -> None:
    """Keep the record of a build, unless it is in doubt what the build depended on."""
    written = outputs_of(request.output, _first_names(witness.wrote))
    if not witness.whole or not witness.wrote or written.keys() != witness.wrote.keys():
        return
    if not all(is_same_file(written[name], before) for name, before in witness.wrote.items()):
        return  # another build was there in between
    if programs_now() != programs() or request.key() != key:
        return
    record = {
        "files": {name: astuple(state) for name, state in witness.files.items()},
        "folders": witness.folders,
        "answers": list(witness.answers.items()),
        "outputs": written,
        "said": [_said(found) for found in report],
    }
    store.put(key, json.dumps(record).encode())


def _unchanged(store: Store, key: str, request: Request) -> list[Diagnostic] | None:
    """Return what the build said whose outputs are still there, and would be the same now; None where it is to run."""
    data = store.get(key)
    if data is None:
        return None
    record = json.loads(data)
    names = _first_names(record["outputs"])
    now = {name: list(marks) for name, marks in outputs_of(request.output, names).items()}
    # The outputs may lie in the book's folder, where they are no part of the book.
    output = os.path.realpath(request.output)
    ours = frozenset((output, *(os.path.join(output, name) for name in names)))  # noqa: PTH118
    if now != record["outputs"] or not _all_as_before(record, ours):
        return None
    return [_found(each) for each in record["said"]]


def _first_names(outputs: Iterable[str]) -> frozenset[str]:
    return frozenset(name.partition("/")[0] for name in outputs)


def _all_as_before(record: dict[str, Any], ours: Set[str]) -> bool:
    return (
        all(is_listed_as_before(name, listing, ours) for name, listing in record["folders"].items())
        and all(
            is_as_before(name, State(real, kind, size, tuple(stamp), read))
            for name, (real, kind, size, stamp, read) in record["files"].items()
        )
        and all(ask_git(Path(root), *question) == answer for (root, *question), answer in record["answers"])
    )


def _said(found: Diagnostic) -> tuple[object, ...]:
    place = astuple(found.position) if found.position else None
    return (found.rule.identifier, place, found.message, found.hint)


def _found(said: tuple[str, list[Any] | None, str, str | None]) -> Diagnostic:
    name, place, message, hint = said
    rule = next(rule for rule in Rule if rule.identifier == name)
    return Diagnostic(rule=rule, position=Position(*place) if place else None, message=message, hint=hint)
