"""`octavo serve`: the site and the PDF in a browser, as the book is written."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from octavo.commands.options import JOBS, PATH, STRICT, TRUST


@click.command()
@PATH
@click.option("--host", default="127.0.0.1", show_default=True, metavar="HOST", help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="PORT", help="A free one unless told.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the site and the PDF go; a temporary folder unless told.",
)
@STRICT
@TRUST
@JOBS
def serve(path: Path, output: Path | None, host: str, port: int, strict: bool, trust: bool, jobs: int) -> None:
    """Show the site and the PDF in a browser while you write."""
    from octavo.serve import serve_book  # noqa: PLC0415

    sys.exit(serve_book(path, output, host, port, strict=strict, trust=trust, jobs=jobs))
