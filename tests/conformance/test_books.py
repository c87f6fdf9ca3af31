"""Every book that is built here, before the judges: programs that nobody on this project wrote.

All books are built once, a judge gets all its files at once, and a book passes it where nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from golden import BOOKS

from conformance.books import BOOK_BY_BOOK, IN_OTHER_STANDARD, files_for
from conformance.judges import JUDGES, Finding


@pytest.fixture(scope="module")
def said() -> dict[str, list[Finding]]:
    """Return what each judge has said so far: it is asked once, for all books."""
    return {}


def books_for(judge: str) -> Iterable[str]:
    """Return the books that a judge is given something of."""
    return IN_OTHER_STANDARD if judge == "verapdf-ua-2" else BOOKS


# The two that take longest come first, so that both workers are busy to the end.
@pytest.mark.parametrize(("judge", "book"), [(judge, book) for judge in JUDGES for book in books_for(judge)])
def test_a_book_before_a_judge(judge: str, book: str, built: dict[str, Path], said: dict[str, list[Finding]]) -> None:
    own = files_for(judge, built[book])
    assert own
    if judge in BOOK_BY_BOOK:
        found = JUDGES[judge](own)
    else:
        if judge not in said:
            said[judge] = JUDGES[judge]([file for folder in built.values() for file in files_for(judge, folder)])
        found = said[judge]
    assert [str(finding) for finding in found if finding.file in own and finding.weighs] == []
