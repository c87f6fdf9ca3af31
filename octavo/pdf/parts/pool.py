"""The processes that lay out parts: here where there are few, in a pool of their own where there are many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

_WORTH = 400_000  # characters of markup: some fifty pages, as long as a process takes to be there


class Here(Executor):
    """Do everything at once, in this process."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Return what was done already."""
        future: Future[Any] = Future()
        try:
            future.set_result(function(*arguments, **named))
        except BaseException as error:
            future.set_exception(error)
        return future


@contextmanager
def executor_of(jobs: int, size: int) -> Iterator[Executor]:
    """Hand out what lays out a book whose markup has so many characters, in at most so many processes."""
    if jobs < 2 or size < _WORTH:
        yield Here()
        return
    # Started anew and not copied: this process has threads, and their locks would be copied as they are.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield pool
