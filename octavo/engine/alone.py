"""Evaluate scripts in a process of its own: a line of JSON in, a line of JSON out, until nobody is at the other end.

Alone in its process the engine may compile beside the script, which takes two thirds of the time or less; in a process
of others it may not, for it ends its process where it runs out of memory.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

from py_mini_racer import (
    DEFAULT_V8_FLAGS,
    JSEvalException,
    JSOOMException,
    JSTimeoutException,
    MiniRacer,
    init_mini_racer,
)

# Room for what is new, in MB: what is set lives until it is handed over, and would be moved about again and again.
_ROOM = ("--min-semi-space-size=64", "--max-semi-space-size=64")
_FLAGS = (*(flag for flag in DEFAULT_V8_FLAGS if flag != "--single-threaded"), *_ROOM)


def main() -> None:
    """Answer `[script, seconds]` with `[what, text]`; the argument of the process is its limit of memory, in bytes.

    What came of a script is its `value`, as text, an `error`, or the limit that it ran into: `time` or `memory`.
    """
    memory = int(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks is interrupted too, and ends this process
    asked: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(asked.put,), daemon=True).start()
    init_mini_racer(flags=_FLAGS)
    engine = MiniRacer()
    engine.set_hard_memory_limit(memory)
    while True:
        answer = _evaluated(engine, *json.loads(asked.get()))
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


def _listen(put: Callable[[bytes], None]) -> None:
    """Hand on each line, and end the process behind the last, whatever it is at: nobody would hear of it."""
    for line in sys.stdin.buffer:
        put(line)
    os._exit(0)


def _evaluated(engine: MiniRacer, script: str, seconds: float) -> tuple[str, str]:
    try:
        return "value", str(engine.eval(script, timeout_sec=seconds))
    except JSTimeoutException:
        return "time", ""
    except JSOOMException:
        return "memory", ""
    except JSEvalException as error:
        return "error", str(error).strip().splitlines()[0]


if __name__ == "__main__":
    main()
