"""What is foreseen of a style is gone past, and the words stay the same: held against citeproc-js, which does all."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from octavo.citations import process
from octavo.citations.locales import locale_text
from octavo.citations.process import can_cite
from octavo.citations.styles import shipped_style
from octavo.engine import call

pytestmark = pytest.mark.skipif(not can_cite(), reason="what citations are set with was not fetched")

COMPARE = Path(__file__).parent / "citations" / "compare.js"
NAMES = Path(process.__file__).with_name("names.csl").read_text("utf-8")
Variables = dict[str, Any]

BOOK: Variables = {
    "id": "a",
    "type": "book",
    "author": [{"family": "Adams"}],
    "title": "T",
    "issued": {"date-parts": [[2000]]},
}
SHORT = '<name form="short"/>'
AUTHOR = f'<names variable="author">{SHORT}</names>'


def style(macro: str) -> str:
    """Return a style that sets the author and behind him what a macro says."""
    return (
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info><title>S</title></info>'
        f'<macro name="author">{AUTHOR}</macro><macro name="more">{macro}</macro>'
        '<citation><layout><group delimiter=", "><text macro="author"/><text macro="more"/></group></layout></citation>'
        "</style>"
    )


def request(xml: str, works: Sequence[Variables], cites: Sequence[Sequence[Variables]], language: str) -> Variables:
    """Return what the script is asked."""
    return {
        "style": xml,
        "names": NAMES,
        "kind": "note",
        "language": language,
        "languageOf": {work["id"]: language for work in works},
        "sounds": {},
        "locales": {name: locale_text(name) for name in {"en-US", language}},
        "works": works,
        "clusters": [{"cites": cluster, "form": "brackets"} for cluster in cites],
    }


def compared(asked: Variables) -> Any:
    """Return what is written and by how many steps, and the same where nothing is foreseen."""
    script = process._PROGRAM.script
    program = replace(process._PROGRAM, changes=(*process._PROGRAM.changes, script), script=COMPARE)
    return call(program, "compareForeseen", asked)


def read(macro: str, work: Variables = BOOK, **cite: Any) -> tuple[str, int]:
    """Return what a work is cited as behind its author, and how many steps were gone past."""
    (written, steps), (full, all_steps) = compared(request(style(macro), [work], [[{"id": "a", **cite}]], "en-US"))
    assert written == full
    text = re.sub("<[^>]*>", "", written["texts"][0]["text"])
    return text.removeprefix("Adams, "), all_steps - steps


MISSING = {
    "text": '<text variable="genre"/>',
    "number": '<number variable="volume"/>',
    "label": '<label variable="volume"/><text variable="volume"/>',
    "names": f'<names variable="editor translator">{SHORT}<label prefix=" "/></names>',
    "date": '<date variable="original-date"><date-part name="year"/></date>',
    "group": '<group><text variable="genre"/></group><text term="in"/><text variable="event-title"/>',
    "choice": '<choose><if type="book"><text variable="genre"/></if><else><text variable="title"/></else></choose>',
}


@pytest.mark.parametrize("kind", MISSING)
def test_what_a_work_lacks_is_gone_past_with_the_words_beside_it(kind: str) -> None:
    text, passed = read(f'<group delimiter=" "><text value="as"/>{MISSING[kind]}</group><text variable="title"/>')
    assert text == "T"
    assert passed > 0


@pytest.mark.parametrize("kind", MISSING)
def test_what_a_work_has_is_read(kind: str) -> None:
    names = [{"family": "Baker"}]
    more = {"genre": "g", "volume": "3", "editor": names, "original-date": {"date-parts": [[1990]]}}
    text, _ = read(f'<group delimiter=" "><text value="as"/>{MISSING[kind]}</group>', {**BOOK, **more})
    expected = {"text": "g", "number": "3", "label": "volume 3", "names": "Baker editor", "date": "1990"}
    assert text == f"as {expected.get(kind, 'g in' if kind == 'group' else 'g')}"


def test_words_stay_where_nothing_is_tried_in_vain() -> None:
    assert read('<group><text term="in"/></group>')[0] == "in"
    empty_group = '<group><choose><if type="bill"><text value="x"/></if></choose></group>'
    assert read(f'<group delimiter=" "><text variable="genre"/>{empty_group}<text term="in"/></group>')[0] == "in"


def test_what_is_of_the_citation_is_asked_each_time() -> None:
    placed = (
        '<choose><if variable="locator"><text variable="locator"/></if><else><text variable="title"/></else></choose>'
    )
    assert read(placed)[0] == "T"
    assert read(placed, locator="9", label="page")[0] == "9"


def test_alternatives_behind_the_one_that_is_read_are_gone_past() -> None:
    others = '<text variable="genre"/><names variable="editor"/><text variable="title"/>' * 3
    text, passed = read(
        f'<names variable="composer">{SHORT}<substitute><names variable="author"/>{others}</substitute></names>'
    )
    assert text == "Adams"
    assert passed > 9


IDLE = {
    '<group><group><text variable="title"/></group></group>': "T",
    '<group><text variable="genre"/><text macro="author"/></group>': "Adams",
    '<group prefix="(" suffix=")"><group><text variable="title"/></group></group>': "(T)",
    '<group delimiter="; "><group><text variable="title"/></group><text value="x"/></group>': "T; x",
}


@pytest.mark.parametrize("groups", IDLE)
def test_groups_that_do_nothing_are_gone_past(groups: str) -> None:
    text, passed = read(groups)
    assert text == IDLE[groups]
    assert passed >= 4  # the beginning and the end of two groups at least


def test_a_brace_that_is_not_closed_is_counted() -> None:
    opened = '<group prefix="("><text variable="genre"/></group>'
    assert read(f'{opened}<group prefix="(" suffix=")"><text variable="title"/></group>')[0] == "[T]"


def test_words_behind_names_that_nobody_bears_are_in_the_middle() -> None:
    anonymous = {name: value for name, value in BOOK.items() if name != "author"}
    middle = f'<names variable="editor">{SHORT}</names><text term="in" suffix=" "/><text variable="title"/>'
    assert read(middle, anonymous)[0] == "in T"


def test_words_among_alternatives_end_them_also_where_they_are_left_out() -> None:
    words = '<group><text value="x"/><text variable="genre"/></group>'
    substitute = f'<substitute>{words}<text variable="title"/></substitute>'
    assert read(f'<names variable="composer">{SHORT}{substitute}</names>')[0] == "Adams"


KINDS = (
    "article-journal bill book chapter dataset entry-encyclopedia legal_case map motion_picture report thesis webpage"
)
TEXTS = (
    "abstract archive archive-place archive_location authority collection-title container-title container-title-short "
    "dimensions division DOI event-place event-title genre ISBN jurisdiction medium original-title part-title "
    "publisher publisher-place references scale section source status title-short URL version volume-title"
)
NUMBERS = "chapter-number collection-number edition issue number number-of-volumes page part-number volume"
MAKERS = "chair composer container-author curator director editor illustrator recipient reviewed-author translator"
DATES = "accessed event-date issued original-date submitted"


def made_up(chance: random.Random, number: int) -> Variables:
    """Return a work that has some of all that works may have."""
    some = chance.choice((0.05, 0.2, 0.4))

    def drawn(names: str, share: float = 1.0) -> list[str]:
        return [name for name in names.split() if chance.random() < some * share]

    people = [
        {"family": family, "given": given} for family in ("Adams", "van Dyke", "王") for given in ("Ann B.", "明")
    ]
    work: Variables = {"id": f"w{number}", "type": chance.choice(KINDS.split()), "title": f"On “{number}”: a thing"}
    work |= {name: f"the {name} of {chance.randrange(9)}" for name in drawn(TEXTS)}
    work |= {name: chance.choice(("3", "12–15", "iv", "2nd", "Supp. A", "4, 6")) for name in drawn(NUMBERS)}
    makers = [*drawn(MAKERS, 0.5), *(["author"] if chance.random() < 0.8 else [])]
    work |= {name: chance.sample(people, chance.choice((1, 2, 4))) for name in makers}
    return work | {name: {"date-parts": [[chance.choice((45, 1999, 2010)), 5]]} for name in drawn(DATES, 2.0)}


@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
@pytest.mark.parametrize("name", ["apa", "chicago-author-date", "chicago-notes", "gb-t-7714-2025-author-date"])
def test_any_works_read_as_by_all_steps(name: str, language: str) -> None:
    chance = random.Random(name + language)
    works = [made_up(chance, number) for number in range(15)]
    places: list[Variables] = [{}, {}, {"locator": "12–15", "label": "page"}, {"locator": "3", "label": "chapter"}]
    seen: list[Variables] = [{"position": 0}, {"position": 1, "first-reference-note-number": "1"}, {"position": 3}]

    def cite() -> Variables:
        hidden = {"suppress-author": True} if chance.random() < 0.1 else {}
        return {"id": chance.choice(works)["id"], **chance.choice(places), **chance.choice(seen), **hidden}

    clusters = [[cite() for _ in range(chance.choice((1, 1, 2)))] for _ in range(30)]
    (written, steps), (full, all_steps) = compared(request(shipped_style(name, None).xml, works, clusters, language))
    assert written == full
    assert steps < 0.8 * all_steps
