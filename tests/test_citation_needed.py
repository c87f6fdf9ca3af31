"""What is left of a style for the works of a book: what they may come to, and nothing else."""

from __future__ import annotations

import re

from octavo.citations.needed import needed

BOOK: dict[str, object] = {
    "id": "a",
    "type": "book",
    "title": "T",
    "publisher": "P",
    "issued": {"date-parts": [[2000]]},
}
LAW: dict[str, object] = {"id": "b", "type": "legislation", "title": "L"}


def style(layout: str, macros: str = "") -> str:
    return (
        f'<style xmlns="http://purl.org/net/xbiblio/csl">{macros}'
        f'<citation><layout><text value="0"/>{layout}</layout></citation></style>'
    )


def left(layout: str, *works: dict[str, object], macros: str = "") -> list[str]:
    """Return the values that are left of a style."""
    return re.findall(r'value="([^0]*?)"', needed(style(layout, macros), works))


def choice(*branches: str) -> str:
    return f"<choose>{''.join(branches)}</choose>"


def branch(condition: str, value: str, tag: str = "if") -> str:
    return f'<{tag} {condition}><text value="{value}"/></{tag}>'


LAWS = choice(branch('type="legislation bill"', "law"), branch("", "other", "else"))


def test_what_no_work_is_is_left_out() -> None:
    assert left(LAWS, BOOK) == ["other"]
    assert left(LAWS, LAW) == ["law"]
    assert left(LAWS, BOOK, LAW) == ["law", "other"]


def test_what_no_work_has_is_left_out() -> None:
    asked = choice(branch('variable="archive"', "archive"), branch('variable="title"', "title", "else-if"))
    assert left(asked, BOOK) == ["title"]
    assert left(asked, {**BOOK, "archive": "A"}, BOOK) == ["archive", "title"]


def test_it_is_left_out_where_only_other_works_come_to() -> None:
    inner = choice(branch('variable="publisher"', "published"), branch("", "mere", "else"))
    outer = f'<choose><if type="legislation">{inner}</if><else><text macro="m"/></else></choose>'
    macro = f'<macro name="m">{inner}</macro>'
    assert left(outer, BOOK, LAW, macros=macro) == ["published", "mere"]
    assert left(outer, BOOK, macros=macro) == ["published"]


def test_what_nothing_tells_beforehand_stays() -> None:
    for condition in ('position="ibid"', 'variable="locator"', 'is-numeric="title"', 'variable="issued"'):
        asked = choice(branch(condition, "yes"), branch("", "no", "else"))
        assert left(asked, BOOK) == ["yes", "no"], condition


def test_each_way_to_match_is_kept() -> None:
    for match, found in {"all": ["b"], "any": ["a"], "none": ["b"]}.items():
        asked = choice(branch(f'match="{match}" type="book" variable="archive"', "a"), branch("", "b", "else"))
        assert left(asked, BOOK) == found, match


def test_a_work_whose_note_may_hold_variables_keeps_the_whole() -> None:
    assert left(LAWS, {**BOOK, "note": "type: bill"}) == ["law", "other"]


def test_an_alternative_stays_one_and_a_choice_has_a_first_branch() -> None:
    two = f'<names variable="author"><substitute>{LAWS}<text value="none"/></substitute></names>'
    assert '<if match="none" type="nothing"><text value="other"/></if>' in needed(style(two), [BOOK])
    assert '<choose><if type="nothing"/></choose>' in needed(style(choice(branch('type="bill"', "x"))), [BOOK])


def test_what_is_learnt_from_a_style_is_learnt_from_what_is_left() -> None:
    asked = '<choose><if type="bill"><text variable="year-suffix"/></if></choose>'
    assert '<if type="nothing"><text variable="year-suffix"/></if>' in needed(style(asked), [BOOK])
    numbered = asked.replace("year-suffix", "citation-number")
    assert needed(style(numbered), [BOOK]) == style(numbered)
