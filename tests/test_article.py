"""The shipped article, accepted as a reader would: everything of it in every output, once, legible and linked.

The outputs are read here by means of this file's own, not by those of `octavo.check`, and the source is read without
our parser.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from golden import Books
from lxml import etree, html
from lxml.etree import _Element

from octavo.check import check_outputs
from octavo.diagnostics import Report
from octavo.recipe import Timings, prepare

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "source"
SLUG = "llm-and-the-global-economy"
TITLE = "LLM 与全球经济：新机遇与挑战"
KEYWORDS = ["语言模型（LLM）", "全球经济发展", "新兴机遇", "挑战", "行业应用", "未来展望"]
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def squeeze(text: str) -> str:
    """Return a text without white space, soft hyphens and zero-width spaces, which a line end may add."""
    return re.sub("[\\s\u00ad\u200b]+", "", text)


# ── What the source says ──


@dataclass(frozen=True)
class Written:
    """Hold a heading as it was typed."""

    level: int
    number: str
    label: str
    text: str

    @property
    def whole(self) -> str:
        return squeeze(f"{self.number}{self.label}{self.text}")


MARKDOWN = (SOURCE / "article.md").read_text("utf-8")
_HEADING = re.compile(r"(#+) (?:(\d+(?:\.\d+)*)\.? )?((?:附录|Q\d)：)?(.+)")


def written_headings() -> list[Written]:
    found = [_HEADING.fullmatch(line.strip()) for line in MARKDOWN.splitlines() if line.startswith("#")]
    return [Written(len(match[1]), match[2] or "", match[3] or "", match[4]) for match in found if match]


def sentences() -> list[str]:
    """Return every sentence of the source without its markup: all but the numbers and labels at the head of lines."""
    result = []
    for line in MARKDOWN.splitlines():
        bare = re.sub(r"^\s*(#+|>|\d+\.|-)\s+", "", line)
        bare = re.sub(r"^(\d+(\.\d+)*\.?\s+|附录：|[QA]\d：|摘要：|关键词：)", "", bare).replace("**", "")
        result += [squeeze(part) for part in re.split("(?<=[。！？；])", bare) if squeeze(part)]
    return result


WRITTEN = written_headings()
TWO_LEVELS = [heading.whole for heading in WRITTEN if heading.level <= 3]
SENTENCES = sentences()


def test_the_source_is_what_these_tests_take_it_for() -> None:
    assert len(WRITTEN) == 39
    assert len([heading for heading in WRITTEN if heading.number]) == 33
    assert [heading.label for heading in WRITTEN if heading.label] == ["附录：", *(f"Q{n}：" for n in range(1, 6))]
    assert len(SENTENCES) > 300
    assert not [sentence for sentence in SENTENCES if re.search(r"[*#>]|^\d+\.", sentence)]
    assert 0.98 < letters("".join(SENTENCES)) / letters(MARKDOWN) < 1


def letters(text: str) -> int:
    return sum(character.isalnum() for character in text)


# ── What the outputs say ──


@dataclass(frozen=True)
class Page:
    """Hold one file of HTML or XHTML."""

    name: str
    root: _Element

    @property
    def body(self) -> _Element:
        return next(element for element in self.root.iter() if local(element) == "body")

    def find(self, *names: str) -> list[_Element]:
        return [element for element in self.body.iter() if local(element) in names and not inside_nav(element)]

    @property
    def headings(self) -> list[_Element]:
        return self.find(*HEADINGS)

    @property
    def text(self) -> str:
        """Return the text of the body, tables of contents and other navigation left out."""
        return text_of(self.body)

    @property
    def identifiers(self) -> set[str]:
        return {name for element in self.root.iter() if (name := element.get("id"))}


def local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]  # that of a comment is a function


def inside_nav(element: _Element) -> bool:
    return local(element) == "nav" or any(local(above) == "nav" for above in element.iterancestors())


def said(element: _Element) -> Iterator[str]:
    """Yield the pieces of text below an element in reading order, navigation left out."""
    if local(element) == "nav" or isinstance(element, etree._Comment) or element.get("class") == "skip":
        return
    yield element.text or ""
    for child in element:
        yield from said(child)
        yield child.tail or ""


def text_of(element: _Element) -> str:
    return squeeze("".join(said(element)))


def read_page(name: str, data: bytes) -> Page:
    return Page(name, html.document_fromstring(data))


@dataclass(frozen=True)
class Run:
    """Hold a piece of text as a PDF draws it: where (in points from the lower left), in which font, how large."""

    page: int
    font: str
    size: float
    x: float
    y: float
    codes: tuple[int, ...]
    text: str
    artifact: bool


class Pdf:
    """Read a PDF: what is drawn on its pages, in which fonts, and its links."""

    def __init__(self, path: Path) -> None:
        self.file = pikepdf.open(path)
        self.fonts: dict[str, Any] = {}
        self._unicode: dict[str, dict[int, str]] = {}
        for page in self.file.pages:
            for font in page.Resources.get("/Font", {}).values():
                name = str(font.BaseFont).removeprefix("/")
                self.fonts[name] = font
                self._unicode.setdefault(name, unicode_of(font))
        self.runs = [run for number, page in enumerate(self.file.pages) for run in self._runs(number, page)]

    def _runs(self, number: int, page: Any) -> Iterator[Run]:
        """Interpret the operators that place, mark and show text."""
        matrix, stack, line = pikepdf.Matrix(), [], pikepdf.Matrix()
        font, size = "", 0.0
        marks: list[
            tuple[bool, str | None]
        ] = []  # of each open mark: an artifact? which text stands for what is drawn?
        names = {name: str(found.BaseFont).removeprefix("/") for name, found in page.Resources.get("/Font", {}).items()}
        for step in pikepdf.parse_content_stream(page):
            operands: Any = step.operands
            match str(step.operator):
                case "q":
                    stack.append(matrix)
                case "Q":
                    matrix = stack.pop()
                case "cm":
                    matrix = pikepdf.Matrix(*(float(value) for value in operands)) @ matrix
                case "Tm":
                    line = pikepdf.Matrix(*(float(value) for value in operands))
                case "Tf":
                    font, size = names[str(operands[0])], float(operands[1])
                case "BMC" | "BDC":
                    marks.append((str(operands[0]) == "/Artifact", actual_text(operands)))
                case "EMC":
                    marks.pop()
                case "TJ" | "Tj":
                    placed = line @ matrix
                    codes = tuple(codes_of(operands))
                    text = "".join(self._unicode[font].get(code, "\ufffd") for code in codes)
                    if (
                        marks and (said := marks[-1][1]) is not None
                    ):  # a word that was hyphened, or a space at a line's end
                        text = said
                        marks[-1] = (marks[-1][0], "")
                    yield Run(
                        page=number,
                        font=font.partition("+")[2],
                        size=round(size * abs(placed.d), 2),
                        x=placed.e,
                        y=placed.f,
                        codes=codes,
                        text=text,
                        artifact=any(artifact for artifact, _ in marks),
                    )

    @property
    def body(self) -> list[Run]:
        """Return what is no running head, page number or ornament."""
        return [run for run in self.runs if not run.artifact]

    @cached_property
    def first(self) -> int:
        """Return the index of the page on which the text begins."""
        return self.outline[0][2]

    @cached_property
    def outline(self) -> list[tuple[int, str, int]]:
        """Return depth, title and page index of each bookmark."""
        with self.file.open_outline() as outline:
            return list(self._entries(outline.root, 1))

    def _entries(self, items: Sequence[pikepdf.OutlineItem], depth: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            destination: Any = item.destination
            yield depth, item.title, self.index(destination[0])
            yield from self._entries(item.children, depth + 1)

    def index(self, page: Any) -> int:
        return next(number for number, other in enumerate(self.file.pages) if other.objgen == page.objgen)

    @cached_property
    def destinations(self) -> dict[str, int]:
        """Return the page index of each name that links may lead to."""
        root: Any = self.file.Root
        return {
            str(name): self.index(array_of(target)[0]) for name, target in pikepdf.NameTree(root.Names.Dests).items()
        }

    @cached_property
    def links(self) -> list[tuple[int, tuple[float, ...], str]]:
        """Return page index, rectangle and destination of each link inside the file."""
        return [
            (number, tuple(float(value) for value in link.Rect), str(link.Dest))
            for number, page in enumerate(self.file.pages)
            for link in page.get("/Annots", [])
            if "/Dest" in link
        ]

    def folio(self, page: int) -> str:
        """Return the number that is printed at the foot of a page."""
        foot = [run for run in self.runs if run.page == page and run.artifact and run.y < 60]
        return squeeze("".join(run.text for run in foot))


def array_of(target: Any) -> Any:
    return target if isinstance(target, pikepdf.Array) else target.D


def actual_text(operands: Any) -> str | None:
    properties = operands[1] if len(operands) > 1 else None
    return (
        str(properties.ActualText)
        if isinstance(properties, pikepdf.Dictionary) and "/ActualText" in properties
        else None
    )


def codes_of(operands: Any) -> Iterator[int]:
    """Yield the two-byte codes that are shown."""
    shown = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
    for piece in shown:
        if isinstance(piece, pikepdf.String):
            data = bytes(piece)
            yield from (int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2))


def unicode_of(font: Any) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode("ascii")
    assert "beginbfrange" not in table
    pairs = re.findall(r"^<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>$", table.partition("endcodespacerange")[2], re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


@dataclass(frozen=True)
class Outputs:
    """Hold the folder of a build, and read what is in it."""

    folder: Path

    @cached_property
    def site(self) -> list[Page]:
        """Return the pages in the order in which “next” leads through them."""
        pages, name = [], "index.html"
        while name:
            pages.append(read_page(name, (self.folder / "site" / name).read_bytes()))
            name = next((link.get("href") or "" for link in pages[-1].root.iter("a") if link.get("rel") == "next"), "")
        return pages

    @cached_property
    def single(self) -> Page:
        return read_page(f"{SLUG}.html", (self.folder / f"{SLUG}.html").read_bytes())

    @cached_property
    def packed(self) -> dict[str, bytes]:
        with ZipFile(self.folder / f"{SLUG}.epub") as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    @cached_property
    def package(self) -> _Element:
        (name,) = (name for name in self.packed if name.endswith(".opf"))
        return etree.fromstring(self.packed[name])

    @cached_property
    def epub(self) -> list[Page]:
        """Return the pages in the order of the spine."""
        (opf,) = (name for name in self.packed if name.endswith(".opf"))
        files = {item.get("id"): item.get("href") for item in self.package.iterfind(".//opf:item", OPF)}
        names = [
            f"{opf.rpartition('/')[0]}/{files[ref.get('idref')]}"
            for ref in self.package.iterfind(".//opf:itemref", OPF)
        ]
        return [Page(name, etree.fromstring(self.packed[name])) for name in names]

    @cached_property
    def pdf(self) -> Pdf:
        return Pdf(self.folder / f"{SLUG}.pdf")


@pytest.fixture(scope="session")
def outputs(books: Books) -> Outputs:
    """Return the outputs of the article, of which there is nothing to say."""
    built = books("article")
    assert list(built.report) == []
    return Outputs(built.output)


# ── Headings, numbers, labels ──


def body_headings(outputs: Outputs, output: str) -> list[tuple[str, _Element]]:
    """Return the title of the book, and the headings below it, as an output of HTML has them."""
    pages = {"site": outputs.site, "single": [outputs.single], "epub": outputs.epub}[output]
    return [(text_of(heading), heading) for page in pages for heading in page.headings if not is_furniture(heading)]


def is_furniture(heading: _Element) -> bool:
    return heading.get("id", "").startswith("octavo-")


@pytest.mark.parametrize("output", ["site", "single", "epub"])
def test_the_title_stands_above_39_headings(outputs: Outputs, output: str) -> None:
    (title, element), *rest = body_headings(outputs, output)
    assert (title, local(element)) == (squeeze(TITLE), "h1")
    assert [text for text, _ in rest] == [heading.whole for heading in WRITTEN]


@pytest.mark.parametrize(("output", "top"), [("single", 2)])
def test_levels_are_those_of_the_source(outputs: Outputs, output: str, top: int) -> None:
    levels = [int(local(element)[1]) for _, element in body_headings(outputs, output)[1:]]
    assert levels == [heading.level - 2 + top for heading in WRITTEN]


@pytest.mark.parametrize("output", ["site", "single", "epub"])
def test_numbers_and_labels_are_marked_as_such(outputs: Outputs, output: str) -> None:
    found = []
    for _, element in body_headings(outputs, output)[1:]:
        marked = {span.get("class"): text_of(span) for span in element.iter() if local(span) == "span"}
        found.append((marked.get("number", ""), marked.get("label", "")))
    assert found == [(heading.number, heading.label) for heading in WRITTEN]
    assert sum(bool(number) for number, _ in found) == 33


def test_the_bookmarks_are_the_headings(outputs: Outputs) -> None:
    found = [(depth, squeeze(title)) for depth, title, _ in outputs.pdf.outline]
    assert found == [(heading.level - 1, heading.whole) for heading in WRITTEN]


def drawn_headings(pdf: Pdf) -> list[tuple[float, int, str]]:
    """Return size, page and text of what is set like a heading: large and in the bold sans serif."""
    found: list[tuple[float, int, str]] = []
    before: Run | None = None
    for run in pdf.body:
        if run.page >= pdf.first and run.size > 11 and run.font == "Noto-Sans-CJK-SC-Bold":
            if before and (before.size, before.page) == (run.size, run.page) and before.y - run.y < 2 * run.size:
                size, page, text = found.pop()
                found.append((size, page, text + squeeze(run.text)))
            else:
                found.append((run.size, run.page, squeeze(run.text)))
            before = run
        elif squeeze(run.text):
            before = None
    return found


def test_the_pdf_draws_the_headings_in_their_order(outputs: Outputs) -> None:
    found = drawn_headings(outputs.pdf)
    # The number of a chapter stands above its title, larger and with serifs.
    wanted = [
        heading.whole.removeprefix(heading.number) if heading.level == 2 else heading.whole for heading in WRITTEN
    ]
    assert [text for _, _, text in found] == wanted
    sizes = sorted({size for size, _, _ in found}, reverse=True)
    assert [sizes.index(size) + 2 for size, _, _ in found] == [heading.level for heading in WRITTEN]


def test_the_pdf_shows_the_number_of_the_chapter_once(outputs: Outputs) -> None:
    large = [run for run in outputs.pdf.body if run.page >= outputs.pdf.first and run.font == "Noto-Serif-CJK-SC-Bold"]
    assert [squeeze(run.text) for run in large] == [heading.number for heading in WRITTEN if heading.level == 2]


def test_bookmarks_lead_to_the_pages_of_their_headings(outputs: Outputs) -> None:
    assert [page for _, _, page in outputs.pdf.outline] == [page for _, page, _ in drawn_headings(outputs.pdf)]


def test_the_title_of_the_pdf_stands_on_its_first_page(outputs: Outputs) -> None:
    first = [run for run in outputs.pdf.body if run.page == 0]
    assert squeeze("".join(run.text for run in first)).startswith(squeeze(TITLE))


def numbers_and_titles(outputs: Outputs) -> dict[str, list[str]]:
    """Return the lines of every table of contents."""
    ncx = etree.fromstring(next(data for name, data in outputs.packed.items() if name.endswith(".ncx")))
    nav = next(page for page in outputs.epub if page.name.endswith("nav.xhtml")).root
    single = next(element for element in outputs.single.root.iter("nav"))
    index = next(element for element in outputs.site[0].root.iter("section") if element.get("class") == "contents")
    side = next(element for element in outputs.site[3].root.iter("nav"))
    return {
        "ncx": [text_of(point[0]) for point in ncx.iter() if local(point) == "navPoint"],
        "nav": links_of(next(element for element in nav.iter(f"{XHTML}nav") if element.get(EPUB_TYPE) == "toc")),
        "single": links_of(single),
        "site": links_of(index),
        "site, beside the text": links_of(side),
    }


def links_of(element: _Element) -> list[str]:
    return [squeeze("".join(str(text) for text in link.itertext())) for link in element.iter() if local(link) == "a"]


def test_every_table_of_contents_lists_them_once(outputs: Outputs) -> None:
    wanted = [heading.whole for heading in WRITTEN]
    own = {text_of(element) for element in outputs.site[3].body.iter() if re.fullmatch("h[1-6]", local(element))}
    fewer = {
        "ncx": TWO_LEVELS,  # all that Kindles show
        "site, beside the text": [title for title in wanted if title in TWO_LEVELS or title in own],
    }
    for name, found in numbers_and_titles(outputs).items():
        assert found == fewer.get(name, wanted), name


# ── Lists ──


@pytest.mark.parametrize("output", ["site", "single", "epub"])
def test_lists_without_a_blank_line_before_them_are_lists(outputs: Outputs, output: str) -> None:
    pages = {"site": outputs.site, "single": [outputs.single], "epub": outputs.epub}[output]
    answers = [element for page in pages for element in page.find("div") if element.get("class") == "answer"]
    assert [text_of(answer)[:3] for answer in answers] == [f"A{number}：" for number in range(1, 6)]
    items = [[child for child in answer.iter() if local(child) == "li"] for answer in answers]
    assert [len(found) for found in items] == [0, 4, 4, 4, 4]
    assert [len([child for child in answer.iter() if local(child) == "ol"]) for answer in answers] == [0, 1, 1, 1, 1]


def test_all_lists_of_the_source_are_lists(outputs: Outputs) -> None:
    numbered = [line for line in MARKDOWN.splitlines() if re.match(r"\d+\. ", line)]
    dashed = [line for line in MARKDOWN.splitlines() if re.match(r"\s+- ", line)]
    items = outputs.single.find("li")
    assert len(items) == len(numbered) + len(dashed)
    assert [text_of(item)[:2] for item in items if re.match(r"\d+\.", text_of(item))] == []


# ── Every sentence ──


def texts(outputs: Outputs) -> dict[str, str]:
    return {
        "site": "".join(page.text for page in outputs.site),
        "single": outputs.single.text,
        "epub": "".join(page.text for page in outputs.epub),
        "pdf": squeeze("".join(run.text for run in outputs.pdf.body)),
    }


ONCE = [sentence for sentence in SENTENCES if len(sentence) > 30 and "".join(SENTENCES).count(sentence) == 1]


@pytest.mark.canary
@pytest.mark.parametrize("output", ["site", "single", "epub", "pdf"])
def test_every_sentence_is_in_every_output(outputs: Outputs, output: str) -> None:
    text = texts(outputs)[output]
    assert [sentence for sentence in SENTENCES if sentence not in text] == []


@pytest.mark.canary
@pytest.mark.parametrize("output", ["site", "single", "epub", "pdf"])
def test_no_sentence_is_in_an_output_twice(outputs: Outputs, output: str) -> None:
    text = texts(outputs)[output]
    assert len(ONCE) > 200
    assert [sentence for sentence in ONCE if text.count(sentence) != 1] == []


@pytest.mark.parametrize("output", ["site", "single", "epub"])
def test_sentences_are_in_their_order(outputs: Outputs, output: str) -> None:
    text = texts(outputs)[output]
    behind = [sentence for sentence in ONCE if sentence != SENTENCES[0]]  # the keywords stand behind the abstract
    assert sorted(behind, key=text.index) == behind


# ── Metadata ──


def test_metadata_of_the_web(outputs: Outputs) -> None:
    for page in (*outputs.site, outputs.single):
        meta = {element.get("name"): element.get("content") or "" for element in page.root.iter("meta")}
        assert meta["keywords"] == ", ".join(KEYWORDS), page.name
        assert squeeze(meta["description"]) == ABSTRACT, page.name
        assert page.root.get("lang") == "zh-CN"


ABSTRACT = squeeze(next(line for line in MARKDOWN.splitlines() if line.startswith("> 摘要：")).removeprefix("> 摘要："))


def test_metadata_of_the_epub(outputs: Outputs) -> None:
    def values(name: str) -> list[str]:
        return [element.text or "" for element in outputs.package.iterfind(f".//dc:{name}", OPF)]

    assert values("title") == [TITLE]
    assert values("subject") == KEYWORDS
    assert [squeeze(text) for text in values("description")] == [ABSTRACT]
    assert values("language") == ["zh-CN"]


@pytest.mark.canary
def test_metadata_of_the_pdf(outputs: Outputs) -> None:
    file = outputs.pdf.file
    info: Any = file.docinfo
    assert str(info.Title) == TITLE
    assert str(info.Keywords) == ", ".join(KEYWORDS)
    assert squeeze(str(info.Subject)) == ABSTRACT
    root: Any = file.Root
    assert str(root.Lang) == "zh-CN"
    with file.open_metadata(update_docinfo=False) as xmp:
        assert xmp["dc:title"] == TITLE
        assert xmp["pdf:Keywords"] == ", ".join(KEYWORDS)
        assert squeeze(str(xmp["dc:description"])) == ABSTRACT


# ── The printed page ──

THEME = {"Noto-Serif-CJK-SC", "Noto-Sans-CJK-SC", "LXGW-WenKai", "JetBrains-Mono", "Noto-Sans-Mono-CJK-SC"}


def program(font: Any) -> TTFont:
    """Return the font program that is embedded."""
    (descendant,) = font.DescendantFonts
    descriptor = descendant.FontDescriptor
    (key,) = (name for name in descriptor if name.startswith("/FontFile"))
    return TTFont(BytesIO(descriptor[key].read_bytes()))


def test_fonts_are_those_of_the_theme_embedded_and_subset(outputs: Outputs) -> None:
    for name, font in outputs.pdf.fonts.items():
        prefix, _, family = name.partition("+")
        assert re.fullmatch("[A-Z]{6}", prefix), name
        assert family.removesuffix("-Bold") in THEME, name
        drawn = {code for run in outputs.pdf.runs if run.font == family for code in run.codes}
        outlines = sum(has_outline(glyph) for glyph in raw_glyphs(program(font)))
        assert 0 < outlines <= len(drawn) + 16, f"{name} holds {outlines} glyphs for {len(drawn)} that are drawn"


def raw_glyphs(font: TTFont) -> Iterator[Any]:
    if "CFF " in font:
        top = font["CFF "].cff.topDictIndex[0]
        index = top.CharStrings.charStringsIndex
        yield from (index[number].bytecode for number in range(len(index)))
    else:
        offsets = font["loca"].locations
        yield from (bytes(end > start) for start, end in pairwise(offsets))


def has_outline(glyph: bytes) -> bool:
    """Tell whether a glyph draws: in CFF an empty one is its width and `endchar`, in TrueType no bytes at all."""
    return len(glyph) > 4 or glyph == b"\x00"


def test_every_visible_character_has_a_glyph(outputs: Outputs) -> None:
    drawn: dict[str, dict[int, str]] = {}
    for run in outputs.pdf.runs:
        drawn.setdefault(run.font, {}).update(zip(run.codes, run.text, strict=False))
    wrong = []
    for name, font in outputs.pdf.fonts.items():
        opened = program(font)
        glyphs, order = opened.getGlyphSet(), opened.getGlyphOrder()
        for code, character in drawn[name.partition("+")[2]].items():
            if code == 0 or code >= len(order):
                wrong.append(f"{name}: {character} is glyph {code} of {len(order)}")
            elif squeeze(character):
                pen = BoundsPen(glyphs)
                glyphs[order[code]].draw(pen)
                if pen.bounds is None:
                    wrong.append(f"{name}: {character} is empty")
    assert wrong == []
    assert not [run.text for run in outputs.pdf.runs if "\ufffd" in run.text]


def test_the_text_is_set_in_song_and_only_its_headings_and_strong_words_in_hei(outputs: Outputs) -> None:
    text: dict[str, str] = {}
    for run in outputs.pdf.body:
        if run.page >= outputs.pdf.first and run.size == 10.5 and not re.fullmatch(r"A\d：", run.text):
            text[run.font] = text.get(run.font, "") + run.text
    assert set(text) == {"Noto-Serif-CJK-SC"}
    assert len(text["Noto-Serif-CJK-SC"]) > 9_000


@pytest.mark.canary
def test_page_numbers_in_the_contents_are_those_printed_on_the_pages(outputs: Outputs) -> None:
    pdf = outputs.pdf
    lines: dict[str, tuple[int, float, float]] = {}
    for page, (_, one, _, other), destination in pdf.links:
        _, low, high = lines.get(destination, (page, one, one))
        if page < pdf.first:
            lines[destination] = (page, min(low, one, other), max(high, one, other))
    assert len(lines) == 39
    for (destination, (page, low, high)), (_, stands, _) in zip(lines.items(), drawn_headings(pdf), strict=True):
        line = sorted((run for run in pdf.body if run.page == page and low <= run.y <= high), key=lambda run: run.x)
        number = re.search(r"(\d+)$", squeeze("".join(run.text for run in line)))
        assert pdf.destinations[destination] == stands, destination
        assert number
        assert number[1] == pdf.folio(stands), destination


@pytest.mark.canary
def test_pages_are_numbered_from_the_first_of_the_text(outputs: Outputs) -> None:
    pdf = outputs.pdf
    count = len(pdf.file.pages)
    assert [pdf.folio(page) for page in range(pdf.first, count)] == [str(n + 1) for n in range(count - pdf.first)]
    assert pdf.folio(0) == ""
    assert all(re.fullmatch("[ivx]+", pdf.folio(page)) for page in range(1, pdf.first))


# ── Links ──


def broken(pages: Sequence[Page], files: set[str]) -> list[str]:
    """Return the links that lead to no file or no element."""
    by_name = {page.name: page for page in pages}
    wrong = []
    for page in pages:
        for element in page.root.iter():
            for address in (element.get("href"), element.get("src")):
                if address is None or re.match("[a-z]+:", address):
                    continue
                file, _, fragment = address.partition("#")
                target = f"{page.name.rpartition('/')[0]}/{file}".lstrip("/") if file else page.name
                there = target in files and (not fragment or fragment in by_name[target].identifiers)
                if not there:
                    wrong.append(f"{page.name}: {address}")
    return wrong


def test_every_link_of_html_and_epub_leads_somewhere(outputs: Outputs) -> None:
    site = {path.relative_to(outputs.folder / "site").as_posix() for path in (outputs.folder / "site").rglob("*")}
    assert {page.name for page in outputs.site} | {"404.html"} == {name for name in site if name.endswith(".html")}
    assert broken(outputs.site, site) == []
    assert broken([outputs.single], {outputs.single.name}) == []
    assert broken(outputs.epub, set(outputs.packed)) == []


def test_every_link_of_the_pdf_leads_somewhere(outputs: Outputs) -> None:
    assert {name for _, _, name in outputs.pdf.links} - set(outputs.pdf.destinations) == set()
    assert len(outputs.pdf.links) >= 39


# ── And what our own check says ──


def checked(folder: Path) -> list[str]:
    report = Report()
    edition = prepare(SOURCE, report, Timings())
    assert edition is not None
    assert list(report) == []
    check_outputs(edition, folder, report)
    return [str(found.rule) for found in report]


@pytest.fixture
def spoilt(outputs: Outputs, tmp_path: Path) -> Path:
    """Return a copy of the outputs to spoil."""
    return Path(shutil.copytree(outputs.folder, tmp_path / "copy"))


SENTENCE = "LLM 的出现，标志着自然语言处理技术进入了一个新的阶段。"


@pytest.mark.canary
def test_the_check_finds_nothing(outputs: Outputs) -> None:
    assert checked(outputs.folder) == []


@pytest.mark.canary
@pytest.mark.parametrize("name", ["site/bei-jing-jie-shao.html", f"{SLUG}.html"])
@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [(SENTENCE, "", "check-text-missing"), ('href="#', 'href="#no-', "check-link-broken")],
    ids=["sentence", "link"],
)
def test_the_check_sees_a_spoilt_page(spoilt: Path, name: str, old: str, new: str, rule: str) -> None:
    path = spoilt / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert checked(spoilt) == [rule]


@pytest.mark.canary
def test_the_check_sees_a_page_that_is_gone(spoilt: Path) -> None:
    (spoilt / "site" / "bei-jing-jie-shao.html").unlink()
    assert set(checked(spoilt)) == {"check-text-missing", "check-link-broken"}


@pytest.mark.canary
@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("bei-jing-jie-shao.xhtml", SENTENCE, "", "check-text-missing"),
        ("nav.xhtml", 'href="bei-', 'href="no-', "check-link-broken"),
        ("nav.xhtml", "#背景介绍", "#no", "check-link-broken"),
    ],
    ids=["sentence", "file", "fragment"],
)
def test_the_check_sees_a_spoilt_epub(outputs: Outputs, spoilt: Path, file: str, old: str, new: str, rule: str) -> None:
    with ZipFile(spoilt / f"{SLUG}.epub", "w") as archive:
        for name, data in outputs.packed.items():
            spoil = name.endswith(f"/{file}")
            assert not spoil or old.encode() in data
            archive.writestr(name, data.replace(old.encode(), new.encode(), 1) if spoil else data)
    assert checked(spoilt) == [rule]


def test_the_check_sees_a_spoilt_pdf(spoilt: Path) -> None:
    path = spoilt / f"{SLUG}.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        page = document.pages[6]
        kept = [step for step in pikepdf.parse_content_stream(page) if str(step.operator) not in ("TJ", "Tj")]
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(kept))
        document.save(path)
    assert set(checked(spoilt)) == {"check-text-missing"}
