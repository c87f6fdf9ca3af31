"""What lays out parts: this process where there are few, a pool where there are many, or what the caller brings."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Lock, Thread
from typing import Any, TypeVar

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


@contextmanager
def executor_of(jobs: int, size: int, given: Executor | None = None) -> Iterator[Executor]:
    """Hand out what lays out a book whose markup has so many characters: what is given, or so many processes."""
    if given is not None:  # whoever made it ends it
        yield given
        return
    if jobs < 2 or not is_long(size):
        yield Here()
        return
    # Started anew and not copied: this process has threads, and their locks would be copied as they are.
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)  # after an error, or Ctrl-C, what has not begun is not waited for


def _begin() -> None:
    """Leave Ctrl-C to the process that started this one, and end with that process, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)
