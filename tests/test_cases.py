"""Whole books, built into all formats and held against golden files that somebody has read."""

from __future__ import annotations

from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from golden import CASES, Books, Built, compare
from golden.pdf_tags import pdf_tags
from page_lists import disagreements

from octavo.check import check_outputs
from octavo.diagnostics import Report, Severity
from octavo.engine import missing
from octavo.mathematics import LIBRARIES

# Style sheets and pictures are the same in every case, so one shows them: a new colour is one change and not six.
WITH_ASSETS = "english"
# Nor is it said twelve times where printed pages begin, which changes with the look: that it agrees is tested for all.
WITH_PAGES = "formats"
WITHOUT_PAGES = ("formats",)  # it says one thing in print and another in the EPUB
WITH_FORMULAS = ("showcase-en", "showcase-zh")


@pytest.mark.canary
@pytest.mark.parametrize("name", sorted(path.name for path in CASES.iterdir() if path.name != "rules"))
def test_case(name: str, books: Books, update_golden: bool) -> None:
    if name in WITH_FORMULAS and missing(LIBRARIES):
        pytest.skip("what sets formulas was not fetched when this checkout was set up")
    built = books(name)
    assert not compare(
        built.files(assets=name == WITH_ASSETS, pages=name == WITH_PAGES), CASES / name / "golden", update=update_golden
    )
    assert not found_in(built)
    assert not (name not in WITHOUT_PAGES and disagreements_in(built))
    if built.edition is not None:
        assert {page: titles for page, titles in titles_of_pages(built).items() if len(titles) != 1} == {}


def found_in(built: Built) -> list[str]:
    """Return what the checks of finished outputs find; pages that are no XML end it with their error."""
    if built.edition is None:
        return []
    for page in built.output.rglob("*.html"):
        ElementTree.parse(page)
    report = Report()
    check_outputs(built.edition, built.output, report)
    # That a caption is the alternative too is a note: a writer may want it so.
    faults = [found for found in report if report.severity_of(found) is not Severity.NOTE]
    return [f"{found.position}: {found.message}" for found in faults]


def disagreements_in(built: Built) -> list[str]:
    """Return where the list of printed pages does not agree with the pages."""
    if built.edition is None:
        return []
    epub = built.output / f"{built.edition.slug}.epub"
    return list(disagreements(epub, epub.with_suffix(".pdf")))


def titles_of_pages(built: Built) -> dict[str, list[str]]:
    """Return the headings of level one on each page of each output; the cover of an EPUB is a picture."""
    assert built.edition is not None
    slug = built.edition.slug
    pages = {path.name: path.read_bytes() for path in built.output.rglob("*.html")}
    with ZipFile(built.output / f"{slug}.epub") as archive:
        pages |= {name: archive.read(name) for name in archive.namelist() if name.endswith(".xhtml")}
    del pages["EPUB/cover.xhtml"]
    titles = {
        name: ["".join(heading.itertext()) for heading in ElementTree.fromstring(page).iterfind(".//{*}h1")]
        for name, page in pages.items()
    }
    tags = pdf_tags((built.output / f"{slug}.pdf").read_bytes()).splitlines()
    return {**titles, "the PDF": [line for line in tags if line.split()[:1] == ["H1"]]}
