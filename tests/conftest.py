"""What all tests share: the option that rewrites golden files, and a world without clocks and repositories."""

from __future__ import annotations

import pytest

from octavo.book import defaults
from octavo.check.compiled_classes import mend_classes

mend_classes()  # before any test reads a PDF


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --update-golden."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew; read the difference")


@pytest.fixture
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Tell whether golden files are to be rewritten."""
    return bool(pytestconfig.getoption("--update-golden"))


@pytest.fixture
def undated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only what a book states date it: neither the environment, nor the commits and tags around the tests."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(defaults, "_git", lambda root, *arguments: None)
