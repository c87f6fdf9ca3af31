"""Marks on words: abbreviations, readings, and attributes that mean nothing."""

from __future__ import annotations

import pytest

from octavo.diagnostics import Report
from octavo.document import Abbreviation, Document, Metadata, Ruby, Span, plain_text, walk
from octavo.normalise import Context, normalise
from octavo.parse import parse_chapter


def normalised(*texts: str) -> tuple[Document, Report]:
    report = Report()
    chapters = tuple(parse_chapter(text, f"{number}.md", report).chapter for number, text in enumerate(texts, 1))
    metadata = Metadata(title="T", language="zh", identifier="urn:x", date="2025-01-01")
    context = Context(
        report=report, find_image=lambda source, _: source, has_file=lambda _: False, read_text=lambda *_: None
    )
    return normalise(Document(metadata=metadata, chapters=chapters, position=chapters[0].position), context), report


def abbreviations(*texts: str) -> list[tuple[str, str]]:
    document, _ = normalised(*texts)
    return [(node.text, node.expansion) for node in walk(document) if isinstance(node, Abbreviation)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        *(
            ("HTML", 1),
            ("用HTML写", 1),
            ("(HTML)，HTML。", 2),
            ("**HTML** [HTML](#a)", 2),
            ("HTML-HTML", 2),
            ("HTML's", 1),
        ),
        *(("XHTML", 0), ("HTML5", 0), ("html", 0), ("HTML_a", 0), ("ÉHTML", 0), ("`HTML`", 0), ("![HTML](a.png) b", 0)),
    ],
)
def test_whole_words_are_abbreviations_beside_chinese_too(text: str, count: int) -> None:
    found = abbreviations(f"# HTML {{#a}}\n\n{text}\n\n*[HTML]: HyperText Markup Language\n")
    assert found == [("HTML", "HyperText Markup Language")] * count


def test_the_longest_abbreviation_wins() -> None:
    definitions = "*[TCP]: a\n*[TCP/IP]: b\n*[人工智能]: c\n"
    found = [("TCP", "a"), ("TCP/IP", "b"), ("人工智能", "c")]
    assert abbreviations(f"TCP TCP/IP 是人工智能的\n\n{definitions}") == found


def test_a_definition_holds_for_the_book_and_that_of_the_file_goes_first() -> None:
    texts = ("A\n\n*[A]: one\n", "A\n\n*[A]: two\n", "A\n")
    assert abbreviations(*texts) == [("A", "one"), ("A", "two"), ("A", "one")]
    assert "one" not in plain_text(normalised(*texts)[0])


def test_two_definitions_in_a_file_are_reported() -> None:
    document, report = normalised("A\n\n*[A]: one\n*[A]: one\n*[A]: two\n")
    assert [str(found.position) for found in report if str(found.rule) == "abbreviation-duplicate"] == ["1.md:5:1"]
    assert [node.expansion for node in walk(document) if isinstance(node, Abbreviation)] == ["one"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('[漢字]{ruby="かんじ"}', [("漢字", "かんじ")]),
        ('[漢字]{ruby="かん|じ"}', [("漢", "かん"), ("字", "じ")]),
        ('[北京]{ruby="běi jīng"}', [("北", "běi"), ("京", "jīng")]),
        ('[北京市]{ruby="běi jīng"}', [("北京市", "běi jīng")]),
        ('[*漢*字]{ruby="かん|じ"}', [("漢字", "かんじ")]),
        ("[山]{ruby=shān}", [("山", "shān")]),
    ],
)
def test_how_readings_are_shared_out(text: str, wanted: list[tuple[str, str]]) -> None:
    document, _ = normalised(text)
    found = [(plain_text(node.children), plain_text(node.reading)) for node in walk(document) if isinstance(node, Ruby)]
    assert found == wanted


def test_other_marks_stay_around_a_reading() -> None:
    document, report = normalised('[山]{ruby="shān" #hill .x lang=zh}')
    (span,) = [node for node in walk(document) if isinstance(node, Span)]
    assert (span.identifier, span.classes, span.attributes) == ("hill", ("x",), (("lang", "zh"),))
    assert "attribute-unknown" not in [str(found.rule) for found in report]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *(
            ("![a](b.png){foo=bar}", "foo"),
            ("[a]{foo=bar}", "foo"),
            ("# A {foo=bar}", "foo"),
            ("`a`{width=3}", "width"),
        ),
        *(
            ("![a](b.png){width=wide}", "wide"),
            ("{foo=bar}\n| a |\n|---|\n", "foo"),
            ("::: {.x foo=bar}\na\n:::", "foo"),
        ),
        *(
            ("[a](https://a.example){target=_blank}", ""),
            ("[a](https://a.example){colour=blue}", "colour"),
            ('[a]{ruby=""}', "ruby"),
        ),
        *(("![a](b.png){width=60% height=3cm alt=x}", ""), ("[a]{lang=en dir=ltr title=b data-c=d}", "")),
        *(('::: {.callout-tip title="x"}\na\n:::', ""), ("![a](b.png){data-x=y}", ""), ('[a]{.index entry="A!B"}', "")),
    ],
)
def test_an_attribute_without_meaning_is_reported(text: str, said: str) -> None:
    _, report = normalised(text)
    found = [message.message for message in report if str(message.rule) == "attribute-unknown"]
    assert [message.partition("”")[0].removeprefix("“") for message in found] == ([said] if said else [])


def test_the_nearest_name_is_the_hint() -> None:
    _, report = normalised("![a](b.png){widht=60%}")
    assert [found.hint for found in report if str(found.rule) == "attribute-unknown"] == ["did you mean “width”?"]
