"""What lays out parts: this process where there are few, a pool where there are many, or what the caller brings."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Lock, Thread
from typing import Any, TypeVar

A = TypeVar("A")
K = TypeVar("K")
T = TypeVar("T")
_LOCK = Lock()
_WORTH = 400_000  # characters of markup: some hundred pages, as long as a process takes to be there


class Here(Executor):
    """Do everything at once, in this process."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Return what was done already."""
        future: Future[Any] = Future()
        try:
            future.set_result(function(*arguments, **named))
        except Exception as error:
            future.set_exception(error)
        return future


def is_long(size: int) -> bool:
    """Tell whether so many characters of markup are worth a process of their own."""
    return size >= _WORTH


def alone(function: Callable[..., T], *arguments: Any) -> T:
    """Call a function while no other is called in this process: what lays out mends its library meanwhile.

    For executors that have several threads in one process, such as those of Dask.
    """
    with _LOCK:
        return function(*arguments)


class Workers:
    """Do little here, and much in so many processes, which are started once; or do all by what the caller brings."""

    def __init__(self, jobs: int, given: Executor | None = None) -> None:
        self._jobs = jobs
        self._given = given
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        """Return itself, which ends its own processes on leaving."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes: after an error, or Ctrl-C, what has not begun is not waited for."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    @property
    def ahead(self) -> int | None:
        """Return how many things processes should be given, so that none waits; None where that is not known."""
        return self._jobs + 2 if self._pool is not None else None

    @property
    def have_begun(self) -> bool:
        """Tell whether there is anybody to give work to beside this process."""
        return self._given is not None or self._pool is not None

    def begin(self, make_ready: Callable[..., object], *arguments: Any) -> None:
        """Start the processes, and let each make ready for what comes, if the work is theirs."""
        if self._jobs > 1 and not self.have_begun:
            pool = self._start()
            for _ in range(self._jobs):
                pool.submit(make_ready, *arguments)

    def executor(self, size: int) -> Executor:
        """Return what does so much: a changed chapter is laid out here before another process would be there."""
        if self._jobs > 1 and not self.have_begun and is_long(size):
            self._start()
        return self._given if self._given is not None else self._pool or Here()

    def _start(self) -> ProcessPoolExecutor:
        # Started anew and not copied: this process has threads, and their locks would be copied as they are.
        self._pool = ProcessPoolExecutor(self._jobs, mp_context=get_context("spawn"), initializer=_begin)
        return self._pool


def results(
    executor: Executor,
    function: Callable[[A], T],
    items: Iterator[tuple[K, A]],
    ahead: int | None,
    meanwhile: Callable[[], object] | None = None,
) -> Iterator[tuple[K, T]]:
    """Yield what a function makes of each item, as soon as it is there, with the key of the item.

    No more than so many are given away `ahead`, so that what comes next can depend on what was made; `meanwhile` is
    called while the first are on their way.
    """
    begun: dict[Future[T], K] = {}
    try:
        while True:
            for key, item in islice(items, None if ahead is None else ahead - len(begun)):
                begun[executor.submit(function, item)] = key
            if meanwhile is not None:
                meanwhile()
                meanwhile = None
            if not begun:
                return
            for future in wait(begun, return_when=FIRST_COMPLETED).done:
                yield begun.pop(future), future.result()
    finally:
        for future in begun:  # after an error nobody waits for these
            future.cancel()


def _begin() -> None:
    """Leave Ctrl-C to the process that started this one, and end with that process, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)
