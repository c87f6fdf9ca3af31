"""The judges are large and `make test` does without them: only `make conformance` lets these tests be collected."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from shared import Shared
from xdist.scheduler import LoadScopeScheduling

from conformance.books import BOOKS, build_books

collect_ignore_glob = [] if os.environ.get("OCTAVO_CONFORMANCE") else ["test_*.py"]


# Whose tests begin their parameters with a judge, who is asked once for all of them.
_BY_JUDGE = ("test_books.py", "test_spoiled.py")


class OneWorkerForEach(LoadScopeScheduling):  # type: ignore[misc]  # the library has no types
    """Give each file to one worker, or of some files the tests of each judge.

    (Groups by marks are what xdist has for this; its 3.8 does not see them under pytest 9.)
    """

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        return f"{file} {test.partition('[')[2].rstrip(']').partition('-')[0]}" if file.endswith(_BY_JUDGE) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Return what deals the tests out."""
    return OneWorkerForEach(config, log)


@pytest.fixture(scope="session")
def built(shared: Shared) -> dict[str, Path]:
    """Build all books; return the folder of each."""

    def build(folder: Path) -> None:
        assert build_books({book: folder / book for book in BOOKS}) == []

    folder = shared.folder("books", build)
    return {book: folder / book for book in BOOKS}
