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
    """Build unless nothing has changed since, say what was found, and return the status."""
    from octavo.console import progress, show_report  # noqa: PLC0415
    from octavo.diagnostics import Report  # noqa: PLC0415
    from octavo.record import Request, Witness, unless_unchanged  # noqa: PLC0415
    from octavo.store import open_store  # noqa: PLC0415

    output, trust, standard = options.output, options.trust, options.standard
    stated = (str(options.strict), str(trust), str(standard), str(options.one_piece))
    request = Request(path=path, output=output, formats=formats, options=stated)
    report = Report(strict=options.strict)
    with progress(quiet=options.messages != "text") as timings:

        def build_it(witness: Witness) -> None:
            from octavo.recipe import build as build_book  # noqa: PLC0415 (loads all that reads and writes books)
            from octavo.writers import Work  # noqa: PLC0415

            build_book(
                path,
                output,
                formats,
                report,
                timings,
                trust=trust,
                standard=standard,
                work=Work(jobs=options.jobs, one_piece=options.one_piece),
                witness=witness,
            )

        unless_unchanged(open_store("builds"), request, report, timings, build_it)
    show_report(report, options.messages, timings if options.timings else None)
    return 1 if report.failed else 0
