"""Run the functions of a program: plain data in, plain data out, within limits of memory and time.

Each program has a process of its own, where octavo/engine/alone.py evaluates scripts; data goes both ways as JSON. One
that used up its time or memory is ended, for nobody knows in what state it is; the next call begins it again.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from octavo.engine.libraries import LibraryMissingError, read

_MEMORY = 1_000_000_000  # bytes
_SECONDS = 60.0

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

# Limits that end the process of a program.
_LIMITS = ("time", "memory")

# What a script that is loaded comes to, in place of an object that would have to be handed over.
_NOTHING = "\n;''"

_Process: TypeAlias = "subprocess.Popen[bytes]"
_running: dict[Program, _Process] = {}
_locks: dict[Program, threading.Lock] = {}


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


def begin(program: Program) -> None:
    """Load a program while something else is done; what is wrong with it is told by the first call."""

    def load_it() -> None:
        with suppress(ScriptError, LibraryMissingError), _lock_of(program):
            if program not in _running:
                _begin(program)

    if program not in _running:
        threading.Thread(target=load_it, daemon=True).start()


def begin_call(program: Program, function: str, *arguments: Any) -> None:
    """Call a function while something else is done, for what it leaves behind in its program; see `begin`."""

    def call_it() -> None:
        with suppress(ScriptError, LibraryMissingError):
            call(program, function, *arguments)

    threading.Thread(target=call_it, daemon=True).start()


def call(program: Program, function: str, *arguments: Any, seconds: float = _SECONDS) -> Any:
    """Return what a function of a program returns.

    Raises ScriptError where it fails or takes longer than `seconds`, LibraryMissingError where a library is not here.
    """
    with _lock_of(program):
        text = _evaluate(program, _CALL % (function, _written(arguments)), seconds)
    answer = json.loads(text)
    if "error" in answer:
        raise ScriptError(answer["error"], answer["name"])
    return answer.get("value")


def load(program: Program, library: str, file: str) -> None:
    """Load one more file of a library into a program, if it is not loaded already."""
    with _lock_of(program):
        _evaluate(program, read(library, file) + _NOTHING, _SECONDS)


def _lock_of(program: Program) -> threading.Lock:
    # In one step: two threads that ask at the same time would each get one of their own from a defaultdict.
    return _locks.setdefault(program, threading.Lock())


def _evaluate(program: Program, script: str, seconds: float) -> str:
    process = _running.get(program)
    if process is None or process.poll() is not None:  # something ended it since the last call, which ended well
        _end(program)
        process = _begin(program)
    try:
        return _answer(process, script, seconds)
    except ScriptError as error:
        if error.name in _LIMITS or process.poll() is not None:
            _end(program)
        raise
    except BaseException:
        _end(program)  # or its answer would come to the next one who asks
        raise


def _begin(program: Program) -> _Process:
    """Start the process of a program and load it there."""
    scripts = [_SURROUNDINGS, program.before, *(_mended(read(*library), program) for library in program.libraries)]
    scripts += [path.read_text("utf-8") for path in (*program.changes, program.script)]
    if not _running:
        atexit.register(_end_all)
    process = _running[program] = _started()
    try:
        for script in scripts:
            _answer(process, script + _NOTHING, _SECONDS)
    except BaseException:
        _end(program)
        raise
    return process


def _started() -> _Process:
    try:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "octavo.engine.alone", str(_MEMORY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # where the engine tells how it ran out of memory
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)},
        )
    except OSError as error:  # there is no room for another, or this Python is not where it was any more
        raise ScriptError(f"the process of the engine cannot be started: {error.strerror}") from error


def _mended(script: str, program: Program) -> str:
    """Return a script with what is to be in the place of its pieces; versions are pinned, so the pieces are there."""
    for piece, other in program.mends:
        script = script.replace(piece, other)
    return script


def _answer(process: _Process, script: str, seconds: float) -> str:
    assert process.stdin is not None and process.stdout is not None
    with suppress(BrokenPipeError):
        process.stdin.write(f"{_written((script, seconds))}\n".encode())
        process.stdin.flush()
    line = process.stdout.readline()
    # What has no end was broken off with the process.
    what, text = json.loads(line) if line.endswith(b"\n") else _last_word(process.wait())
    if what in _LIMITS:
        raise ScriptError(f"it used up its {what}", what)
    if what == "error":
        raise ScriptError(text)
    return str(text)


def _last_word(status: int) -> tuple[str, str]:
    """Return what it means that a process ended: by a signal, that memory ran out before a script was broken off."""
    return ("memory", "") if status < 0 else ("error", f"the process of the engine ended, with exit status {status}")


def _end_all() -> None:
    atexit.unregister(_end_all)
    for program in tuple(_running):
        _end(program)


def _end(program: Program) -> None:
    if process := _running.pop(program, None):
        with suppress(BrokenPipeError), process:
            process.kill()


def _written(value: Any) -> str:
    # ASCII only: a lone surrogate in the text of an author could not be handed over.
    return json.dumps(value, ensure_ascii=True)
