"""The options that commands share, and what the building ones are told, as one."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import click

if TYPE_CHECKING:
    from octavo.book.pdf_settings import Standard

C = TypeVar("C", bound=Callable[..., object])


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Hold what every command that builds is told."""

    output: Path
    strict: bool
    messages: str
    timings: bool
    trust: bool
    standard: Standard | None
    jobs: int
    no_cache: bool
    one_piece: bool


def usable_cores() -> int:
    """Return how many processes can run at a time on this machine, as far as this one may use it."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


PATH = click.argument("path", type=click.Path(path_type=Path))
STRICT = click.option("--strict", is_flag=True, help="Take warnings for errors.")
MESSAGES = click.option(
    "--messages",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How diagnostics are written to standard error.",
)
TRUST = click.option("--trust", is_flag=True, help="Run the passes that the book brings along: they are programs.")
_OUTPUT = click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("dist"),
    show_default=True,
    metavar="DIR",
    help="Where the outputs go.",
)
_STANDARD = click.option(
    "--standard",
    type=click.Choice(["a-3a+ua-1", "a-3a", "ua-1", "ua-2", "none"]),
    metavar="NAME",
    help="What the PDF keeps to: a-3a+ua-1, a-3a, ua-1, ua-2 or none; what octavo.toml says unless told.",
)
JOBS = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=usable_cores,
    metavar="N",
    help="How many processes may work at a time; as many as there are cores unless told.",
)
_NO_CACHE = click.option("--no-cache", is_flag=True, help="Make everything anew, and keep nothing of it.")
_ONE_PIECE = click.option("--one-piece", is_flag=True, help="Lay out the PDF in one piece, not chapter by chapter.")
_TIMINGS = click.option("--timings", is_flag=True, help="Say how long each stage took.")


def builds(command: C) -> C:
    """Give a command the options of a build, as one."""

    @wraps(command)
    def with_options(
        *,
        output: Path,
        strict: bool,
        messages: str,
        timings: bool,
        trust: bool,
        standard: Standard | None,
        jobs: int,
        no_cache: bool,
        one_piece: bool,
        **others: object,
    ) -> object:
        options = Options(
            output=output,
            strict=strict,
            messages=messages,
            timings=timings,
            trust=trust,
            standard=standard,
            jobs=jobs,
            no_cache=no_cache,
            one_piece=one_piece,
        )
        return command(options=options, **others)

    for option in (TRUST, _STANDARD, _TIMINGS, _NO_CACHE, _ONE_PIECE, JOBS, MESSAGES, STRICT, _OUTPUT, PATH):
        with_options = option(with_options)
    return cast("C", with_options)
