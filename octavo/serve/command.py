"""The command: the parts put together, from the start to Ctrl-C."""

from __future__ import annotations

import gc
import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from octavo.console import show_report
from octavo.diagnostics import Report
from octavo.serve.builds import Builds
from octavo.serve.channel import Channel
from octavo.serve.follow import follow
from octavo.serve.hosts import is_loopback
from octavo.serve.pages import PDF
from octavo.serve.preview import Preview
from octavo.serve.server import serving
from octavo.store import open_store, remembering, store_at


def serve_book(
    path: Path, output: Path | None, host: str, port: int, *, strict: bool = False, trust: bool = False, jobs: int = 1
) -> int:
    """Serve the site and the PDF of a book until Ctrl-C and return the exit status; `port` 0 is a free one.

    Raises ClickException where the address is not to be had, or the folder cannot be watched.
    """
    gc.enable()  # short commands do without: see `cli.Commands`
    with ExitStack() as at_end:
        # A request to end, as editors and services send it, is as good as Ctrl-C.
        at_end.callback(signal.signal, signal.SIGTERM, signal.signal(signal.SIGTERM, signal.default_int_handler))
        try:
            if output is None:
                output = Path(at_end.enter_context(tempfile.TemporaryDirectory(prefix="octavo-serve-")))
            real, place = Path(os.path.realpath(path)), Path(os.path.realpath(output))
            at_end.enter_context(_keeping())
            builds = Builds(Preview(path=real, output=place, strict=strict, trust=trust, jobs=jobs), Channel())
            if not path.exists():
                builds.build()  # which says so
                return 1
            _serve(builds, host, port)
        except KeyboardInterrupt:
            return 0
    return 0


@contextmanager
def _keeping() -> Iterator[None]:
    """Let builds find what earlier ones have made: in memory, and where no folder keeps it, in one of this session."""
    report = Report()
    with ExitStack() as at_end:
        at_end.enter_context(remembering())
        if open_store("builds", report).folder is None:
            folder = at_end.enter_context(tempfile.TemporaryDirectory(prefix="octavo-kept-"))
            at_end.enter_context(store_at(folder))
        show_report(report, "text", None)
        yield


def _serve(builds: Builds, host: str, port: int) -> None:
    if not is_loopback(host):
        click.echo(f"warning: whoever reaches {host} can read this book, also from other machines", err=True)
    with ExitStack() as at_end:
        try:
            server = at_end.enter_context(serving(builds.preview.site, builds.site, host, port, builds.pdf))
        except OSError as error:
            reason = error.strerror or str(error)
            raise click.ClickException(f"cannot listen on {host}, port {port}: {reason}") from error
        click.echo(f"{server.url}  (Ctrl-C ends it)")
        click.echo(f"{server.url}{PDF.removeprefix('/')}  (the PDF, laid out while this page is open)")
        try:
            follow(builds)
        except OSError as error:
            raise click.ClickException(f"the folder {builds.preview.folder} cannot be watched: {error}") from error
