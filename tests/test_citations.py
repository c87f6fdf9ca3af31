"""Citations: what authors write, what readers get, and that a second run of the passes changes nothing."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from octavo.citations.bibtex import read_bibtex
from octavo.citations.locators import read_locator
from octavo.citations.positions import Cite, Cluster, positions
from octavo.citations.process import can_cite
from octavo.citations.read import Bibliographies
from octavo.diagnostics import Report
from octavo.document import BibliographyEntry, Citation, CitationLink, Document, Link, Note, Text, plain_text, walk
from octavo.normalise import normalise
from octavo.recipe import Timings, build, prepare

pytestmark = pytest.mark.skipif(not can_cite(), reason="what citations are set with was not fetched")

WORKS = """
@book{knuth84, author = {Donald E. Knuth}, title = {The {\\TeX}book}, publisher = {Addison-Wesley}, year = 1984}
@book{knuth84b, author = {Donald E. Knuth}, title = {The {METAFONT}book}, publisher = {Addison-Wesley}, year = 1984}
@article{yu2012, author = {于潇 and 刘义 and 柴跃廷 and 孙宏波}, title = {备案模式}, journal = {学报}, year = 2012,
  volume = 52, number = 11, pages = {1518--1523}}
@article{des92, author = {David Marais and Harald Strauss and Roger Summons and John Hayes}, journal = {Nature},
  title = {Carbon isotopes}, year = 1992, volume = 359, pages = {605--609}}
"""


def written(folder: Path, text: str, style: str, language: str = "zh-CN", more: str = "") -> Path:
    """Write a book of one chapter, and return its folder."""
    source = folder / "book"
    source.mkdir(exist_ok=True)
    (source / "octavo.toml").write_text(
        f'[book]\ntitle = "T"\nlanguage = "{language}"\ndate = 2025-01-01\n'
        f'[references]\nbibliography = ["works.bib"]\nstyle = "{style}"\n{more}'
    )
    (source / "works.bib").write_text(WORKS)
    (source / "a.md").write_text(text)
    return source


def read(folder: Path, text: str, style: str, language: str = "zh-CN", more: str = "") -> Document:
    """Return a normalised book, in which nothing is wrong."""
    report = Report()
    edition = prepare(written(folder, text, style, language, more), report, Timings())
    assert edition is not None, [str(found) for found in report]
    return edition.document


def citations(document: Document) -> list[str]:
    return [plain_text(found) for found in walk(document, Citation)]


def entries(document: Document) -> list[str]:
    return [plain_text((*found.number, *found.children)) for found in walk(document, BibliographyEntry)]


FORMS = {
    "[@knuth84]": ("(Knuth, 1984b)", "[1]", "（Knuth，1984b）"),
    "[@knuth84, p. 3]": ("(Knuth, 1984b, p. 3)", "[1]3", "（Knuth，1984b）3"),
    "[see @knuth84, chap. 3, and more]": (
        "(see Knuth, 1984b, Chapter 3, and more)",
        "[see 1, and more]chap. 3",
        "（see Knuth，1984b, and more）chap. 3",
    ),
    "[@yu2012; @des92]": ("(于潇等, 2012; Marais et al., 1992)", "[1,2]", "（于潇 等，2012；Marais et al.，1992）"),
    "[@yu2012, 第3章]": ("(于潇等, 2012, 第3章)", "[1]第3章", "（于潇 等，2012）第3章"),
    "@knuth84": ("Knuth (1984b)", "Knuth[1]", "Knuth（1984b）"),
    "@knuth84 [p. 3]": ("Knuth (1984b, p. 3)", "Knuth[1]3", "Knuth（1984b）3"),
    "[-@knuth84]": ("(1984b)", "[1]", "（1984b）"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("style", range(3), ids=["apa", "numeric", "author-date"])
def test_a_citation_reads_as_its_style_wants_it(form: str, style: int, tmp_path: Path) -> None:
    name = ("apa", "gb-t-7714-2025-numeric", "gb-t-7714-2025-author-date")[style]
    document = read(tmp_path, f"# 甲\n\n文{form}。\n\n[@knuth84; @knuth84b]\n", name)
    assert citations(document)[0] == FORMS[form][style]


def test_works_are_numbered_in_reading_order_notes_included(tmp_path: Path) -> None:
    text = "# 甲\n\n文[^a]，[@des92]。\n\n[^a]: 注 [@yu2012]。\n\n# 乙\n\n[@knuth84; @yu2012]\n"
    document = read(tmp_path, text, "gb-t-7714-2025-numeric")
    assert [found.key for found in walk(document, BibliographyEntry)] == ["yu2012", "des92", "knuth84"]
    assert sorted(citations(document)) == ["[1,3]", "[1]", "[2]"]


def test_each_work_has_the_words_of_its_language(tmp_path: Path) -> None:
    listed = entries(read(tmp_path, "# 甲\n\n[@yu2012; @des92]\n", "gb-t-7714-2025-numeric"))
    assert listed == [
        "[1]于潇，刘义，柴跃廷，等. 备案模式[J]. 学报，2012，52（11）：1518-1523.",
        "[2]Marais D，Strauss H，Summons R，et al. Carbon isotopes[J]. Nature，1992，359：605-609.",
    ]


@pytest.mark.parametrize("style", ["gb-t-7714-2025-numeric", "apa", "chicago-notes"])
@pytest.mark.parametrize("scope", ["book", "chapter"])
def test_the_passes_do_nothing_to_what_they_have_set(style: str, scope: str, tmp_path: Path) -> None:
    text = "# 甲\n\n文 [@yu2012, 第 3 页]，@knuth84 说[^a]。\n\n[^a]: 注 [@des92]。\n\n# 乙\n\n@yu2012 [-@knuth84b]\n"
    source, report = written(tmp_path, text, style, more=f'scope = "{scope}"\n'), Report()
    seen: list[Document] = []
    edition = prepare(source, report, Timings())
    assert edition is not None
    seen.append(edition.document)
    # The context is made by the recipe alone, so the passes are run again where it runs them.
    assert normalise_again(source, seen[0]) == seen[0]


def normalise_again(source: Path, document: Document) -> Document:
    """Return what the passes of a book make of a document that went through them."""
    from octavo import recipe  # noqa: PLC0415
    from octavo.book import read_book  # noqa: PLC0415

    report = Report()
    book = read_book(source, report)
    parsed, fronts = recipe.parse(book, report)
    return normalise(document, recipe._context(book, parsed, fronts, Bibliographies(book.files), report, trust=False))


def in_notes(document: Document) -> list[tuple[int | None, str]]:
    """Return the notes of a document, each with its number."""
    return [(note.number, "".join(text.text for text in walk(note, Text))) for note in walk(document, Note)]


KNUTH = "KNUTH D E. The TeXbook[M]. Addison-Wesley, 1984."


@pytest.mark.parametrize(("notes", "last"), [("book", (5, "同2.")), ("chapter", (1, KNUTH))])
def test_a_note_is_named_by_the_number_that_it_bears(notes: str, last: tuple[int, str], tmp_path: Path) -> None:
    text = "# 甲\n\n文^[无引文]。一[@knuth84]。二[@yu2012]。再[@knuth84, 第 3 页]。\n"
    source = written(tmp_path, text, "gb-t-7714-2015-note")
    (source / "b.md").write_text("# 乙\n\n又[@knuth84]。\n")
    stated = (source / "octavo.toml").read_text().replace("[references]", f'notes = "{notes}"\n[references]')
    (source / "octavo.toml").write_text(stated)
    edition = prepare(source, Report(), Timings())
    assert edition is not None
    yu = "于潇, 刘义, 柴跃廷, 等. 备案模式[J]. 学报, 2012, 52(11): 1518-1523."
    assert in_notes(edition.document) == [(1, "无引文"), (2, KNUTH), (3, yu), (4, "同2: 3."), last]
    assert [link.target for link in walk(edition.document, CitationLink)] == [
        f"octavo-work-{key}" for key in ("knuth84", "yu2012", "knuth84", "knuth84")
    ]


def test_a_citation_within_a_sentence_of_a_note_goes_on_with_it(tmp_path: Path) -> None:
    text = "# A\n\nText.^[As by @des92, and [@knuth84] and so on.] More.^[Read [@knuth84b]. And [@yu2012].]\n"
    first, second = (words for _, words in in_notes(read(tmp_path, text, "chicago-notes", "en")))
    assert first == (
        "As by David Marais et al., “Carbon Isotopes,” Nature 359 (1992): 605–9, "
        "and Donald E. Knuth, The TeXbook (Addison-Wesley, 1984) and so on."
    )
    assert second.startswith("Read Donald E. Knuth, The METAFONTbook (Addison-Wesley, 1984). And ")


def test_a_period_stands_within_quotation_marks_where_the_language_wants_it(tmp_path: Path) -> None:
    text = "# A\n\nOne [@des92]. Two [@knuth84]. Again [@des92].\n"
    notes = [words for _, words in in_notes(read(tmp_path, text, "chicago-notes", "en"))]
    assert notes[-1] == "Marais et al., “Carbon Isotopes.”"


@pytest.mark.parametrize("behind", ["[^n]", "[]{.index entry=x}", "[@des92]"])
def test_a_citation_may_stand_before_other_brackets(behind: str, tmp_path: Path) -> None:
    text = f"# A\n\nOne [@knuth84]{behind}, and [ask @me][there].\n\n[^n]: Note.\n\n[there]: #a\n"
    document = read(tmp_path, text, "apa", "en")
    assert citations(document)[0] == "(Knuth, 1984)"
    assert [plain_text(link.children) for link in walk(document, Link)] == ["ask @me"]


def test_volumes_are_named_in_the_language_of_their_work(tmp_path: Path) -> None:
    works = """
@book{west, author = {Ann Field}, title = {A River}, publisher = {P}, address = {London}, year = 1999, volume = 3}
@book{east, author = {赵一}, title = {论水}, publisher = {社}, address = {北京}, year = 1999, volume = 3}
@thesis{phd, author = {Ann Field}, title = {A Lake}, type = {phdthesis}, institution = {Delta}, year = 2001}
@thesis{master, author = {赵一}, title = {论湖}, type = {mathesis}, institution = {大学}, year = 2001}
"""
    source = written(tmp_path, "# 甲\n\n文[@west; @east; @phd; @master]。\n", "gb-t-7714-2025-numeric")
    (source / "works.bib").write_text(works)
    edition = prepare(source, Report(), Timings())
    assert edition is not None
    west, east, phd, master = entries(edition.document)
    assert "A River：Vol. 3[M]" in west
    assert "论水：第3卷[M]" in east
    listed = words_in(source, "apa")
    assert "A Lake [PhD thesis]" in listed
    assert "论湖 [硕士学位论文]" in listed
    assert "thesis" not in phd + master


def words_in(source: Path, style: str) -> str:
    """Return the list of works of a book in another style."""
    text = (source / "octavo.toml").read_text().replace("gb-t-7714-2025-numeric", style)
    (source / "octavo.toml").write_text(text)
    edition = prepare(source, Report(), Timings())
    assert edition is not None
    return "\n".join(entries(edition.document))


def test_a_note_style_moves_the_mark_before_the_call(tmp_path: Path) -> None:
    document = read(tmp_path, "# A\n\nHe says so [@knuth84].\n", "chicago-notes", "en")
    (note,) = document.chapters[0].notes
    assert plain_text(note) == "Donald E. Knuth, The TeXbook (Addison-Wesley, 1984)."
    assert "He says so." in plain_text(document.chapters[0].children[0])


def test_links_lead_both_ways(tmp_path: Path) -> None:
    text = "# 甲\n\n[@yu2012] 与 @knuth84 与 [@yu2012]。\n"
    report = Report()
    build(written(tmp_path, text, "gb-t-7714-2025-numeric"), tmp_path / "out", ("html",), report, Timings())
    root = ElementTree.parse(next((tmp_path / "out").glob("*.html"))).getroot()
    identifiers = {element.get("id") for element in root.iter()}
    cites = [element for element in root.iter("a") if element.get("role") == "doc-biblioref"]
    back = [element for element in root.iter("a") if element.get("role") == "doc-backlink"]
    assert [cite.get("href") for cite in cites] == [
        "#octavo-work-yu2012", "#octavo-work-knuth84", "#octavo-work-knuth84", "#octavo-work-yu2012",
    ]  # fmt: skip
    assert len(back) == 3
    assert {(link.get("href") or "")[1:] for link in (*cites, *back)} <= identifiers
    assert cites[0].get("aria-label") == "文献 1"


def test_lists_stand_where_they_are_asked_for_and_in_each_chapter(tmp_path: Path) -> None:
    placed = read(tmp_path, "# 甲\n\n::: {.bibliography}\n:::\n\n# 乙\n\n[@yu2012]\n", "apa")
    assert len(entries(placed)) == 1
    assert plain_text(placed.chapters[0]).index("备案模式") < plain_text(placed.chapters[0]).index("乙")
    each = read(tmp_path, "# 甲\n\n[@yu2012]\n", "gb-t-7714-2025-numeric", more='scope = "chapter"\n')
    assert entries(each)[0].startswith("[1]于潇")


LOCATORS = {
    ", p. 3": ("3", "page"),
    ", pp. 3–5, 7 and more": ("3-5, 7", "page"),
    ", 33-35": ("33-35", "page"),
    " chap. 3": ("3", "chapter"),
    ", 第三章": ("三", "chapter"),
    "，第 12–15 页": ("12-15", "page"),
    ", § 3.1": ("3.1", "section"),
    ", {the last leaf}": ("the last leaf", "page"),
    ", passim": None,
    " and others": None,
}


@pytest.mark.parametrize("text", LOCATORS)
def test_a_place_in_a_work_is_read_as_it_is_said(text: str) -> None:
    found = read_locator(text, "zh-CN")
    assert (found and (found.number, found.unit)) == LOCATORS[text]


def test_ibid_follows_the_work_just_cited() -> None:
    cites = [Cite("a"), Cite("a"), Cite("a", "3"), Cite("a", "3"), Cite("b"), Cite("a")]
    found = [where["position"] for (where,) in positions([Cluster((cite,)) for cite in cites], 5)]
    assert found == [0, 2, 3, 2, 0, 1]


NAMES = {
    "Knuth, Donald E.": [{"family": "Knuth", "given": "Donald E."}],
    "{World Health Organization}": [{"literal": "World Health Organization"}],
    "van der Berg, Jan": [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}],
    "张三 and 李四": [{"family": "张三"}, {"family": "李四"}],
    "张三，李四": [{"family": "张三"}, {"family": "李四"}],
    "张, 三": [{"family": "张三"}],
}


@pytest.mark.parametrize("name", NAMES)
def test_names_are_those_of_csl(name: str) -> None:
    (work,) = read_bibtex(f"@book{{a, author = {{{name}}}, title = {{T}}}}", "a.bib", Report())
    assert work.variables["author"] == NAMES[name]


FIELDS = {
    'title = {G{\\"o}dels {\\TeX}book and H$_2$O}': (
        "title", 'Gödels <span class="nocase">TeXbook</span> and H<sub>2</sub>O',
    ),
    "title = {A}, subtitle = {B}": ("title", "A: B"),
    "title = {甲}, subtitle = {乙}": ("title", "甲：乙"),
    "date = {2020-01/2020-03}": ("issued", {"date-parts": [[2020, 1], [2020, 3]]}),
    "year = 2020, month = mar": ("issued", {"date-parts": [[2020, 3]]}),
    "pages = {1--9}": ("page", "1-9"),
    "edition = {Second}": ("edition", "2"),
    "doi = {https://doi.org/10.1/x_y}": ("DOI", "10.1/x_y"),
    "url = {https://example.org/a_b}": ("URL", "https://example.org/a_b"),
}  # fmt: skip


@pytest.mark.parametrize("fields", FIELDS)
def test_fields_are_variables_of_csl(fields: str) -> None:
    (work,) = read_bibtex(f"@book{{a, {fields}}}", "a.bib", Report())
    name, value = FIELDS[fields]
    assert work.variables[name] == value


def test_an_entry_inherits_from_the_one_it_refers_to() -> None:
    text = "@inproceedings{a, title = {T}, crossref = {b}}\n@proceedings{b, title = {P}, year = 2020}\n"
    work = next(read_bibtex(text, "a.bib", Report()))
    assert (work.variables["container-title"], work.variables["issued"]) == ("P", {"date-parts": [[2020]]})
