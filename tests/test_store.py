"""The store: what is kept is found again or not at all, whoever writes at the same time and whoever is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from octavo import store as stores
from octavo.cli import main
from octavo.diagnostics import Report, Rule
from octavo.store import VARIABLE, Store, digest, keys, limit, open_store, programs_now, without_store

KEY, OTHER = digest("one"), digest("other")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Give an empty store, which the environment names too."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    return open_store("things")


def file_of(store: Store, key: str) -> Path:
    assert store.folder is not None
    return store.folder / store.kind / key[:2] / key[2:]


def refusal() -> str:
    """Return why nothing is kept, and see that nothing is."""
    report = Report()
    assert open_store("things", report).folder is None
    (found,) = report
    assert found.rule is Rule.CACHE_REFUSED
    return found.message


# Keys


def test_keys_are_of_the_parts_and_not_of_their_sum() -> None:
    parts = [("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""), (b"abc",), ("a", "b", "c"), ("1:a",), ("", "abc")]
    assert len({digest(*some) for some in parts}) == len(parts)
    assert digest("字", b"\0") == digest("字", b"\0")
    digest("\ud800")  # a name of a file may hold it


def test_programs_are_known_by_their_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "octavo"
    (package / "inner").mkdir(parents=True)
    (tmp_path / "styles").mkdir()
    module, sheet = package / "inner" / "module.py", tmp_path / "styles" / "prose.css"
    module.write_text("one")
    sheet.write_text("one")
    monkeypatch.setattr(keys, "_PACKAGE", package)
    seen = [programs_now()]
    for file, text in ((module, "three"), (sheet, "three"), (package / "new.py", "")):
        file.write_text(text)
        seen.append(programs_now())
    os.utime(module, (1, 1))
    seen.append(programs_now())
    monkeypatch.setattr(keys, "__version__", "99")
    seen.append(programs_now())
    (tmp_path / "weasyprint-99.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    seen.append(programs_now())
    assert len(set(seen)) == len(seen)
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "module.pyc").write_text("")
    assert programs_now() == seen[-1]


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is of Linux")
def test_the_libraries_of_a_layout_are_known_before_it_loads_them() -> None:
    program = (
        "from octavo.store import libraries\n"
        "before = libraries()\n"
        "from octavo.pdf.libraries import load_libraries\n"
        "load_libraries()\n"
        "assert libraries() == before\n"
        "print(*before, sep='\\n')\n"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    files = [Path(line.rsplit(" ", 2)[0]) for line in shown.splitlines()]
    assert all(file.is_file() for file in files)
    for name in ("libpango-1", "libharfbuzz.", "libharfbuzz-subset", "libfontconfig", "libfreetype"):
        assert any(file.name.startswith(name) for file in files), name


# Keeping


def test_what_is_kept_is_found(store: Store) -> None:
    assert store.get(KEY) is None
    for data in (b"", b"\n", b"one\ntwo\r\n", os.urandom(100_000)):
        store.put(KEY, data)
        assert store.get(KEY) == data
    assert store.get(OTHER) is None
    assert store.of("others").get(KEY) is None
    store.remove(KEY)
    store.remove(KEY)
    assert store.get(KEY) is None


def test_only_its_owner_reads_it(store: Store) -> None:
    store.put(KEY, b"data")
    assert store.folder is not None
    assert store.folder.stat().st_mode & 0o077 == 0
    assert file_of(store, KEY).stat().st_mode & 0o077 == 0


def test_a_key_is_no_path(store: Store) -> None:
    with pytest.raises(ValueError, match="no digest"):
        store.get("../../etc/passwd")


@pytest.mark.parametrize(("part", "other"), [(b"good", b"goo"), (b"good", b"evil"), (b"\n", b""), (b"", b"x")])
def test_a_spoiled_file_is_none_and_goes(part: bytes, other: bytes, store: Store) -> None:
    store.put(KEY, b"good")
    file = file_of(store, KEY)
    file.write_bytes(file.read_bytes().replace(part, other))
    assert store.get(KEY) is None
    assert not file.exists()


def test_a_file_that_was_moved_is_none(store: Store) -> None:
    store.put(KEY, b"data")
    other = file_of(store, OTHER)
    other.parent.mkdir(exist_ok=True)
    file_of(store, KEY).rename(other)
    assert store.get(OTHER) is None


def test_no_room_is_no_failure(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        store.put(KEY, b"data")
    assert store.get(KEY) is None
    assert not any(file_of(store, KEY).parent.iterdir())


def test_many_write_while_many_are_killed(store: Store) -> None:
    """Kill writers at any moment: a reader finds what was put, whole, or nothing, and what is left over goes."""
    program = (
        "import sys; from pathlib import Path; from octavo.store import Store, digest\n"
        "store = Store(Path(sys.argv[1]), 'things')\n"
        "print('begun', flush=True)\n"
        "while True:\n"
        "    for number in range(20): store.put(digest(str(number)), str(number).encode() * 100_000)\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", program, str(store.folder)], stdout=subprocess.PIPE) for _ in range(3)
    ]
    for turn, writer in enumerate(writers):
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.02 * turn)
        for number in range(20):
            assert store.get(digest(str(number))) in (None, str(number).encode() * 100_000)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
    assert store.folder is not None
    for path in store.folder.rglob(".part-*"):
        os.utime(path, (0, 0))
    store.trim(limit(), at_once=True)
    assert not list(store.folder.rglob(".part-*"))
    assert store.get(digest("0")) == b"0" * 100_000


# Bounds


def test_what_was_used_last_stays(store: Store) -> None:
    names = [digest(str(number)) for number in range(10)]
    for age, name in enumerate(names):
        store.of(f"kind-{age % 2}").put(name, b"x" * 1000)
        os.utime(file_of(store.of(f"kind-{age % 2}"), name), (age, age))
    assert store.of("kind-0").get(names[0])  # which counts as its newest use
    store.trim(5500, at_once=True)
    left = [age for age, name in enumerate(names) if store.of(f"kind-{age % 2}").get(name)]
    assert left == [0, 7, 8, 9]
    store.trim(5500, at_once=True)
    assert sum(each.number for each in store.kept().values()) == 4


def test_room_is_made_now_and_then(store: Store) -> None:
    store.put(KEY, b"data")
    store.trim(1000)
    store.trim(0)
    assert store.get(KEY)
    assert store.folder is not None
    os.utime(store.folder / ".trimmed", (0, 0))
    store.trim(0)
    assert store.get(KEY) is None


@pytest.mark.parametrize(
    ("stated", "bytes_"), [("", 10**9), ("500", 500), ("20 MB", 20 * 10**6), ("2g", 2 * 10**9), ("much", 10**9)]
)
def test_the_limit_is_what_the_environment_says(stated: str, bytes_: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_CACHE_LIMIT", stated)
    assert limit() == bytes_


# The place


def test_the_place_is_the_cache_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name, appauthor: tmp_path / name)
    assert open_store("things").folder == tmp_path / "octavo" / "kept"


def test_it_can_be_turned_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "off")
    report = Report()
    store = open_store("things", report)
    store.put(KEY, b"data")
    store.trim(0)
    assert (store.folder, store.get(KEY), store.kept(), list(report)) == (None, None, {}, [])
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    with without_store():
        assert open_store("things").folder is None
    assert open_store("things").folder == tmp_path / "cache"


def test_a_relative_place_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "cache")
    assert "must be an absolute path" in refusal()


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o701])
def test_a_place_open_to_others_is_refused(mode: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    tmp_path.chmod(mode)
    assert "is open to other users" in refusal()
    tmp_path.chmod(0o700)
    assert open_store("things").folder == tmp_path


def test_a_place_that_holds_other_things_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    tmp_path.chmod(0o700)
    (tmp_path / "letter.txt").write_text("mine")
    assert "holds other things" in refusal()
    (tmp_path / "letter.txt").unlink()
    assert open_store("things").folder == tmp_path
    (tmp_path / "CACHEDIR.TAG").unlink()
    open_store("things").put(KEY, b"data")
    assert open_store("things").folder == tmp_path


def test_nothing_but_what_is_kept_is_removed(store: Store) -> None:
    store.put(KEY, b"data")
    assert store.folder is not None
    others = [store.folder / name for name in ("a.txt", "things/b.txt", "things/ab/c.txt", f"things/ab/d/{KEY[2:]}")]
    for other in others:
        other.parent.mkdir(parents=True, exist_ok=True)
        other.write_text("mine")
    store.clear()
    assert store.get(KEY) is None
    assert all(other.is_file() for other in others)


def test_a_place_of_another_user_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert "belongs to another user" in refusal()


def test_a_place_that_cannot_be_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file"))
    assert "cannot be used: File exists" in refusal()


# The command


def shown(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["cache", *arguments])
    assert result.exit_code == 0
    return result.output


def test_the_command_shows_and_clears(store: Store) -> None:
    store.put(KEY, b"x" * 1935)
    store.of("others").put(KEY, b"")
    assert shown() == (
        "others             1  65 B\nthings             1  2 kB\ntotal              2  2.06 kB of 1 GB\n"
        f"{store.folder}\n"
    )
    assert shown("--clear").startswith("total              0  0 B of ")
    assert store.get(KEY) is None


def test_the_command_says_why_there_is_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "off")
    assert shown() == "nothing is kept: OCTAVO_CACHE is off\n"
    monkeypatch.setenv(VARIABLE, "cache")
    assert shown().startswith("nothing is kept of this build: OCTAVO_CACHE is “cache”")
    assert stores.open_store("things").folder is None
