"""The site and the single page in a browser: what a reader can do there, with a keyboard and without scripts too.

All visits are paid in one browser, and each test reads what one of them told. Some are paid to spoiled copies as well,
which must not pass.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from conformance.visits import Told, Visit, pay

Steps: TypeAlias = tuple[tuple[Any, ...], ...]

# A word of each book that stands on several of its pages, and a page with much on it.
WORDS = {"article": "人工智能", "showcase-en": "water"}
PAGES = {"article": "bei-jing-jie-shao.html", "showcase-en": "02-blocks.html"}
# These are visited once for each thing that a reader wants to do, and not in every way.
MORE_WORDS = {"english": "tide", "guide": "theorem"}
MORE_PAGES = {"english": "02-harbours.html", "guide": "colophon.html"}
WAYS = {"served": False, "from a disk": True}
WIDTHS = (1280, 768, 320)

_PAGES_FOUND = (
    "[...new Set([...document.querySelectorAll('.search-results a')].map(a => a.pathname.split('/').at(-1)))]"
)
_GROUND = "getComputedStyle(document.documentElement).backgroundColor"
_DARK, _LIGHT = "rgb(25, 24, 22)", "rgb(255, 254, 251)"


def search(words: str) -> Steps:
    """Return the steps that look for words, from the keyboard alone."""
    return (("press", "/"), ("type", words), ("wait", "document.querySelector('.search-results a')"))


WALK: Steps = (("walk",),)
CRAWL: Steps = (("crawl",),)
CHOOSE_DARK: Steps = (
    *(("click", ".theme-choice"), ("click", ".theme-choice"), ("tell", _GROUND)),
    *(("reload",), ("tell", _GROUND), ("print",), ("tell", _GROUND)),
)
KEYS: Steps = (
    *(("press", "ArrowRight"), ("wait", "document.readyState === 'complete'"), ("tell", "location.pathname")),
    *(("press", "ArrowLeft"), ("wait", "document.readyState === 'complete'"), ("tell", "location.pathname")),
)
ENTER: Steps = (
    ("press", "ArrowDown"),
    ("press", "ArrowDown"),
    ("tell", "document.activeElement.href"),
    ("press", "Enter"),
    ("wait", "CSS.highlights.size"),
    ("tell", "[...CSS.highlights.get('octavo-found')].map(String)"),
    ("tell", "location.href"),
    ("press", "Escape"),
    ("tell", "CSS.highlights.size"),
)
KEYS_OFF: Steps = (
    *(("press", "Control+k"), ("click", ".search-keys input"), ("press", "Escape"), ("reload",)),
    *(("press", "/"), ("tell", "document.querySelector('dialog').open"), ("press", "ArrowRight")),
    *(("press", "Control+k"), ("tell", "document.querySelector('dialog').open"), ("tell", "location.pathname")),
)
NOTHING: Steps = (
    *(("press", "Control+k"), ("type", "no such word"), ("wait", "!document.querySelector('.search-results a')")),
    ("wait", "document.querySelector('.search-status').textContent.includes('no such word')"),
    *(("press", "Escape"), ("tell", "document.querySelector('dialog').open")),
)
COPY: Steps = (
    *(("click", ".copy"), ("wait", "document.getElementById('octavo-said').textContent")),
    ("tell", "document.getElementById('octavo-said').textContent"),
    *(("press", "Control+k"), ("press", "Control+v"), ("tell", "document.querySelector('.search-line input').value")),
    ("tell", "document.querySelector('main pre > code').textContent"),
)
OUTLINE: Steps = (
    ("tell", "void document.querySelector('.site-outline li:last-child > a').click()"),
    ("wait", "document.querySelector('.site-outline li:last-child > a[aria-current]')"),
    ("tell", "document.querySelectorAll('.site-outline [aria-current]').length"),
    ("tell", "void scrollTo(0, 0)"),
    ("wait", "!document.querySelector('.site-outline [aria-current]')"),
)
# The contents on a narrow screen: opened from the middle of a page, and closed by a key, a click beside them, a link.
_OPEN = "document.querySelector('.site-contents details').open"
_AT_TOP = "document.querySelector('.site-contents summary').getBoundingClientRect().top"
_COVERED = "document.elementFromPoint(160, 200).closest('.site-contents') !== null"
DRAWER: Steps = (
    *(("tell", "void scrollTo(0, 900)"), ("tell", _AT_TOP), ("click", ".site-contents summary"), ("tell", _COVERED)),
    ("judge",),
    *(("press", "Escape"), ("tell", _OPEN), ("tell", "document.activeElement.localName")),
    *(("press", "Enter"), ("tell", _OPEN), ("press", "Shift+Tab"), ("tell", _OPEN)),
    *(("click", ".site-contents summary"), ("click", ".site-header > a ~ .tools .theme-choice"), ("tell", _OPEN)),
    *(("click", ".site-contents summary"), ("click", ".site-contents a[aria-current]"), ("tell", _OPEN)),
)
# A note is shown beside its call: to the keyboard, then to a pointer, which may go on into the box.
_BOX = "document.querySelector('.preview').hidden ? '' : document.querySelector('.preview').textContent.trim()"
_POINT = "void document.querySelector('{}').dispatchEvent(new PointerEvent('pointerover', {{bubbles: true}}))"
PREVIEW: Steps = (
    *(("press", "Tab"), ("tell", "void document.querySelector('.note-call a').focus()"), ("tell", _BOX), ("judge",)),
    *(("press", "Escape"), ("tell", _BOX), ("tell", _POINT.format(".note-call a")), ("wait", _BOX)),
    *(("tell", _POINT.format(".preview")), ("tell", "new Promise(done => setTimeout(done, 500))"), ("tell", _BOX)),
    *(("tell", _POINT.format("h1")), ("wait", f"!({_BOX})")),
)
SKIP: Steps = (("press", "Tab"), ("press", "Enter"), ("tell", "document.activeElement.id"))
TOOLS: Steps = (("tell", "document.querySelector('.tools').checkVisibility()"),)


def visits(sites: Mapping[str, Path]) -> dict[str, Visit]:
    """Return all visits to sound outputs, by their names."""
    found: dict[str, Visit] = {}
    for book, word in MORE_WORDS.items():
        page = partial(Visit, folder=sites[book], page=MORE_PAGES[book])
        found[f"search {book} from a disk"] = page(steps=(*search(word), ("tell", _PAGES_FOUND)), disk=True)
        found[f"theme {book} served"] = page(steps=CHOOSE_DARK)
        found[f"walk {book} 1280"] = page(steps=WALK)
        found[f"crawl {book} 320"] = Visit(folder=sites[book], page="index.html", steps=CRAWL, scripts=False, width=320)
        found[f"single {book}"] = single_page(sites[book])
    for book, word in WORDS.items():
        site = sites[book]
        page = partial(Visit, folder=site, page=PAGES[book])
        for way, disk in WAYS.items():
            found[f"search {book} {way}"] = page(steps=(*search(word), ("tell", _PAGES_FOUND)), disk=disk)
            found[f"theme {book} {way}"] = page(steps=CHOOSE_DARK, disk=disk)
            found[f"enter {book} {way}"] = page(steps=(*search(word), *ENTER), disk=disk)
        for width in (1280, 320):
            found[f"walk {book} {width}"] = page(steps=WALK, width=width)
            found[f"crawl {book} {width}"] = Visit(
                folder=site, page="index.html", steps=CRAWL, scripts=False, width=width, disk=True
            )
        for scheme in ("light", "dark"):
            sizes = tuple(step for width in WIDTHS for step in (("size", width), ("judge",)))
            found[f"judge {book} {scheme}"] = page(steps=(*search(word), *sizes), scheme=scheme)
        found[f"walk {book} in the search"] = page(steps=(*search(word), *WALK))
        found[f"nothing {book}"] = page(steps=NOTHING)
        found[f"keys {book}"] = page(steps=KEYS)
        found[f"no keys {book}"] = page(steps=KEYS_OFF)
        found[f"drawer {book}"] = page(steps=DRAWER, width=320)
        found[f"skip {book}"] = page(steps=SKIP)
        found[f"tools {book}"] = page(steps=TOOLS, scripts=False)
        (single,) = site.parent.glob("*.html")
        alone = partial(Visit, folder=single, page=single.name)
        found[f"single {book}"] = single_page(site)
        found[f"walk {book} alone"] = alone(steps=WALK)
        found[f"theme {book} alone"] = alone(steps=CHOOSE_DARK)
    found["copy"] = Visit(folder=sites["showcase-en"], page="03-rest.html", steps=COPY)
    found["preview"] = Visit(folder=sites["showcase-en"], page="03-rest.html", steps=PREVIEW)
    found["outline"] = Visit(
        folder=sites["article"], page="llm-zai-bu-tong-xing-ye-de-ying-yong-yu-shi-jian.html", steps=OUTLINE
    )
    return found


def single_page(site: Path) -> Visit:
    """Return a visit to the single page of a book, from a disk."""
    (single,) = site.parent.glob("*.html")
    return Visit(folder=single.parent, page=single.name, disk=True)


# What is spoiled in a copy of an output, and the visit that is then paid to it.


def drop_from_index(site: Path) -> None:
    """Let one page that holds the word be missing in the index."""
    index = site / "search-index.js"
    lost = sorted(pages_with(WORDS["article"], site))[0]
    lines = index.read_text("utf-8").splitlines(keepends=True)
    index.write_text("".join(line for line in lines if f'["{lost}' not in line), "utf-8")


def forget_theme(site: Path) -> None:
    """Keep no choice."""
    edit(site / "theme.js", "localStorage.setItem(KEY, choice)", "choice")


def drop_links(site: Path) -> None:
    """Let no page link to one of the chapters."""
    for page in site.glob("*.html"):
        edit(page, f'href="{PAGES["article"]}', 'href="https://elsewhere.invalid/')


def hide_from_keyboard(site: Path) -> None:
    """Add what only a mouse can use."""
    edit(site / PAGES["article"], "</main>", '<div onclick="alert()">x</div></main>')


def leave_title_out_of_tab(site: Path) -> None:
    """Show no focus."""
    edit(site / "style.css", ":focus-visible {", "html :focus-visible { outline: none !important } .nothing {")


def ask_elsewhere(folder: Path) -> None:
    """Let the single page ask for a picture."""
    (page,) = folder.glob("*.html")
    edit(page, "</main>", '<img alt="" src="https://elsewhere.invalid/a.png" /></main>')


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    file.write_text(text.replace(old, new), "utf-8")


SPOILS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "a page that is not in the index": ("search article served", drop_from_index),
    "a choice that is not kept": ("theme article served", forget_theme),
    "a chapter without a link": ("crawl article 1280", drop_links),
    "something for the mouse alone": ("walk article 1280", hide_from_keyboard),
    "a focus that is not seen": ("walk article 320", leave_title_out_of_tab),
    "a request": ("single article", ask_elsewhere),
}


def pages_of(site: Path) -> list[str]:
    """Return the pages of a site that are read: not that for addresses where nothing is, nor those that lead on."""
    found = (page for page in site.glob("*.html") if b'http-equiv="refresh"' not in page.read_bytes())
    return sorted(page.name for page in found if page.name != "404.html")


def pages_with(word: str, site: Path) -> set[str]:
    """Return the pages of a site whose main part holds a word, its contents left out: read in another way than ours."""
    found = set()
    for page in map(site.joinpath, pages_of(site)):
        main = page.read_text("utf-8").split("<main")[1].split('<nav class="turn"')[0]
        text = re.sub(r'(?s)<section class="contents".*?</section>|<[^>]*>', "", main)
        if word.lower() in re.sub(r"\s+", " ", text).lower():
            found.add(page.name)
    return found


@pytest.fixture(scope="module")
def sites(built: dict[str, Path]) -> dict[str, Path]:
    """Return the folder of each site."""
    return {book: built[book] / "site" for book in (*WORDS, *MORE_WORDS)}


@pytest.fixture(scope="module")
def told(sites: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Told]:
    """Pay all visits, those to spoiled copies too."""
    planned = visits(sites)
    for name, (visit, spoil) in SPOILS.items():
        copy = tmp_path_factory.mktemp("spoiled") / "copy"
        shutil.copytree(planned[visit].folder, copy)
        spoil(copy)
        planned[name] = replace(planned[visit], folder=copy)
    return dict(zip(planned, pay(list(planned.values())), strict=True))


Check: TypeAlias = Callable[[str, Told, Mapping[str, Path]], None]


def check_search(book: str, told: Told, sites: Mapping[str, Path]) -> None:
    """Hold the pages that were found against those that have the word."""
    wanted = pages_with((WORDS | MORE_WORDS)[book], sites[book])
    assert len(wanted) > 1
    assert set(told.told[0]) == wanted


def check_theme(book: str, told: Told, sites: Mapping[str, Path]) -> None:
    """See that the choice holds, survives a reload, and is not printed."""
    assert told.told == [_DARK, _DARK, "rgba(0, 0, 0, 0)"]


def check_crawl(book: str, told: Told, sites: Mapping[str, Path]) -> None:
    """See that every page was reached."""
    assert set(told.told[0]) == set(pages_of(sites[book]))


def check_walk(book: str, told: Told, sites: Mapping[str, Path]) -> None:
    """See that all was reached by Tab, and that it was seen where one is."""
    assert told.told[0]["left"] == told.told[0]["faint"] == []
    assert told.told[0]["reached"] >= 5


def check_single(book: str, told: Told, sites: Mapping[str, Path]) -> None:
    """See that nothing but the page itself was asked for."""
    assert [address.rpartition("/")[2] for address in told.requests] == [
        f"{sites[book].parent.glob('*.html').__next__().name}"
    ]


CHECKS: dict[str, Check] = {
    "search": check_search,
    "theme": check_theme,
    "crawl": check_crawl,
    "walk": check_walk,
    "single": check_single,
}
MORE = (("search", " from a disk"), ("theme", " served"), ("walk", " 1280"), ("crawl", " 320"), ("single", ""))
CHECKED = [
    *(f"{what} {book} {way}" for what in ("search", "theme") for book in WORDS for way in WAYS),
    *(f"walk {book} {where}" for book in WORDS for where in ("1280", "320", "in the search", "alone")),
    *(f"crawl {book} {width}" for book in WORDS for width in ("1280", "320")),
    *(f"{what} {book}" for what in ("single",) for book in WORDS),
    *(f"theme {book} alone" for book in WORDS),
    *(f"{visit[0]} {book}{visit[1]}" for visit in MORE for book in MORE_WORDS),
]


@pytest.mark.parametrize("visit", CHECKED)
def test_what_a_reader_wants_to_do(visit: str, told: dict[str, Told], sites: dict[str, Path]) -> None:
    what, book = visit.split()[:2]
    assert told[visit].complaints == []
    CHECKS[what](book, told[visit], sites)


@pytest.mark.parametrize("spoiled", SPOILS)
def test_what_is_spoiled_is_seen(spoiled: str, told: dict[str, Told], sites: dict[str, Path]) -> None:
    what, book = SPOILS[spoiled][0].split()[:2]
    assert told[spoiled].told or what == "single"
    with pytest.raises(AssertionError):
        CHECKS[what](book, told[spoiled], sites)


@pytest.mark.parametrize("book", WORDS)
@pytest.mark.parametrize("way", WAYS)
def test_a_result_leads_to_the_words(book: str, way: str, told: dict[str, Told]) -> None:
    chosen, marked, address, left = told[f"enter {book} {way}"].told
    assert {text.lower() for text in marked} == {WORDS[book]}
    assert chosen.replace(f"?{chosen.partition('?')[2].partition('#')[0]}", "") == address
    assert left == 0


@pytest.mark.parametrize("book", WORDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_the_search(book: str, scheme: str, told: dict[str, Told]) -> None:
    assert told[f"judge {book} {scheme}"].told == [[], [], []]


@pytest.mark.parametrize("book", WORDS)
def test_a_word_that_is_nowhere(book: str, told: dict[str, Told]) -> None:
    assert (told[f"nothing {book}"].complaints, told[f"nothing {book}"].told) == ([], [False])


@pytest.mark.parametrize("book", WORDS)
def test_arrows_turn_the_pages(book: str, told: dict[str, Told]) -> None:
    after, before = (address.rpartition("/")[2] for address in told[f"keys {book}"].told)
    assert after != before == PAGES[book]


@pytest.mark.parametrize("book", WORDS)
def test_keys_can_be_turned_off_for_good(book: str, told: dict[str, Told]) -> None:
    by_sign, by_modifier, address = told[f"no keys {book}"].told
    assert (by_sign, by_modifier, address.rpartition("/")[2]) == (False, True, PAGES[book])


@pytest.mark.parametrize("book", WORDS)
def test_the_contents_open_over_the_text_and_close_themselves(book: str, told: dict[str, Told]) -> None:
    complaints, said = told[f"drawer {book}"].complaints, told[f"drawer {book}"].told
    assert (complaints, said) == ([], [0, True, [], False, "summary", True, False, False, False])


@pytest.mark.parametrize("book", WORDS)
def test_the_link_that_skips_the_contents(book: str, told: dict[str, Told]) -> None:
    assert told[f"skip {book}"].told == ["octavo-text"]


@pytest.mark.parametrize("book", WORDS)
def test_what_only_scripts_can_do_is_not_shown_without_them(book: str, told: dict[str, Told]) -> None:
    assert told[f"tools {book}"].told == [False]


def test_code_is_copied(told: dict[str, Told]) -> None:
    said, pasted, code = told["copy"].told
    assert said == "Copied"
    assert "".join(pasted.split()) == "".join(code.split()) != ""


def test_a_note_is_shown_where_it_is_called(told: dict[str, Told]) -> None:
    assert (told["preview"].complaints, told["preview"].told) == ([], ["The first note.", [], "", "The first note."])


def test_the_outline_follows_the_reading(told: dict[str, Told]) -> None:
    assert (told["outline"].complaints, told["outline"].told) == ([], [1])
