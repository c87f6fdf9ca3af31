"""The door of the command line: `octavo` and its commands, each in a module of `octavo.commands`."""

from __future__ import annotations

import errno
import os
import sys
from typing import Any, cast

import click

from octavo import __version__
from octavo.commands import COMMANDS
from octavo.ending import one_command

_INTERRUPTED = 130  # 128 and the number of SIGINT
_OF_THE_DEVICE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # that something is printed to


class Commands(click.Group):
    """Run commands; Ctrl-C ends one in silence, with the status that shells expect of it."""

    def __call__(self, *args: Any, **others: Any) -> Any:
        """Run the command that a process was started for, also where nothing can be printed; tests call `main`."""
        with one_command():
            try:
                return super().__call__(*args, **others)
            except OSError as error:
                if error.errno not in _OF_THE_DEVICE:
                    raise
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what waits stays unsaid
                click.echo(f"error: not all of it could be printed: {error.strerror}\n    make room there", err=True)
                sys.exit(1)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for."""
        try:
            return cast("object", super().invoke(ctx))
        except KeyboardInterrupt:
            sys.exit(_INTERRUPTED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="octavo")
def main() -> None:
    """Turn a folder of Markdown into a web book, a typeset PDF and an EPUB."""


for command in COMMANDS:
    main.add_command(command)


if __name__ == "__main__":
    main()
