r"""Commands of the author's own: those of octavo.toml, and `\newcommand` in a formula, which holds from there on.

In: TeX, and the macros that hold where it stands. Out: the TeX without its definitions, blanks in their place, and what
it defined. LaTeX lets nobody define a name twice; here the later definition holds, as it does where files are joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from octavo.document import Macro

_COMMAND = re.compile(
    r"\\(?P<kind>newcommand|renewcommand|providecommand|DeclareMathOperator|def|gdef)(?P<star>\*?)\s*"
    r"(?:\{\s*)?\\(?P<name>[A-Za-z]+|[^A-Za-z\s])\s*(?:\}\s*)?"
)
_COUNT = re.compile(r"\[([1-9])\]\s*")
_FIRST = re.compile(r"\[([^\[\]]*)\]\s*")
_PARAMETERS = re.compile(r"((?:#[1-9])*)\s*")
_ARGUMENT = re.compile(r"#([1-9])")
_CALL = re.compile(r"\\([A-Za-z]+|[^A-Za-z\s])")


@dataclass(frozen=True, slots=True)
class Defined:
    """Hold TeX with blanks where it defined macros, and these."""

    tex: str
    macros: tuple[Macro, ...]


def take_definitions(tex: str) -> Defined:
    """Take the definitions out of a formula; one that is cut off stays, for the engine to say so."""
    macros, at = [], 0
    while found := _COMMAND.search(tex, at):
        at = found.end()
        if read := _definition(tex, found):
            macro, at = read
            macros.append(macro)
            tex = tex[: found.start()] + re.sub(r"\S", " ", tex[found.start() : at]) + tex[at:]
    return Defined(tex, tuple(macros))


def stated_macro(name: str, body: str) -> Macro:
    """Return a macro of octavo.toml, which takes as many arguments as its text names."""
    return Macro(name=name.removeprefix("\\"), body=body, count=max(map(int, _ARGUMENT.findall(body)), default=0))


def used_macros(tex: str, macros: Mapping[str, Macro]) -> tuple[Macro, ...]:
    """Return the macros that a formula needs, with those that these need, by name."""
    wanted, found = set(_CALL.findall(tex)), dict[str, Macro]()
    while names := sorted(name for name in wanted if name in macros and name not in found):
        found.update((name, macros[name]) for name in names)
        wanted = {call for name in names for call in _CALL.findall(macros[name].body)}
    return tuple(found[name] for name in sorted(found))


def by_name(macros: Iterable[Macro]) -> dict[str, Macro]:
    """Return macros by their names; of two with one name the later."""
    return {macro.name: macro for macro in macros}


def _definition(tex: str, found: re.Match[str]) -> tuple[Macro, int] | None:
    """Return what a definition defines, and where it ends; None where it is none that can be read."""
    at, count, first = found.end(), 0, None
    if found["kind"] in ("def", "gdef"):
        parameters = _PARAMETERS.match(tex, at)
        assert parameters
        count, at = parameters[1].count("#"), parameters.end()
    elif found["kind"] != "DeclareMathOperator" and (number := _COUNT.match(tex, at)):
        count, at = int(number[1]), number.end()
        if given := _FIRST.match(tex, at):
            first, at = given[1], given.end()
    end = _end_of_group(tex, at)
    if end is None:
        return None
    body = tex[at + 1 : end - 1]
    if found["kind"] == "DeclareMathOperator":
        body = rf"\operatorname{found['star']}{{{body}}}"
    return Macro(name=found["name"], body=body, count=count, first=first), end


def _end_of_group(tex: str, start: int) -> int | None:
    """Return where a group in braces ends that begins at `start`, or None where none does."""
    depth, at = 0, start
    while at < len(tex):
        if tex[at] == "\\":
            at += 1
        elif tex[at] in "{}":
            depth += 1 if tex[at] == "{" else -1
            if depth == 0:
                return at + 1
        if depth == 0:
            return None
        at += 1
    return None
