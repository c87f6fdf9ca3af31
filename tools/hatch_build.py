"""What hatchling does before it builds: see to the programs in JavaScript that the wheel and the sdist carry.

An sdist carries them, so that a wheel is built from it without npm.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))

from javascript import provide


class LibrariesHook(BuildHookInterface[Any]):
    """Fetch what is missing; without npm the package is built without it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch before the files are gathered."""
        provide()
