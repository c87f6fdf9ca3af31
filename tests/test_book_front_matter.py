"""Front matter: Pandoc's names, everybody's other keys, and errors on the true line of the file."""

import subprocess
import sys

import pytest

from octavo.book import FrontMatter, read_front_matter
from octavo.diagnostics import Position, Report
from octavo.document import Author

FILE = "a.md"
FIRST_LINE = 2  # behind the opening line of hyphens


def front_matter_of(text: str) -> FrontMatter:
    report = Report()
    found = read_front_matter(text, FIRST_LINE, FILE, report)
    assert not list(report)
    return found


def messages_of(text: str) -> list[str]:
    report = Report()
    read_front_matter(text, FIRST_LINE, FILE, report)
    return [
        f"{found.position}: {found.message} [{found.rule}]" + (f" | {found.hint}" if found.hint else "")
        for found in report
    ]


def test_pandocs_names_are_read() -> None:
    found = front_matter_of(
        "title: 题\nsubtitle: 副\nauthor: 甲\nlang: zh-CN\ndate: 2026-11-23\nkeywords: [a, b]\n"
        "abstract: |\n  一段\n\n  二段\ndescription: d\nrights: r\npublisher: p\nseries: s\nversion: 1.10\n"
        "identifier: urn:x\ntoc-title: 目录\n"
    )
    assert found == FrontMatter(
        title="题",
        subtitle="副",
        authors=(Author(name="甲"),),
        language="zh-CN",
        date="2026-11-23",
        keywords=("a", "b"),
        abstract="一段\n\n二段",
        description="d",
        rights="r",
        publisher="p",
        series="s",
        version="1.10",
        identifier="urn:x",
        toc_title="目录",
    )


@pytest.mark.parametrize("text", ["", "\n", "# only a comment", "~", "title:", "title: ''", "author: ~\nkeywords:"])
def test_nothing_said_is_nothing_known(text: str) -> None:
    assert front_matter_of(text) == FrontMatter()


@pytest.mark.parametrize(
    ("written", "title"),
    [("2024", "2024"), ("yes", "yes"), ("12:30", "12:30"), ("1.10", "1.10"), ("'a: b'", "a: b"), ("!r f(x)", "f(x)")],
)
def test_a_text_is_taken_as_it_is_written(written: str, title: str) -> None:
    assert front_matter_of(f"title: {written}").title == title


def test_norwegian_is_a_language() -> None:
    assert front_matter_of("language: no").language == "no"


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("甲", (Author(name="甲"),)),
        ("[甲, 乙]", (Author(name="甲"), Author(name="乙"))),
        ("{name: 甲, affiliation: 某校}", (Author(name="甲", affiliation="某校"),)),
        (
            "[{name: A, orcid: 'https://orcid.org/0000-0002-1825-0097', role: translator}, B]",
            (Author(name="A", orcid="0000-0002-1825-0097", role="translator"), Author(name="B")),
        ),
        ("{name: {given: Ada, family: L}, affiliations: [{name: X}, Y]}", (Author(name="Ada L", affiliation="X; Y"),)),
        ("{name: {literal: The Group}, email: g@x}", (Author(name="The Group"),)),
        ("{name: A, affiliations: [{ref: x}]}", (Author(name="A"),)),
        ("[~, A]", (Author(name="A"),)),
    ],
)
def test_authors_come_in_many_forms(written: str, authors: tuple[Author, ...]) -> None:
    assert front_matter_of(f"author: {written}").authors == authors
    assert front_matter_of(f"authors: {written}").authors == authors


def test_author_and_authors_add_up() -> None:
    assert [author.name for author in front_matter_of("author: A\nauthors: [B]").authors] == ["A", "B"]


@pytest.mark.parametrize("written", ["a, b，c; d；e、f", "[a, b, c, d, e, f]", "\n- a\n- b\n- c\n- d\n- e\n- f"])
def test_keywords_are_a_list_or_a_text(written: str) -> None:
    assert front_matter_of(f"keywords: {written}").keywords == ("a", "b", "c", "d", "e", "f")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-23", "2026-11-23"),
        ("2026-1-5 10:00:00 +0800", "2026-01-05"),
        ("'2026-11-23T10:00Z'", "2026-11-23"),
        ("2026/11/3", "2026-11-03"),
        ("2026年11月23日", "2026-11-23"),
        ("November 2026", "November 2026"),
        ("today", "today"),
    ],
)
def test_dates_become_iso_and_other_words_stay(written: str, day: str) -> None:
    assert front_matter_of(f"date: {written}").date == day


@pytest.mark.parametrize("written", ["doi:1", "{scheme: DOI, text: 'doi:1'}", "[{text: 'doi:1'}, other]"])
def test_identifiers_may_have_a_scheme(written: str) -> None:
    assert front_matter_of(f"identifier: {written}").identifier == "doi:1"


def test_other_keys_are_kept_as_plain_data() -> None:
    found = front_matter_of(
        "layout: post\ndraft: true\nweight: 3\nratio: 1.5\ntags: [a, 2, ~, 2020-01-01]\n"
        'format:\n  pdf: {toc: yes, 1: one}\nn: !!int x\n<<: {a: 1}\nbell: "\\a"\n'
    )
    assert found.extra == {
        "layout": "post",
        "draft": True,
        "weight": 3,
        "ratio": 1.5,
        "tags": ["a", 2, None, "2020-01-01"],
        "format": {"pdf": {"toc": True, "1": "one"}},
        "n": "x",
        "<<": {"a": 1},
        "bell": "",
    }


def test_a_long_number_stays_text() -> None:
    assert front_matter_of("n: " + "9" * 5_000).extra == {"n": "9" * 5_000}


def test_places_of_values_are_known() -> None:
    found = front_matter_of("title: 题\nabstract: |\n  一段\n")
    assert found.positions == {"title": Position(FILE, 2, 8), "abstract": Position(FILE, 3, 11)}


SYNTAX = [
    ("title: a\nx: b: c", "3:5: this front matter is not YAML: mapping values are not allowed here"),
    ("a:\n\t- b", "3:1: this front matter is not YAML: found character '\\t' that cannot start any token"),
    ("a: 1\nb: [1, 2", "3:9: this front matter is not YAML: expected ',' or ']', but got '<stream end>'"),
    ("a: &x [1]\nb: 2", "2:4: this front matter is not YAML: anchors and aliases are not allowed"),
    ("a: 1\nb: *x", "3:4: this front matter is not YAML: anchors and aliases are not allowed"),
    ("- a", "2:1: this front matter is not YAML: it must be made of lines such as “title: …”"),
    ("words", "2:1: this front matter is not YAML: it must be made of lines such as “title: …”"),
    ("a: 1\nb: 2\na: 3", "4:1: this front matter is not YAML: the key “a” stands here a second time"),
    ("a: 1\n? [k]\n: v", "3:3: this front matter is not YAML: a key must be a word"),
    ("a: 1\n---\nb: 2", "3:1: this front matter is not YAML: found another document"),
    ("a: 1\nb: \x7f", "3:4: this front matter is not YAML: the character U+007F cannot stand there"),
    ('a: 1\nb: "\\UFFFFFFFF"', "3:5: this front matter is not YAML: an escape or a number is too large"),
    ("a: " + "[" * 100_000, "2:67: this front matter is not YAML: it nests too deep"),
    ("a: b\n" * 50_000, "2:1: this front matter is not YAML: it is longer than 200,000 characters"),
    # YAML counts U+2028 as the end of a line, the file does not.
    ('a: "x\u2028y"\nb: c: d', "3:5: this front matter is not YAML: mapping values are not allowed here"),
]


@pytest.mark.parametrize(("text", "message"), SYNTAX, ids=[message for _, message in SYNTAX])
def test_errors_of_syntax_have_the_line_of_the_file(text: str, message: str) -> None:
    (found,) = messages_of(text)
    assert found.partition(" | ")[0] == f"{FILE}:{message} [front-matter-syntax]"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("x: b: c", "a value that holds “: ” needs quotation marks around it"),
        ("a:\n\t- b", "indent with spaces"),
        ("a: &x 1", "write the value out again"),
    ],
)
def test_common_slips_have_a_hint(text: str, hint: str) -> None:
    assert messages_of(text)[0].endswith(f" | {hint}")


VALUES = [
    ("x: 1\ntitle: [a]", "3:8: title must be a text, not a list"),
    ("title: {a: b}", "2:8: title must be a text, not a mapping"),
    ('title: "\\0"', "2:8: title must not hold the character U+0000"),
    ('title: "\\ud800"', "2:8: title must not hold the character U+D800"),
    ("lang: zh_CN", "2:7: lang must be a language tag such as zh-CN or en, not “zh_CN” | did you mean “zh-CN”?"),
    ("lang: 中文", "2:7: lang must be a language tag such as zh-CN or en, not “中文”"),
    ("date: 2026-13-45", "2:7: date must be a day of the calendar, not “2026-13-45”"),
    ("date: [a]", "2:7: date must be a text, not a list"),
    ("keywords: {a: b}", "2:11: keywords must be a text, not a mapping"),
    ("keywords:\n- a\n- [b]", "4:3: item 2 of keywords must be a text, not a list"),
    ("author: {email: x}", "2:9: author needs a name"),
    ("author:\n- A\n- {name: }", "4:3: item 2 of author needs a name"),
    ("author: [[A]]", "2:10: item 1 of author must be a text, not a list"),
    ("author: {name: [A]}", "2:16: name of author must be a text, not a list"),
    ("author: {name: A, orcid: [1]}", "2:26: orcid must be a text, not a list"),
    ("author: {name: A, orcid: 12}", "2:26: orcid must be one such as 0000-0002-1825-0097, not “12”"),
    ("identifier: {text: [1]}", "2:20: text must be a text, not a list"),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_wrong_values_have_their_place(text: str, expected: str) -> None:
    message, bar, hint = expected.partition(" | ")
    assert messages_of(text) == [f"{FILE}:{message} [front-matter-value]{bar}{hint}"]


def test_a_value_in_error_leaves_the_others() -> None:
    found = read_front_matter("title: [a]\nlang: en\ndate: 2026-02-30", FIRST_LINE, FILE, report := Report())
    assert (found.title, found.language, found.date) == (None, "en", None)
    assert len(list(report)) == 2


def test_yaml_and_tree_sitter_are_loaded_only_when_needed() -> None:
    code = (
        "import sys, octavo.book as b; from octavo.diagnostics import Report\n"
        "b.read_front_matter('', 1, 'a.md', Report()); b.read_configuration('', 'octavo.toml', Report())\n"
        "print(sorted({'yaml', 'tree_sitter', 'anyascii'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
