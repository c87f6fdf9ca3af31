"""What all tests share: the option that rewrites golden files, and a world without clocks and repositories."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import nullcontext
from functools import cache, partial
from pathlib import Path

import pytest
from golden import Books, shared_book, undate
from shared import Shared, collect_seldom, shared_of

from octavo.check.compiled_classes import mend_classes
from octavo.diagrams import cache as drawings
from octavo.mathematics import cache as formulas
from octavo.pdf import book, engine, unit
from octavo.render import compiled, highlight
from octavo.store import VARIABLE, Store, open_store

mend_classes()  # before any test reads a PDF
collect_seldom()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --update-golden and --without-patches."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew; read the difference")
    parser.addoption("--without-patches", action="store_true", help="leave WeasyPrint as it is, and the canaries out")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of what patches do where there are none."""
    if config.getoption("--without-patches"):
        for item in items:
            if item.get_closest_marker("canary"):
                item.add_marker(pytest.mark.skip(reason="tells what a patch of WeasyPrint does"))


@pytest.fixture(autouse=True, scope="session")
def _patches(pytestconfig: pytest.Config) -> Iterator[None]:
    """Leave WeasyPrint as it is where that is asked for, without a word, as if nothing were to be mended."""
    with pytest.MonkeyPatch.context() as patch:
        if pytestconfig.getoption("--without-patches"):
            for module in (engine, unit):
                patch.setattr(module, "applied", lambda *arguments: nullcontext(enter_result=False))
            patch.setattr(book, "write_apart", lambda *arguments: None)
        yield


@pytest.fixture
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Tell whether golden files are to be rewritten."""
    return bool(pytestconfig.getoption("--update-golden"))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """Return what makes folders that all workers share."""
    return shared_of(tmp_path_factory)


@pytest.fixture(autouse=True, scope="session")
def _own_cache(shared: Shared) -> Iterator[None]:
    """Keep drawings, formulas, compiled templates and coloured listings of the tests out of the user's folder.

    The workers share them. Nothing else is kept, here and in processes that tests start, or a test would see what
    another one has built.
    """
    folder = shared.folder("cache", lambda folder: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, "off")
        patch.setattr(drawings, "store", lambda: Store(folder, "diagrams"))
        patch.setattr(formulas, "store", lambda: Store(folder, "formulas"))
        for module in (compiled, highlight):  # half the time of a small book goes into what all books have in common
            patch.setattr(module, "open_store", lambda kind: _kept_if_off(kind, folder))
        yield


def _kept_if_off(kind: str, folder: Path) -> Store:
    """Return the store that a test asks for, or that of the tests where it asks for none."""
    return Store(folder, kind) if os.environ.get(VARIABLE) == "off" else open_store(kind)


@pytest.fixture
def undated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only what a book states date it."""
    undate(monkeypatch)


@pytest.fixture(scope="session")
def books(shared: Shared) -> Books:
    """Return what builds each book once, undated, for all tests that read its outputs."""
    return cache(partial(shared_book, shared=shared))
