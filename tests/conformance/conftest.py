"""The judges are large and `make test` does without them: only `make conformance` lets these tests be collected."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from shared import Shared

from conformance.books import BOOKS, build_books

collect_ignore_glob = [] if os.environ.get("OCTAVO_CONFORMANCE") else ["test_*.py"]


@pytest.fixture(scope="session")
def built(shared: Shared) -> dict[str, Path]:
    """Build all books; return the folder of each."""

    def build(folder: Path) -> None:
        assert build_books({book: folder / book for book in BOOKS}) == []

    folder = shared.folder("books", build)
    return {book: folder / book for book in BOOKS}
