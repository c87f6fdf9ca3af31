"""Programs in JavaScript, run in an engine that a package carries: nobody needs Node.

In: a `Program`, which names files of libraries and a script of ours; the name of a function in it; plain data. Out:
plain data, or ScriptError. Nothing is loaded before it is asked for, and a program is loaded once a process.
"""

from octavo.engine.libraries import MEND, LibraryMissingError, is_here, missing, path_of, read, stated
from octavo.engine.run import Program, ScriptError, begin, begin_call, call, load

__all__ = [
    "MEND",
    "LibraryMissingError",
    "Program",
    "ScriptError",
    "begin",
    "begin_call",
    "call",
    "is_here",
    "load",
    "missing",
    "path_of",
    "read",
    "stated",
]
