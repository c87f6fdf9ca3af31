"""The judges are large and `make test` does without them: only `make conformance` lets these tests be collected."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from golden import BOOKS, shared_book
from shared import Shared
from xdist.scheduler import LoadScopeScheduling

from conformance.books import BOOK_BY_BOOK, build_books

collect_ignore_glob = [] if os.environ.get("OCTAVO_CONFORMANCE") else ["test_*.py"]


# Whose tests begin their parameters with a judge, who is asked once for all of them.
_BOOKS, _SPOILED = "test_books.py", "test_spoiled.py"


class OneWorkerForEach(LoadScopeScheduling):  # type: ignore[misc]  # the library has no types
    """Give each file to one worker, or of some files the tests of each judge; a judge's book to one.

    (Groups by marks are what xdist has for this; its 3.8 does not see them under pytest 9.)
    """

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        parameters = test.partition("[")[2]
        judge = parameters.partition("-")[0].rstrip("]")
        if file.endswith(_BOOKS) and judge in BOOK_BY_BOOK:
            return f"{file} {parameters}"
        return f"{file} {judge}" if file.endswith((_BOOKS, _SPOILED)) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Return what deals the tests out."""
    return OneWorkerForEach(config, log)


@pytest.fixture(scope="session")
def built(shared: Shared) -> dict[str, Path]:
    """Build all books; return the folder of each."""

    def build(folder: Path) -> None:
        assert build_books(shared) == []

    shared.folder("all-books", build)
    return {book: shared_book(book, shared).output for book in BOOKS}
