"""The commands. Everything heavy is imported where it is used, so that `octavo --help` answers at once."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from octavo import __version__
from octavo.ending import one_command

if TYPE_CHECKING:
    from octavo.book.pdf_settings import Standard
    from octavo.recipe import FormatName

_FORMS = (".html", ".json")  # of what a check found
_INTERRUPTED = 130  # 128 and the number of SIGINT

C = TypeVar("C", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Options:
    """Hold what every command that builds is told."""

    output: Path
    strict: bool
    messages: str
    timings: bool
    trust: bool
    standard: Standard | None


_PATH = click.argument("path", type=click.Path(path_type=Path))
_STRICT = click.option("--strict", is_flag=True, help="Take warnings for errors.")
_MESSAGES = click.option(
    "--messages",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How diagnostics are written to standard error.",
)
_OUTPUT = click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("dist"),
    show_default=True,
    metavar="DIR",
    help="Where the outputs go.",
)
_TRUST = click.option("--trust", is_flag=True, help="Run the passes that the book brings along: they are programs.")
_STANDARD = click.option(
    "--standard",
    type=click.Choice(["a-3a+ua-1", "a-3a", "ua-1", "ua-2", "none"]),
    metavar="NAME",
    help="What the PDF keeps to: a-3a+ua-1, a-3a, ua-1, ua-2 or none; what octavo.toml says unless told.",
)
_TIMINGS = click.option("--timings", is_flag=True, help="Say how long each stage took.")


def _builds(command: C) -> C:
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
        **others: object,
    ) -> object:
        return command(options=Options(output, strict, messages, timings, trust, standard), **others)

    for option in (_TRUST, _STANDARD, _TIMINGS, _MESSAGES, _STRICT, _OUTPUT, _PATH):
        with_options = option(with_options)
    return cast("C", with_options)


class Commands(click.Group):
    """Run commands; Ctrl-C ends one in silence, with the status that shells expect of it."""

    def __call__(self, *args: Any, **others: Any) -> Any:
        """Run the command that a process was started for; tests call `main`."""
        with one_command():
            return super().__call__(*args, **others)

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


@main.command()
@click.option(
    "--to", "formats", multiple=True, type=click.Choice(["html", "pdf", "epub"]), help="What to build; all unless told."
)
@_builds
def build(path: Path, formats: tuple[FormatName, ...], options: Options) -> None:
    """Build the book at PATH, a folder or one Markdown file."""
    _build(path, formats or ("html", "pdf", "epub"), options)


@main.command()
@_builds
def html(path: Path, options: Options) -> None:
    """Build the site and the single page."""
    _build(path, ("html",), options)


@main.command()
@_builds
def pdf(path: Path, options: Options) -> None:
    """Build the PDF."""
    _build(path, ("pdf",), options)


@main.command()
@_builds
def epub(path: Path, options: Options) -> None:
    """Build the EPUB."""
    _build(path, ("epub",), options)


def _build(path: Path, formats: tuple[FormatName, ...], options: Options) -> None:
    from octavo.console import progress, show_report  # noqa: PLC0415
    from octavo.diagnostics import Report  # noqa: PLC0415
    from octavo.recipe import build as build_book  # noqa: PLC0415

    report = Report(strict=options.strict)
    wanted = tuple(dict.fromkeys(formats))
    trust, standard = options.trust, options.standard
    with progress(quiet=options.messages != "text") as timings:
        build_book(path, options.output, wanted, report, timings, trust=trust, standard=standard)
    show_report(report, options.messages, timings if options.timings else None)
    sys.exit(1 if report.failed else 0)


def _known_form(context: click.Context, parameter: click.Parameter, files: tuple[Path, ...]) -> tuple[Path, ...]:
    """Refuse a file of which nobody knows what to write into it."""
    for file in files:
        if file.suffix.lower() not in _FORMS:
            raise click.BadParameter(f"the name of “{file}” does not end in {' or '.join(_FORMS)}")
    return files


@main.command()
@_PATH
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
@_STRICT
@_MESSAGES
@_TRUST
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


@main.command()
@_PATH
@click.option("--host", default="127.0.0.1", show_default=True, metavar="HOST", help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="PORT", help="A free one unless told.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the site goes; a temporary folder unless told.",
)
@_STRICT
@_TRUST
def serve(path: Path, output: Path | None, host: str, port: int, strict: bool, trust: bool) -> None:
    """Show the site in a browser, and build it again after every change."""
    from octavo.serve import serve_book  # noqa: PLC0415

    sys.exit(serve_book(path, output, host, port, strict=strict, trust=trust))


@main.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Say what the diagnostic RULE means and how to mend what it found."""
    from octavo.explanations import explanation  # noqa: PLC0415

    text, hint = explanation(rule)
    if text is None:
        raise click.UsageError(f"there is no rule “{rule}”" + (f"; {hint}" if hint else ""))
    click.echo(text)


@main.command()
def doctor() -> None:
    """Say what this machine lacks, and the line that mends it."""
    from octavo.doctor import examine  # noqa: PLC0415

    findings = examine()
    for finding in findings:
        click.echo(str(finding))
    sys.exit(1 if any(finding.fails for finding in findings) else 0)


if __name__ == "__main__":
    main()
