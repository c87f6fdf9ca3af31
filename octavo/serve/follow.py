"""A book and its folder → builds of it, one at first and one after each quiet moment that follows a change."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

from watchfiles import Change, DefaultFilter, watch

from octavo.collector import without_collector
from octavo.serve.builds import Builds
from octavo.serve.preview import Preview

_QUIET = 100  # milliseconds without a change: editors write a file in several steps
_WAKES = 100  # milliseconds; the first time tells that the folder is being watched by now


def follow(builds: Builds, stop: Event | None = None) -> None:
    """Build at once and after every change, until `stop` is set or Ctrl-C raises KeyboardInterrupt."""
    # Changes are gathered from before the first build on, and during each, so that none falls between two.
    for number, changes in enumerate(_changes(builds.preview, stop)):
        if number == 0 or changes:
            _do(builds.build)
        if builds.lacks_pdf:
            _do(builds.print)


def _do(work: Callable[[], None]) -> None:
    """Work, and let the collector have its turn when all who wait have been told."""
    with without_collector():
        work()
    gc.collect()


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
