"""octavo.toml: what it may say, and each message with its line and column."""

from datetime import date

import pytest

from octavo.book import Settings, json_schema, read_configuration
from octavo.diagnostics import Report

FILE = "octavo.toml"


def settings_of(text: str) -> Settings:
    report = Report()
    settings = read_configuration(text, FILE, report)
    assert settings is not None, messages_of(text)
    assert not list(report)
    return settings


def messages_of(text: str) -> list[str]:
    """Return what is said of a text that has errors, one line each, with the hint behind a bar."""
    report = Report()
    assert read_configuration(text, FILE, report) is None
    return [
        f"{found.position}: {found.message} [{found.rule}]" + (f" | {found.hint}" if found.hint else "")
        for found in report
    ]


CONTRACT = """
[book]
title = "题"
subtitle = "副"
authors = ["甲", { name = "乙", affiliation = "丙", orcid = "0000-0002-1825-0097", role = "译" }]
language = "zh-CN"
date = 2026-11-23
version = "1.2"
slug = "my-book"
identifier = "urn:isbn:9780000000000"
publisher = "社"
rights = "CC BY"
series = "丛书"
keywords = ["词"]
abstract = "摘要"
cover = "cover.svg"
kind = "report"
numbering = "written"
notes = "book"
frontmatter = ["preface.md"]
appendices = ["a.md"]
backmatter = ["thanks.md"]
[[part]]
title = "上"
chapters = ["01.md"]
[references]
bibliography = ["refs.bib"]
style = "apa"
scope = "chapter"
[kinds.algorithm]
label = { en = "Algorithm", zh = "算法" }
numbered = "chapter"
[html]
url = "https://example.org/book"
edit = "https://example.org/edit/{path}"
redirects = { "old/01.html" = "01.md" }
single = false
[pdf]
page = ["170mm", "9.5 in"]
standard = "ua-1"
print = true
[epub]
page_list = "none"
fonts = true
[theme]
name = "default"
accent = "#9b2d22"
line_height = "1.8"
font-size = "10.5pt"
[passes]
local = ["my_pass.py"]
[limits]
depth = 100
file = "64 MB"
pixels = "100 M"
seconds = 60
"""


def test_every_key_of_the_contract_is_read() -> None:
    settings = settings_of(CONTRACT)
    book = settings.book
    assert [author.name for author in book.authors] == ["甲", "乙"]
    assert book.authors[1].orcid == "0000-0002-1825-0097"
    assert (book.date, book.kind, book.numbering, book.notes) == (date(2026, 11, 23), "report", "written", "book")
    assert settings.part[0].chapters == ("01.md",)
    assert settings.references.bibliography == ("refs.bib",)
    assert settings.kinds["algorithm"].label["zh"] == "算法"
    assert settings.pdf.page_size == ("170mm", "9.5in")
    assert settings.theme.tokens == {"accent": "#9b2d22", "line-height": "1.8", "font-size": "10.5pt"}
    assert (settings.limits.file, settings.limits.pixels) == (64_000_000, 100_000_000)


def test_everything_has_a_default() -> None:
    settings = settings_of("")
    assert settings == Settings()
    assert (settings.book.numbering, settings.book.notes, settings.book.kind) == ("auto", "chapter", None)
    assert settings.book.chapters is None
    assert settings.pdf.page_size == ("170mm", "240mm")
    assert (settings.html.single, settings.pdf.standard, settings.epub.fonts) == (True, "a-3a+ua-1", False)
    assert settings.references.style is None
    assert (settings.limits.depth, settings.limits.file, settings.limits.seconds) == (256, 64_000_000, 600)
    assert settings.theme.tokens == {}


@pytest.mark.parametrize(("page", "size"), [("report", ("210mm", "297mm")), ("a5", ("148mm", "210mm"))])
def test_pages_have_names(page: str, size: tuple[str, str]) -> None:
    assert settings_of(f'[pdf]\npage = "{page}"').pdf.page_size == size


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ('"64 MB"', 64_000_000),
        ('"1.5 MiB"', 1_572_864),
        ('"100 M"', 100_000_000),
        ('"2kB"', 2_000),
        ("7", 7),
        ('"9"', 9),
    ],
)
def test_sizes_have_units(written: str, size: int) -> None:
    assert settings_of(f"[limits]\nfile = {written}").limits.file == size


@pytest.mark.parametrize("written", ["2026-11-23", '"2026-11-23"', "2026-11-23T10:00:00+08:00", '"2026-11-23T10:00"'])
def test_a_date_may_be_a_string_or_hold_a_time(written: str) -> None:
    assert settings_of(f"[book]\ndate = {written}").book.date == date(2026, 11, 23)


def test_one_bibliography_needs_no_list_and_an_orcid_may_be_an_address() -> None:
    text = '[book]\nauthors = [{name="A", orcid="https://orcid.org/0000-0002-1825-009X"}]\n[references]\nbibliography="r.bib"'
    settings = settings_of(text)
    assert settings.references.bibliography == ("r.bib",)
    assert settings.book.authors[0].orcid == "0000-0002-1825-009X"


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().book.title = "x"


SYNTAX = [
    ("a = [", "1:6: this is not TOML: invalid value"),
    ("[book]\ntitle = “x”", "2:9: this is not TOML: invalid value"),
    ("[book]\ntitle = 'x'\ntitle = 'y'\n", "3:12: this is not TOML: cannot overwrite a value"),
    ("[book]\ndate = 2026-13-45", "2:12: this is not TOML: expected newline or end of document after a statement"),
    ("x = '''\na", "2:2: this is not TOML: expected \"'''\""),
    ("a = " + "[" * 5_000, "1:105: this is not TOML: values nest too deep"),
    ("a = " + "9" * 5_000, "1:1: this is not TOML: a number has too many digits"),
]


@pytest.mark.parametrize(("text", "message"), SYNTAX)
def test_errors_of_syntax_have_their_place(text: str, message: str) -> None:
    assert [found.partition(" | ")[0] for found in messages_of(text)] == [f"{FILE}:{message} [configuration-syntax]"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('产品 = "x"', 'a key with other letters than a to z stands in quotation marks: "产品"'),
        ("title = “书”", 'a text stands in straight quotation marks: "…"'),
        ("title = My book", 'a text stands in straight quotation marks: "…"'),
        ("a = [1\n", None),
        ("title = ", None),
    ],
)
def test_what_is_often_wrong_in_toml_has_a_hint(text: str, hint: str | None) -> None:
    report = Report()
    assert read_configuration(text, FILE, report) is None
    assert [found.hint for found in report] == [hint]


KEYS = [
    ('[book]\ntitel = "x"', "2:1: titel is not a key of [book]", "did you mean “title”?"),
    ("[bok]", "1:2: bok is not a key of octavo.toml", "did you mean “book”?"),
    ('title = "x"', "1:1: title is not a key of octavo.toml", "title is a key of [book]"),
    ('[html]\npage = "a5"', "2:1: page is not a key of [html]", "page is a key of [pdf]"),
    ('[epub]\npage-list = "auto"', "2:1: page-list is not a key of [epub]", "did you mean “page_list”?"),
    ('[book]\n"书\\n名" = 1', "2:1: 书\\n名 is not a key of [book]", None),
    (
        '[book]\nauthors = ["x", {name = "y", nmae = 1}]',
        "2:30: nmae is not a key of [[book.authors]]",
        "did you mean “name”?",
    ),
    (
        '[kinds.label]\nlabel = {en = "L"}\nnumbred = 1',
        "3:1: numbred is not a key of [kinds.label]",
        "did you mean “numbered”?",
    ),
    (
        '[[part]]\ntitle="a"\nchapters=["a"]\n[[part]]\ntitle="b"\nchapters=["b"]\nchapter=1',
        "7:1: chapter is not a key of [[part]]",
        "did you mean “chapters”?",
    ),
    ("pdf.print.x = true\npdf.pgae = 'a5'", "2:5: pgae is not a key of [pdf]", "did you mean “page”?"),
]


@pytest.mark.parametrize(("text", "message", "hint"), KEYS)
def test_unknown_keys_are_refused_with_the_nearest_known_one(text: str, message: str, hint: str | None) -> None:
    end = f" | {hint}" if hint else ""
    assert f"{FILE}:{message} [configuration-key]{end}" in messages_of(text)


VALUES = [
    (
        '[book]\nnumbering = "atuo"',
        '2:13: numbering must be auto, written, computed or none, not "atuo" | did you mean “auto”?',
    ),
    ("[book]\nkind = 7", "2:8: kind must be article, report or book, not 7"),
    ("[book]\ntitle = 3", "2:9: title must be a string, not 3"),
    ("[book]\ntitle = true", "2:9: title must be a string, not true"),
    ("[book]\ntitle = 2026-01-01", "2:9: title must be a string, not 2026-01-01"),
    ("[book]\ntitle = nan", "2:9: title must be a string, not NaN"),
    ("[book]\ntitle = []", "2:9: title must be a string, not an empty list"),
    ("[book]\ntitle = {a = 1}", "2:9: title must be a string, not a table"),
    ('[book]\ntitle = " "', "2:9: title must not be empty"),
    ('[book]\ntitle = "a\\u0000"', '2:9: title must not hold a character that XML forbids, not "a\\u0000"'),
    ('[book]\nkeywords = "x"', '2:12: keywords must be a list, not "x"'),
    ('[book]\nchapters = [\n  "a",\n  3,\n]', "4:3: item 2 of chapters must be a string, not 3"),
    ('[book]\nauthors = ["x", 4]', "2:17: item 2 of authors must be a name or a table, not 4"),
    ("[book]\nauthors = [{}]", "2:12: [[book.authors]] needs the key name"),
    ('[book]\nauthors = [{name="x", orcid="1"}]', '2:29: orcid must be an ORCID such as 0000-0002-1825-0097, not "1"'),
    ('[book]\ndate = "soon"', '2:8: date must be a date such as 2026-11-23, not "soon"'),
    ("[book]\ndate = 10:00:00", "2:8: date must be a date such as 2026-11-23, not 10:00:00"),
    (
        '[book]\nlanguage = "zh_CN.UTF-8"',
        '2:12: language must be a language tag such as zh-CN or en, not "zh_CN.UTF-8" | did you mean “zh-CN”?',
    ),
    ('[book]\nlanguage = "中"', '2:12: language must be a language tag such as zh-CN or en, not "中"'),
    (
        '[book]\nslug = "../x"',
        '2:8: slug must be one word of at most 80 letters, digits, hyphens and dots, not "../x"',
    ),
    ("book = 3", "1:8: book must be a table, not 3"),
    ("part = 3", "1:8: part must be a list, not 3"),
    ("kinds = 3", "1:9: kinds must be a table, not 3"),
    ('[[part]]\ntitle = "x"', "1:3: [[part]] needs the key chapters"),
    ('[[part]]\ntitle = "x"\nchapters = []', "3:12: chapters must not be empty, not an empty list"),
    ('[kinds.Al]\nlabel = {en = "x"}', "1:8: Al must be named with lower-case letters, digits and hyphens"),
    (
        '[kinds.al]\nlabel = {en = "A"}\nnumbered = "yes"',
        '3:12: numbered must be chapter, book or none, not "yes"',
    ),
    ("[kinds.al]\nlabel = {}", "2:9: label must not be empty, not a table"),
    ('[kinds.al]\nlabel = {en = ""}', "2:15: en must not be empty"),
    (
        '[pdf]\npage = "boko"',
        '2:8: page must be book, report, a5 or [width, height] from 50mm to 2000mm, not "boko" | did you mean “book”?',
    ),
    (
        '[pdf]\npage = ["1mm", "2m"]',
        "2:8: page must be book, report, a5 or [width, height] from 50mm to 2000mm, not a list",
    ),
    (
        "[pdf]\npage = [170, 240]",
        "2:8: page must be book, report, a5 or [width, height] from 50mm to 2000mm, not a list",
    ),
    ('[pdf]\nprint = "yes"', '2:9: print must be true or false, not "yes"'),
    (
        '[html]\nurl = "ftp://x"',
        '2:7: url must be a web address that begins with https://, without ? and #, not "ftp://x"',
    ),
    (
        '[html]\nurl = "https://[x"',
        '2:7: url must be a web address that begins with https://, without ? and #, not "https://[x"',
    ),
    (
        '[html]\nedit = "https://example.org/edit"',
        "2:8: edit must be a web address with {path} where the path of the source file goes, "
        'not "https://example.org/edit" | such as https://example.org/book/edit/main/{path}',
    ),
    (
        '[html.redirects]\n"../a.html" = "b.md"',
        "2:1: ../a.html must name an old page inside the site: relative, and without “..”",
    ),
    (
        '[html.redirects]\n"/a.html" = "b.md"',
        "2:1: /a.html must name an old page inside the site: relative, and without “..”",
    ),
    (
        '[html.redirects]\n"old/" = "b.md"',
        "2:1: old/ must be named with the path of an old page, such as “old/page.html” | "
        "an address that ends in a slash is that of the index.html below it",
    ),
    ("[limits]\ndepth = 0", "2:9: depth must be at least 1, not 0"),
    ("[limits]\ndepth = true", "2:9: depth must be a whole number, not true"),
    ("[limits]\nseconds = 1.5", "2:11: seconds must be a whole number, not 1.5"),
    (
        '[limits]\nfile = "64 MX"',
        '2:8: file must be a size such as “64 MB”, “100 M” or a whole number above 0, not "64 MX"',
    ),
    ("[limits]\npixels = 0", "2:10: pixels must be a size such as “64 MB”, “100 M” or a whole number above 0, not 0"),
    ("[theme]\nline_height = 2", "2:15: line_height must be a string, not 2"),
    (
        '[theme]\naccent = "red; } body {"',
        '2:10: accent must be the value of a design token, without ; { } < > and backslash, not "red; } body {"',
    ),
    ("[references]\nbibliography = 3", "2:16: bibliography must be a list, not 3"),
    (
        '[book]\nchapters = ["a"]\n[[part]]\ntitle = "x"\nchapters = ["b"]',
        "3:3: part cannot stand beside chapters of [book]: move them into a part",
    ),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_wrong_values_are_refused_in_our_words(text: str, expected: str) -> None:
    message, bar, hint = expected.partition(" | ")
    assert messages_of(text) == [f"{FILE}:{message} [configuration-value]{bar}{hint}"]


def test_all_errors_are_told_at_once_in_the_order_of_the_lines() -> None:
    text = '[book]\ntitle = 1\nkindd = "book"\n[pdf]\nprint = 1\n'
    assert [line.split(" ")[0] for line in messages_of(text)] == [f"{FILE}:{at}:" for at in ("2:9", "3:1", "5:9")]


def test_a_long_value_is_shortened() -> None:
    assert messages_of(f'[book]\nkind = "{"x" * 500}"')[0].endswith(f'not "{"x" * 59}… [configuration-value]')


def test_the_schema_describes_every_key() -> None:
    schema = json_schema()
    tables = [schema, *schema["$defs"].values()]
    keys = [(name, key) for table in tables for name, key in table["properties"].items()]
    assert len(keys) > 50
    # A key that says the same as the table it refers to leaves the words to the table.
    assert not [name for name, key in keys if not key.get("description") and "$ref" not in key]
    assert not [name for name, table in schema["$defs"].items() if not table.get("description")]
    assert schema["title"] == "octavo.toml"
    assert schema["additionalProperties"] is False
    assert schema["$defs"]["ThemeSettings"]["additionalProperties"] == {"type": "string"}


def test_the_schema_admits_the_short_forms() -> None:
    tables = json_schema()["$defs"]
    assert {"type": "string"} in tables["BookSettings"]["properties"]["authors"]["items"]["anyOf"]
    assert tables["LimitSettings"]["properties"]["file"]["anyOf"] == [{"type": "integer"}, {"type": "string"}]
    assert {"type": "string"} in tables["ReferenceSettings"]["properties"]["bibliography"]["anyOf"]
    assert tables["PdfSettings"]["properties"]["page"]["anyOf"][0]["enum"] == ["book", "report", "a5"]
