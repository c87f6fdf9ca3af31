"""What the PDF claims of itself, and what it carries to keep to it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import playa
import pypdfium2
import pytest
from golden.pdf_tags import pdf_tags
from printed import SQUARE, laid_out, printed

from octavo.diagnostics import Report, Rule
from octavo.pdf.unit import write_pages
from octavo.recipe import Timings, build

PDFA = "http://www.aiim.org/pdfa/ns/id/"
PDFUA = "http://www.aiim.org/pdfua/ns/id/"


def claims(data: bytes) -> dict[str, Any]:
    """Return what the metadata of a PDF says of standards."""
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_metadata() as metadata:
        names = {
            "A": f"{{{PDFA}}}part",
            "level": f"{{{PDFA}}}conformance",
            "UA": f"{{{PDFUA}}}part",
            "edition": f"{{{PDFUA}}}rev",
        }
        return {short: metadata[name] for short, name in names.items() if name in metadata}


@pytest.mark.canary
@pytest.mark.parametrize(
    ("standard", "claimed"),
    [
        ("a-3a+ua-1", {"A": "3", "level": "A", "UA": "1"}),
        ("a-3a", {"A": "3", "level": "A"}),
        ("ua-1", {"UA": "1"}),
        ("ua-2", {"UA": "2", "edition": "2024"}),
        ("none", {}),
    ],
)
def test_a_file_claims_what_was_asked_for(standard: str, claimed: dict[str, str]) -> None:
    report = Report()
    assert claims(write_pages(laid_out("<p>a</p>"), standard, b"identifier", report)) == claimed
    assert not list(report)


@pytest.mark.canary
def test_without_our_tags_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    import weasyprint.pdf  # noqa: PLC0415 (half a second)

    monkeypatch.setattr(weasyprint.pdf, "add_tags", lambda *arguments: None)
    report = Report()
    assert claims(write_pages(laid_out("<p>a</p>"), "a-3a+ua-1", b"identifier", report)) == {}
    assert [found.rule for found in report] == [Rule.PATCH_LEFT_OUT]


@pytest.mark.canary
def test_colours_are_those_of_srgb() -> None:
    with pikepdf.open(BytesIO(printed("<p>a</p>"))) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert "sRGB" in str(intent.OutputConditionIdentifier)
        assert intent.DestOutputProfile.N == 3
        assert b"sRGB" in intent.DestOutputProfile.read_bytes()


def test_the_file_is_tagged_and_named_by_its_title() -> None:
    with pikepdf.open(BytesIO(printed("<p>a</p>"))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.Root.Lang) == "en"
        assert all(page.Tabs == "/S" for page in pdf.pages)


@pytest.mark.canary
def test_notes_are_found_by_their_identifiers() -> None:
    notes = "".join(f"<span class='foot-note' id='{name}'>{name}</span>" for name in ("b", "a"))
    with pikepdf.open(BytesIO(printed(f"<p>x{notes}</p>", ".foot-note { float: footnote }"))) as pdf:
        names = pdf.Root.StructTreeRoot.IDTree.Names
        assert [str(name) for name in names[::2]] == ["a", "b"]
        assert [(str(note.S), str(note.ID)) for note in names[1::2]] == [("/Note", "a"), ("/Note", "b")]


def test_pictures_are_not_smoothed() -> None:
    from PIL import Image  # noqa: PLC0415

    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "png")
    from base64 import b64encode  # noqa: PLC0415

    source = f"data:image/png;base64,{b64encode(out.getvalue()).decode()}"
    with pikepdf.open(BytesIO(printed(f"<p><img src='{source}' alt='A'/></p>"))) as pdf:
        pictures = [
            found for found in pdf.objects if isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Image"
        ]
        assert pictures
        assert not [picture for picture in pictures if picture.get("/Interpolate")]


# ── What is drawn when ──


def drawn(body: str, style: str = "") -> list[str]:
    """Return the tags whose text is drawn on a page, in the order of drawing."""
    with playa.parse(printed(body, style)) as document:
        return [text.chars.strip() for text in document.pages[0].texts if text.chars.strip()]


@pytest.mark.parametrize(
    ("body", "order"),
    [
        ("<ul><li>a</li><li>b</li></ul><p>c</p>", ["•", "a", "•", "b", "c"]),
        ("<ol><li><p>a</p><p>b</p></li></ol><p>c</p>", ["1.", "a", "b", "c"]),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", ["1.", "a", "◦", "b", "2.", "c"]),
        ("<ol><li><ol><li>a</li></ol></li><li><pre>b</pre></li></ol>", ["1.", "1.", "a", "2.", "b"]),
    ],
)
def test_markers_are_drawn_before_what_they_mark(body: str, order: list[str]) -> None:
    assert drawn(body) == order


def test_markers_stay_where_they_were() -> None:
    style = "@page { margin: 50px } body, ul { margin: 0 } ul { padding: 0 0 0 100px }"
    with playa.parse(printed("<ul><li>a</li></ul>", style)) as document:
        boxes: list[Any] = [found.bbox for found in document.pages[0].texts if found.chars.strip()]
    marker, text = boxes
    assert text[0] == 150 * 0.75
    assert text[0] - 30 < marker[0] < text[0]
    assert abs(marker[3] - text[3]) < 5


@pytest.mark.canary
def test_a_box_before_a_task_is_named() -> None:
    style = ".task::before { content: '□' } .with-task { list-style: none }"
    box = "<span class='task' role='img' aria-label='To do'></span>"
    items = f"<li class='with-task'>{box}a □</li><li class='with-task'><p>{box}b</p></li>"
    found = pdf_tags(printed(f"<ul>{items}</ul>", style)).splitlines()
    assert [line.strip() for line in found] == [
        "Document",
        "L ListNumbering=Square",
        "LI",
        "Lbl | To do",
        "LBody | a □",
        "LI",
        "Lbl | To do",
        "LBody",
        "P | b",
    ]


@pytest.mark.canary
def test_a_letter_that_shares_its_glyph_is_read_as_itself() -> None:
    found = pdf_tags(printed("<p style='font-family: Noto Sans CJK SC'>a · b</p><ul><li>c</li></ul>")).splitlines()
    assert "P | a · b" in found[1]
    assert found[4].strip() == "Lbl | •␣"


@pytest.mark.canary
def test_numbers_of_two_notes_do_not_touch(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Title\n\nQuoted.^[One.]^[Two.] Read.^[Three.]\n")
    build(tmp_path, tmp_path / "dist", ("pdf", "epub", "html"), Report(), Timings())
    page = next((tmp_path / "dist" / "site").glob("a.html")).read_text("utf-8")
    assert page.count("between-calls") == 1
    with pypdfium2.PdfDocument(next((tmp_path / "dist").glob("*.pdf"))) as pdf:
        text = pdf[0].get_textpage()
        first = text.get_text_range().index("Quoted.") + len("Quoted.")
        one, two = (text.get_charbox(first + order) for order in (0, 1))
    assert two[0] - one[2] > 0.8  # points


@pytest.mark.parametrize("around", ["> ", ""])
def test_emphasis_in_a_note_is_slanted_wherever_it_is_called(around: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"# Title\n\n{around}Quoted.[^n]\n\n[^n]: The *Argo* sailed.\n")
    build(tmp_path, tmp_path / "dist", ("pdf",), Report(), Timings())
    with playa.open(next((tmp_path / "dist").glob("*.pdf"))) as pdf:
        (font,) = {text.fontname for text in pdf.pages[0].texts if text.chars == "Argo"}
    assert font and "Italic" in font


def test_links_in_pictures() -> None:
    body = f"<figure><a href='https://e.org'><img src='{SQUARE}' alt='A'/></a><figcaption>b</figcaption></figure>"
    found = [line.strip() for line in pdf_tags(printed(body)).splitlines()]
    link = ["Link alt=“A”", "Figure alt=“A” BBox |", "→ https://e.org “A (https://e.org)”"]
    assert found[1:] == ["Div", "P", *link, "Caption | b"]


def test_a_table_with_a_head_alone_has_rows_alone() -> None:
    head = "<thead><tr><th scope='col'>a</th></tr></thead>"
    found = [line.strip() for line in pdf_tags(printed(f"<table>{head}</table>")).splitlines()]
    assert [line.partition(" ")[0] for line in found] == ["Document", "Table", "TR", "TH"]


# ── Whole books ──


@pytest.mark.usefixtures("undated")
def test_lists_inside_each_other_fill_their_pages(tmp_path: Path) -> None:
    items = "".join(f"{'  ' * depth}- item {depth}\n" for depth in range(60))
    (tmp_path / "deep.md").write_text(f"---\ntitle: Deep\nlang: en\ndate: 2026-01-01\n---\n\n{items}", "utf-8")
    report = Report()
    build(tmp_path / "deep.md", tmp_path / "out", ("pdf",), report, Timings())
    assert not list(report)
    with pikepdf.open(tmp_path / "out" / "deep.pdf") as pdf:
        assert len(pdf.pages) <= 5  # the title page, and 60 lines
