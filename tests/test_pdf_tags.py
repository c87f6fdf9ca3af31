"""The tags of the PDF: which markup becomes which structure, as a screen reader goes through it."""

from __future__ import annotations

from io import BytesIO
from textwrap import dedent

import pikepdf
import playa
import pytest
from golden.pdf_tags import pdf_tags
from printed import SQUARE, printed

pytestmark = pytest.mark.canary  # of the tags

STYLE = "@page { size: 300px 400px; margin: 10px } body { font: 10px/20px serif } .foot-note { float: footnote }"


def tags(body: str, style: str = STYLE) -> str:
    """Return the tags of a body, without the document around them."""
    first, *lines = pdf_tags(printed(body, style)).splitlines()
    assert first == "Document"
    return dedent("\n".join(lines))


def tree(text: str) -> str:
    """Return an outline as it is written in a test."""
    return dedent(text).strip("\n")


# ── Blocks ──


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>a</p>", "P | a"),
        ("<h2>a</h2>", "H2 | a"),
        ("<main><section><h2>a</h2></section></main>", "Part\n  Sect\n    H2 | a"),
        ("<article><p>a</p></article>", "Art\n  P | a"),
        ("<blockquote><p>a</p></blockquote>", "BlockQuote\n  P | a"),
        ("<blockquote>a</blockquote>", "BlockQuote\n  P | a"),
        ("<div class='theorem'><p>a</p></div>", "Div\n  P | a"),
        ("<aside><p>Note</p><p>a</p></aside>", "Aside\n  P | Note\n  P | a"),
        ("<details open=''><summary>a</summary>b</details>", "Div\n  P | a\n  P | b"),
        ("<section><span>Label:</span><p>a</p>b</section>", "Sect\n  P | Label:\n  P | a\n  P | b"),
        ("<div><div><p>a</p></div></div>", "P | a"),
        ("<div lang='fr'><p>a</p></div>", "Div lang=“fr”\n  P | a"),
        ("<p>a</p><hr/><p>b</p>", "P | a\nP | b"),
    ],
)
def test_blocks(body: str, found: str) -> None:
    assert tags(body) == found


def test_a_paragraph_over_two_pages_is_one() -> None:
    assert tags(f"<p>{'word ' * 300}</p>").count("P | ") == 1


# ── In a line of text ──


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<i>a</i> <kbd>b</kbd><sub>c</sub><mark>d</mark> <cite>e</cite> <q>f</q>", "P | a bcd e “f”"),
        ("<em>a</em>", "P\n  Em | a"),
        ("<strong>a <em>b</em></strong>", "P\n  Strong\n    | a␣\n    Em | b"),
        ("<em><sup>a<sub>b</sub></sup></em>", "P\n  Em | ab"),
        ("<code>a</code>", "P\n  Code | a"),
        ("<del>a</del>", "P\n  Span TextDecorationType=LineThrough | a"),
        ("<em lang='fr'>a</em>", "P\n  Em lang=“fr” | a"),
        ("<i lang='fr'>a</i>", "P\n  Span lang=“fr” | a"),
        ("<abbr title='Hypertext'>H</abbr>", "P\n  Span expansion=“Hypertext” | H"),
        ("<abbr>H</abbr>", "P | H"),
        ("<a href='https://e.org'>a</a>", "P\n  Link\n    | a\n    → https://e.org “a (https://e.org)”"),
        ("<a>a</a> b", "P | a b"),
        ("<img src='%s' alt='A'/>", "P\n  Figure alt=“A” BBox |"),
        ("a <img src='%s' alt=''/>", "P | a␣"),
        ("a <img src='%s'/>", "P | a␣"),
    ],
)
def test_inlines(inside: str, found: str) -> None:
    assert tags(f"<p>{inside.replace('%s', SQUARE)}</p>") == found


def test_a_reading_stands_behind_its_base() -> None:
    assert tags("<p>a<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>b</p>") == tree("""
        P
          | a
          Ruby
            RB | 漢
            RT | かん
          Ruby
            RB | 字
            RT | じ
          | b
    """)


def test_brackets_around_a_reading_stay_with_it() -> None:
    style = f"{STYLE} rp {{ display: inline }}"
    assert tags("<p><ruby><i>漢</i><rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p>", style) == tree("""
        P
          Ruby
            RB | 漢
            RP | (
            RT | かん
            RP | )
    """)


def test_a_base_without_a_reading_is_text() -> None:
    assert tags("<p><ruby><rb>漢</rb><rt>かん</rt>字</ruby></p>") == tree("""
        P
          Ruby
            RB | 漢
            RT | かん
          | 字
    """)


# ── Lists ──


def test_a_list_in_a_list_is_in_the_body_of_its_item() -> None:
    assert tags("<ol><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ol>") == tree("""
        L ListNumbering=Decimal
          LI
            Lbl | 1.␣
            LBody
              | a
              L ListNumbering=Disc
                LI
                  Lbl | ◦␣
                  LBody | b
          LI
            Lbl | 2.␣
            LBody
              P | c
              P | d
    """)


@pytest.mark.parametrize(
    ("kind", "numbering"),
    [("1", "Decimal"), ("a", "LowerAlpha"), ("A", "UpperAlpha"), ("i", "LowerRoman"), ("I", "UpperRoman")],
)
def test_numbers_of_lists(kind: str, numbering: str) -> None:
    assert tags(f"<ol type='{kind}'><li>a</li></ol>").startswith(f"L ListNumbering={numbering}\n")


def test_definitions() -> None:
    assert tags("<dl><dt>a</dt><dd>b</dd><dd><p>c</p></dd><dt>d</dt><dt>e</dt><dd>f</dd></dl>") == tree("""
        L ListNumbering=None
          LI
            Lbl | a
            LBody | b
            LBody
              P | c
          LI
            Lbl | d
            Lbl | e
            LBody | f
    """)


def test_a_list_whose_markers_are_not_printed_has_none() -> None:
    assert tags("<ul><li>a</li></ul>", f"{STYLE} li {{ list-style: none }}").startswith("L ListNumbering=None\n")


def test_works_are_labelled_by_their_numbers() -> None:
    body = "<ul><li><span class='entry-number'>[1]</span> a</li></ul>"
    assert tags(body, f"{STYLE} li {{ list-style: none }}") == tree("""
        L ListNumbering=None
          LI
            Lbl | [1]
            LBody |  a
    """)


# ── Tables ──


def test_a_table() -> None:
    head = "<tr><th scope='col' colspan='2'>a</th><th>b</th></tr>"
    rows = "<tr><th scope='row' rowspan='2'>c</th><td>d</td><td>e</td></tr><tr><td>f</td><td></td></tr>"
    foot = "<tr><th>g</th><td colspan='2'>h</td></tr>"
    body = f"<table><thead>{head}</thead><tbody>{rows}</tbody><tfoot>{foot}</tfoot><caption>i</caption></table>"
    assert tags(body) == tree("""
        Table
          Caption | i
          THead
            TR
              TH Scope=Column ColSpan=2 | a
              TH Scope=Column | b
          TBody
            TR
              TH Scope=Row RowSpan=2 | c
              TD | d
              TD | e
            TR
              TD | f
              TD
          TFoot
            TR
              TH Scope=Row | g
              TD ColSpan=2 | h
    """)


def test_what_a_table_repeats_on_its_next_page_is_no_text() -> None:
    rows = "<tr><td>x</td></tr>" * 40
    found = tags(f"<table><thead><tr><th>h</th></tr></thead><tfoot><tr><td>f</td></tr></tfoot>{rows}</table>")
    assert (found.count("| h"), found.count("| f"), found.count("| x")) == (1, 1, 40)


# ── Listings ──


def test_each_line_of_a_listing_is_kept_however_it_is_broken() -> None:
    lines = ["  for i in range(3):", "", "    print(i)  # two", "\tx  y"]
    style = f"{STYLE} pre {{ white-space: pre-wrap; overflow-wrap: anywhere }}"
    highlighted = "\n".join(lines).replace("for", "<b>for</b>").replace("two", "<i>two</i>")
    for width in ("60px", "280px"):
        found = tags(f"<pre><code>{highlighted}\n</code></pre>", f"{style} pre {{ width: {width} }}").splitlines()
        assert [line.removeprefix("    Code | ") for line in found[2::2]] == [line for line in lines if line]


def test_a_listing_is_a_group_of_lines() -> None:
    assert tags("<pre lang='en'>one\ntwo <a href='https://e.org'>link</a>\nthree</pre>") == tree("""
        Div lang=“en”
          P
            Code | one
          P
            Code
              | two␣
              Link
                | link
                → https://e.org “link (https://e.org)”
          P
            Code | three
    """)


# ── What the edition of PDF has no types for ──


def role_map(body: str) -> dict[str, str]:
    """Return which types a PDF explains by others."""
    with pikepdf.open(BytesIO(printed(body))) as pdf:
        return {name: str(known) for name, known in pdf.Root.StructTreeRoot.get("/RoleMap", {}).items()}


def test_types_of_later_editions_are_explained() -> None:
    assert role_map("<p>a</p>") == {}
    assert role_map("<p><em>a</em></p>") == {"/Em": "/Span"}
    body = "<aside><p><em>a</em><strong>b</strong></p></aside>"
    assert role_map(body) == {"/Aside": "/Div", "/Em": "/Span", "/Strong": "/Span"}


def test_a_title_is_the_first_heading() -> None:
    body = "<h1 class='book-title'>a</h1><section class='level-7'><h6>b</h6></section>"
    assert tags(body) == "H1 | a\nSect\n  H6 | b"


# ── Figures ──

PICTURE = f"<img src='{SQUARE}' alt='A'/>"


@pytest.mark.parametrize("inside", [PICTURE, f"<p>{PICTURE}</p>", f"<div>\n{PICTURE}\n</div>"])
def test_a_figure_of_one_picture_is_one_figure(inside: str) -> None:
    found = tags(f"<figure>{inside}<figcaption>Figure 1</figcaption></figure>")
    assert found.splitlines()[0] == "Figure alt=“A” BBox"
    assert found.splitlines()[-1] == "  Caption | Figure 1"
    assert found.count("Figure") == 2


def test_a_figure_of_several_is_a_group() -> None:
    body = f"<figure>{PICTURE}<figure>{PICTURE}<figcaption>b</figcaption></figure><figcaption>c</figcaption></figure>"
    assert tags(body) == tree("""
        Div
          Figure alt=“A” BBox |
          Figure alt=“A” BBox
            |
            Caption | b
          Caption | c
    """)


def test_the_number_in_a_caption_is_its_label() -> None:
    caption = "<figcaption><span class='label'>Figure 1</span> a</figcaption>"
    found = tags(f"<figure>{PICTURE}{caption}</figure>").splitlines()
    assert [line.strip() for line in found[-3:]] == ["Caption", "Lbl | Figure 1", "|  a"]


def test_the_caption_of_a_table_is_in_the_table() -> None:
    table = "<table><tbody><tr><td>a</td></tr></tbody></table>"
    assert tags(f"<figure>{table}<figcaption>b</figcaption></figure>") == tree("""
        Div
          Table
            Caption | b
            TBody
              TR
                TD | a
    """)


def test_the_caption_of_a_listing_is_beside_it() -> None:
    assert tags("<figure><figcaption>b</figcaption><pre>a</pre></figure>") == tree("""
        Div
          Caption | b
          Div
            P
              Code | a
    """)


def test_a_decorative_figure_leaves_its_caption() -> None:
    body = f"<figure><img src='{SQUARE}' alt=''/><figcaption>b</figcaption></figure>"
    assert tags(body) == "Div\n  Caption | b"


# ── Notes ──

NOTE = "<span class='foot-note' id='{0}'><p>{0}{1}</p></span>"


def test_a_note_stands_behind_the_text_that_calls_it() -> None:
    body = f"<p>a<em>b{NOTE.format('m', '')}</em> c{NOTE.format('n', '')} d.</p><p>e</p>"
    assert tags(body) == tree("""
        P
          | a
          Em
            | b
            Reference | 1
          |  c
          Reference | 2
          |  d.
          Note id=“m”
            Lbl | 1.
            P | m
          Note id=“n”
            Lbl | 2.
            P | n
        P | e
    """)


def test_a_note_stands_in_its_paragraph_though_that_goes_on() -> None:
    found = tags(f"<p>a{NOTE.format('n', '')} {'word ' * 300}</p>").splitlines()
    assert [line.split()[0] for line in found] == ["P", "|", "Reference", "|", "Note", "Lbl", "P"]


def test_a_space_at_the_end_of_a_line_stands_behind_the_call_of_a_note() -> None:
    narrow = range(60, 200, 7)
    style = STYLE + "".join(f".w{width} {{ width: {width}px }}" for width in narrow)
    body = f"Then says Knuth{NOTE.format('n', '')} so much."
    read = {tags(f"<p class='w{width}'>{body}</p>", style) for width in narrow}
    assert len(read) == 2  # where the line ends behind the call, and where it does not
    for found in read:
        pieces = [line.partition("| ")[2] for line in found.splitlines()[1:4]]
        assert "".join(pieces).replace("␣", " ") == "Then says Knuth1 so much."


def test_a_heading_is_read_without_its_note() -> None:
    found = tags(f"<section><h2>a{NOTE.format('n', '')} b</h2><p>c</p></section>").splitlines()
    assert [line.strip() for line in found if line.startswith("  ") and not line.startswith("   ")] == [
        "H2",
        "Note id=“n”",
        "P | c",
    ]


def test_a_note_in_an_item_stands_before_the_list_in_it() -> None:
    body = f"<ul><li>a{NOTE.format('n', '')}<ul><li>b</li></ul></li></ul>"
    found = [line.split()[0] for line in tags(body).splitlines()]
    assert found == ["L", "LI", "Lbl", "LBody", "|", "Reference", "Note", "Lbl", "P", "L", "LI", "Lbl", "LBody"]


def test_a_later_call_of_a_note_is_a_reference() -> None:
    body = f"<p>a{NOTE.format('n', '')} b<sup class='note-call'><a href='#n'>1</a></sup></p>"
    assert "  Reference\n    Link\n      | 1\n      → #n “1”" in tags(body)


def test_a_reference_to_a_page_is_a_link_in_a_reference() -> None:
    found = tags("<p>See <a href='#a' class='page-reference'>page 1</a>.</p><p id='a'>a</p>").splitlines()
    assert [line.strip() for line in found[1:6]] == ["| See␣", "Reference", "Link", "| page 1", "→ #a “page 1”"]


def test_spaces_between_blocks_are_no_paragraphs() -> None:
    figure = f"<figure style='display: inline-block'>{PICTURE}</figure>"
    assert tags(f"<figure>{figure} {figure}</figure>") == "Div\n  Figure alt=“A” BBox |\n  Figure alt=“A” BBox |"


# ── What is not read ──


def test_what_is_not_read_says_why() -> None:
    style = """@page { size: 300px 200px; margin: 30px; @top-center { content: 'head' } @bottom-left { content: 'foot' }
        @left-middle { content: 'side' } } a::after { content: leader('.') 'x' }"""
    rows = "<tr><td>x</td></tr>" * 10
    body = f"<p><a>a</a></p><table><thead><tr><th>again</th></tr></thead>{rows}</table>"
    found: dict[str, set[str]] = {}
    with playa.parse(printed(body, style)) as document:
        for text in (text for page in document.pages for text in page.texts):
            if text.mcs is not None and text.mcs.tag == "Artifact":
                word = text.chars.strip().rstrip(".") or "."  # of dots there are many
                found.setdefault(word, set()).add(" ".join(map(str, text.mcs.props.values())))
    assert found == {
        ".": {"/'Layout'"},
        "head": {"/'Pagination' /'Header'"},
        "foot": {"/'Pagination' /'Footer'"},
        "side": {"/'Pagination'"},
        "again": {"/'Pagination'"},
    }


# ── Contents ──


def test_contents_have_a_heading() -> None:
    body = "<nav class='contents'><p class='contents-title'>Contents</p><ol><li>a</li></ol></nav>"
    assert "H2 | Contents" in tags(body)


def test_a_list_of_figures_is_like_contents() -> None:
    body = "<ul class='list-of list-of-figures'><li><a href='#a'>Figure 1</a></li></ul><p id='a'>a</p>"
    found = [line.strip() for line in tags(body, f"{STYLE} li {{ list-style: none }}").splitlines()]
    assert found == ["TOC", "TOCI", "Reference", "Link", "| Figure 1", "→ #a “Figure 1”", "P | a"]


def test_contents_have_no_dots() -> None:
    style = f"{STYLE} li {{ list-style: none }} a::after {{ content: leader(' .') target-counter(attr(href), page) }}"
    inner = "<ol><li><a href='#b'>B</a></li></ol>"
    body = f"<nav class='contents'><ol><li><a href='#a'>A</a>{inner}</li></ol></nav><h2 id='a'>A</h2><h3 id='b'>B</h3>"
    assert tags(body, style) == tree("""
        Sect
          TOC
            TOCI
              Reference
                Link
                  | A1
                  → #a “A”
              TOC
                TOCI
                  Reference
                    Link
                      | B1
                      → #b “B”
        H2 | A
        H3 | B
    """)
