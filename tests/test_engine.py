"""Programs in JavaScript run in an embedded engine, within limits, and come from npm as they are stated."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from signal import SIGKILL, SIGTERM
from threading import Timer
from time import sleep

import javascript
import pytest

from octavo.engine import (
    LibraryMissingError,
    Program,
    ScriptError,
    begin,
    call,
    is_here,
    libraries,
    load,
    missing,
    run,
    stated,
)
from octavo.mathematics import speech

NAMES = [library.name for library in stated()]
NOT_FETCHED = "npm was not there when this checkout was set up"
needs_libraries = pytest.mark.skipif(bool(missing(NAMES)), reason=NOT_FETCHED)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    script = tmp_path / "script.js"
    script.write_text(
        """
        const add = (a, b) => a + b;
        const fail = () => { throw new TypeError("that was wrong"); };
        const nothing = () => undefined;
        const turn = () => { for (;;); };
        const gather = () => { const all = []; for (;;) all.push(new Array(1000).fill(1)); };
        const sink = n => sink(n + 1) + 1;
        let count = 0;
        const next = () => ++count;
        const when = () => [Date.now(), new Date().getTime(), Math.random()];
        const sort = words => words.sort((a, b) => a.localeCompare(b, "zh-CN"));
        """,
        "utf-8",
    )
    return Program(libraries=(), script=script)


def test_plain_data_goes_in_and_comes_out(program: Program) -> None:
    assert call(program, "add", 1, 2) == 3
    assert call(program, "add", "中", "\U0001f600\u2028\0") == "中\U0001f600\u2028\0"
    assert call(program, "nothing") is None


def test_a_program_is_loaded_once(program: Program) -> None:
    assert [call(program, "next"), call(program, "next")] == [1, 2]


def test_an_error_of_a_script_is_one_of_python(program: Program) -> None:
    with pytest.raises(ScriptError, match=r"^that was wrong$") as caught:
        call(program, "fail")
    assert caught.value.name == "TypeError"
    with pytest.raises(ScriptError, match="no_such_function"):
        call(program, "no_such_function")
    with pytest.raises(ScriptError, match="stack"):
        call(program, "sink", 1)
    assert call(program, "add", 1, 1) == 2


def test_time_and_memory_are_limited(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    call(program, "next")
    with pytest.raises(ScriptError, match="time"):
        call(program, "turn", seconds=0.2)
    assert call(program, "next") == 1  # loaded anew
    monkeypatch.setattr(run, "_MEMORY", 100_000_000)
    run._end_all()
    with pytest.raises(ScriptError, match="memory"):
        call(program, "gather")
    assert call(program, "next") == 1


@pytest.mark.parametrize("signal", [SIGKILL, SIGTERM])
def test_a_process_that_was_ended_is_begun_again(program: Program, signal: int) -> None:
    call(program, "next")
    run._running[program].send_signal(signal)
    run._running[program].wait()
    assert call(program, "next") == 1  # of those who ask now nobody did anything wrong


@pytest.mark.parametrize("signal", [SIGKILL, SIGTERM])
def test_a_process_that_ends_while_it_is_asked_had_no_memory_left(program: Program, signal: int) -> None:
    call(program, "next")
    killer = Timer(0.1, run._running[program].send_signal, [signal])
    killer.start()
    with pytest.raises(ScriptError, match="memory"):
        call(program, "turn")
    killer.join()
    assert call(program, "next") == 1


def test_an_answer_that_was_broken_off_is_none() -> None:
    ends = "import os; print('[\"value\", \"wo', end='', flush=True); os.kill(os.getpid(), 9)"
    with (
        subprocess.Popen([sys.executable, "-c", ends], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process,
        pytest.raises(ScriptError, match="memory"),
    ):
        run._answer(process, "1", 1)


def test_a_process_that_cannot_be_started_says_so(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(ScriptError, match="cannot be started: No such file"):
        call(program, "next")


class SlowProgram(Program):
    """Take so long to be found that another thread gets its turn."""

    def __hash__(self) -> int:
        sleep(0.01)
        return 1


def test_a_program_has_one_lock_for_all_threads(program: Program) -> None:
    slow = SlowProgram(libraries=(), script=program.script)
    with ThreadPoolExecutor(4) as threads:
        locks = [*threads.map(run._lock_of, [slow] * 4)]
    assert len({*map(id, locks)}) == 1


def test_a_process_that_cannot_begin_says_so(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_MEMORY", "much")
    for _ in range(2):
        with pytest.raises(ScriptError, match="ended, with exit status 1"):
            call(program, "next")


def test_an_answer_that_nobody_waited_for_comes_to_nobody(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    call(program, "next")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(run, "_answer", interrupted)
        call(program, "next")
    assert call(program, "add", 1, 1) == 2


def interrupted(*arguments: object) -> str:
    raise KeyboardInterrupt


def test_a_program_is_loaded_meanwhile(program: Program) -> None:
    begin(program)
    begin(program)
    assert [call(program, "next"), call(program, "next")] == [1, 2]


def test_what_is_wrong_is_told_by_the_first_call(tmp_path: Path) -> None:
    (tmp_path / "wrong.js").write_text("const x = ;", "utf-8")
    wrong = Program(libraries=(), script=tmp_path / "wrong.js")
    begin(wrong)
    with pytest.raises(ScriptError, match="SyntaxError"):
        call(wrong, "x")


def test_the_same_call_gives_the_same_words(program: Program) -> None:
    assert call(program, "when") == [0, 0, 0.5]


def test_chinese_is_sorted_by_its_sounds(program: Program) -> None:
    assert call(program, "sort", ["张", "李", "王", "安"]) == ["安", "李", "王", "张"]


def test_a_script_that_is_wrong_is_an_error_each_time(tmp_path: Path) -> None:
    script = tmp_path / "wrong.js"
    script.write_text("const x = ;", "utf-8")
    for _ in range(2):
        with pytest.raises(ScriptError, match="SyntaxError"):
            call(Program(libraries=(), script=script), "x")


@needs_libraries
def test_a_piece_of_a_library_is_mended(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stated_of_it = (javascript.ENGINE / "libraries" / "temml" / "package.json").read_text("utf-8")
    monkeypatch.setattr(libraries, "_FOLDER", tmp_path)
    (tmp_path / "temml").mkdir()
    (tmp_path / "temml" / "package.json").write_text(stated_of_it, "utf-8")
    (tmp_path / "temml" / "a.js").write_text("const said = () => 'slow';", "utf-8")
    mended = Program(libraries=(("temml", "a.js"),), script=program.script, mends=(("'slow'", "'fast'"),))
    assert call(mended, "said") == "fast"


@needs_libraries
def test_what_is_mended_is_there() -> None:
    text = (javascript.ENGINE / "libraries" / "mathjax" / "sre" / "speech-worker.js").read_text("utf-8")
    assert [text.count(piece) for piece, _ in speech.PROGRAM.mends] == [1] * len(speech.PROGRAM.mends)


def test_a_library_that_was_not_fetched_is_named(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "_FOLDER", Path("nowhere"))
    assert missing(["temml", "citeproc"]) == ("temml", "citeproc")
    with pytest.raises(LibraryMissingError, match="temml"):
        load(program, "temml", "dist/temml.js")


def test_a_library_of_another_version_counts_as_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "_FOLDER", tmp_path)
    (tmp_path / "temml").mkdir()
    (tmp_path / "temml" / "package.json").write_text('{"version": "0.0.1"}', "utf-8")
    assert not is_here("temml")


@needs_libraries
@pytest.mark.parametrize(
    ("library", "file", "seen"),
    [
        ("temml", "dist/temml.js", "typeof temml.renderToString"),
        ("citeproc", "citeproc_commonjs.js", "typeof CSL.Engine"),
    ],
)
def test_a_library_runs(library: str, file: str, seen: str, tmp_path: Path) -> None:
    script = tmp_path / "look.js"
    script.write_text(f"const look = () => {seen};", "utf-8")
    assert call(Program(libraries=((library, file),), script=script), "look") == "function"


def test_nothing_is_missing_where_a_change_is_judged() -> None:
    if os.environ.get("CI"):
        assert missing(NAMES) == ()


def test_the_engine_costs_nothing_unless_it_runs() -> None:
    seen = "import sys, octavo.engine; print('py_mini_racer' in sys.modules, 'asyncio' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["False", "False"]


def test_a_process_that_ran_a_program_ends(program: Program) -> None:
    seen = (
        "from pathlib import Path\nfrom octavo.engine import Program, call\n"
        f"print(call(Program(libraries=(), script=Path({str(program.script)!r})), 'add', 1, 2))\ndef hold(): pass"
    )
    said = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True, timeout=30).stdout
    assert said.split() == ["3"]


def test_a_process_that_is_killed_leaves_no_program_behind(program: Program, tmp_path: Path) -> None:
    seen = (
        "from pathlib import Path\nfrom octavo.engine import Program, call, run\n"
        f"program = Program(libraries=(), script=Path({str(program.script)!r}))\ncall(program, 'next')\n"
        "print(run._running[program].pid, flush=True)\ncall(program, 'turn')"
    )
    with subprocess.Popen([sys.executable, "-c", seen], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        left = int(process.stdout.readline())
        process.kill()
    for _ in range(100):
        if not _is_running(left):
            return
        sleep(0.1)
    pytest.fail("it still runs")


def _is_running(number: int) -> bool:
    """Tell whether a process runs; one that ended and that nobody has asked about yet does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# How they are fetched.


def packed(files: dict[str, str]) -> bytes:
    """Return an archive as npm makes them."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return buffer.getvalue()


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that states one library, which a false npm gives out."""
    archive = packed(
        {"package/package.json": "{}", "package/a.js": "1", "package/b.js": "2", "package/../../c.js": "3"}
    )
    (tmp_path / "archive.tgz").write_bytes(archive)
    npm = tmp_path / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text(
        '#!/bin/sh\nwhile [ "$1" != --pack-destination ]; do shift; done\n'
        f'cp "{tmp_path}/archive.tgz" "$2/some-thing-1.0.0.tgz"\n',
        "utf-8",
    )
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{npm.parent}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "engine").mkdir()
    return tmp_path / "engine"


def state(engine: Path, digest: bytes, files: list[str]) -> None:
    library = {"integrity": f"sha512-{base64.b64encode(digest).decode()}", "purpose": "nothing", "files": files}
    said = {"dependencies": {"@some/thing": "1.0.0"}, "octavo": {"@some/thing": library}}
    (engine / "package.json").write_text(json.dumps(said), "utf-8")


def sum_of(engine: Path) -> bytes:
    return hashlib.sha512((engine.parent / "archive.tgz").read_bytes()).digest()


def test_what_is_stated_is_fetched_and_nothing_else(engine: Path) -> None:
    state(engine, sum_of(engine), ["a.js"])
    assert javascript.provide(engine)
    files = {path.relative_to(engine).as_posix() for path in engine.rglob("*") if path.is_file()}
    assert files == {"package.json", "libraries/package.json", "libraries/@some/thing/a.js"}


def test_it_is_fetched_once(engine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state(engine, sum_of(engine), ["*.js"])
    assert javascript.provide(engine)
    monkeypatch.setenv("PATH", "")
    assert javascript.provide(engine)


@pytest.mark.parametrize(
    ("digest", "files"), [(b"another", ["a.js"]), (None, ["a.js", "not-there.js"]), (None, ["c.js"])]
)
def test_an_archive_that_is_another_ends_the_set_up(engine: Path, digest: bytes | None, files: list[str]) -> None:
    state(engine, digest or sum_of(engine), files)
    with pytest.raises(SystemExit):
        javascript.provide(engine)
    assert {path.name for path in engine.iterdir()} == {"package.json"}


def test_without_npm_it_is_said_and_nothing_breaks(
    engine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    state(engine, sum_of(engine), ["a.js"])
    monkeypatch.setenv("PATH", "")
    assert not javascript.provide(engine)
    assert "npm is not there" in capsys.readouterr().err


def test_every_sum_and_licence_is_stated() -> None:
    said = json.loads((javascript.ENGINE / "package.json").read_text("utf-8"))
    assert set(said["dependencies"]) == set(said["octavo"])
    for name, library in said["octavo"].items():
        assert len(base64.b64decode(library["integrity"].removeprefix("sha512-"))) == 64, name
        assert "package.json" in library["files"], name  # it names the licence


@needs_libraries
def test_what_is_carried_names_its_licence() -> None:
    folder = javascript.ENGINE / "libraries"
    licences = {name: json.loads((folder / name / "package.json").read_text("utf-8"))["license"] for name in NAMES}
    assert set(licences.values()) <= {"Apache-2.0", "MIT", "OFL-1.1", "CPAL-1.0 OR AGPL-1.0"}, (
        "name it in pyproject.toml and README.md"
    )
