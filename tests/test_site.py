"""What a site has beside its pages: addresses for those who link to it, a way to the source, pages that lead on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from octavo.check.links import check_site
from octavo.diagnostics import Position, Report, Rule
from octavo.document import Heading
from octavo.recipe import Timings, build
from octavo.render.contents import Entry
from octavo.web.downloads import written_size
from octavo.web.published import Published, locale_of
from octavo.web.side import MANY, Beside

BOOK = """
[book]
title = "The Harbour & <its> quay"
authors = [{ name = "Lin Hai", orcid = "0000-0002-1825-0097" }, "The crew", { name = "R. Tar", role = "translator" }]
language = "zh-CN"
date = 2025-01-01
identifier = "978-3-16-148410-0"
kind = "book"
cover = "cover.png"

[[part]]
title = "A"
chapters = ["text/01 quay.md", "two.md"]

[[part]]
title = "B"
chapters = ["inner.md"]
"""
SITE = """
[html]
url = "https://example.org/港/b"
edit = "https://example.org/edit/main/{path}"

[html.redirects]
"old/quay.html" = "text/01 quay.md"
"gone.html" = "two.html#rope"
"deep/er/index.html" = "two.md"
"old/readme.html" = "index.html"
"""
FILES = {
    "text/01 quay.md": "# 码头 {#quay}\n\n见[绳](#rope)。\n\n## 系缆\n\n字。\n",
    "two.md": "# Two\n\nText.\n\n## Rope {#rope}\n\nA rope.\n",
    "inner.md": "{{< include parts/cable.md >}}\n",
    "parts/cable.md": "# Cable\n\nOf steel, with a [page](https://example.com/).\n",
}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


def site(folder: Path, settings: str) -> Path:
    """Build the site of the book, and return its folder."""
    for name, text in {"octavo.toml": BOOK + settings, **FILES}.items():
        (folder / "book" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "book" / name).write_text(text, "utf-8")
    (folder / "book" / "cover.png").write_bytes(PIXEL)
    report = Report()
    build(folder / "book", folder / "dist", ("html",), report, Timings())
    assert not list(report)
    check_site(folder / "dist" / "site", report)
    assert not list(report)
    return folder / "dist" / "site"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site(tmp_path_factory.mktemp("published"), SITE)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site(tmp_path_factory.mktemp("bare"), "")


def root(path: Path) -> Element:
    return ElementTree.fromstring(path.read_bytes())


def heads(page: Element) -> dict[str, str]:
    """Return what a page says in its head, by name."""
    found = {meta.get("property") or meta.get("name") or "": meta.get("content") or "" for meta in page.iter("meta")}
    return {**found, **{link.get("rel") or "": link.get("href") or "" for link in page.iter("link")}}


def addresses(page: Element) -> Iterator[str]:
    for element in page.iter():
        yield from (element.get(name) or "" for name in ("href", "src", "data", "poster") if element.get(name))


# Where it is published


@pytest.mark.parametrize(
    ("url", "address", "path"),
    [
        ("https://example.org", "https://example.org/", "/"),
        ("https://example.org/", "https://example.org/", "/"),
        ("http://example.org:8080/a/b/", "http://example.org:8080/a/b/", "/a/b/"),
        ("https://example.org/港/a%20b", "https://example.org/%E6%B8%AF/a%20b/", "/%E6%B8%AF/a%20b/"),
        ("https://例子.测试/x", "https://xn--fsqu00a.xn--0zwm56d/x/", "/x/"),
    ],
)
def test_an_address_is_written_in_ascii(url: str, address: str, path: str) -> None:
    assert (Published.at(url).address, Published.at(url).root) == (address, path)


@pytest.mark.parametrize(
    ("language", "locale"),
    [("zh-CN", "zh_CN"), ("zh-Hant", "zh_TW"), ("en", "en_US"), ("en-GB", "en_GB"), ("fr", "fr_FR"), ("x-none", None)],
)
def test_a_language_is_named_with_its_country(language: str, locale: str | None) -> None:
    assert locale_of(language) == locale


def test_a_sitemap_names_every_page_once(published: Path) -> None:
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    entries = list(root(published / "sitemap.xml"))
    found = [entry.findtext(f"{name}loc") or "" for entry in entries]
    assert found[0] == "https://example.org/%E6%B8%AF/b/"
    beside = {"404.html", "gone.html", "index.html"}
    assert {urlsplit(each).path.rpartition("/")[2] for each in found[1:]} == {
        path.name for path in published.glob("*.html") if path.name not in beside
    }
    assert {entry.findtext(f"{name}lastmod") for entry in entries} == {"2025-01-01"}
    assert not (published / "robots.txt").exists()  # it counts at the root of a host only


def test_the_first_page_says_what_the_book_is(published: Path) -> None:
    page = root(published / "index.html")
    said = heads(page)
    assert said["canonical"] == said["og:url"] == "https://example.org/%E6%B8%AF/b/"
    assert said["og:title"] == "The Harbour & <its> quay"
    assert (said["og:type"], said["og:locale"], said["book:isbn"]) == ("book", "zh_CN", "978-3-16-148410-0")
    assert said["og:image"] == "https://example.org/%E6%B8%AF/b/cover.png"
    assert (published / "cover.png").read_bytes() == PIXEL
    script = next(each for each in page.iter("script") if each.get("type") == "application/ld+json")
    facts = json.loads(script.text or "")
    assert (facts["@type"], facts["name"], facts["isbn"]) == ("Book", "The Harbour & <its> quay", "978-3-16-148410-0")
    lin = {"@type": "Person", "@id": "https://orcid.org/0000-0002-1825-0097", "name": "Lin Hai"}
    assert facts["author"] == [lin, {"name": "The crew"}]  # which may be people, and may be a company
    assert facts["contributor"] == [{"name": "R. Tar"}]


def test_a_page_says_where_it_is(published: Path) -> None:
    said = heads(root(published / "two.html"))
    assert said["canonical"] == said["og:url"] == "https://example.org/%E6%B8%AF/b/two.html"
    assert (said["og:type"], said["og:title"]) == ("article", "Two")


def test_at_the_root_of_a_host_the_sitemap_is_announced(tmp_path: Path) -> None:
    folder = site(tmp_path, '[html]\nurl = "https://example.org"\n')
    assert "Sitemap: https://example.org/sitemap.xml\n" in (folder / "robots.txt").read_text("utf-8")


def test_without_an_address_nothing_is_said_of_one(bare: Path) -> None:
    assert {path.name for path in bare.iterdir()}.isdisjoint({"sitemap.xml", "robots.txt", "cover.png"})
    said = {name for path in bare.glob("*.html") for name in heads(root(path))}
    assert not {name for name in said if name == "canonical" or name.startswith(("og:", "book:", "article:"))}


# Links


def test_all_links_of_a_site_are_relative(bare: Path) -> None:
    found = {address for path in bare.rglob("*.html") for address in addresses(root(path))}
    outside = {address for address in found if address.startswith("/") or urlsplit(address).scheme}
    assert outside == {"https://orcid.org/0000-0002-1825-0097", "https://example.com/"}  # which are the author's
    assert "style.css" in found


def test_what_is_shown_anywhere_begins_at_the_root(published: Path) -> None:
    page = root(published / "404.html")
    inside = [each for each in addresses(page) if not each.startswith("#") and "orcid" not in each]
    assert inside and all(each.startswith("/%E6%B8%AF/b/") for each in inside)
    assert "/%E6%B8%AF/b/two.html#rope" in inside
    assert page.findtext(".//h1") == "找不到页面"
    assert heads(page)["robots"] == "noindex" and "canonical" not in heads(page)


def test_a_broken_link_from_the_root_is_found(published: Path, tmp_path: Path) -> None:
    first = (published / "index.html").read_text("utf-8")
    (tmp_path / "index.html").write_text(first, "utf-8")
    report = Report()
    check_site(tmp_path, report)
    assert Rule.CHECK_LINK_BROKEN in {found.rule for found in report}
    page = '<html><body><a href="{}">a</a></body></html>'
    for address, broken in (("/%E6%B8%AF/b/", 1), ("/%E6%B8%AF/b/index.html", 0), ("/index.html", 1), ("/b/x.html", 1)):
        (tmp_path / "index.html").write_text(
            f'<html><head><link rel="canonical" href="https://x.org/%E6%B8%AF/b/" /></head><body>{page.format(address)}'
            "</body></html>",
            "utf-8",
        )
        report = Report()
        check_site(tmp_path, report)
        assert len(list(report)) == broken, address


# The source of a page


def edited(folder: Path) -> dict[str, str]:
    """Return where each page says that it is edited."""
    links = {path.name: root(path).find(".//p[@class='edit-page']/a") for path in folder.glob("*.html")}
    return {name: unquote(link.get("href") or "") for name, link in links.items() if link is not None}


def test_a_page_leads_to_its_source(published: Path, bare: Path) -> None:
    at = "https://example.org/edit/main/"
    assert edited(published) == {
        "part-1.html": f"{at}octavo.toml",
        "text-01-quay.html": f"{at}text/01 quay.md",
        "two.html": f"{at}two.md",
        "part-2.html": f"{at}octavo.toml",
        "inner.html": f"{at}parts/cable.md",
    }
    assert "text/01%20quay.md" in (published / "text-01-quay.html").read_text("utf-8")
    assert edited(bare) == {}


# Pages that lead on


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("old/quay.html", "../text-01-quay.html"),
        ("gone.html", "two.html#rope"),
        ("deep/er/index.html", "../../two.html"),
        ("old/readme.html", "../index.html"),
    ],
)
def test_an_old_page_leads_on(published: Path, old: str, new: str) -> None:
    page = root(published / old)
    refresh = next(meta for meta in page.iter("meta") if meta.get("http-equiv") == "refresh")
    assert refresh.get("content") == f"0; url={new}"
    assert page.find(".//main//a") is not None and new in addresses(page)
    assert page.findtext(".//h1") == "本页已移至新址"
    file = new.rpartition("../")[2].partition("#")[0].removesuffix("index.html")
    assert heads(page)["canonical"] == f"https://example.org/%E6%B8%AF/b/{file}"


def test_what_stood_on_the_old_page_is_found_on_the_new_ones(tmp_path: Path) -> None:
    (tmp_path / "octavo.toml").write_text(
        '[book]\ntitle = "One"\nlanguage = "en"\ndate = 2025-01-01\n[html.redirects]\n"was.html" = "one.md"\n'
    )
    (tmp_path / "one.md").write_text("# One\n\nText.\n\n## First\n\nA.\n\n## Second\n\nB.\n\n### Inner\n\nC.\n")
    report = Report()
    build(tmp_path, tmp_path / "dist", ("html",), report, Timings())
    assert not list(report)
    script = next(root(tmp_path / "dist/site/was.html").iter("script")).text or ""
    places = json.loads(script.partition("Object.entries(")[2].partition("));")[0])
    assert places == {"first": "first.html", "second": "second.html", "inner": "second.html"}


# The other formats


@pytest.mark.parametrize(
    ("count", "language", "words"),
    [(1_234_567, "zh-CN", "1.2 MB"), (1_234_567, "fr", "1,2\u00a0Mo"), (45_678, "en", "46 kB"), (3, "en", "1 kB")],
)
def test_a_size_is_written_as_in_the_language(count: int, language: str, words: str) -> None:
    assert written_size(count, language).replace("\u202f", "\u00a0") == words


def test_the_first_page_offers_what_the_same_build_made(bare: Path, tmp_path: Path) -> None:
    assert "downloads" not in (bare / "index.html").read_text("utf-8")
    (tmp_path / "book.md").write_text("---\ntitle: One\nlang: en\ndate: 2025-01-01\n---\n\n# One\n\nText.\n")
    report = Report()
    build(tmp_path / "book.md", tmp_path, ("html", "epub"), report, Timings())
    assert not list(report)
    links = list(root(tmp_path / "site/index.html").iterfind(".//p[@class='downloads']/a"))
    assert [(link.get("href"), link.get("type"), link.get("hreflang")) for link in links] == [
        ("book.epub", "application/epub+zip", "en")
    ]
    assert (tmp_path / "site/book.epub").read_bytes() == (tmp_path / "book.epub").read_bytes()
    check_site(tmp_path / "site", report)
    assert not list(report)


# The contents beside a page


def entry(name: str, *children: Entry, role: str = "section") -> Entry:
    heading = Heading(level=1, children=(), generated=name, position=Position("a.md"))
    return Entry(heading=heading, role=role, children=children)


def shown(entries: tuple[Entry, ...]) -> list[object]:
    """Return contents as the names in them, those below a name in a list behind it."""
    found: list[object] = []
    for each in entries:
        found.append(each.heading.anchor)
        if each.children:
            found.append(shown(each.children))
    return found


def test_beside_a_page_stand_all_pages_and_its_own_sections() -> None:
    table = (entry("a", entry("a1", entry("a11"))), entry("b", entry("b1")), entry("c"))
    begins = frozenset({"a", "b", "c"})
    assert shown(Beside(current="a", begins=begins).entries(table)) == ["a", ["a1", ["a11"]], "b", "c"]
    assert shown(Beside(current="c", begins=begins).entries(table)) == ["a", "b", "c"]
    assert shown(Beside(current=None, begins=begins).entries(table)) == ["a", "b", "c"]


def test_pages_below_pages_are_shown_too() -> None:
    table = (entry("a", entry("a1"), entry("a2", entry("in a2"))), entry("b", entry("b1", entry("in b1"))))
    begins = frozenset({"a", "a1", "a2", "b", "b1"})
    assert shown(Beside(current="a2", begins=begins).entries(table)) == ["a", ["a1", "a2", ["in a2"]], "b", ["b1"]]


def test_where_pages_are_many_only_those_of_this_part_are_shown() -> None:
    parts = [
        entry(f"p{part}", *(entry(f"p{part}c{number}", entry(f"in p{part}c{number}")) for number in range(MANY // 2)))
        for part in (1, 2, 3)
    ]
    begins = frozenset({each.heading.anchor or "" for part in parts for each in (part, *part.children)})
    found = shown(Beside(current="p2c1", begins=begins).entries(tuple(parts)))
    assert found[:2] == ["p1", "p2"] and found[3:] == ["p3"]
    chapters = found[2]
    assert isinstance(chapters, list) and chapters[:3] == ["p2c0", "p2c1", ["in p2c1"]]
    assert len(chapters) == MANY // 2 + 1
