"""A book that is served while it is written: what is built, who is told, and who is refused."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner
from preview import PATIENCE, Stream, asked, following, got

from octavo.cli import main
from octavo.publish import MARK
from octavo.serve.builds import Builds
from octavo.serve.channel import Channel
from octavo.serve.files import find, path_of, type_of
from octavo.serve.hosts import is_allowed, is_loopback
from octavo.serve.pages import EVENTS, PDF, SCRIPT, live
from octavo.serve.preview import Preview
from octavo.serve.server import Server, serving

ROOT = Path(__file__).resolve().parent.parent
CONFIGURATION = '[book]\ntitle = "茶 & tea"\nlanguage = "en"\ndate = 2025-01-01\nslug = "tea"\n'
GOOD = "# One\n\nText.\n"
BROKEN = "# One\n\nTo [nowhere](#on).\n"
# All kinds of files that a site is made of; each says “heron” in a place of which something is seen.
MATERIAL = {
    "octavo.toml": CONFIGURATION.replace("& tea", "& heron") + '[theme]\nname = "own"\n',
    "chapter.md": GOOD + "\nheron ![Tea](picture.svg)\n\n{{< include parts/part.md >}}\n",
    "parts/part.md": "Some heron words.\n",
    "picture.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><title>heron</title></svg>\n',
    "styles/extra.css": ".heron { color: #123456; }\n",
    "templates/permalink.html": '<a class="heron" href="{{ href }}" aria-label="{{ title }}"></a>\n',
    "themes/own/styles/site.css": "@import 'octavo/site.css';\n.heron { color: #123456; }\n",
}


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    """Give a book of one chapter, and where it is built."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "octavo.toml").write_text(CONFIGURATION, "utf-8")
    (folder / "chapter.md").write_text(GOOD, "utf-8")
    return Preview(path=folder, output=tmp_path / "out")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# What changes


def test_a_change_is_built_and_told_and_an_error_leaves_the_good_site(preview: Preview) -> None:
    chapter = preview.path / "chapter.md"
    with following(preview) as server, asked(server, EVENTS) as response:
        assert response.getheader("Content-Type") == "text/event-stream; charset=utf-8"
        pages = Stream(response)
        first = pages.next()
        assert first["errors"] == []
        assert f'data-site="{first["site"]}"' in got(server, "/chapter.html")[1]

        chapter.write_text(GOOD.replace("Text", "Other words"), "utf-8")
        second = pages.next()
        assert (second["errors"], second["site"] != first["site"]) == ([], True)
        status, page = got(server, "/chapter.html")
        assert (status, "Other words." in page, f'data-site="{second["site"]}"' in page) == (200, True, True)

        good = files(preview.site)
        chapter.write_text(BROKEN, "utf-8")
        third = pages.next()
        assert third["site"] == second["site"]
        assert third["errors"] == [
            {
                "rule": "link-not-found",
                "message": "nothing has the identifier “on”",
                "file": "chapter.md",
                "line": 3,
                "column": 4,
                "hint": "did you mean “one”?",
            }
        ]
        assert files(preview.site) == good
        assert "Other words." in got(server, "/chapter.html")[1]
        assert not [name for name, data in good.items() if b"octavo-live" in data]

    with pytest.raises(OSError, match="refused"):
        got(server, "/")


def test_a_build_of_the_same_is_no_other_site(preview: Preview) -> None:
    channel, states = Channel(), []
    for _ in range(2):
        Builds(preview, channel).build()
        states.append(channel.state)
    assert [state.builds for state in states] == [1, 2]
    assert states[0].site == states[1].site


@pytest.mark.parametrize("name", MATERIAL)
def test_whatever_the_book_is_made_of_makes_another_site(preview: Preview, name: str) -> None:
    """One process builds again and again, and must not take for granted what it read before."""
    for file, text in MATERIAL.items():
        (preview.path / file).parent.mkdir(parents=True, exist_ok=True)
        (preview.path / file).write_text(text, "utf-8")
    channel = Channel()
    Builds(preview, channel).build()
    before = channel.state.site
    (preview.path / name).write_text(MATERIAL[name].replace("heron", "magpie"), "utf-8")
    Builds(preview, channel).build()
    assert channel.state.errors == ()
    assert channel.state.site != before
    assert any(b"magpie" in data for data in files(preview.site).values())


def test_a_warning_is_an_error_under_strict(preview: Preview) -> None:
    (preview.path / "chapter.md").write_text("# One\n\n### Three\n\nText.\n", "utf-8")
    channel = Channel()
    Builds(Preview(path=preview.path, output=preview.output, strict=True), channel).build()
    assert [(error["rule"], error["line"]) for error in channel.state.errors] == [("heading-level-skipped", 3)]


def test_a_fault_of_ours_is_told_and_ends_nothing(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("octavo.serve.builds.write", fail)
    channel = Channel()
    Builds(preview, channel).build()
    assert [error["message"] for error in channel.state.errors] == [
        "Octavo itself has failed: ZeroDivisionError: by zero"
    ]


def test_what_is_built_into_the_book_is_no_change_of_it(preview: Preview) -> None:
    inside = Preview(path=preview.path, output=preview.path)
    owned = ("site/index.html", "tea.html", f"{MARK}-build-x/new/tea.html")
    assert all(inside.owns(preview.path / name) for name in owned)
    assert not any(inside.owns(preview.path / name) for name in ("chapter.md", "octavo.toml", "templates/note.html"))
    assert not preview.owns(preview.path / "chapter.md")


def test_those_who_wait_are_let_go_at_the_end() -> None:
    channel = Channel()
    waiting = Thread(target=channel.wait, args=(0, PATIENCE * 10))
    waiting.start()
    channel.close()
    waiting.join(PATIENCE)
    assert not waiting.is_alive()


# What is served


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Serve a site of a few files, beside which lies a secret."""
    site = tmp_path / "site"
    (site / "old").mkdir(parents=True)
    for name in (MARK, "site.css", "index.html", "old/index.html", "404.html"):
        (site / name).write_text(f"<html><body>{name}</body></html>", "utf-8")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (site / "way-out.txt").symlink_to(tmp_path / "secret.txt")
    with serving(site, Channel()) as server:
        yield server


def test_each_page_has_the_script_and_other_files_are_as_they_are(server: Server) -> None:
    for path, status, name in (("/", 200, "index.html"), ("/old/", 200, "old/index.html"), ("/no", 404, "404.html")):
        found, page = got(server, path)
        assert found == status
        assert page.startswith(f"<html><body>{name}<script src=")
        assert page.endswith("></script>\n</body></html>")
    assert got(server, "/site.css") == (200, "<html><body>site.css</body></html>")
    assert "EventSource" in got(server, SCRIPT)[1]
    assert got(server, "/", "HEAD") == (200, "")


def test_nothing_is_kept_and_no_other_site_may_use_it(server: Server) -> None:
    for path in ("/", "/site.css", "/no", "/old", SCRIPT):
        with asked(server, path) as response:
            assert response.getheader("Cache-Control") == "no-store"
            assert response.getheader("Cross-Origin-Resource-Policy") == "same-origin"
            assert response.getheader("X-Content-Type-Options") == "nosniff"
            assert response.getheader("Access-Control-Allow-Origin") is None


def test_a_folder_leads_to_its_page(server: Server) -> None:
    with asked(server, "/old?x#y") as response:
        assert (response.status, response.getheader("Location")) == (301, "/old/")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/old/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "/old//index.html",
        "/way-out.txt",
        f"/{MARK}",
        "/%00",
        "/%ff",
        "/c:/secret.txt",
    ],
)
def test_nothing_outside_the_site_is_served(server: Server, path: str) -> None:
    status, text = got(server, path)
    assert (status, "secret" in text) == (404, False)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", "localhost@evil.example", "", "[::1"])
@pytest.mark.parametrize("path", ["/", EVENTS])
def test_another_name_is_refused(server: Server, path: str, host: str) -> None:
    status, text = got(server, path, host=host)
    assert (status, "index.html" in text) == (403, False)


def test_the_names_of_this_machine_are_answered(server: Server) -> None:
    for host in ("localhost:9", "127.0.0.1", "[::1]:80", "LOCALHOST"):
        assert got(server, "/", host=host)[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(server: Server, method: str) -> None:
    assert got(server, "/", method) == (405, "")


def test_another_s_folder_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("theirs", "utf-8")
    with serving(tmp_path, Channel()) as server:
        status, page = got(server, "/")
    assert (status, "theirs" in page, SCRIPT in page) == (503, False, True)


def test_a_machine_in_the_network_is_asked_by_its_number_or_its_name() -> None:
    assert is_allowed("192.0.2.7:8000", "0.0.0.0")
    assert is_allowed("book.example", "book.example")
    assert not is_allowed("evil.example", "0.0.0.0")
    assert not is_allowed("192.0.2.7", "127.0.0.1")
    assert not is_allowed(None, "127.0.0.1")
    assert [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "book")] == [True] * 3 + [
        False
    ] * 2


def test_the_script_stands_last_in_the_body() -> None:
    page = live(b"<p></body></p></body></html>", "a-1").decode()
    assert page == f'<p></body></p><script src="{SCRIPT}" data-site="a-1"></script>\n</body></html>'
    assert live(b"text", "a-1").startswith(b"text<script ")


def test_a_state_is_one_line_whatever_the_author_wrote() -> None:
    channel = Channel()
    channel.tell([{"rule": "a", "message": "</script>\n\ndata: {}\r"}], changed=False)
    assert channel.state.as_json.splitlines() == [channel.state.as_json]


def test_types_are_those_that_browsers_insist_on() -> None:
    kinds = {name: type_of(Path(name)) for name in ("a.js", "a.woff2", "a.svg", "a.png", "a.xyzzy")}
    assert kinds == {
        "a.js": "text/javascript; charset=utf-8",
        "a.woff2": "font/woff2",
        "a.svg": "image/svg+xml; charset=utf-8",
        "a.png": "image/png",
        "a.xyzzy": "application/octet-stream",
    }


def test_a_name_in_chinese_is_found(tmp_path: Path) -> None:
    for name in (MARK, "茶.html"):
        (tmp_path / name).touch()
    names = path_of("/%E8%8C%B6.html?a=b")
    assert names == ("茶.html",)
    assert find(tmp_path, names) == tmp_path / "茶.html"


# The command


def test_control_c_ends_it_cleanly(preview: Preview) -> None:
    program = (
        "import signal; from octavo.cli import main\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # what runs in the background may have it ignored
        "main()\n"
    )
    command = [sys.executable, "-c", program, "serve", str(preview.path), "--output", str(preview.output)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        assert f"{PDF}  (" in process.stdout.readline()
        built = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=PATIENCE)
    assert (process.returncode, rest, built.startswith("built in ")) == (0, ("", ""), True)
    assert sorted(path.name for path in preview.output.iterdir()) == ["site", "tea.html"]


def test_a_path_that_is_not_there_ends_it(preview: Preview) -> None:
    result = CliRunner().invoke(main, ["serve", str(preview.path.with_name("sorce"))])
    assert result.exit_code == 1
    assert "did you mean “source”?" in result.stderr


def test_a_port_that_is_taken_ends_it(preview: Preview, server: Server) -> None:
    result = CliRunner().invoke(main, ["serve", str(preview.path), "--port", str(server.server_port)])
    assert result.exit_code == 1
    assert f"cannot listen on 127.0.0.1, port {server.server_port}" in result.stderr


def test_a_host_that_others_reach_is_warned_of(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("octavo.serve.command.serving", interrupted)  # before anybody else could reach it
    for host, warned in (("0.0.0.0", True), ("127.0.0.1", False)):
        result = CliRunner().invoke(main, ["serve", str(preview.path), "--host", host])
        assert (result.exit_code, "warning: whoever reaches 0.0.0.0" in result.stderr) == (0, warned)
