"""The PDF of a book that is served while it is written: laid out when it is looked at, opened where it changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from preview import Stream, asked, following, got, until

from octavo.diagnostics import Position, Report
from octavo.recipe import Timings, build, prepare, write
from octavo.render.edition import Edition
from octavo.render.page_breaks import NO_BREAKS, PageBreaks
from octavo.serve.builds import Builds
from octavo.serve.changed import first_change, texts_of
from octavo.serve.channel import Channel, PdfChannel, Printed, State
from octavo.serve.command import _keeping
from octavo.serve.pages import PDF, PDF_EVENTS, PDF_FILE, PDF_STYLE, viewer
from octavo.serve.preview import Preview
from octavo.serve.printed import page_of
from octavo.serve.server import Server, serving
from octavo.store import VARIABLE, forget_unused, open_store, remember, remembered, remembering, without_store

WORDS = " ".join(["Some words of a heron that stands in the water and waits."] * 60)
HAN = "白鹭立在水中，等着鱼来。" * 60
# Each mark stands once: in headings, at both ends of paragraphs, in a list, a table, a listing, a note, an include.
FILES = {
    "octavo.toml": '[book]\ntitle = "茶 & tea"\nlanguage = "en"\ndate = 2025-01-01\nslug = "tea"\nkind = "book"\n',
    "01.md": f"""---
title: One
---

# Q1Q One

Q2Q {WORDS} Q3Q

{WORDS}
{WORDS} Q4Q
{WORDS}

A note.[^n] {WORDS}

[^n]: Said Q5Q below.

{WORDS}

{{{{< include parts/part.md >}}}}
""",
    "02.md": f"# 二 Q6Q\n\n{HAN}\n\n{HAN}\n\n{HAN} Q7Q {HAN}\n\n- 一\n- Q8Q\n\n| a | b |\n|---|---|\n| c | Q9Q |\n",
    "03.md": "# Three\n\n``` {caption=\"Lines\"}\n"
    + "\n".join(f"line {number} Q{number}Q" for number in range(100, 190))
    + "\n```\n",
    "parts/part.md": f"{WORDS}\n\nQ10Q {WORDS}\n",
}  # fmt: skip


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def pages_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(BytesIO(data)) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


# Where the text changed


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ({"a": "x\ny\n"}, {"a": "x\ny\n"}, None),
        ({"a": "one two\n"}, {"a": "one too\n"}, Position("a", 1, 6)),
        ({"a": "A\n\nB\n"}, {"a": "A\n\nX\n\nB\n"}, Position("a", 3, 1)),
        ({"a": "A\n\nB\n"}, {"a": "A\n"}, Position("a", 2, 1)),
        ({"a": "A", "b": "B"}, {"a": "A", "b": "C"}, Position("b", 1, 1)),
        ({"a": "A", "b": "B"}, {"b": "B"}, None),
        ({"b": "B"}, {"a": "A", "b": "B"}, Position("a", 1, 1)),
        ({"b": "B", "a": "A"}, {"a": "A", "b": "B"}, None),
    ],
)
def test_the_first_change_is_where_a_text_begins_to_differ(
    before: dict[str, str], after: dict[str, str], place: Position | None
) -> None:
    assert first_change(before, after) == place


@dataclass(frozen=True)
class Laid:
    edition: Edition
    breaks: PageBreaks
    pages: list[str]


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Laid:
    folder = tmp_path_factory.mktemp("laid")
    write_files(folder / "book", FILES)
    edition = prepare(folder / "book", Report(), Timings())
    assert edition is not None
    breaks = write(edition, folder / "out", ("pdf",), Timings())
    return Laid(edition, breaks, pages_of((folder / "out" / "tea.pdf").read_bytes()))


def test_a_change_is_found_on_the_page_that_it_is_printed_on(laid: Laid) -> None:
    texts, found, printed = texts_of(laid.edition), dict[str, int | None](), dict[str, int]()
    assert sorted(texts) == ["01.md", "02.md", "03.md", "parts/part.md"]
    for file, text in FILES.items():
        for mark in re.findall(r"\bQ\d+Q\b", text):
            changed = {**texts, file: text.replace(mark, f"Other{mark}")}
            place = first_change(changed, texts)
            assert place is not None
            found[mark] = page_of(laid.edition, laid.breaks, place, texts)
            # Headings are in the contents before, and at the head of pages behind.
            printed[mark] = next(number for number, page in enumerate(laid.pages, 1) if mark in page and number > 2)
    assert len(found) == 100
    assert found == printed
    assert len(set(printed.values())) > 8


def test_what_is_not_printed_has_the_page_of_what_is_nearest(laid: Laid) -> None:
    texts = texts_of(laid.edition)
    one = next(number for number, page in enumerate(laid.pages, 1) if "Q2Q" in page)
    for place, page in (
        (Position("01.md", 2, 8), one),  # in the front matter
        (Position("03.md", 900, 1), len(laid.pages)),  # behind all, as where the end was removed
        (Position("elsewhere.md", 1, 1), None),
    ):
        assert page_of(laid.edition, laid.breaks, place, texts) == page


# What is built, and when


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    """Give a book of two short chapters, and where it is built."""
    files = {"octavo.toml": FILES["octavo.toml"], "02.md": f"# 二\n\n{HAN}\n\nQ8Q\n", "03.md": "# Three\n\nQ189Q\n"}
    write_files(tmp_path / "source", files)
    return Preview(path=tmp_path / "source", output=tmp_path / "out")


def test_a_pdf_is_laid_out_while_somebody_looks_and_opens_where_the_text_changed(preview: Preview) -> None:
    chapter = preview.path / "03.md"
    with following(preview) as server:
        with asked(server, "/octavo-live/events") as response:
            assert Stream(response).next()["errors"] == []
        assert not (preview.output / "tea.pdf").exists()
        assert got(server, PDF_FILE)[0] == 404
        assert "There is no PDF yet" in got(server, PDF)[1]

        with asked(server, PDF_EVENTS) as response:
            pages = Stream(response)
            first = until(pages, lambda state: state["site"] != f"{state['site'].partition('-')[0]}-0")
            assert (first["errors"], first["page"]) == ([], None)
            assert "#page=1" in got(server, PDF)[1]

            chapter.write_text("# Three\n\nheron\n", "utf-8")
            second = until(pages, lambda state: state["site"] != first["site"])
            with asked(server, f"{PDF_FILE}?build={second['site']}") as file:
                assert file.getheader("Content-Type") == "application/pdf"
                data = file.read()
            assert "heron" in pages_of(data)[second["page"] - 1]
            assert f'src="{PDF_FILE}?build={second["site"]}#page={second["page"]}"' in got(server, PDF)[1]
            assert (preview.output / "tea.pdf").read_bytes() == data

            chapter.write_text("# Three\n\nTo [nowhere](#on).\n", "utf-8")
            third = until(pages, lambda state: bool(state["errors"]))
            assert (third["site"], third["page"]) == (second["site"], second["page"])
            assert [(each["rule"], each["line"]) for each in third["errors"]] == [("link-not-found", 3)]
            with asked(server, PDF_FILE) as file:
                assert file.read() == data

        until_not(server.pdf)
        written = [path for path in preview.output.rglob("*") if path.is_file()]
        assert len(written) > 5
        assert not [path for path in written if b"octavo-live" in path.read_bytes()]


def until_not(channel: PdfChannel) -> None:
    """Wait until nobody looks any more."""
    for _ in range(100):
        if not channel.is_watched:
            return
        channel.wait(10**9, 0.1)
    raise AssertionError("a page that was closed is still waited for")


def built(builds: Builds) -> State:
    builds.build()
    if builds.lacks_pdf:
        builds.print()
    return builds.pdf.state


def test_a_style_leaves_the_page_and_a_fault_of_the_pdf_leaves_the_site(preview: Preview) -> None:
    builds = Builds(preview, Channel())
    with builds.pdf.watched(), remembering():
        first = built(builds)
        (preview.path / "02.md").write_text(f"# 二\n\n{HAN}\n\nheron\n", "utf-8")
        second = built(builds)
        assert (first.page, second.page, second.errors) == (None, builds.pdf.state.page, ())
        assert second.page is not None

        styles = preview.path / "styles"
        styles.mkdir()
        (styles / "extra.css").write_text("h1 { color: #123456 }", "utf-8")
        third = built(builds)
        assert (third.page, third.errors) == (second.page, ())
        assert third.site != second.site
        # What is held in memory makes the same file as what is made anew.
        with without_store():
            build(preview.path, preview.output / "anew", ("pdf",), Report(), Timings())
        assert (preview.output / "tea.pdf").read_bytes() == (preview.output / "anew" / "tea.pdf").read_bytes()

        toml = FILES["octavo.toml"] + '[theme]\nserif = "Nonesuch"\n'
        (preview.path / "octavo.toml").write_text(toml, "utf-8")
        fourth = built(builds)
        assert fourth.site == third.site
        assert [error["rule"] for error in fourth.errors] == ["font-missing"]
        assert builds.site.state.errors == ()


def test_nobody_waits_for_a_pdf_that_nobody_sees(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[tuple[str, ...]] = []

    def noted(edition: Edition, output: Path, formats: tuple[str, ...], *_: object, **__: object) -> PageBreaks:
        written.append(formats)
        return NO_BREAKS

    monkeypatch.setattr("octavo.serve.builds.write", noted)
    builds = Builds(preview, Channel())
    built(builds)
    assert written == [("html",)]
    with builds.pdf.watched():
        built(builds)  # somebody looks at the PDF alone
        with builds.site.watched():
            built(builds)
    assert written[1:] == [("pdf",), ("html",), ("html",), ("pdf",)]


# What is served


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Serve a PDF, and no site."""
    (tmp_path / "tea.pdf").write_bytes(b"%PDF-tea")
    pdf = PdfChannel()
    pdf.show(Printed(tmp_path / "tea.pdf", "茶 & <tea>", "zh-CN"), 12)
    with serving(tmp_path / "site", Channel(), pdf=pdf) as server:
        yield server


@pytest.mark.parametrize("path", [PDF, PDF_FILE, PDF_EVENTS, PDF_STYLE])
def test_the_pdf_is_for_this_machine_alone(server: Server, path: str) -> None:
    assert got(server, path, host="evil.example")[0] == 403
    assert got(server, path, "POST")[0] == 405
    if path != PDF_EVENTS:
        with asked(server, path) as response:
            assert response.status == 200
            assert response.getheader("Cross-Origin-Resource-Policy") == "same-origin"
            assert response.getheader("Cache-Control") == "no-store"


def test_a_pdf_that_was_removed_is_not_found(server: Server, tmp_path: Path) -> None:
    (tmp_path / "tea.pdf").unlink()
    assert got(server, PDF_FILE)[0] == 404
    assert got(server, "/octavo-live/..%2ftea.pdf")[0] == 404


def test_the_page_of_the_pdf_is_in_the_language_of_the_book() -> None:
    chinese = viewer(Printed(Path(), "茶 & <tea>", "zh-CN"), State("a-1", page=12)).decode()
    english = viewer(Printed(Path(), "Tea", "en"), State("a-1")).decode()
    assert '<html lang="zh-CN">' in chinese
    assert 'title="《茶 &amp; &lt;tea&gt;》的 PDF"' in chinese
    assert ">网站</a>" in chinese
    assert f'src="{PDF_FILE}?build=a-1#page=12"' in chinese
    assert (">Site</a>" in english, "#page=1" in english) == (True, True)
    for page in (chinese, english):
        assert f'data-events="{PDF_EVENTS}"></script>' in page


# What a session keeps


def test_memory_holds_what_was_asked_for_since_the_last_look() -> None:
    def made(value: str) -> str:
        return remembered("test", "key", lambda: value)

    assert [made("one"), made("two")] == ["one", "two"]  # nothing is held unless that is asked for
    with remembering():
        assert [made("one"), made("two")] == ["one", "one"]
        remember("test", "key", "three")
        forget_unused()
        assert made("four") == "three"
        forget_unused()
        forget_unused()
        assert made("four") == "four"
    assert made("five") == "five"


def test_a_session_without_a_store_has_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, "off")
    with _keeping():
        folder = open_store("parts").folder
        assert folder is not None
        assert folder.is_dir()
    assert not folder.exists()
    monkeypatch.setenv(VARIABLE, str(tmp_path / "kept"))
    with _keeping():
        assert open_store("parts").folder == tmp_path / "kept"
