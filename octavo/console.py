"""What a person or a machine sees while Octavo works: progress on a terminal, and diagnostics, one a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING

import click

from octavo.diagnostics import Diagnostic, Report, Severity
from octavo.timings import Timings

if TYPE_CHECKING:
    from rich.status import Status

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


@contextmanager
def progress(*, quiet: bool) -> Iterator[Timings]:
    """Show which stage is under way, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield Timings()
        return
    with ExitStack() as at_end:

        @cache
        def status() -> Status:
            from rich.console import Console  # noqa: PLC0415 (only a terminal wants it, and only where something is done)

            return at_end.enter_context(Console(stderr=True).status("…"))

        yield Timings(begins=lambda stage: status().update(stage))


def show_report(report: Report, messages: str, timings: Timings | None) -> None:
    """Write all diagnostics to standard error, sorted by place, and the timings after them."""
    write = {"text": _text, "json": _json, "github": _github}[messages]
    for diagnostic in report:
        click.echo(write(diagnostic, report.severity_of(diagnostic)), err=True)
    if timings:
        for stage, seconds in timings.seconds.items():
            click.echo(f"{stage:<10} {seconds:7.3f} s", err=True)


def _text(found: Diagnostic, severity: Severity) -> str:
    place = f"{found.position}: " if found.position else ""
    level = click.style(severity.value, fg=_COLOURS[severity], bold=True)
    lines = [f"{place}{level}: {found.message} [{found.rule}]"]
    if found.hint:
        lines.append(f"    {found.hint}")
    return "\n".join(lines)


def _json(found: Diagnostic, severity: Severity) -> str:
    return json.dumps({"rule": found.rule.identifier, "severity": severity.value, **found.facts}, ensure_ascii=False)


def _github(found: Diagnostic, severity: Severity) -> str:
    """Return a workflow command; what would end it early is escaped as GitHub asks."""
    place = found.position
    where = f" file={_escaped(place.file, True)},line={place.line},col={place.column}" if place else ""
    text = found.message + (f"\n{found.hint}" if found.hint else "")
    return f"::{_GITHUB[severity]}{where}::{_escaped(f'{text} [{found.rule}]', False)}"


def _escaped(text: str, in_property: bool) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text
