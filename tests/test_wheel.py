"""What is published holds all that it needs: built, unpacked elsewhere, and used."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

from octavo.engine import missing, stated

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = "octavo/engine/libraries/"
NAMES = [library.name for library in stated()]
FOLDERS = {
    "octavo": "octavo",
    **{folder: f"octavo/{folder}" for folder in ("templates", "styles", "scripts", "themes")},
}


def run(*command: str, cwd: Path, **environment: str) -> str:
    """Run this Python, without the folder it runs in on its path, and return what it prints."""
    result = subprocess.run(
        [sys.executable, "-P", *command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def sources() -> set[str]:
    """Return the path in the wheel of each file that belongs there."""
    return {
        f"{place}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, place in FOLDERS.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and the wheel out of what the sdist holds."""
    folder = tmp_path_factory.mktemp("built")
    run("-m", "hatchling", "build", "-t", "sdist", "-d", str(folder), cwd=ROOT)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "sdist", filter="data")
    (unpacked,) = (folder / "sdist").iterdir()
    # The sdist carries what npm fetched, so that a wheel is built from it where there is none.
    run(
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        str(folder),
        cwd=unpacked,
        PATH=str(tmp_path_factory.mktemp("bin")),
    )
    return folder


def wheel_of(folder: Path) -> Path:
    (wheel,) = folder.glob("*.whl")
    return wheel


def test_the_wheel_holds_code_templates_styles_and_explanations(built: Path) -> None:
    with ZipFile(wheel_of(built)) as archive:
        names = set(archive.namelist())
    wanted = sources()
    assert wanted - names == set()
    assert {name.partition("/")[0] for name in names} == {
        "octavo",
        wheel_of(built).name.split("-py3")[0] + ".dist-info",
    }
    for folder in ("templates", "templates/epub", "styles", "scripts", "themes/modern/styles", "explanations"):
        assert [name for name in names if name.startswith(f"octavo/{folder}/")], folder
    assert not [name for name in names if name.startswith("octavo/") and name not in wanted]


def test_the_wheel_holds_the_licences(built: Path) -> None:
    with ZipFile(wheel_of(built)) as archive:
        names = archive.namelist()
        metadata = archive.read(next(name for name in names if name.endswith("/METADATA"))).decode()
    for name in ("LICENSE", "templates/LICENSE"):
        assert any(found.endswith(f".dist-info/licenses/{name}") for found in names), name
    assert "octavo/styles/LICENSE" in names
    licences = "Apache-2.0 AND 0BSD AND MIT AND OFL-1.1 AND CC-BY-SA-3.0 AND (CPAL-1.0 OR AGPL-3.0-or-later)"
    assert f"License-Expression: {licences}" in metadata


@pytest.mark.skipif(bool(missing(NAMES)), reason="npm was not there when this checkout was set up")
def test_the_wheel_carries_the_libraries_in_javascript_and_their_licences(built: Path) -> None:
    with ZipFile(wheel_of(built)) as archive:
        names = {name.removeprefix(LIBRARIES) for name in archive.namelist() if name.startswith(LIBRARIES)}
    assert {"citeproc/citeproc_commonjs.js", "temml/dist/temml.js", "mathjax/core.js"} <= names
    for name in NAMES:
        assert f"{name}/package.json" in names
    assert {"citeproc/LICENSE", "temml/LICENSE", "mathjax/LICENSE"} <= names


@pytest.mark.skipif(bool(missing(NAMES)), reason="npm was not there when this checkout was set up")
def test_an_unpacked_wheel_runs_them(installed: Path, tmp_path: Path) -> None:
    said = run("-c", "from octavo.engine import missing, stated; print(missing(s.name for s in stated()))",
               cwd=tmp_path, PYTHONPATH=str(installed))  # fmt: skip
    assert said.strip() == "()"


def test_the_sdist_holds_what_a_packager_needs(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for folder in ("octavo", "templates", "styles", "scripts", "themes", "source", "tests", "tools", "bench"):
        wanted = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / folder).rglob("*")
            if path.is_file()
            and path.suffix in (".py", ".md", ".css", ".js", ".html", ".xhtml", ".svg", ".toml", ".sh")
        }
        assert wanted - names == set(), folder
    files = {"pyproject.toml", "LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile", "build.py"}
    assert files | {"constraints.txt", "PKG-INFO"} <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith((".venv", "dist/", ".git/"))]


@pytest.fixture(scope="module")
def installed(built: Path) -> Path:
    """Unpack the wheel where nothing of the checkout is near."""
    folder = built / "installed"
    with ZipFile(wheel_of(built)) as archive:
        archive.extractall(folder)
    return folder


def test_an_unpacked_wheel_builds_the_article(installed: Path, tmp_path: Path) -> None:
    where = run("-c", "import octavo; print(octavo.__file__)", cwd=tmp_path, PYTHONPATH=str(installed))
    assert Path(where.strip()) == installed / "octavo" / "__init__.py"
    article = str(ROOT / "source" / "article.md")
    command = ("-m", "octavo", "build", article, "--to", "html", "--to", "epub", "--output", str(tmp_path / "dist"))
    run(*command, cwd=tmp_path, PYTHONPATH=str(installed))
    outputs = {path.name for path in (tmp_path / "dist").iterdir()}
    assert outputs == {"site", "article.html", "article.epub"}
    assert "提高生产效率" in (tmp_path / "dist" / "article.html").read_text("utf-8")


def test_an_unpacked_wheel_sets_the_pdf(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nText.\n", "utf-8")
    run("-m", "octavo", "pdf", "a.md", cwd=tmp_path, PYTHONPATH=str(installed))
    assert (tmp_path / "dist" / "a.pdf").read_bytes().startswith(b"%PDF-")


def test_an_unpacked_wheel_explains(installed: Path, tmp_path: Path) -> None:
    rule = min(path.stem for path in (ROOT / "octavo" / "explanations").glob("*.md"))
    said = run("-m", "octavo", "explain", rule, cwd=tmp_path, PYTHONPATH=str(installed))
    assert "Severity: " in said
