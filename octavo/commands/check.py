"""`octavo check`: what can be said of a book and of its outputs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from octavo.commands.options import MESSAGES, PATH, STRICT, TRUST

_FORMS = (".html", ".json")  # of what a check found


def _known_form(context: click.Context, parameter: click.Parameter, files: tuple[Path, ...]) -> tuple[Path, ...]:
    """Refuse a file of which nobody knows what to write into it."""
    for file in files:
        if file.suffix.lower() not in _FORMS:
            raise click.BadParameter(f"the name of “{file}” does not end in {' or '.join(_FORMS)}")
    return files


@click.command()
@PATH
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Check what was built there, instead of building anew.",
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_known_form,
    metavar="FILE",
    help="Write what was found to FILE.html, a page to read, or to FILE.json.",
)
@click.option(
    "--judges", is_flag=True, help="Ask EPUBCheck, Ace, veraPDF, qpdf, Nu and axe too, as far as they are installed."
)
@STRICT
@MESSAGES
@TRUST
def check(
    path: Path,
    output: Path | None,
    reports: tuple[Path, ...],
    judges: bool,
    strict: bool,
    messages: str,
    trust: bool,
) -> None:
    """Say all that can be said of the book at PATH and of its outputs."""
    from octavo.check import check_book  # noqa: PLC0415
    from octavo.console import progress, show_report  # noqa: PLC0415
    from octavo.diagnostics import Failure, Report  # noqa: PLC0415
    from octavo.report import write_report  # noqa: PLC0415

    report = Report(strict=strict)
    with progress(quiet=messages != "text") as timings:
        account = check_book(path, output, report, timings, trust=trust, judges=judges)
        for file in reports:
            try:
                write_report(account, file)
            except Failure as failure:
                report.take(failure.diagnostic)
    show_report(report, messages, None)
    sys.exit(1 if report.failed else 0)
