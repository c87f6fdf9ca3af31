"""The tags of a file of PDF 2.0 that claims PDF/UA-2: its types, what they refer to, and where its links lead."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from textwrap import dedent
from typing import Any

import pikepdf
import pytest
from golden import shared_book, shared_pdf
from golden.pdf_tags import pdf_tags
from printed import SQUARE, printed
from shared import Shared

from octavo.check.facts_of_pdf import pdf_facts

pytestmark = pytest.mark.canary  # of the tags

STYLE = "@page { size: 300px 400px; margin: 10px } body { font: 10px/20px serif } .foot-note { float: footnote }"
NOTE = "<span class='foot-note' id='{0}'><p>{0}</p></span>"
CASES = Path(__file__).parent / "cases"


def written(body: str, style: str = STYLE) -> pikepdf.Pdf:
    """Return the file of a body."""
    return pikepdf.open(BytesIO(printed(body, style, "ua-2")))


def tags(body: str, style: str = STYLE) -> str:
    """Return the tags of a body, without the document around them."""
    _, *lines = pdf_tags(printed(body, style, "ua-2")).splitlines()
    return dedent("\n".join(lines))


def elements(pdf: pikepdf.Pdf, role: str) -> list[Any]:
    """Return the structure elements of a role, in the order in which they were written."""
    found = (item for item in pdf.objects if isinstance(item, pikepdf.Dictionary))
    return [item for item in found if item.get("/Type") == "/StructElem" and f"/{role}" == item.S]


# ── Types ──


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<h1 class='book-title'>a</h1><h2>b</h2><h3>c</h3>", "Title | a\nH1 | b\nH2 | c"),
        ("<section class='level-7'><h6>a</h6></section>", "Sect\n  H7 | a"),
        ("<p>H<sub>2</sub>O</p>", "P\n  | H\n  Span TextPosition=Sub | 2\n  | O"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "L ListNumbering=Description\n  LI\n    Lbl | a\n    LBody | b"),
        ("<aside><p>a</p></aside>", "Aside\n  P | a"),
        ("<aside><aside>a</aside></aside>", "Aside\n  Div\n    P | a"),
        ("<aside><div class='theorem'><aside>a</aside></div></aside>", "Aside\n  Div\n    Div\n      P | a"),
        ("<blockquote><aside>a</aside></blockquote>", "BlockQuote\n  Div\n    P | a"),
        (
            "<table><tr><td><blockquote>a</blockquote></td></tr></table>",
            "Table\n  TR\n    TD\n      Div\n        P | a",
        ),
        (
            "<figure><figcaption>b</figcaption><pre>a</pre></figure>",
            "Sect\n  Caption | b\n  Div\n    P\n      Code | a",
        ),
    ],
)
def test_types(body: str, found: str) -> None:
    assert tags(body) == found


def test_each_type_is_in_the_edition_that_has_it() -> None:
    body = "<h2>a</h2><blockquote><p><em>b</em><code>c</code></p></blockquote>"
    with written(body) as pdf:
        root = pdf.Root.StructTreeRoot
        assert [str(space.NS) for space in root.Namespaces] == ["http://iso.org/pdf2/ssn", "http://iso.org/pdf/ssn"]
        assert "/RoleMap" not in root
        later, earlier = root.Namespaces
        for role in ("Document", "H1", "P", "Em"):
            assert [element.NS.objgen for element in elements(pdf, role)] == [later.objgen]
        for role in ("BlockQuote", "Code"):
            assert [element.NS.objgen for element in elements(pdf, role)] == [earlier.objgen]


def test_a_link_around_a_picture_says_nothing_that_its_annotation_does_not() -> None:
    found = tags(f"<p><a href='https://e.org'><img src='{SQUARE}' alt='A'/></a></p>")
    assert found.splitlines()[1:3] == ["  Link", "    Figure alt=“A” BBox |"]


def test_what_heads_a_note_is_no_heading_of_the_text() -> None:
    found = tags("<p>a<span class='foot-note' id='n'><h3>b</h3><p>c</p></span></p>")
    assert [line.strip() for line in found.splitlines()[-2:]] == ["P | b", "P | c"]


# ── What refers to what ──


def test_a_note_knows_its_calls_and_they_know_it() -> None:
    body = f"<p>a{NOTE.format('n')} b<sup class='note-call'><a href='#n'>1</a></sup> c{NOTE.format('m')}</p>"
    with written(body) as pdf:
        first, again, other = elements(pdf, "Reference")
        note, second = elements(pdf, "FENote")
        assert (str(note.A.O), str(note.A.NoteType)) == ("/FENote", "/Footnote")
        assert [found.objgen for found in note.Ref] == [first.objgen, again.objgen]
        assert [found.objgen for found in second.Ref] == [other.objgen]
        assert [[found.objgen for found in call.Ref] for call in (first, again, other)] == [
            [note.objgen],
            [note.objgen],
            [second.objgen],
        ]


def test_a_line_of_the_contents_knows_what_it_leads_to() -> None:
    inner = "<ol><li><a href='#b'>B</a></li></ol>"
    lines = f"<nav class='contents'><ol><li><a href='#a'>A</a>{inner}</li></ol></nav>"
    with written(f"{lines}<section id='a'><h2>A</h2><h3 id='b'>B</h3></section>") as pdf:
        outer, within = elements(pdf, "TOCI")
        assert [str(found.S) for found in outer.Ref] == ["/Sect"]
        assert [str(found.S) for found in within.Ref] == ["/H2"]
        # What goes back to a page, and no note, is no call.
        assert [element for element in elements(pdf, "Reference") if "/Ref" in element] == []


# ── Destinations ──


@pytest.mark.parametrize(
    ("target", "role"),
    [
        ("<h2 id='a'>b</h2>", "/H1"),
        ("<p>b <span id='a'></span></p>", "/P"),
        ("<div id='a'><p>b</p><p>c</p></div>", "/P"),
        ("<pre id='a'>b</pre>", "/Div"),
        ("<div id='a'></div>", "/Document"),
    ],
)
def test_a_destination_is_a_page_and_a_tag(target: str, role: str) -> None:
    with written(f"<p><a href='#a'>x</a></p>{target}") as pdf:
        name, destination = pdf.Root.Names.Dests.Names
        assert str(name) == "a"
        assert destination.D[0].objgen == pdf.pages[0].obj.objgen
        assert str(destination.SD[0].S) == role
        assert list(destination.D)[1:] == list(destination.SD)[1:]


def test_the_outline_leads_to_headings() -> None:
    style = f"{STYLE} h2 {{ bookmark-level: 1; break-before: page }} h3 {{ bookmark-level: 2 }}"
    with written("<p>a</p><h2>b</h2><h3>c</h3><h2>d</h2>", style) as pdf:
        first, last = pdf.Root.Outlines.First, pdf.Root.Outlines.Last
        entries = [first, first.First, last]
        assert [str(entry.Title) for entry in entries] == ["b", "c", "d"]
        assert [str(entry.A.SD[0].S) for entry in entries] == ["/H1", "/H2", "/H1"]
        assert [entry.A.SD[0].objgen for entry in entries[::2]] == [one.objgen for one in elements(pdf, "H1")]
        assert [entry.A.D[0].objgen for entry in entries] == [pdf.pages[page].obj.objgen for page in (1, 1, 2)]
        assert not [entry for entry in entries if "/Dest" in entry]


# ── Formulas ──


def formula(mathml: str) -> str:
    """Return a drawn formula that bears its MathML."""
    return f"<img class='formula' src='{SQUARE}' alt='one' data-mathml='{mathml}'/>"


def test_a_formula_brings_its_mathml_along() -> None:
    one, two = "<math><mn>1</mn></math>", "<math><mn>2</mn></math>"
    escaped = [text.replace("<", "&lt;") for text in (one, two, one)]
    with written(f"<p>{' '.join(map(formula, escaped))}</p>") as pdf:
        files = [list(element.AF) for element in elements(pdf, "Formula")]
        assert [len(found) for found in files] == [1, 1, 1]
        specification = files[0][0]
        assert specification.AFRelationship == "/Supplement"
        assert specification.EF.F.Subtype == "/application/mathml+xml"
        assert [found.EF.F.read_bytes().decode() for (found,) in files] == [one, two, one]
        assert files[0][0].objgen == files[2][0].objgen  # the same formula is the same file
        assert [str(element.Alt) for element in elements(pdf, "Formula")] == ["one"] * 3


def test_a_file_of_the_earlier_edition_has_none_of_this() -> None:
    body = f"<p>{formula('&lt;math/>')} a{NOTE.format('n')}</p><h2 id='a'>b</h2>"
    with pikepdf.open(BytesIO(printed(body, STYLE))) as pdf:
        structure = [element for role in ("P", "Note", "Reference", "Formula") for element in elements(pdf, role)]
        assert len(structure) == 5
        assert [element for element in structure if {"/NS", "/Ref", "/AF"} & set(element.keys())] == []
        assert isinstance(pdf.Root.Names.Dests.Names[1], pikepdf.Array)


# ── Whole books ──


@pytest.fixture(scope="module")
def both(shared: Shared) -> list[Path]:
    """Return the PDF of the English showcase as it asks for it, and that for PDF/UA-2."""
    (file,) = shared_book("showcase-en", shared).output.glob("*.pdf")
    return [file, shared_pdf("showcase-en", "ua-2", shared)]


def test_a_check_reads_the_same_in_both_editions(both: list[Path]) -> None:
    earlier, later = map(pdf_facts, both)
    assert later == earlier


def test_all_formulas_of_a_book_bring_their_mathml_along(both: list[Path]) -> None:
    with pikepdf.open(both[1]) as pdf:
        formulas = elements(pdf, "Formula")
        assert formulas
        for element in formulas:
            (found,) = element.AF
            assert found.EF.F.read_bytes().startswith(b'<math xmlns="http://www.w3.org/1998/Math/MathML"')


def test_the_claim_is_that_of_the_schema(both: list[Path]) -> None:
    with pikepdf.open(both[1]) as pdf:
        assert pdf.pdf_version == "2.0"
        packet = pdf.Root.Metadata.read_bytes()
        assert b"pdfuaid:conformance" not in packet
        assert packet.count(b"http://pdfa.org/declarations/wtpdf#") == 2
