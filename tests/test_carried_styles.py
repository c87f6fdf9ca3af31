"""Citation styles at set-up: taken out of the archives that are stated, once, and nothing else of them."""

from __future__ import annotations

import hashlib
import json
from fnmatch import fnmatchcase
from pathlib import Path
from zipfile import ZipFile

import citation_styles
import pytest

METADATA = "Metadata-Version: 2.1\nName: some-styles\nVersion: 1.0\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
FILES = {
    "some/styles/a.csl": "<style>a</style>",
    "some/styles/b.csl": "<style>b</style>",
    "some/__init__.py": "raise SystemExit('it was run')",
    "some_styles-1.0.dist-info/METADATA": METADATA,
    "some_styles-1.0.dist-info/WHEEL": WHEEL,
    "some_styles-1.0.dist-info/RECORD": "",
}
needs_pip = pytest.mark.skipif(citation_styles._pip() is None, reason="there is no pip")


@pytest.fixture
def citations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to fill, where pip finds one package, in a folder beside it and nowhere else."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    with ZipFile(shelf / "some_styles-1.0-py3-none-any.whl", "w") as archive:
        for name, text in FILES.items():
            archive.writestr(name, text)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    (tmp_path / "citations").mkdir()
    return tmp_path / "citations"


def state(citations: Path, files: dict[str, str], sha256: str | None = None) -> None:
    (archive,) = (citations.parent / "shelf").iterdir()
    found = sha256 or hashlib.sha256(archive.read_bytes()).hexdigest()
    package = {"version": "1.0", "sha256": found, "files": files}
    (citations / "packages.json").write_text(json.dumps({"packages": {"some-styles": package}}), "utf-8")


def files_in(citations: Path) -> set[str]:
    return {path.relative_to(citations).as_posix() for path in citations.rglob("*") if path.is_file()}


@needs_pip
def test_what_is_stated_is_taken_and_nothing_else(citations: Path) -> None:
    state(citations, {"some/styles/a.csl": "styles"})
    assert citation_styles.provide(citations)
    assert files_in(citations) == {"packages.json", "carried/packages.json", "carried/styles/a.csl"}
    assert (citations / "carried/styles/a.csl").read_text("utf-8") == "<style>a</style>"


@needs_pip
def test_it_is_fetched_once(citations: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state(citations, {"some/styles/*.csl": "styles"})
    assert citation_styles.provide(citations)
    monkeypatch.setattr(citation_styles, "_pip", lambda: pytest.fail("it is fetched again"))
    assert citation_styles.provide(citations)


@needs_pip
def test_what_is_stated_anew_takes_the_place_of_the_old(citations: Path) -> None:
    state(citations, {"some/styles/a.csl": "styles"})
    assert citation_styles.provide(citations)
    state(citations, {"some/styles/b.csl": "others"})
    assert citation_styles.provide(citations)
    assert files_in(citations) == {"packages.json", "carried/packages.json", "carried/others/b.csl"}


@needs_pip
def test_an_archive_of_another_sum_is_not_taken(citations: Path, capfd: pytest.CaptureFixture[str]) -> None:
    state(citations, {"some/styles/a.csl": "styles"}, sha256="0" * 64)
    assert not citation_styles.provide(citations)
    assert files_in(citations) == {"packages.json"}
    assert "citations are not set" in capfd.readouterr().err


@needs_pip
def test_a_file_that_is_not_there_ends_the_set_up(citations: Path) -> None:
    state(citations, {"some/styles/c.csl": "styles"})
    with pytest.raises(SystemExit, match=r"has no some/styles/c\.csl"):
        citation_styles.provide(citations)
    assert files_in(citations) == {"packages.json"}


def test_without_pip_it_is_said_and_nothing_breaks(
    citations: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    state(citations, {"some/styles/a.csl": "styles"})
    monkeypatch.setattr(citation_styles, "_pip", lambda: None)
    assert not citation_styles.provide(citations)
    assert files_in(citations) == {"packages.json"}
    assert "citations are not set" in capsys.readouterr().err


def test_every_file_that_is_stated_is_carried() -> None:
    said = json.loads((citation_styles.CITATIONS / citation_styles.STATED).read_text("utf-8"))
    folder = citation_styles.CITATIONS / citation_styles.FOLDER
    if not folder.is_dir():
        pytest.skip("citation styles were not fetched")
    for package in said["packages"].values():
        assert len(package["sha256"]) == 64
        for pattern, target in package["files"].items():
            name = pattern.rpartition("/")[2]
            assert any(fnmatchcase(path.name, name) for path in (folder / target).iterdir()), pattern
