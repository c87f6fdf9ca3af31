"""`octavo build`, and its short forms for one format."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from octavo.commands.options import Options, builds

if TYPE_CHECKING:
    from octavo.recipe import FormatName


@click.command()
@click.option(
    "--to", "formats", multiple=True, type=click.Choice(["html", "pdf", "epub"]), help="What to build; all unless told."
)
@builds
def build(path: Path, formats: tuple[FormatName, ...], options: Options) -> None:
    """Build the book at PATH, a folder or one Markdown file."""
    _build(path, formats or ("html", "pdf", "epub"), options)


@click.command()
@builds
def html(path: Path, options: Options) -> None:
    """Build the site and the single page."""
    _build(path, ("html",), options)


@click.command()
@builds
def pdf(path: Path, options: Options) -> None:
    """Build the PDF."""
    _build(path, ("pdf",), options)


@click.command()
@builds
def epub(path: Path, options: Options) -> None:
    """Build the EPUB."""
    _build(path, ("epub",), options)


def _build(path: Path, formats: tuple[FormatName, ...], options: Options) -> None:
    from octavo.store import without_store  # noqa: PLC0415

    with without_store() if options.no_cache else nullcontext():
        sys.exit(_built(path, tuple(dict.fromkeys(formats)), options))


def _built(path: Path, formats: tuple[FormatName, ...], options: Options) -> int:
    """Build, say what was found, and return the status."""
    from octavo.console import progress, show_report  # noqa: PLC0415
    from octavo.diagnostics import Report  # noqa: PLC0415
    from octavo.recipe import build as build_book  # noqa: PLC0415

    report = Report(strict=options.strict)
    trust, standard, jobs = options.trust, options.standard, options.jobs
    with progress(quiet=options.messages != "text") as timings:
        build_book(path, options.output, formats, report, timings, trust=trust, standard=standard, jobs=jobs)
    show_report(report, options.messages, timings if options.timings else None)
    return 1 if report.failed else 0
