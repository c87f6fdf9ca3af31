"""What git says of a folder. A book may come from anyone, and so may the configuration of its repository."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

_SECONDS = 10
# Nothing in a configuration may run a program, reach the network or show a signature.
_OPTIONS = ("core.fsmonitor=false", "core.hooksPath=/dev/null", "log.showSignature=false", "protocol.allow=never")


def ask_git(root: Path, *arguments: str) -> str | None:
    """Return what git answers in `root`, or None where it is absent, fails, is slow or has nothing to say."""
    if not (program := shutil.which("git")):
        return None
    options = [word for option in _OPTIONS for word in ("-c", option)]
    # Variables such as GIT_DIR, which a hook of git sets, would lead to another repository.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
    try:
        result = subprocess.run(
            [program, *options, *arguments],
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return result.stdout.decode(errors="replace").strip() or None
