"""A book and its folder → builds of its site, one at first and one after each quiet moment that follows a change."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Event

import click
from watchfiles import Change, DefaultFilter, watch

from octavo.console import show_report
from octavo.diagnostics import Report, Severity, facts_of
from octavo.publish import MARK
from octavo.recipe import build
from octavo.serve.channel import Channel
from octavo.timings import Timings

SITE = "site"  # where, in the output folder, the recipe puts it
_QUIET = 100  # milliseconds without a change: editors write a file in several steps
_WAKES = 100  # milliseconds; the first time tells that the folder is being watched by now


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Hold what is built, whereto, and how. `path` and `output` are absolute, with symlinks resolved."""

    path: Path
    output: Path
    strict: bool = False
    trust: bool = False

    @property
    def folder(self) -> Path:
        """Return the folder in which all files of the book are."""
        return self.path if self.path.is_dir() else self.path.parent

    @property
    def site(self) -> Path:
        """Return where the site is, as soon as there is one."""
        return self.output / SITE

    def owns(self, path: Path) -> bool:
        """Tell whether a path is of what is built here: a build must not be the reason of the next one."""
        if not path.is_relative_to(self.output):
            return False
        parts = path.relative_to(self.output).parts
        return bool(parts) and (parts[0] == SITE or parts[0].startswith(MARK) or parts[0].endswith(".html"))


def follow(preview: Preview, channel: Channel, stop: Event | None = None) -> None:
    """Build at once and after every change, until `stop` is set or Ctrl-C raises KeyboardInterrupt."""
    # Changes are gathered from before the first build on, and during each, so that none falls between two.
    for number, changes in enumerate(_changes(preview, stop)):
        if number == 0 or changes:
            build_once(preview, channel)


def _changes(preview: Preview, stop: Event | None) -> Iterator[set[tuple[Change, str]]]:
    return watch(
        preview.folder,
        watch_filter=_Sources(preview),
        step=_QUIET,
        stop_event=stop,
        rust_timeout=_WAKES,
        yield_on_timeout=True,
    )


class _Sources(DefaultFilter):
    """Leave out what is built here, and what editors and version control write for themselves."""

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self._preview = preview

    def __call__(self, change: Change, path: str) -> bool:
        return super().__call__(change, path) and not self._preview.owns(Path(path))


def build_once(preview: Preview, channel: Channel) -> None:
    """Build the site, write what was found to the terminal, and tell the pages."""
    before = _fingerprint(preview.site)
    report, timings = Report(strict=preview.strict), Timings()
    try:
        build(preview.path, preview.output, ("html",), report, timings, trust=preview.trust)
        errors = [found.facts for found in report if report.severity_of(found) is Severity.ERROR]
    except Exception as error:  # a fault of ours must not end the session of an author
        traceback.print_exc()
        message = f"Octavo itself has failed: {type(error).__name__}: {error}"
        hint = "the terminal shows where; please report it"
        errors = [{"rule": "octavo", **facts_of(None), "message": message, "hint": hint}]
    show_report(report, "text", None)
    seconds = sum(timings.seconds.values())
    click.echo(f"not built: errors: {len(errors)}" if errors else f"built in {seconds:.2f} s", err=True)
    channel.tell(errors, changed=_fingerprint(preview.site) != before)


def _fingerprint(site: Path) -> str:
    """Return what is another as soon as a file of the site is: pages are not loaded again for nothing."""
    digest = sha256()
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(site)}\0{path.stat().st_size}\0".encode("utf-8", "surrogateescape"))
        digest.update(path.read_bytes())
    return digest.hexdigest()
