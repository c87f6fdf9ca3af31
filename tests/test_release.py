"""What a release offers, what is said of it, and the workflows that make it."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from outputs import ROOT, Outputs, outputs_of
from release_files import SUMS, emptied, write_pages, write_release, write_zip
from summary import size, summary

from octavo.diagnostics import Report
from octavo.recipe import FORMATS, Timings, build

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
BIN = Path(sys.executable).parent
PINNED = re.compile(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
BOOK = '[book]\ntitle = "一本书"\nlanguage = "zh-CN"\ndate = 2026-11-23\nslug = "one"\n'
TEXT = "# 水\n\n水 and two words[^never].\n\n[^never]: 注。\n\n[^unused]: 没有人用。\n"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """Build a book of one chapter, with a warning, into all formats."""
    folder = tmp_path_factory.mktemp("release")
    source = folder / "source"
    source.mkdir()
    (source / "octavo.toml").write_text(BOOK, "utf-8")
    (source / "water.md").write_text(TEXT, "utf-8")
    build(source, folder / "dist", FORMATS, Report(), Timings())
    return outputs_of(source, folder / "dist")


# The files


def test_the_zip_is_the_same_whenever_the_files_are(tmp_path: Path) -> None:
    for order, names in enumerate((["b.html", "a.html", "images/c.svg"], ["images/c.svg", "a.html", "b.html"])):
        site = tmp_path / str(order)
        for name in names:
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(name)
            os.utime(site / name, (10**9 + order, 10**9 + order))
            (site / name).chmod(0o600 if order else 0o644)
        (site / ".octavo").write_text("ours")
        write_zip(site, tmp_path / f"{order}.zip")
    assert (tmp_path / "0.zip").read_bytes() == (tmp_path / "1.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "0.zip") as archive:
        assert archive.namelist() == ["a.html", "b.html", "images/c.svg"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_release_has_the_books_and_their_sums(book: Outputs, tmp_path: Path) -> None:
    write_release([book], tmp_path)
    lines = [line.split("  ") for line in (tmp_path / SUMS).read_text("utf-8").splitlines()]
    assert [name for _, name in lines] == ["one-site.zip", "one.epub", "one.pdf"]
    for digest, name in lines:
        assert digest == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()


def test_the_guide_is_published_below_the_article(book: Outputs, tmp_path: Path) -> None:
    write_pages(book, book, tmp_path)
    assert (tmp_path / "index.html").read_bytes() == (tmp_path / "guide" / "index.html").read_bytes()
    assert not [path for path in tmp_path.rglob(".*") if path.is_file()]


def test_a_folder_is_emptied(tmp_path: Path) -> None:
    (tmp_path / "release" / "old").mkdir(parents=True)
    assert list(emptied(tmp_path / "release").iterdir()) == []


# The summary


@pytest.mark.canary
def test_the_summary_tells_pages_words_sizes_and_diagnostics(book: Outputs) -> None:
    text = summary(book)
    assert text.startswith("## 一本书\n")
    assert re.search(r"^\| one\.pdf \| [1-9]\d* \| \d+\.\d [kM]B \|$", text, re.MULTILINE)
    assert re.search(r"^\| one\.epub \| \| \d+\.\d kB \|$", text, re.MULTILINE)
    assert re.search(r"^\| one\.html \| 1 \| \d+\.\d kB \|$", text, re.MULTILINE)
    assert re.search(r"^\| site/ \| 2 \| \d+\.\d kB \|$", text, re.MULTILINE)
    assert "Length: 3 Han characters and 3 words." in text
    assert "Diagnostics: 1 × note, 1 × warning." in text
    assert re.search(r"^- the PDF: 1 page, .* `check-layout`$", text, re.MULTILINE)
    assert "- water.md:7:1: the note “unused” is never called; it is left out `note-unused`" in text


def test_the_summary_of_a_broken_book_tells_why(tmp_path: Path) -> None:
    (tmp_path / "broken.md").write_text("See [that](#that).\n")
    text = summary(outputs_of(tmp_path / "broken.md", tmp_path / "dist"))
    assert "1 × error" in text
    assert "broken.md:1:5: nothing has the identifier “that” `link-not-found`" in text


def test_sizes_are_for_people(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x" * 700)
    assert size(tmp_path / "file") == "700 bytes"
    assert size(tmp_path / "file", tmp_path / "file") == "1.4 kB"


# The workflows


def steps(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the steps of a workflow."""
    for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_no_power_that_it_does_not_name(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {}
    assert "concurrency" in workflow
    assert all({"permissions", "timeout-minutes"} <= job.keys() for job in workflow["jobs"].values())


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_uses_official_actions_by_their_commit(path: Path) -> None:
    used = [line.strip() for line in path.read_text("utf-8").splitlines() if "uses:" in line]
    assert used
    assert all(PINNED.fullmatch(line) for line in used)
    checkouts = [step for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_runs_what_make_has(path: Path) -> None:
    targets = set(re.findall(r"^([a-z][a-z -]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    known = {name for line in targets for name in line.split()}
    for command in (step["run"] for step in steps(path) if step.get("run", "").startswith("make ")):
        asked = re.match(r"make((?: --silent)?(?: [a-z-]+)+)", command)
        assert asked
        assert {word for word in asked[1].split() if not word.startswith("--")} <= known, command


@pytest.mark.parametrize(
    "command",
    [
        [BIN / "zizmor", "--offline", "--no-progress", "--persona", "pedantic"],
        [BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows"],
    ],
    ids=lambda command: command[0].name,
)
def test_linters_of_workflows_find_nothing(command: list[str | Path]) -> None:
    done = subprocess.run([*command, *WORKFLOWS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
