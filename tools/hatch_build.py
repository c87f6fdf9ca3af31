"""What hatchling does before it builds: see to what the wheel and the sdist carry of others.

These are programs in JavaScript, and citation styles. An sdist carries them, so that a wheel is built from it without
npm and without pip.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))

import citation_styles
import javascript


class LibrariesHook(BuildHookInterface[Any]):
    """Fetch what is missing; without npm or pip the package is built without it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch before the files are gathered."""
        javascript.provide()
        citation_styles.provide()
