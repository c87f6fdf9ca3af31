"""Run the functions of a program: plain data in, plain data out, within limits of memory and time.

Data goes both ways as JSON. A program that used up its time or memory is thrown away, for nobody knows in what state it
is; the next call loads it again.
"""

from __future__ import annotations

import atexit
import json
import threading
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from octavo.engine.libraries import read

if TYPE_CHECKING:
    from py_mini_racer import MiniRacer

_MEMORY = 1_000_000_000  # bytes
_SECONDS = 60.0
# Room for what is new, in MB: what is set lives until it is handed over, and would be moved about again and again.
# (Without the library's own flag V8 compiles beside the script and is twice as fast; but then it ends the process where
# it runs out of memory.)
_FLAGS = ("--min-semi-space-size=64", "--max-semi-space-size=64")

# What libraries written for browsers or for Node look for. No clock and no chance: the same call gives the same words.
_SURROUNDINGS = """
var window = globalThis, self = globalThis;
var console = {log() {}, info() {}, warn() {}, error() {}, debug() {}};
var module = {exports: {}}, exports = module.exports;
Math.random = () => 0.5;
Date = class extends Date {
  constructor(...given) { super(...(given.length ? given : [0])); }
  static now() { return 0; }
};
"""
# An error of a script comes back as data, for the engine itself would give its words and its place in one string.
_CALL = """
(() => {
  try {
    return JSON.stringify({value: %s(...%s)});
  } catch (error) {
    return JSON.stringify({error: String(error && error.message || error), name: String(error && error.name || "")});
  }
})()
"""

# What a script that is loaded comes to, in place of an object that would have to be handed over.
_NOTHING = "\n;''"

_loaded: dict[Program, MiniRacer] = {}
_locks: defaultdict[Program, threading.Lock] = defaultdict(threading.Lock)


class ScriptError(Exception):
    """Carry what a program said when it failed, or which limit it ran into; `name` is that of its error."""

    def __init__(self, message: str, name: str = "") -> None:
        self.name = name
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Program:
    """Name what is loaded, in this order: files of libraries, as (library, file), and the script of ours on top.

    `before` is JavaScript that runs first, for libraries that look for their configuration when they are loaded.
    `mends` are pieces of the libraries, each with what is loaded in its place; `changes` are scripts of ours,
    loaded behind the libraries, that change what they do.
    """

    libraries: tuple[tuple[str, str], ...]
    script: Path
    before: str = ""
    mends: tuple[tuple[str, str], ...] = ()
    changes: tuple[Path, ...] = ()


def call(program: Program, function: str, *arguments: Any, seconds: float = _SECONDS) -> Any:
    """Return what a function of a program returns.

    Raises ScriptError where it fails or takes longer than `seconds`, LibraryMissingError where a library is not here.
    """
    with _locks[program]:
        engine = _loaded.get(program) or _load(program)
        text = _evaluate(program, engine, _CALL % (function, _written(arguments)), seconds)
    answer = json.loads(text)
    if "error" in answer:
        raise ScriptError(answer["error"], answer["name"])
    return answer.get("value")


def load(program: Program, library: str, file: str) -> None:
    """Load one more file of a library into a program, if it is not loaded already."""
    with _locks[program]:
        engine = _loaded.get(program) or _load(program)
        _evaluate(program, engine, read(library, file) + _NOTHING, _SECONDS)


def _load(program: Program) -> MiniRacer:
    from py_mini_racer import DEFAULT_V8_FLAGS, MiniRacer, init_mini_racer  # noqa: PLC0415 (most books need no engine)

    init_mini_racer(flags=(*DEFAULT_V8_FLAGS, *_FLAGS), ignore_duplicate_init=True)
    scripts = [_SURROUNDINGS, program.before, *(_mended(read(*library), program) for library in program.libraries)]
    scripts += [path.read_text("utf-8") for path in (*program.changes, program.script)]
    engine = MiniRacer()
    engine.set_hard_memory_limit(_MEMORY)
    for script in scripts:
        _evaluate(program, engine, script + _NOTHING, _SECONDS)
    if not _loaded:
        atexit.register(_close_all)
    _loaded[program] = engine
    return engine


def _mended(script: str, program: Program) -> str:
    """Return a script with what is to be in the place of its pieces; versions are pinned, so the pieces are there."""
    for piece, other in program.mends:
        script = script.replace(piece, other)
    return script


def _evaluate(program: Program, engine: MiniRacer, script: str, seconds: float) -> str:
    from py_mini_racer import JSEvalException, JSOOMException, JSTimeoutException  # noqa: PLC0415

    try:
        return str(engine.eval(script, timeout_sec=seconds))
    except (JSTimeoutException, JSOOMException) as error:
        _loaded.pop(program, None)
        _close(engine)
        limit = "time" if isinstance(error, JSTimeoutException) else "memory"
        raise ScriptError(f"it used up its {limit}", limit) from error
    except JSEvalException as error:
        raise ScriptError(str(error).strip().splitlines()[0]) from error


def _close_all() -> None:
    """Close every engine while its thread runs: one that is left to the end of Python would wait for it for ever."""
    atexit.unregister(_close_all)
    while _loaded:
        _close(_loaded.popitem()[1])


def _close(engine: MiniRacer) -> None:
    """Close an engine, once the answer of what was broken off in it has come: later it would find nobody."""
    with suppress(Exception):
        engine.eval("''", timeout_sec=_SECONDS)
    engine.close()


def _written(arguments: tuple[Any, ...]) -> str:
    # ASCII only: a lone surrogate in the text of an author could not be handed over.
    return json.dumps(arguments, ensure_ascii=True)
