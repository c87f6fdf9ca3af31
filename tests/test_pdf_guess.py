"""Contents are laid out among the chapters, as soon as it can be told how long the numbers in them are."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from pathlib import Path

import pytest

from octavo.diagnostics import Report
from octavo.pdf.book import write_pdf
from octavo.pdf.parts import Workers, pool
from octavo.pdf.parts.plain import Job
from octavo.recipe import Timings, prepare
from octavo.store import without_store

pytestmark = pytest.mark.canary  # of the patches by which chapters are laid out apart

SETTINGS = '[book]\ntitle = "A book"\nlanguage = "en"\ndate = 2025-01-01\nkind = "book"\n'
_CONTENTS = '<nav class="contents'


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let nobody be given more than three parts ahead; return what is laid out, in order: contents are “C”."""
    order: list[str] = []

    class Noting(pool.Here):
        """Note what is done here."""

        def submit(self, function, /, *arguments, **named):  # type: ignore[no-untyped-def]
            if isinstance(job := arguments[0], Job):
                order.append("C" if _CONTENTS in job.markup else "-")
            return super().submit(function, *arguments, **named)

    monkeypatch.setattr(pool, "Here", Noting)
    return order


def write(folder: Path, chapters: list[str]) -> None:
    folder.mkdir()
    (folder / "octavo.toml").write_text(SETTINGS)
    for number, text in enumerate(chapters, 1):
        (folder / f"{number:02}.md").write_text(f"# Chapter {number}\n\n{text}\n")
    (folder / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="600"/>')


def build(folder: Path, pdf: Path) -> bytes:
    edition = prepare(folder, Report(), Timings())
    assert edition is not None
    with without_store():
        write_pdf(edition, pdf)
    return pdf.read_bytes()


@pytest.mark.parametrize(
    ("chapters", "expected"),
    [
        # As soon as the tenth page is known.
        (["Text."] * 16, "-" * 12 + "C" + "-" * 5),
        # Most pages come behind the text, which has most characters.
        (["Text that is long. " * 400, "", "", "![](a.svg)\n\n" * 9, "End."], "---C---C"),
    ],
    ids=["right", "wrong"],
)
def test_contents_are_laid_out_among_the_chapters(
    chapters: list[str], expected: str, laid_out: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "book", chapters)
    afterwards = build(tmp_path / "book", tmp_path / "afterwards.pdf")
    assert "".join(laid_out) == "-" * (len(chapters) + 1) + "C"
    laid_out.clear()
    monkeypatch.setattr(Workers, "ahead", 3)
    assert build(tmp_path / "book", tmp_path / "among.pdf") == afterwards
    assert "".join(laid_out) == expected


class Waiting(Executor):
    """Begin nothing but the first, which fails; there is nothing in it, as its length says."""

    def __init__(self) -> None:
        self.given: list[Future[int]] = []

    def __len__(self) -> int:
        return 0

    def submit(self, function, /, *arguments, **named):  # type: ignore[no-untyped-def]
        future: Future[int] = Future()
        if not self.given:
            future.set_exception(ValueError("it fails"))
        self.given.append(future)
        return future


def test_after_an_error_nothing_else_is_begun() -> None:
    executor = Waiting()
    assert Workers(2, executor).executor(0) is executor
    with pytest.raises(ValueError, match="it fails"):
        list(pool.results(executor, int, iter([("a", 1), ("b", 2), ("c", 3)]), None))
    assert [future.cancelled() for future in executor.given] == [False, True, True]
