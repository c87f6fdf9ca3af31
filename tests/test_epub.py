"""What an EPUB says of itself: who made it, what it offers to whom, where its parts are, how its notes pop up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

import pytest
from PIL import Image

from octavo.diagnostics import Report, Rule
from octavo.document import Author
from octavo.epub.people import people
from octavo.recipe import Timings, build

OPF = "{http://www.idpf.org/2007/opf}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
BOOK = '[book]\ntitle = "A book"\nlanguage = "en"\ndate = 2025-01-01\n'
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9">{}</rect></svg>'
ORCID = "0000-0002-1825-0097"


@pytest.mark.parametrize(
    ("role", "kind", "code", "word"),
    [
        (None, "creator", "aut", None),
        ("editor", "creator", "edt", None),
        ("Editor ", "creator", "edt", None),
        ("主编", "creator", "edt", None),
        ("translator", "contributor", "trl", None),
        ("译", "contributor", "trl", None),
        ("ill", "contributor", "ill", None),
        ("keeper of the lamp", "contributor", None, "keeper of the lamp"),
    ],
)
def test_a_role_is_a_relator_where_one_is_known(
    role: str | None, kind: str, code: str | None, word: str | None
) -> None:
    _, person = people([Author(name="A"), Author(name="B", role=role, orcid=ORCID)])
    assert (person.kind, person.name, person.code, person.role, person.orcid) == (kind, "B", code, word, ORCID)


def test_somebody_is_the_creator() -> None:
    assert [person.kind for person in people([Author(name="A", role="translator"), Author(name="B", role="x")])] == [
        "creator",
        "creator",
    ]


# The package


@dataclass(frozen=True)
class Epub:
    """Hold the files of a book, and what was said when it was built."""

    files: Mapping[str, bytes]
    said: list[Rule] = field(default_factory=list)

    def root(self, name: str) -> Element:
        return fromstring(self.files[name])

    def stated(self, name: str) -> list[str]:
        """Return the values of a property of the package."""
        metas = self.root("content.opf").iter(f"{OPF}meta")
        return [meta.text or "" for meta in metas if meta.get("property") == name]

    @property
    def spine(self) -> list[str]:
        """Return the names of the files that are read."""
        package = self.root("content.opf")
        names = {item.get("id"): item.get("href") or "" for item in package.iter(f"{OPF}item")}
        return [names[reference.get("idref")] for reference in package.iter(f"{OPF}itemref")]


@dataclass(frozen=True)
class Maker:
    """Make EPUBs in one place."""

    folder: Path

    def make(self, files: Mapping[str, str | bytes], configuration: str = BOOK) -> Epub:
        source = self.folder / "book"
        for name, content in {"octavo.toml": configuration, **files}.items():
            path = source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        report = Report()
        build(source, self.folder / "dist", ["epub"], report, Timings())
        assert not report.failed
        with ZipFile(self.folder / "dist" / "book.epub") as archive:
            read = {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}
        return Epub(read, [found.rule for found in report])


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


def moving_picture() -> bytes:
    out = BytesIO()
    first, second = (Image.new("RGB", (9, 9), colour) for colour in ("black", "white"))
    first.save(out, "gif", save_all=True, append_images=[second], duration=100)
    return out.getvalue()


# What it offers to whom

PICTURES: dict[str, str | bytes] = {"still.svg": DRAWING.format("")}
SPOKEN = "All pictures have a text"
SILENT = "Not all pictures have a text"


@pytest.mark.parametrize(
    ("text", "modes", "sufficient", "described", "summary"),
    [
        ("Words.", ["textual"], "textual", False, ""),
        ("![It is still](still.svg)", ["textual", "visual"], "textual", True, SPOKEN),
        ('![](still.svg){alt="It is still"}', ["textual", "visual"], "textual", True, SPOKEN),
        ("A ![](still.svg)", ["textual", "visual"], "textual,visual", False, SILENT),
        ("![It](still.svg) and ![](still.svg)", ["textual", "visual"], "textual,visual", False, SILENT),
        ("A ![](still.svg){.decorative}", ["textual"], "textual", False, ""),
        ("A ![](still.svg){.decorative} ![It](still.svg)", ["textual", "visual"], "textual", True, SPOKEN),
    ],
    ids=["no picture", "text", "alternative", "no text", "one of two", "decorative", "decorative and text"],
)
def test_what_is_said_of_pictures(
    maker: Maker, text: str, modes: list[str], sufficient: str, described: bool, summary: str
) -> None:
    epub = maker.make({"a.md": f"# A\n\n{text}\n", **PICTURES})
    assert epub.stated("schema:accessMode") == modes
    assert epub.stated("schema:accessModeSufficient") == [sufficient]
    assert ("alternativeText" in epub.stated("schema:accessibilityFeature")) == described
    (said,) = epub.stated("schema:accessibilitySummary")
    assert summary in said
    assert ("pictures" in said) == bool(summary)


@pytest.mark.parametrize(
    ("text", "feature", "there"),
    [
        ("# A\n\nText.\n", "structuralNavigation", True),
        ("Text.\n", "structuralNavigation", False),
        ("# A\n\nText.\n", "MathML", False),
        ("# A\n\nText.\n", "rubyAnnotations", False),
    ],
)
def test_a_feature_is_stated_where_it_is_there(maker: Maker, text: str, feature: str, there: bool) -> None:
    features = maker.make({"a.md": text}).stated("schema:accessibilityFeature")
    assert (feature in features) == there
    assert {"tableOfContents", "readingOrder", "displayTransformability", "unlocked", "ARIA"} <= set(features)


@pytest.mark.parametrize(
    ("picture", "hazards"),
    [
        ({"p.svg": DRAWING.format("")}, ["none"]),
        ({"p.svg": DRAWING.format('<animate attributeName="x" to="9"/>')}, ["unknown"]),
        ({"p.gif": moving_picture()}, ["unknown"]),
    ],
    ids=["still", "drawing that moves", "picture that moves"],
)
def test_a_picture_that_moves_may_flash(maker: Maker, picture: dict[str, str | bytes], hazards: list[str]) -> None:
    (name,) = picture
    found = maker.make({"a.md": f"# A\n\n![It]({name})\n", **picture}).stated("schema:accessibilityHazard")
    if hazards == ["unknown"]:
        hazards = ["unknown"]
    assert found == hazards


CERTIFIED = f'{BOOK}[epub]\ncertified_by = "A reader"\n'


def test_it_claims_to_conform_where_somebody_vouches_for_it(maker: Maker) -> None:
    epub = maker.make({"a.md": "# A\n\n![It](still.svg)\n", **PICTURES}, CERTIFIED)
    assert epub.stated("dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    assert epub.stated("a11y:certifiedBy") == ["A reader"]
    assert epub.said == []


def test_it_claims_nothing_where_nobody_does(maker: Maker) -> None:
    epub = maker.make({"a.md": "# A\n"})
    assert epub.stated("dcterms:conformsTo") == epub.stated("a11y:certifiedBy") == []


@pytest.mark.parametrize("text", ["# A\n\nA ![](still.svg)\n", "# A\n\n![It](moves.svg)\n", "# A\n\n## \n\nText.\n"])
def test_it_claims_nothing_that_its_content_contradicts(maker: Maker, text: str) -> None:
    moves = DRAWING.format('<animate attributeName="x" to="9"/>')
    epub = maker.make({"a.md": text, "moves.svg": moves, **PICTURES}, CERTIFIED)
    assert epub.stated("dcterms:conformsTo") == epub.stated("a11y:certifiedBy") == []
    assert Rule.CLAIM_LEFT_OUT in epub.said


# Where its parts are

WHOLE = (
    BOOK.replace("[book]\n", '[book]\nfrontmatter = ["p.md", "x.md"]\nappendices = ["z.md"]\nbackmatter = ["t.md"]\n')
    + 'subtitle = "Of many parts"\nseries = "Books"\n'
)
PARTS = {
    "p.md": "# Preface\n",
    "x.md": "# How to read\n",
    "1.md": "# Introduction\n\nA^[note]\n",
    "2.md": "# Two\n\n## Below\n\n### Deep\n\nB[^b] C[^b]\n\n[^b]: note\n",
    "z.md": "# Tables\n",
    "t.md": "# Acknowledgements\n",
}


@pytest.mark.parametrize(
    ("name", "kind", "role", "matter"),
    [
        ("p", "preface", "doc-preface", "frontmatter"),
        ("x", None, None, "frontmatter"),
        ("1", "introduction", "doc-introduction", "bodymatter"),
        ("2", "chapter", "doc-chapter", "bodymatter"),
        ("z", "appendix", "doc-appendix", "backmatter"),
        ("t", "acknowledgments", "doc-acknowledgments", "backmatter"),
    ],
)
def test_a_file_says_which_part_of_the_book_it_is(
    maker: Maker, name: str, kind: str | None, role: str | None, matter: str
) -> None:
    body = maker.make(PARTS, WHOLE).root(f"{name}.xhtml")[1]
    section = body[0]
    assert (body.get(TYPE), section.get(TYPE), section.get("role")) == (matter, kind, role)
    assert section.get("aria-label")


def test_a_part_of_a_chapter_is_no_chapter(maker: Maker) -> None:
    epub = maker.make({"a.md": "# A\n\n## B\n\n## 附录：C\n"})
    kinds = [epub.root(name)[1][0].get(TYPE) for name in epub.spine[3:]]
    assert kinds == ["chapter", None, "appendix"]


def test_a_part_is_a_part_whatever_its_title_is(maker: Maker) -> None:
    epub = maker.make({"a.md": "# Preface {.part}\n", "b.md": "# One\n"})
    assert epub.root("a.xhtml")[1][0].get(TYPE) == "part"
    assert [link.get("href") for link in list(epub.root("nav.xhtml").iter(f"{XHTML}nav"))[1].iter(f"{XHTML}a")][
        -1
    ] == "a.xhtml"


def test_the_landmarks_lead_to_the_parts(maker: Maker) -> None:
    epub = maker.make(PARTS, WHOLE)
    contents, marks = epub.root("nav.xhtml").iter(f"{XHTML}nav")
    found = [(link.get(TYPE), link.get("href"), link.text) for link in marks.iter(f"{XHTML}a")]
    assert found == [
        ("cover", "cover.xhtml", "Cover"),
        ("titlepage", "title.xhtml", "Title page"),
        ("toc", "nav.xhtml", "Contents"),
        ("preface", "p.xhtml", "Preface"),
        ("introduction", "1.xhtml", "Introduction"),
        ("bodymatter", "1.xhtml", "Start of the text"),
        ("appendix", "z.xhtml", "Tables"),
        ("acknowledgments", "t.xhtml", "Acknowledgements"),
    ]
    assert marks.get("aria-label") not in (None, contents.get("aria-label"), "Contents")


def test_the_cover_comes_first_and_is_known_to_old_readers(maker: Maker) -> None:
    epub = maker.make(PARTS, WHOLE)
    package = epub.root("content.opf")
    assert epub.spine[:5] == ["cover.xhtml", "title.xhtml", "imprint.xhtml", "nav.xhtml", "p.xhtml"]
    assert {reference.get("linear", "yes") for reference in package.iter(f"{OPF}itemref")} == {"yes"}
    (cover,) = (item for item in package.iter(f"{OPF}item") if item.get("properties") == "cover-image")
    assert cover.get("id") in [
        meta.get("content") for meta in package.iter(f"{OPF}meta") if meta.get("name") == "cover"
    ]
    assert (cover.get("href"), cover.get("media-type")) == ("cover.jpg", "image/jpeg")
    with Image.open(BytesIO(epub.files["cover.jpg"])) as picture:
        assert picture.size == (1600, 2400)
    assert epub.stated("belongs-to-collection") == ["Books"]
    assert epub.stated("title-type") == ["subtitle"]


@pytest.mark.parametrize(("text", "depth"), [("Text.\n", 1), ("# A\n", 1), ("# A\n\n## B\n\n### C\n\n#### D\n", 2)])
def test_the_table_for_old_readers_states_its_depth_and_language(maker: Maker, text: str, depth: int) -> None:
    root = maker.make({"a.md": text}).root("toc.ncx")
    stated = {meta.get("name"): meta.get("content") for meta in root.iter(f"{NCX}meta")}
    assert stated["dtb:depth"] == str(depth)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


# What its elements are


def test_what_an_element_is_its_role_says_too(maker: Maker) -> None:
    epub = maker.make({**PARTS, "1.md": "# Introduction\n\nA^[note]\n"}, WHOLE)
    # Kinds without a role, and those whose role stands on another element.
    without = {"frontmatter", "bodymatter", "backmatter", "titlepage", "copyright-page", "cover", "landmarks"}
    kinds = set()
    for name in epub.spine:
        for element in epub.root(name).iter():
            kind = element.get(TYPE)
            if kind and kind not in without and element.tag != f"{XHTML}a":
                kinds.add(kind)
                assert element.get("role") == f"doc-{kind}"
    assert {"preface", "introduction", "chapter", "appendix", "acknowledgments", "toc", "footnote"} <= kinds


def test_a_call_leads_to_a_note_that_can_pop_up(maker: Maker) -> None:
    epub = maker.make(PARTS, WHOLE)
    calls = 0
    for name in epub.spine:
        root = epub.root(name)
        targets = {element.get("id"): element for element in root.iter() if element.get("id")}
        backs = {link.get("href") for link in root.iter(f"{XHTML}a") if link.get(TYPE) == "backlink"}
        for link in root.iter(f"{XHTML}a"):
            if link.get(TYPE) == "noteref":
                calls += 1
                note = targets[(link.get("href") or "").removeprefix("#")]
                assert (note.tag, note.get(TYPE), note.get("role")) == (f"{XHTML}aside", "footnote", "doc-footnote")
                assert f"#{link.get('id')}" in backs
    assert calls == 3


def test_a_heading_that_is_only_a_number_has_no_empty_text_in_the_navigation(maker: Maker) -> None:
    table = maker.make({"a.md": "# 章\n\n## 第 1 节\n\n正文。\n\n## 第 2 节\n\n正文。\n"}).root("nav.xhtml")
    spans = [span for span in table.iter(f"{XHTML}span") if not "".join(span.itertext()).strip()]
    assert spans == []
