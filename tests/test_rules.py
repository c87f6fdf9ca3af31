"""Every diagnostic is raised: by a folder of its own under cases/rules, or here, where no folder can hold the cause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from golden import build_case, compare
from layouts import SPOILED, checked_layout

from octavo.check import check_book
from octavo.check.judges import hearing, installed, nu
from octavo.check.judges.finding import Finding
from octavo.check.judges.finding import Severity as JudgeSeverity
from octavo.diagnostics import Report, Rule, Severity
from octavo.diagrams.tools import TOOLS
from octavo.engine import ScriptError, missing
from octavo.mathematics import LIBRARIES
from octavo.normalise.citations import set as set_citations
from octavo.pdf import libraries
from octavo.recipe import FormatName, Timings, build

FOLDERS = Path(__file__).parent / "cases" / "rules"
# The others are settled before any format is written.
FORMATS: dict[str, tuple[FormatName, ...]] = {
    "claim-left-out": ("epub",),
    "fonts-embedded": ("epub",),
    "font-missing": ("pdf",),
    "font-not-found": ("pdf",),
    "glyph-missing": ("pdf",),
    "image-coarse": ("pdf",),
    "layout-warning": ("pdf",),
    "pdf-in-one-piece": ("pdf",),
    "table-fitted": ("pdf",),
    "table-too-wide": ("pdf",),
}
TRUSTED = ("pass-failed", "pass-result", "pass-warning")
BOOK = '[book]\ntitle = "A book"\nlanguage = "en"\ndate = 2025-01-01\n'
Make = Callable[[Path, pytest.MonkeyPatch], Report]
MADE: dict[Rule, Make] = {}


def made(rule: Rule) -> Callable[[Make], Make]:
    """Name the rule that a function raises."""

    def register(make: Make) -> Make:
        MADE[rule] = make
        return make

    return register


def write_book(folder: Path, configuration: str = BOOK) -> Path:
    """Write a book with one chapter, and return its folder."""
    source = folder / "book"
    source.mkdir()
    (source / "octavo.toml").write_text(configuration)
    (source / "chapter.md").write_text("# A chapter\n\nIts text, [linked](#a-chapter).\n")
    return source


def built(source: Path, output: Path, *formats: FormatName) -> Report:
    """Return what a build says."""
    report = Report()
    build(source, output, formats, report, Timings())
    return report


def skip_without_libraries(name: str) -> None:
    """Skip a case that needs what npm fetches, where there was none."""
    if name.startswith("formula-") and missing(LIBRARIES):
        pytest.skip("what sets formulas was not fetched when this checkout was set up")


def _marked(name: str) -> Any:
    """Return the name of a case; one tells which way a book is laid out, and without patches there is one way."""
    return pytest.param(name, marks=pytest.mark.canary) if name == Rule.PDF_IN_ONE_PIECE.identifier else name


# The cases


@pytest.mark.usefixtures("undated")
@pytest.mark.parametrize("name", [_marked(path.name) for path in sorted(FOLDERS.iterdir())])
def test_a_folder_raises_its_rule(name: str, tmp_path: Path, update_golden: bool) -> None:
    skip_without_libraries(name)
    case = build_case(FOLDERS / name, tmp_path, FORMATS.get(name, ("html",)), trust=name in TRUSTED)
    said = {"diagnostics.txt": case.diagnostics.encode()}
    assert not compare(said, FOLDERS / name / "golden", update=update_golden)
    assert {found.rule.identifier for found in case.report} == {name}


@pytest.mark.canary
@pytest.mark.usefixtures("undated")
@pytest.mark.parametrize("rule", MADE, ids=str)
def test_a_made_case_raises_its_rule(rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {found.rule for found in MADE[rule](tmp_path, monkeypatch)}
    assert rule in said
    assert said <= {rule, Rule.CHECK_LAYOUT}  # which tells what was counted, after every check of pages


def test_every_rule_has_one_case() -> None:
    cases = [path.name for path in FOLDERS.iterdir()] + [rule.identifier for rule in MADE]
    assert sorted(cases) == sorted(rule.identifier for rule in Rule)


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDERS.iterdir()))
def test_only_errors_stop_a_build(name: str, tmp_path: Path) -> None:
    skip_without_libraries(name)
    rule = next(rule for rule in Rule if rule.identifier == name)
    case = build_case(FOLDERS / name, tmp_path / "dist", FORMATS.get(name, ("html",)), trust=name in TRUSTED)
    assert case.report.failed == (rule.severity is Severity.ERROR) == (not (tmp_path / "dist").exists())


# What no folder can hold


@made(Rule.PATH_NOT_FOUND)
def nothing_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    return built(folder / "book", folder / "dist", "html")


@made(Rule.FILE_UNREADABLE)
def a_link_in_a_circle(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    source = write_book(folder)
    (source / "second.md").symlink_to("second.md")
    return built(source, folder / "dist", "html")


@made(Rule.INDEX_FAILED)
def an_index_that_nobody_puts_in_order(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    def ended(*_: object, **__: object) -> None:
        raise ScriptError("it used up its memory", "memory")

    monkeypatch.setattr("octavo.normalise.index.order.call", ended)
    source = write_book(folder)
    (source / "chapter.md").write_text("# A chapter\n\nA [knot]{.index}.\n\n# Index {.index}\n")
    return built(source, folder / "dist", "html")


@made(Rule.OUTPUT_REFUSED)
def a_site_of_somebody_else(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    (folder / "dist" / "site").mkdir(parents=True)
    return built(write_book(folder), folder / "dist", "html")


@made(Rule.CACHE_REFUSED)
def a_cache_open_to_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    (folder / "cache").mkdir()
    (folder / "cache").chmod(0o755)
    monkeypatch.setenv("OCTAVO_CACHE", str(folder / "cache"))
    return built(write_book(folder), folder / "dist", "html")


@made(Rule.DIAGRAM_LEFT_AS_CODE)
def nothing_that_draws(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    for language in TOOLS:
        monkeypatch.setitem(TOOLS, language, lambda: None)
    source = write_book(folder)
    (source / "chapter.md").write_text("# Ways\n\n```dot\ndigraph {a -> b}\n```\n\n```mermaid\nflowchart LR\n```\n")
    return built(source, folder / "dist", "html")


@made(Rule.FORMULA_LEFT_AS_TEX)
def nothing_that_sets(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.setattr("octavo.engine.libraries._FOLDER", folder / "nowhere")
    source = write_book(folder)
    (source / "chapter.md").write_text("# Sums\n\nThat $1 + 1$ is $2$ is known.\n\n$$ a $$\n")
    return built(source, folder / "dist", "html")


@made(Rule.LIBRARY_MISSING)
def no_pango(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    def load() -> None:
        raise OSError("cannot load library 'libpango-1.0-0': no such file")

    monkeypatch.setattr(libraries, "load_libraries", load)
    return built(write_book(folder), folder / "dist", "pdf")


@made(Rule.LAYOUT_FAILED)
def a_layout_that_gives_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    source = write_book(folder)
    monkeypatch.setattr("weasyprint.HTML.render", gives_up)
    return built(source, folder / "dist", "pdf")


def gives_up(*_: object, **__: object) -> None:
    """Do as WeasyPrint does when it meets what it does not expect."""
    raise AssertionError("no more pages")


@made(Rule.PATCH_LEFT_OUT)
def another_weasyprint(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.setattr("octavo.pdf.patches.digest_of", lambda function: "of another version")
    return built(write_book(folder), folder / "dist", "pdf")


@made(Rule.CHECK_TEXT_MISSING)
def a_page_without_its_text(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    return spoiled(folder, "Its text, ", "")


@made(Rule.CHECK_LINK_BROKEN)
def a_page_without_the_target(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    return spoiled(folder, 'id="octavo-text"', "")


@made(Rule.CHECK_PARITY)
def a_page_that_says_more(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    return spoiled(folder, "</main>", "<p>And more.</p></main>")


@made(Rule.CHECK_OUTPUT_UNREADABLE)
def a_page_that_breaks_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    return spoiled(folder, "</main>", "")


@made(Rule.CHECK_ALTERNATIVE)
def a_picture_called_picture(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    return spoiled(folder, "", "", "![The bay](a.svg){alt=Picture}")


@made(Rule.CHECK_ALTERNATIVE_CAPTION)
def a_picture_that_is_told_twice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    return spoiled(folder, "", "", "![The bay](a.svg)")


@made(Rule.CHECK_ALTERNATIVE_LOST)
def a_page_that_does_not_tell_of_a_picture(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    return spoiled(folder, 'alt="It is wide"', "", '![The bay](a.svg){alt="It is wide"}')


def judged(severity: JudgeSeverity) -> Make:
    """Return what checks a book before a judge that has one finding."""

    def make(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
        def run(files: Sequence[Path]) -> list[Finding]:
            return [Finding("judge", severity, file, "something") for file in files]

        return heard(folder, monkeypatch, hearing._Judge("judge", run, ("the site",)))

    return make


def heard(folder: Path, monkeypatch: pytest.MonkeyPatch, judge: hearing._Judge) -> Report:
    """Return what is said of a book by one judge."""
    monkeypatch.setattr(hearing, "_judges", lambda edition: [judge])
    if judge.key == "judge":
        monkeypatch.setitem(installed.NAMES, "judge", "Judge")
        monkeypatch.setattr(hearing, "missing", lambda key: [])
    source, report = write_book(folder), Report()
    assert not list(built(source, folder / "dist", "html"))
    check_book(source, folder / "dist", report, Timings(), judges=True)
    return report


MADE[Rule.JUDGE_ERROR] = judged(JudgeSeverity.ERROR)
MADE[Rule.JUDGE_WARNING] = judged(JudgeSeverity.WARNING)
MADE[Rule.JUDGE_NOTE] = judged(JudgeSeverity.NOTE)
MADE[Rule.JUDGE_SILENT] = judged(JudgeSeverity.NO_VERDICT)


@made(Rule.JUDGE_MISSING)
def a_judge_that_is_not_installed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.setenv("JUDGES_HOME", str(folder / "nowhere"))
    return heard(folder, monkeypatch, hearing._Judge("nu", nu.run, ("the site",)))


def spoiled(folder: Path, old: str, new: str, more: str = "") -> Report:
    """Return what a check says of a site in which something was replaced; `more` is what the book says too."""
    source, output = write_book(folder), folder / "dist"
    with (source / "chapter.md").open("a") as chapter:
        chapter.write(f"\n{more}\n")
    (source / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>')
    assert not list(built(source, output, "html"))
    page = output / "site" / "chapter.html"
    assert old in page.read_text("utf-8")
    page.write_text(page.read_text("utf-8").replace(old, new), "utf-8")
    return checked(source, output)


def checked(source: Path, output: Path) -> Report:
    """Return what a check says of finished outputs."""
    report = Report()
    check_book(source, output, report, Timings())
    return report


@pytest.mark.parametrize("name", ["book.epub", "book.pdf", "book.html"])
@pytest.mark.parametrize(
    "data", [b"", b"garbage", b"PK\x03\x04", b"%PDF-1.7\n%%EOF"], ids=["empty", "text", "zip", "pdf"]
)
def test_an_output_that_was_replaced_is_no_traceback(name: str, data: bytes, tmp_path: Path) -> None:
    output = tmp_path / "dist"
    output.mkdir()
    (output / name).write_bytes(data)
    found = {diagnostic.rule for diagnostic in checked(write_book(tmp_path), output)}
    assert found and found <= {Rule.CHECK_OUTPUT_UNREADABLE, Rule.CHECK_TEXT_MISSING}


def spoiled_pages(rule: Rule) -> Make:
    """Return what checks the book whose pages raise a rule."""
    return lambda folder, monkeypatch: checked_layout(folder, SPOILED[rule])


MADE.update({rule: spoiled_pages(rule) for rule in SPOILED})


@made(Rule.CHECK_GLYPH)
def a_sign_that_nobody_looked_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.setattr("octavo.pdf.book.check_characters", lambda *_: None)
    source = write_book(folder)
    (source / "chapter.md").write_text("# A chapter\n\nA \U00010380.\n", "utf-8")
    built(source, folder / "dist", "pdf")
    report = checked(source, folder / "dist")
    place = next(str(found.position) for found in report if found.rule is Rule.CHECK_GLYPH)
    assert place.startswith("chapter.md:3:")
    return report


@made(Rule.CITATIONS_LEFT_OUT)
def citations_left_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    source = write_book(folder, BOOK + '[references]\nbibliography = ["works.bib"]\nstyle = "apa"\n')
    (source / "works.bib").write_text("@book{melville, title = {Moby-Dick}}\n")
    (source / "chapter.md").write_text("# A chapter\n\nAs he says [@melville].\n")
    monkeypatch.setattr(set_citations, "can_cite", lambda: False)
    return built(source, folder / "out", "html")
