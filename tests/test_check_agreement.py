"""Two outputs are held against each other: each kind of difference is seen, and none where there is none."""

from __future__ import annotations

import sys
from subprocess import run

import pytest

from octavo.check.agreement import check_agreement
from octavo.check.facts import Facts
from octavo.check.texts import as_written, squeeze
from octavo.diagnostics import Position, Report
from octavo.document import Chapter, Document, Heading, Metadata, Text

AT = Position("one.md", 3, 1)
HEADING = Heading(level=1, children=(Text(text="One", position=AT),), identifier="one", position=AT)
DOCUMENT = Document(
    metadata=Metadata(title="T", language="en", identifier="urn:x", date="2026-11-23"),
    chapters=(Chapter(file="one.md", children=(HEADING,), position=AT),),
    position=AT,
)


def facts(**others: object) -> Facts:
    """Return the facts of a small output, some of them replaced."""
    all_facts = Facts(
        headings=["1One", "1.1Two"],
        identifiers={"one", "two"},
        links=["one", "two", "two"],
        addresses=["https://example.org/"],
        notes=[("1", "Anote.")],
        text=["1One", "Text,", "andmore."],
    )
    for name, value in others.items():
        setattr(all_facts, name, value)
    return all_facts


def said(one: Facts, other: Facts) -> list[str]:
    """Return what is said of two outputs."""
    report = Report()
    check_agreement(DOCUMENT, {"the site": one, "the PDF": other}, report)
    return [found.message for found in report]


def test_outputs_that_agree() -> None:
    assert said(facts(), facts()) == []
    assert said(facts(), facts(text=["1OneText", ",andmore."])) == []  # cut elsewhere, and the same words


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"headings": ["1One"]}, "the site has the heading “1.1Two”, the PDF has no heading"),
        ({"headings": ["One", "1.1Two"]}, "the site has the heading “1One”, the PDF has the heading “One”"),
        ({"identifiers": {"two"}}, "the PDF lacks the identifier “one”"),
        ({"links": ["one", "two"]}, "the site has 2 × a link to “two”, the PDF has 1"),
        ({"links": ["two", "one", "two"]}, "the site has the link to “one”, the PDF has the link to “two”"),
        ({"addresses": []}, "the site has 1 × a link to “https://example.org/”, the PDF has 0"),
        ({"notes": [("2", "Anote.")]}, "the site has the note “1 Anote.”, the PDF has the note “2 Anote.”"),
        ({"text": ["1One", "Text,", "more."]}, "the site has the text “and”, the PDF has the text “m”"),
        ({"text": ["1One", "Text,"]}, "the site has the text “andmore.”, the PDF has no text"),
    ],
)
def test_each_difference_is_said(other: dict[str, object], message: str) -> None:
    assert said(facts(), facts(**other)) == [message]


def test_the_odd_one_out_is_named() -> None:
    report = Report()
    outputs = {"the site": facts(headings=["1One"]), "the EPUB": facts(), "the PDF": facts()}
    check_agreement(DOCUMENT, outputs, report)
    assert [found.message for found in report] == ["the EPUB has the heading “1.1Two”, the site has no heading"]


def test_more_than_was_written_is_said_at_the_last_place() -> None:
    report = Report()
    outputs = {"the site": facts(headings=["One"]), "the EPUB": facts(headings=["One", "Two"])}
    check_agreement(DOCUMENT, outputs, report)
    assert [(found.message, found.position) for found in report] == [
        ("the site has no heading, the EPUB has the heading “Two”", AT)
    ]


ASK = """
import sys
from collections.abc import Mapping

import playa
from octavo.check.compiled_classes import mend_classes

mend_classes()
from playa.pdftypes import ContentStream
from playa.xref import XRef, XRefTable

questions = [(Mapping, True), (ContentStream, False), (XRef, False), (XRefTable, False)]
for kind, answer in questions if sys.argv[1] == "mapping first" else reversed(questions):
    assert isinstance({}, kind) is answer, kind
"""


@pytest.mark.parametrize("order", ["mapping first", "mapping last"])
def test_the_reader_of_pdfs_does_not_forget_what_a_mapping_is(order: str) -> None:
    run([sys.executable, "-c", ASK, order], check=True)


def test_what_is_never_seen_is_no_text() -> None:
    # A line end, hyphens, joiners and the operators of formulas that nobody prints.
    assert squeeze("lo\u2061g \u200da\u00ad-\n\ufeffb") == "logab"


def test_words_from_right_to_left_are_read_as_they_are_written() -> None:
    drawn = "Hebrew: \u05dd\u05dc\u05d5\u05e2 \u05dd\u05d5\u05dc\u05e9 in a sentence, \u05dd\u05d5\u05dc\u05e9."
    assert (
        as_written(drawn)
        == "Hebrew: \u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd in a sentence, \u05e9\u05dc\u05d5\u05dd."
    )
    assert as_written("中文 abc ⚠") == "中文 abc ⚠"


def test_what_chooses_a_form_of_a_sign_is_no_text() -> None:
    """A font draws the sign in that form, or in its own, and the selector never."""
    assert squeeze("⚠\ufe0f a") == "⚠a"
