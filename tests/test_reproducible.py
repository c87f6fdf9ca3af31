"""Two builds give the same bytes, whoever builds, wherever and whenever; and no output says who, where or when."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest

ROOT = Path(__file__).resolve().parent.parent

# Loaded by Python before anything of ours: the clock goes wrong by some four hundred days.
CLOCK = """
import datetime, time

SHIFT = 400 * 24 * 60 * 60
now, local, utc, strftime = time.time, time.localtime, time.gmtime, time.strftime
time.time = lambda: now() + SHIFT
time.time_ns = lambda: int((now() + SHIFT) * 1_000_000_000)
time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: utc(time.time() if seconds is None else seconds)
time.strftime = lambda form, moment=None: strftime(form, time.localtime() if moment is None else moment)


class date(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())


class datetime_(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):
        return cls.now(datetime.timezone.utc).replace(tzinfo=None)

    @classmethod
    def today(cls):
        return cls.now()


datetime_.__name__ = "datetime"
datetime.date, datetime.datetime = date, datetime_
"""

SMALL = {
    "octavo.toml": (
        '[book]\ntitle = "A small book"\nauthors = ["A. Author"]\nlanguage = "en"\nslug = "small"\n'
        'kind = "book"\nkeywords = ["one", "two"]\n'
    ),
    "1-first.md": (
        "# First\n\nText with a note.[^a] A [link](2-second.md#second).\n\n![A square](square.svg)\n\n"
        "[^a]: The note.\n\n## Same\n\n```python\nfor i in range(3):\n    print(i)\n```\n"
    ),
    "2-second.md": "# Second\n\n## Same\n\n- [x] done\n- [ ] to do\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n",
    "square.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>\n',
}


@dataclass(frozen=True)
class Circumstances:
    """Say who builds, where and when."""

    name: str
    language: str
    zone: str
    seed: str
    clock: str | None

    @property
    def user(self) -> str:
        return f"nobody-{self.name}"


ONE = Circumstances("one", "C", "UTC", "1", None)
OTHER = Circumstances("other", "zh_CN.UTF-8", "Pacific/Kiritimati", "4242", CLOCK)


def start(source: Path, folder: Path, who: Circumstances) -> tuple[subprocess.Popen[str], Path]:
    """Begin a build of a copy of a book under some circumstances; return it, and where its outputs go."""
    place = folder / f"place-{who.name}" / ("deep/er" if who is OTHER else "")
    here, output = place / "cwd", place / f"out-{who.name}"
    here.mkdir(parents=True)
    paths = [str(ROOT)]
    if who.clock:
        (place / "clock").mkdir()
        (place / "clock" / "sitecustomize.py").write_text(who.clock, "utf-8")
        paths.insert(0, str(place / "clock"))
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    environment |= {
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONHASHSEED": who.seed,
        "TZ": who.zone,
        "LANG": who.language,
        "LC_ALL": who.language,
        "USER": who.user,
        "LOGNAME": who.user,
        "HOSTNAME": f"host-{who.name}",
    }
    command = [sys.executable, "-P", "-m", "octavo", "build", os.path.relpath(source, here), "--output", str(output)]
    process = subprocess.Popen(
        command, cwd=here, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return process, output


@pytest.fixture(scope="module", params=["small", "article"])
def outputs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build a book twice, at once."""
    folder = tmp_path_factory.mktemp("reproducible")
    source = ROOT / "source"
    if request.param == "small":
        source = folder / "book"
        source.mkdir()
        for name, text in SMALL.items():
            (source / name).write_text(text, "utf-8")
    builds = [start(source, folder, who) for who in (ONE, OTHER)]
    for process, _ in builds:
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0, said
    return builds[0][1], builds[1][1]


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_clock_of_the_second_build_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(CLOCK, "utf-8")
    code = "import datetime, time; print(time.time(), datetime.datetime.now().timestamp(), time.mktime(time.gmtime()))"
    environment = {**os.environ, "TZ": "UTC"}
    right, wrong = (
        [
            float(word)
            for word in subprocess.run(
                [sys.executable, "-c", code],
                env={**environment, "PYTHONPATH": path},
                capture_output=True,
                text=True,
                check=True,
            ).stdout.split()
        ]
        for path in ("", str(tmp_path))
    )
    assert all(399 < (late - early) / 86_400 < 401 for early, late in zip(right, wrong, strict=True))


def test_two_builds_give_the_same_bytes(outputs: tuple[Path, Path]) -> None:
    one, other = (files_of(folder) for folder in outputs)
    assert sorted(one) == sorted(other)
    assert {".pdf", ".epub", ".html"} <= {Path(name).suffix for name in one}
    assert [name for name in one if one[name] != other[name]] == []


def pieces(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file, and what is packed inside it, unpacked."""
    yield name, data
    if name.endswith(".epub"):
        with ZipFile(BytesIO(data)) as archive:
            for entry in archive.infolist():
                yield f"{name}/{entry.filename}", archive.read(entry) + str(entry.date_time).encode() + entry.extra
    if name.endswith(".pdf"):
        with pikepdf.open(BytesIO(data)) as document:
            for number, found in enumerate(document.objects):
                yield f"{name}/{number}", unpacked(found) if isinstance(found, pikepdf.Stream) else found.unparse()


def unpacked(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except (pikepdf.PdfError, zlib.error):
        return stream.read_raw_bytes()


def secrets(folder: Path, who: Circumstances) -> set[str]:
    """Return what would tell who built a book, where and when."""
    result = {str(ROOT), str(folder), folder.name, str(folder.parent), who.user, f"host-{who.name}", str(Path.home())}
    return {secret for secret in result if len(secret) > 5}


def test_no_output_tells_who_built_it_or_where(outputs: tuple[Path, Path]) -> None:
    folder = outputs[1]
    wanted = {secret: encodings(secret) for secret in secrets(folder, OTHER)}
    found = [
        (piece, secret)
        for name, data in files_of(folder).items()
        for piece, content in pieces(name, data)
        for secret, forms in wanted.items()
        if any(form in content for form in forms)
    ]
    assert found == []


def test_no_output_tells_when_it_was_built(outputs: tuple[Path, Path]) -> None:
    moment = datetime.now(UTC) + timedelta(days=400)
    days = [(moment + timedelta(days=shift)).date() for shift in (-1, 0, 1)]
    forms = {
        form
        for day in days
        for text in (f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"({day.year}, {day.month}, {day.day},")
        for form in encodings(text)
    }
    found = [
        piece
        for name, data in files_of(outputs[1]).items()
        for piece, content in pieces(name, data)
        if any(form in content for form in forms)
    ]
    assert found == []


def encodings(text: str) -> set[bytes]:
    """Return a text as it might stand in a file; PDF writes some in UTF-16, and some of those in hexadecimal."""
    wide = text.encode("utf-16-be")
    return {text.encode(), wide, wide.hex().encode(), wide.hex().upper().encode()}


def test_secrets_are_found_where_they_stand(tmp_path: Path) -> None:
    document = pikepdf.new()
    document.docinfo["/Author"] = "nobody-other"
    document.Root.Note = document.make_stream(b"built by nobody-other")
    document.save(tmp_path / "a.pdf", compress_streams=True)
    data = (tmp_path / "a.pdf").read_bytes()
    forms = encodings("nobody-other")
    assert sum(any(form in content for form in forms) for _, content in pieces("a.pdf", data)) >= 2
    with ZipFile(tmp_path / "a.epub", "w") as archive:
        archive.writestr("a", "nobody-other" * 100)
    data = (tmp_path / "a.epub").read_bytes()
    assert any(b"nobody-other" in content for name, content in pieces("a.epub", data) if name != "a.epub")
