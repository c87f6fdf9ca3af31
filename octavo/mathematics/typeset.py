"""Formulas → MathML and drawings, by Temml and MathJax in the embedded engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from octavo.document import Written
from octavo.engine import Program, call, load
from octavo.mathematics.formulas import Wrong

_FONT = "@mathjax/mathjax-newcm-font"
_CHEMISTRY = "@mathjax/mathjax-mhchem-font-extension"
# In the order in which they build on each other.
_EXTENSIONS = """
newcommand ams amscd boldsymbol braket enclose cancel centernot color extpfeil empheq cases mathtools mhchem textmacros
textcomp unicode upgreek units gensymb bbox bussproofs configmacros
"""
_MATHJAX = (
    *("loader.js", "core.js", "adaptors/liteDOM.js", "input/tex-base.js"),
    *(f"input/tex/extensions/{name}.js" for name in _EXTENSIONS.split()),
    "output/svg.js",
)
# The extension of the font asks for the component that starts pages, of which there are none.
_STARTED = '("undefined"!=typeof window?window:C.g).MathJax._.components.startup'
_NOT_STARTED = "({MathJax: {config: {}, _: MathJax._}})"
_SCRIPT = Path(__file__).with_name("typeset.js")
PROGRAM = Program(
    libraries=(
        *(("mathjax", file) for file in _MATHJAX),
        (_FONT, "svg.js"),
        (_CHEMISTRY, "svg.js"),
        ("temml", "dist/temml.js"),
        ("temml", "contrib/mhchem/mhchem.js"),
    ),
    script=_SCRIPT,
    before="var MathJax = {loader: {load: []}, startup: {typeset: false}};",
    mends=((_STARTED, _NOT_STARTED),),
)
LIBRARIES = tuple(dict.fromkeys(library for library, _ in PROGRAM.libraries))

_AT_ONCE = 100
_ROUNDS = 20  # each brings at least one more file of the font, of which a formula needs few


@dataclass(frozen=True, slots=True)
class Set:
    """Hold what the programs made of a formula."""

    mathml: str
    drawing: str
    box: tuple[float, float, float, float]


def typeset(formulas: Sequence[Written]) -> list[Set | Wrong]:
    """Return what became of each formula. Raises ScriptError where the programs themselves give up."""
    found: list[Set | Wrong] = []
    for first in range(0, len(formulas), _AT_ONCE):
        found += _some(formulas[first : first + _AT_ONCE])
    return found


@cache
def command_names() -> tuple[str, ...]:
    """Return the names of all commands that can be used in a formula, without their backslash."""
    return tuple(call(PROGRAM, "commands"))


def _some(formulas: Sequence[Written]) -> list[Set | Wrong]:
    asked = [asdict(formula) for formula in formulas]
    results: list[Any] = [None] * len(asked)
    waiting = list(range(len(asked)))
    for _ in range(_ROUNDS):
        answer = call(PROGRAM, "setAll", [asked[index] for index in waiting])
        for index, result in zip(waiting, answer["results"], strict=True):
            results[index] = result
        waiting = [index for index in waiting if "waits" in results[index]]
        if not waiting:
            break
        for name in answer["files"]:
            load(PROGRAM, _FONT, f"svg/dynamic/{name.rpartition('/')[2]}")
            call(PROGRAM, "arrived", name)
    return [_result(result) for result in results]


def _result(result: dict[str, Any]) -> Set | Wrong:
    if "waits" in result:
        return Wrong(message="it needs glyphs that are not there")
    if "wrong" in result:
        return Wrong(message=result["wrong"], place=result["place"])
    left, top, width, height = result["box"]
    return Set(result["mathml"], result["drawing"], (left, top, width, height))
