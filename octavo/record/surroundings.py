"""What surrounds a build and may show in what it makes: the environment, programs that draw, types of files, fonts."""

from __future__ import annotations

import mimetypes
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator

from octavo.store import digest

# What the libraries below ask for: where fonts and their settings are, the language, which libraries are loaded.
_VARIABLES = re.compile(r"(?:LC_|LANG|FC_|FONTCONFIG_|PANGO|G_|GV|XDG_|LD_|DYLD_|PYTHON)\w*|HOME|TZ|SOURCE_DATE_EPOCH")
_DRAWING = ("dot", "fc-match", "fc-query")
_SECONDS = 30


def surroundings() -> str:
    """Return what is another where any of them is."""
    variables = (f"{name}={value}" for name, value in sorted(os.environ.items()) if _VARIABLES.fullmatch(name))
    programs = (shutil.which(name) or "" for name in _DRAWING)
    return digest(*variables, "", *_marked(programs), "", *_marked(map(str, mimetypes.knownfiles)), "", *_fonts())


def _fonts() -> Iterator[str]:
    """Yield all fonts that fontconfig has, with the state of their files, and the state of its settings."""
    fonts, settings = _answer("fc-list"), _answer("fc-conflist")
    yield fonts
    yield from _marked(sorted({line.partition(": ")[0] for line in fonts.splitlines()}))
    yield settings
    yield from _marked(line.removeprefix("+ ").partition(": ")[0] for line in settings.splitlines())


def _answer(program: str) -> str:
    try:
        answer = subprocess.run(
            [program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return "\n".join(sorted(answer.stdout.decode("utf-8", "surrogateescape").splitlines()))


def _marked(files: Iterable[str]) -> Iterator[str]:
    for file in files:
        try:
            status = os.stat(file)  # noqa: PTH116 (there may be thousands)
            yield f"{file} {status.st_size} {status.st_mtime_ns} {status.st_ino}"
        except (OSError, ValueError):
            yield file
