"""What a judge names of an output leads back to the line of the source; the judges themselves are asked elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from octavo.check.book import check_outputs
from octavo.check.judges import epubcheck, nu
from octavo.check.judges.finding import Finding, Severity, Spot
from octavo.check.judges.installed import missing
from octavo.check.judges.spots import Spots
from octavo.diagnostics import Report
from octavo.recipe import Timings, build, prepare

TEXT = """# Water

A line with ![](a.svg) a picture in it.

## Leaves

The text of a paragraph, with a [link to it](#leaves).

![](a.svg)

| Leaf | Water |
|------|-------|
| thin | less of it |
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Spots, dict[str, Path]]:
    """Build a small book; return what places findings, and the outputs."""
    folder = tmp_path_factory.mktemp("judged")
    source, output = folder / "book", folder / "dist"
    source.mkdir()
    (source / "octavo.toml").write_text('[book]\ntitle = "T"\nlanguage = "en"\ndate = 2026-11-23\nslug = "b"\n')
    (source / "one.md").write_text(TEXT)
    (source / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>')
    build(source, output, ("html", "epub"), Report(), Timings())
    edition = prepare(source, Report(), Timings())
    assert edition is not None
    _, ledger = check_outputs(edition, output, Report())
    outputs = {"the site": output / "site", "the single page": output / "b.html", "the EPUB": output / "b.epub"}
    return Spots(edition, outputs, ledger), outputs


def pages(folder: Path) -> Iterator[tuple[str, int, str]]:
    """Yield each line of the pages of a site."""
    for path in sorted(folder.glob("*.html")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            yield path.name, number, line


@pytest.mark.parametrize(
    ("markup", "place"),
    [
        ("The text of a paragraph", "one.md:7"),
        ("less of it", "one.md:13"),
        ('<h2 id="leaves"', "one.md:5"),
        ("<html", None),
    ],
)
def test_a_line_of_a_page_leads_to_its_source(
    built: tuple[Spots, dict[str, Path]], markup: str, place: str | None
) -> None:
    spots, outputs = built
    found = [(page, number, line) for page, number, line in pages(outputs["the site"]) if markup in line]
    page, number, line = found[-1]
    spot = Spot(page=page, line=number, column=line.index(markup) + len(markup))
    ((position, where),) = spots.of(Finding("nu", Severity.ERROR, outputs["the site"].resolve(), "m", "m", (spot,)))
    assert (str(position).rpartition(":")[0] if position else None) == place
    assert where == f"the site, {page}:{number}:{spot.column}"


@pytest.mark.parametrize("output", ["the site", "the single page"])
def test_pictures_of_one_file_are_told_apart(built: tuple[Spots, dict[str, Path]], output: str) -> None:
    spots, outputs = built
    lines = [(page, number, line) for page, number, line in pages(outputs["the site"]) if "<img" in line]
    if output == "the single page":
        text = outputs[output].read_text("utf-8").splitlines()
        lines = [("b.html", number, line) for number, line in enumerate(text, 1) if "<img" in line]
    places = []
    for page, number, line in lines:
        spot = Spot(page=page, line=number, column=line.index("/>") + 1)
        finding = Finding("nu", Severity.ERROR, outputs[output].resolve(), "m", "m", (spot,))
        places += [str(position) for position, _ in spots.of(finding)]
    assert places == ["one.md:3:13", "one.md:9:1"]


@pytest.mark.parametrize("selector", ["p > a", "no selector at all(", "main > a:nth-child(77)", None])
def test_an_element_is_known_by_selector_or_by_its_markup(
    built: tuple[Spots, dict[str, Path]], selector: str | None
) -> None:
    spots, outputs = built
    page = next(page for page, _, line in pages(outputs["the site"]) if "The text of a paragraph" in line)
    spot = Spot(page=page, selector=selector, markup='<a href="#leaves">link to it</a>')
    ((position, _),) = spots.of(Finding("axe", Severity.ERROR, outputs["the site"].resolve(), "m", "m", (spot,)))
    assert str(position).startswith("one.md:7:")


def test_a_finding_without_a_place_names_the_output(built: tuple[Spots, dict[str, Path]]) -> None:
    spots, outputs = built
    finding = Finding("qpdf", Severity.ERROR, outputs["the EPUB"].resolve(), "m")
    assert list(spots.of(finding)) == [(None, "the EPUB")]


# ── Judges that others have installed ──

REPORT = """{"messages": [{"ID": "RSC-005", "severity": "ERROR", "message": "Not here.", "locations": [
{"path": "EPUB/one.xhtml", "line": 12, "column": 3}, {"path": "EPUB/two.xhtml", "line": -1, "column": -1}]},
{"ID": "ACC-011", "severity": "USAGE", "message": "As you like.", "locations": []}]}"""
COMPLAINT = (
    '{"messages": [{"type": "error", "url": "file:%s", "lastLine": 3, "lastColumn": 9, "message": "Not here."}]}'
)


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Leave no judge on this machine; return what puts a script on the path by a name."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("JUDGES_HOME", str(tmp_path / "home"))

    def install(name: str, script: str) -> None:
        program = tmp_path / "bin" / name
        program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        program.chmod(0o755)

    return install


def test_an_epubcheck_on_the_path_is_asked(install: Callable[[str, str], None]) -> None:
    file = Path("b.epub")
    assert missing("epubcheck")
    install("epubcheck", f"[ \"$*\" = 'b.epub --json - --usage' ] && /bin/cat << END\n{REPORT}\nEND\nexit 1")
    assert not missing("epubcheck")
    assert [(each.severity, each.spots) for each in epubcheck.run([file])] == [
        (Severity.ERROR, (Spot(page="EPUB/one.xhtml", line=12),)),
        (Severity.ERROR, (Spot(page="EPUB/two.xhtml"),)),
        (Severity.NOTE, (Spot(page="b.epub"),)),
    ]


def test_an_epubcheck_that_says_nothing_gives_no_verdict(install: Callable[[str, str], None]) -> None:
    install("epubcheck", "echo no Java >&2")
    assert [(each.severity, each.message) for each in epubcheck.run([Path("b.epub")])] == [
        (Severity.NO_VERDICT, "no Java")
    ]


def test_a_vnu_on_the_path_is_asked(install: Callable[[str, str], None], tmp_path: Path) -> None:
    page = tmp_path / "b.html"
    page.write_text("<!DOCTYPE html>", "utf-8")
    assert missing("nu")
    install("vnu", f"for last; do :; done; echo $last; /bin/cat >&2 << END\n{COMPLAINT % page}\nEND")
    assert not missing("nu")
    assert [(each.severity, each.told, each.spots) for each in nu.run([page])] == [
        (Severity.ERROR, "Not here.", (Spot(page="b.html", line=3, column=9),))
    ]
