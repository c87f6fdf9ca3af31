"""The record of a build: nothing is built where nothing has changed, and whatever has changed is built."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image
from test_cli import environment, tree

from octavo import recipe
from octavo.book import Files
from octavo.cli import main
from octavo.diagnostics import Report
from octavo.pdf.fonts import PACKAGED, packaged_files
from octavo.recipe import Timings, build
from octavo.record import Witness, builds, states
from octavo.record.surroundings import surroundings
from octavo.store import VARIABLE, keys, programs
from octavo.writers import write_formats

CONFIGURATION = """\
[book]
title = "Tides"
language = "en"
date = 2025-01-01
version = "1"
slug = "tides"
[references]
bibliography = ["works.json"]
style = "apa"
[html]
single = false
[theme]
accent = "#123456"
"""
FILES = {
    "octavo.toml": CONFIGURATION,
    "01-moon.md": "# The moon\n\nIt pulls [@one]. See [it](02-sun.md) and @fig-curve.\n\n{{< include _part.md >}}\n",
    "02-sun.md": "# The sun\n\nIt pulls [@two; @one].\n\n![A curve](curve.png){#fig-curve}\n\n![Noise](noise.png)\n",
    "_part.md": "Twice a day.\n",
    "works.json": '[{"id": "one", "type": "book", "title": "One", "issued": {"date-parts": [[2001]]}},'
    '{"id": "two", "type": "book", "title": "Two", "issued": {"date-parts": [[2002]]}}]',
    "styles/extra.css": "p { color: #111 }\n",
    "templates/figure.html": "{% extends 'octavo/figure.html' %}\n",
}


# Pixels of a side: a small file is always read again, a large one where its times say so.
SMALL, LARGE = 10, 300


def picture(shade: int, size: int) -> bytes:
    """Return a picture; all of one size have as many bytes."""
    out = BytesIO()
    pixels = bytes((number + shade) % 256 for number in range(size * size))
    Image.frombytes("L", (size, size), pixels).save(out, "PNG", compress_level=0)
    return out.getvalue()


class Bench:
    """Hold a book, where it is built, and how often it was."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.source, self.output, self.builds = folder, folder / "book", folder / "dist", 0
        for name, text in FILES.items():
            self.write(name, text)
        (self.source / "curve.png").write_bytes(picture(0, SMALL))
        (self.source / "noise.png").write_bytes(picture(0, LARGE))

    def write(self, name: str, text: str) -> None:
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def edit(self, name: str, before: str, after: str) -> None:
        text = (self.source / name).read_text("utf-8")
        assert before in text
        self.write(name, text.replace(before, after))

    def run(self, *options: str, output: Path | None = None) -> Result:
        arguments = ("--to", "html") if "--to" not in options else ()
        where = ("--output", str(output or self.output))
        return CliRunner().invoke(main, ["build", str(self.source), *where, *arguments, *options])

    def is_built(self, *options: str) -> bool:
        """Build, and tell whether there was anything to do."""
        before = self.builds
        result = self.run(*options)
        assert result.exit_code == 0, result.output
        return self.builds > before


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Give a book, and a store of its own."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr(states, "_SETTLED", 0)
    bench, build = Bench(tmp_path), recipe.build

    def counted(*arguments: object, **others: object) -> None:
        bench.builds += 1
        build(*arguments, **others)  # type: ignore[arg-type]

    monkeypatch.setattr(recipe, "build", counted)
    return bench


# What changes


def restore(bench: Bench, name: str, size: int) -> None:
    """Put another picture in the place of one, of as many bytes, and set its times back."""
    path = bench.source / name
    before = path.stat()
    path.write_bytes(picture(7, size))
    assert path.stat().st_size == before.st_size
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def lead_elsewhere(bench: Bench, name: str, other: str) -> None:
    (bench.source / name).rename(bench.source / other)
    (bench.source / name).symlink_to(other)


# One after the other, in the same book.
CHANGES: dict[str, Callable[[Bench], object]] = {
    "a word": lambda bench: bench.edit("01-moon.md", "pulls", "draws"),
    "a title": lambda bench: bench.edit("02-sun.md", "# The sun", "# Our sun"),
    "the title of the book": lambda bench: bench.edit("octavo.toml", "Tides", "Tide tables"),
    "the number of a heading": lambda bench: bench.edit("01-moon.md", "# The moon", "# 7 The moon"),
    "a setting": lambda bench: bench.edit("octavo.toml", 'slug = "tides"', 'slug = "tides"\nnumbering = "computed"'),
    "the order of citations": lambda bench: bench.edit("02-sun.md", "@two; @one", "@one; @two"),
    "a work": lambda bench: bench.edit("works.json", '"Two"', '"Too"'),
    "the style of citations": lambda bench: bench.edit("octavo.toml", '"apa"', '"ieee"'),
    "a token": lambda bench: bench.edit("octavo.toml", "#123456", "#654321"),
    "a setting of fonts": lambda bench: bench.edit("octavo.toml", "[theme]", '[theme]\nserif = "Georgia"'),
    "a template": lambda bench: bench.write("templates/figure.html", "<p>{{ caption }}</p>"),
    "a template that was not there": lambda bench: bench.write("templates/heading.html", "<h1>A heading</h1>"),
    "a template that is gone": lambda bench: (bench.source / "templates" / "heading.html").unlink(),
    "a style": lambda bench: bench.edit("styles/extra.css", "#111", "#222"),
    "a style that was not there": lambda bench: bench.write("styles/dark.css", "i { color: red }\n"),
    "a small picture": lambda bench: restore(bench, "curve.png", SMALL),
    "a large picture": lambda bench: restore(bench, "noise.png", LARGE),
    "what is included": lambda bench: bench.edit("_part.md", "Twice", "Two times"),
    "a chapter that is added": lambda bench: bench.write("03-wind.md", "# The wind\n\nIt pushes.\n"),
    "a chapter in a new folder": lambda bench: bench.write("more/01-ice.md", "# Ice\n\nIt melts.\n"),
    "a chapter that is moved": lambda bench: (bench.source / "03-wind.md").rename(bench.source / "00-wind.md"),
    "a chapter that is removed": lambda bench: (bench.source / "00-wind.md").unlink(),
    "a file that leads elsewhere": lambda bench: lead_elsewhere(bench, "works.json", "other.json"),
    "what it leads to": lambda bench: bench.edit("other.json", '"One"', '"Ones"'),
}


def test_one_change_after_the_other_is_built(bench: Bench) -> None:
    """Build the book after each change, and see that it is what a build from nothing makes."""
    assert bench.is_built()
    for name, change in CHANGES.items():
        change(bench)
        assert bench.is_built(), name
        assert not bench.is_built(), name
        cold = bench.folder / "cold"
        assert bench.run("--no-cache", output=cold).exit_code == 0
        assert tree(bench.output) == tree(cold), name


def test_a_touch_is_no_change(bench: Bench) -> None:
    assert bench.is_built()
    for path in bench.source.rglob("*"):
        path.touch()
    assert not bench.is_built()
    data = (bench.source / "noise.png").read_bytes()
    (bench.source / "noise.png").unlink()
    (bench.source / "noise.png").write_bytes(data)
    bench.write(".hidden.md", "# Nobody reads this\n")
    assert not bench.is_built()


def test_what_changes_while_it_is_built_is_built_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(*arguments: object, **others: object) -> None:
        write_formats(*arguments, **others)  # type: ignore[arg-type]
        bench.edit("01-moon.md", "pulls", "draws")

    with monkeypatch.context() as patch:
        patch.setattr("octavo.recipe.write_formats", meanwhile)
        assert bench.is_built()
    assert bench.is_built()
    assert "draws" in (bench.output / "site" / "01-moon.html").read_text("utf-8")


# What is asked for, and what surrounds it


def test_each_request_is_its_own(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bench.is_built()
    assert bench.is_built("--strict")
    assert bench.is_built("--standard", "ua-2")
    assert bench.is_built("--to", "epub", "--to", "html")
    assert bench.is_built("--no-cache")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert bench.is_built()
    assert "1970-01-02" in str(tree(bench.output / "site"))
    assert not bench.is_built()
    assert not bench.is_built("--jobs", "1", "--timings", "--messages", "json")


def test_another_library_builds_anew(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    formats = ("--to", "html", "--to", "epub")
    assert bench.is_built(*formats)
    monkeypatch.setattr(builds, "libraries", lambda: ("libpango 99",))
    assert bench.is_built(*formats)
    assert not bench.is_built(*formats)


def test_another_version_builds_anew(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bench.is_built()
    monkeypatch.setattr(keys, "__version__", "99")
    programs.cache_clear()
    try:
        assert bench.is_built()
    finally:
        programs.cache_clear()


@pytest.mark.skipif(not shutil.which("fc-list"), reason="fontconfig is not here")
def test_fonts_and_their_settings_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts, settings = tmp_path / "fonts", tmp_path / "fonts.conf"
    font = next(iter(packaged_files(PACKAGED[0]).values()))
    fonts.mkdir()
    settings.write_text(f"<fontconfig><dir>{fonts}</dir><cachedir>{tmp_path / 'kept'}</cachedir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(settings))
    seen = [surroundings()]
    shutil.copy(font, fonts / "one.ttf")
    seen.append(surroundings())
    os.utime(fonts / "one.ttf", (1, 1))
    seen.append(surroundings())
    with settings.open("a") as file:
        file.write("\n")
    seen.append(surroundings())
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    seen.append(surroundings())
    assert len(set(seen)) == len(seen)
    assert surroundings() == seen[-1]


@pytest.mark.skipif(not shutil.which("git"), reason="git is not here")
def test_what_git_says_counts_where_it_was_asked(bench: Bench) -> None:
    def git(*arguments: str, date: str = "2024-05-06T12:00:00") -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        dated = os.environ | {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        subprocess.run(["git", *who, *arguments], cwd=bench.source, env=dated, check=True, capture_output=True)

    bench.edit("octavo.toml", 'date = 2025-01-01\nversion = "1"\n', "")
    assert bench.is_built()
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    assert bench.is_built()
    assert not bench.is_built()
    git("tag", "v2")
    assert bench.is_built()
    bench.edit("octavo.toml", "[book]\n", '[book]\ndate = 2025-01-01\nversion = "1"\n')
    assert bench.is_built()
    git("commit", "-qam", "two", date="2024-07-06T12:00:00")
    assert not bench.is_built()


@contextmanager
def listening() -> Iterator[list[str]]:
    """Gather the names of the files that this process opens; a hook stays for ever, and falls silent at the end."""
    names: list[str] = []
    is_on = True

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if is_on and event == "open" and isinstance(arguments[0], str):
            names.append(arguments[0])

    sys.addaudithook(hook)
    yield names
    is_on = False


def test_every_file_of_the_book_that_is_opened_counts(tmp_path: Path) -> None:
    source, witness, report = Path(__file__).parent / "cases" / "parts" / "source", Witness(), Report()
    with listening() as names:
        build(source, tmp_path / "dist", ("html", "epub"), report, Timings(), witness=witness)
    assert not report.failed
    # Names below a folder that is open already are relative to it.
    opened = {file for file in source.rglob("*") if file.is_file() and {str(file), file.name} & set(names)}
    assert len(opened) > 5
    assert {str(file) for file in opened} <= {name for name, state in witness.files.items() if state.digest}


def test_what_another_process_reads_is_not_heard_of(tmp_path: Path) -> None:
    witness = Witness()
    sent = pickle.loads(pickle.dumps(Files(tmp_path, 10, witness)))
    assert sent.witness is not witness
    assert not witness.whole


# What was written


@pytest.mark.parametrize("name", ["site/01-moon.html", "site", "tides.epub"])
def test_what_is_gone_or_was_changed_is_built(name: str, bench: Bench) -> None:
    formats = ("--to", "html", "--to", "epub")
    assert bench.is_built(*formats)
    before, path = tree(bench.output), bench.output / name
    if path.is_dir():
        (path / "more.html").write_text("more")
        assert bench.is_built(*formats)
        shutil.rmtree(path)
    else:
        with path.open("r+b") as file:
            file.write(b"?")
        assert bench.is_built(*formats)
        path.unlink()
    assert bench.is_built(*formats)
    assert not bench.is_built(*formats)
    assert tree(bench.output) == before


def test_outputs_in_the_folder_of_the_book_are_none_of_it(bench: Bench) -> None:
    bench.output = bench.source
    assert bench.is_built()
    assert not bench.is_built()
    bench.output = bench.source / "dist"
    assert bench.is_built()
    assert not bench.is_built()


def test_what_another_build_put_there_is_no_output(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    build = recipe.build

    def both(*arguments: object, **others: object) -> None:
        build(*arguments, **others)  # type: ignore[arg-type]
        (bench.output / "site").rename(bench.folder / "old")
        shutil.copytree(bench.folder / "old", bench.output / "site")

    with monkeypatch.context() as patch:
        patch.setattr(recipe, "build", both)
        bench.run()
    assert bench.is_built()


# What was said


def test_what_was_said_is_said_again(bench: Bench) -> None:
    bench.edit("octavo.toml", "date = 2025-01-01\n", "")
    bench.edit("01-moon.md", "# The moon\n", "# The moon\n\n### Its face\n")
    said = [bench.run("--messages", form).stderr for form in ("json", "json", "text", "github")]
    assert bench.builds == 1
    assert said[0] == said[1]
    assert '"heading-level-skipped"' in said[0]
    assert "[heading-level-skipped]" in said[2]
    assert "[heading-level-skipped]" in said[3]


def test_a_build_that_fails_is_tried_again(bench: Bench) -> None:
    bench.edit("01-moon.md", "# The moon\n", "# The moon\n\n### Its face\n")
    assert [bench.run("--strict").exit_code for _ in range(2)] == [1, 1]
    assert bench.builds == 2


def test_a_program_of_the_book_runs_each_time(bench: Bench) -> None:
    bench.write("pass.py", "API_VERSION = 1\n\n\ndef run(document, context):\n    return document\n")
    bench.edit("octavo.toml", "[html]", '[passes]\nlocal = ["pass.py"]\n[html]')
    assert bench.is_built("--trust")
    assert bench.is_built("--trust")


def test_without_a_store_each_build_is_one(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "off")
    assert bench.is_built()
    assert bench.is_built()


# All formats, and as a process


@pytest.mark.canary
def test_a_pdf_is_built_after_a_change_alone(bench: Bench) -> None:
    formats = ("--to", "pdf", "--to", "epub", "--to", "html")
    assert bench.is_built(*formats)
    before = tree(bench.output)
    assert not bench.is_built(*formats)
    bench.edit("01-moon.md", "pulls", "draws")
    assert bench.is_built(*formats)
    bench.edit("01-moon.md", "draws", "pulls")
    assert bench.is_built(*formats)
    assert tree(bench.output) == before


def test_a_cover_is_drawn_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def draw(svg: str, width: int, height: int) -> bytes:
        drawn.append(svg)
        return picture(0, SMALL)

    monkeypatch.setattr("octavo.pdf.raster.drawn_picture", draw)
    for change in ("a word", "the order of citations", "the title of the book"):
        assert bench.is_built("--to", "epub")
        CHANGES[change](bench)
    assert len(drawn) == 1
    assert bench.is_built("--to", "epub")
    assert len(drawn) == 2


def test_to_find_nothing_to_do_loads_nothing_heavy(bench: Bench) -> None:
    heavy = (
        "octavo.recipe",
        "octavo.book",
        "weasyprint",
        "pydantic",
        "jinja2",
        "markdown_it",
        "rich",
        "PIL",
        "tinycss2",
    )
    program = (
        "import sys; from octavo.cli import main\n"
        "try: main(sys.argv[1:])\n"
        f"finally: print([name for name in {heavy} if name in sys.modules])\n"
    )
    arguments = ("html", bench.source, "--output", bench.output)
    command = [sys.executable, "-c", program, *map(str, arguments)]
    loaded = [
        subprocess.run(command, cwd=bench.folder, env=environment(), capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert "octavo.recipe" in loaded[0]
    assert loaded[1] == "[]\n"
