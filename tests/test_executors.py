"""Chapters are laid out by whatever has the interface of `concurrent.futures`, also by what is on other machines."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from octavo.diagnostics import Report
from octavo.recipe import Timings, build
from octavo.store import VARIABLE
from octavo.writers import ALONE, Work

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.canary  # of the patches by which chapters are laid out apart


def write_catalogue(folder: Path) -> list[Path]:
    """Write two books of two chapters, one in Chinese and one in English, and return their folders."""
    for language, text in (("en", "Herons wait."), ("zh-CN", "白鹭在等。")):
        book = folder / f"book-{language}"
        book.mkdir(parents=True)
        (book / "octavo.toml").write_text(
            f'[book]\ntitle = "A book"\nlanguage = "{language}"\ndate = 2025-01-01\nkind = "book"\nslug = "book"\n',
            "utf-8",
        )
        for number in (1, 2):
            other = 3 - number
            (book / f"0{number}.md").write_text(
                f"# C{number}\n\n{text} [page](#c{other}){{.page}}[^n]\n\n[^n]: {text}\n"
            )
    return sorted(folder.iterdir())


def built(books: list[Path], output: Path, work: Work = ALONE) -> Mapping[str, bytes]:
    """Build the PDFs of some books, and return them by their folders."""
    made = {}
    for book in books:
        report = Report()
        build(book, output / book.name, ("pdf",), report, Timings(), work=work)
        assert not list(report)
        made[book.name] = (output / book.name / "book.pdf").read_bytes()
    return made


class Elsewhere(Executor):
    """Do at once what is handed over, as a machine would that is sent it: it gets copies, and gives them back."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        function, arguments = pickle.loads(pickle.dumps((function, arguments)))
        future: Future[Any] = Future()
        future.set_result(pickle.loads(pickle.dumps(function(*arguments, **named))))
        self.done.append(function.args[0].__name__)  # type: ignore[attr-defined]  # a partial
        return future


class Broken(Executor):
    """Be gone when something is handed over."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        raise BrokenExecutor


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Give two books, of which nothing is kept."""
    monkeypatch.setenv(VARIABLE, "off")
    return write_catalogue(tmp_path / "catalogue")


def test_any_executor_makes_the_same_books(books: list[Path], tmp_path: Path) -> None:
    here, elsewhere = built(books, tmp_path / "here"), Elsewhere()
    assert len({*here.values()}) == 2
    assert built(books, tmp_path / "there", Work(executor=elsewhere)) == here
    assert elsewhere.done.count("compile_part") >= 8  # two chapters, the front and the contents of each
    assert "draw_furniture" in elsewhere.done
    with ThreadPoolExecutor(3) as threads:  # several of which are in one process, where layouts must not meet
        assert built(books, tmp_path / "threads", Work(executor=threads)) == here


def test_a_book_is_laid_out_here_where_an_executor_is_gone(books: list[Path], tmp_path: Path) -> None:
    here = built(books[:1], tmp_path / "here")
    assert built(books[:1], tmp_path / "there", Work(executor=Broken())) == here


@pytest.mark.filterwarnings("ignore")  # of a library that is not ours
def test_the_catalogue_of_the_guide_is_built_by_dask(books: list[Path], tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    _, _, program = (ROOT / "guide" / "09-design.md").read_text("utf-8").partition("```python file=catalogue.py\n")
    catalogue: dict[str, Any] = {}
    exec(program.partition("```")[0], catalogue)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=2, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        failed = catalogue["build_all"](books, tmp_path / "there", cluster.scheduler_address)
    assert not failed
    there = {book.name: (tmp_path / "there" / book.name / "book.pdf").read_bytes() for book in books}
    assert there == built(books, tmp_path / "here")
