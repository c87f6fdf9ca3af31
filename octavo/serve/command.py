"""The command: the parts put together, from the start to Ctrl-C."""

from __future__ import annotations

import gc
import os
import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path

import click

from octavo.serve.channel import Channel
from octavo.serve.follow import Preview, build_once, follow
from octavo.serve.hosts import is_loopback
from octavo.serve.server import serving


def serve_book(path: Path, output: Path | None, host: str, port: int, *, strict: bool, trust: bool) -> int:
    """Serve the site of a book until Ctrl-C and return the exit status; `port` 0 is a free one.

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
            preview, channel = Preview(path=real, output=place, strict=strict, trust=trust), Channel()
            if not path.exists():
                build_once(preview, channel)  # which says so
                return 1
            _serve(preview, channel, host, port)
        except KeyboardInterrupt:
            return 0
    return 0


def _serve(preview: Preview, channel: Channel, host: str, port: int) -> None:
    if not is_loopback(host):
        click.echo(f"warning: whoever reaches {host} can read this book, also from other machines", err=True)
    with ExitStack() as at_end:
        try:
            server = at_end.enter_context(serving(preview.site, channel, host, port))
        except OSError as error:
            reason = error.strerror or str(error)
            raise click.ClickException(f"cannot listen on {host}, port {port}: {reason}") from error
        click.echo(f"{server.url}  (Ctrl-C ends it)")
        try:
            follow(preview, channel)
        except OSError as error:
            raise click.ClickException(f"the folder {preview.folder} cannot be watched: {error}") from error
