"""Visits to finished pages in a browser, as a reader pays them: keys are pressed, and what is then seen is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from octavo.check.judges.programs import BROWSER_FLAGS, chromium, node, node_modules
from octavo.check.judges.programs import run as run_program

_PROGRAM = Path(__file__).with_name("visits_run.mjs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """State which page is opened, how, and what is done there: each step a verb of visits_run.mjs and its arguments.

    `disk` opens it from its file; the others are served on this machine.
    """

    folder: Path
    page: str
    steps: tuple[tuple[Any, ...], ...] = ()
    disk: bool = False
    scripts: bool = True
    scheme: str = "light"
    width: int = 1280


@dataclass(frozen=True, slots=True)
class Told:
    """Hold what the steps of a visit told in order, the addresses that were asked for, and what went wrong."""

    told: list[Any] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=lambda: ["the visit was not paid"])


def pay(visits: Sequence[Visit]) -> list[Told]:
    """Pay visits in one browser, and return what each told; one that was not paid has a complaint that says so."""
    roots = list(dict.fromkeys(str(visit.folder) for visit in visits))
    job = {
        "chromium": chromium(),
        "flags": BROWSER_FLAGS,
        "roots": roots,
        "visits": [
            {
                "name": str(number),
                "root": roots.index(str(visit.folder)),
                **{key: getattr(visit, key) for key in ("page", "steps", "disk", "scripts", "scheme", "width")},
            }
            for number, visit in enumerate(visits)
        ],
    }
    with TemporaryDirectory(prefix="octavo-") as folder:
        file = Path(folder, "job.json")
        file.write_text(json.dumps(job), "utf-8")
        environment = {"HOME": folder, "OCTAVO_NODE_MODULES": str(node_modules())}
        output = run_program([node(), _PROGRAM, file], environment)
    found = {one["name"]: Told(one["told"], one["requests"], one["complaints"]) for one in output.records}
    return [found.get(str(number)) or Told(complaints=[output.last_words]) for number in range(len(visits))]
