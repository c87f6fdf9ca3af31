"""The programs that draw diagrams without a browser, where this machine has them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata

# What Graphviz measures words with: wider than the fonts that print them, and with Chinese.
_FONT = "Noto Sans CJK SC"
# Mermaid's own choice of colours changes with its versions; this one is made for print. Authors may say otherwise.
_THEME = '%%{init: {"theme": "neutral", "look": "classic"}}%%'
# A label with tags that are not closed, such as “a <b> c”, takes the words of all others with it, and a formula is left
# out. Labels that are no HTML keep all of that, but do not stand in the middle of every box.
_MARKUP = re.compile(r"</?(?!br\b)[a-zA-Z]|\$\$")
_LABELS = '%%{init: {"htmlLabels": false, "flowchart": {"htmlLabels": false}}}%%'
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n.*?\n[ \t]*---[ \t]*\n", re.DOTALL)
# A picture leads nowhere, and the labels of boxes that would are drawn in a corner.
_CLICK = re.compile(r"^[ \t]*(?:click|links?)[ \t].*", re.MULTILINE)
# The library is handed the text in a process of its own: what crashes or never ends there does not do so here.
_PROGRAM = """\
import sys, mmdr
try:
    sys.stdout.buffer.write(mmdr.render(sys.stdin.buffer.read().decode(), backend="merman").svg().encode())
except ValueError as error:
    sys.exit(str(error))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """Name what draws a language: its version, its command, and the source as it wants it."""

    version: str
    command: tuple[str, ...]
    prepared: Callable[[str], str] = lambda source: source


def graphviz() -> Tool | None:
    """Return the program `dot` of Graphviz where it is on PATH and runs."""
    program = shutil.which("dot")
    if program is None:
        return None
    try:
        said = subprocess.run(
            [program, "-V"], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    fonts = (f"-{what}fontname={_FONT}" for what in "GNE")
    return Tool(version=(said.stdout + said.stderr).strip(), command=(program, "-Tsvg", *fonts))


def mermaid() -> Tool | None:
    """Return the library mmdr where it is installed."""
    try:
        version = metadata.version("mmdr")
    except metadata.PackageNotFoundError:
        return None
    return Tool(version=f"mmdr {version}", command=(sys.executable, "-P", "-c", _PROGRAM), prepared=_for_mermaid)


TOOLS: dict[str, Callable[[], Tool | None]] = {"dot": graphviz, "mermaid": mermaid}


def _for_mermaid(source: str) -> str:
    front = _FRONT_MATTER.match(source)
    begin = front.end() if front else 0
    # Lines keep their numbers, which complaints name. A directive is stronger than what the front matter says, and a
    # later one stronger than an earlier one.
    theme = "" if "config:" in source[:begin] else _THEME
    labels = _LABELS if _MARKUP.search(source) else ""
    return source[:begin] + theme + labels + _CLICK.sub("", source[begin:])
