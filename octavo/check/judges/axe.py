"""axe-core in Chromium: can everybody read the pages, in light and dark, on wide screens and narrow?

And what else only a browser sees: whether a page is wider than the screen, complains on the console, lacks a file or
asks another host for one. All sites and pages in one browser.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote, urlsplit

from octavo.check.judges.finding import Finding, Severity, Spot, without_verdict
from octavo.check.judges.programs import BROWSER_FLAGS, HERE, chromium, node, node_modules
from octavo.check.judges.programs import run as run_program

NAME = "axe"
# The schemes of colours and the widths of the window that every page is seen in.
WIDTHS = (1280, 768, 320)
# A page is opened in the first mode of a visit, and then finds itself in the others. Every second page is opened at
# night on a telephone: what only the first sight of a page can have wrong is a matter of its template.
_BY_DAY = [("light", width) for width in WIDTHS]
_AT_NIGHT = [("dark", width) for width in reversed(WIDTHS)]
VISITS = ([*_BY_DAY, *_AT_NIGHT], [*_AT_NIGHT, *_BY_DAY])
MODES = set(VISITS[0])
# Where a page has been looked at in full at that width, other colours can only break the rules on colours.
_COLOURS = ("color-contrast", "link-in-text-block")
_ONLY_COLOURS = {("dark", width) for width in WIDTHS[:-1]}
_SENDS_ON = b'http-equiv="refresh" content="0;'
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')


def run(files: Sequence[Path]) -> list[Finding]:
    """Return what axe and the browser have against the pages of each file: a site's folder, or a lone page."""
    pages = {file: pages_of(file) for file in files}
    with TemporaryDirectory(prefix="octavo-") as folder:
        job = Path(folder, "job.json")
        browser = {"chromium": chromium(), "flags": BROWSER_FLAGS}
        ways = [[_way(*mode) for mode in visit] for visit in VISITS]
        mounts = [{"file": str(file), "path": path_of(file), "pages": names} for file, names in pages.items()]
        job.write_text(json.dumps({**browser, "visits": ways, "mounts": mounts}), "utf-8")
        environment = {"HOME": folder, "OCTAVO_NODE_MODULES": str(node_modules())}
        output = run_program([node(), HERE / "axe_run.mjs", job], environment)
    findings: list[Finding] = []
    seen: dict[Path, set[tuple[str, tuple[str, int]]]] = {file: set() for file in files}
    for view in output.records:
        file, page, mode = Path(view["file"]), view["page"], (view["scheme"], view["width"])
        seen[file].add((page, mode))
        findings += [
            Finding(NAME, severity, file, f"{page}, {mode}: {what}", told, spots)
            for severity, what, told, spots in _said(view)
        ]
    wanted = {file: set(product(names, MODES)) for file, names in pages.items()}
    finished = {file for file in files if wanted[file] and seen[file] == wanted[file]}
    return [*findings, *without_verdict(NAME, files, finished, output.last_words or "a page of it was not seen")]


def pages_of(file: Path) -> list[str]:
    """Return the pages of a site, relative to it; a page that stands alone has itself.

    One that sends its reader on at once is none: nobody gets to see it, and nothing can look at it.
    """
    if file.is_file():
        return [file.name]
    found = [path for path in sorted(file.rglob("*")) if path.suffix in (".html", ".xhtml")]
    return [path.relative_to(file).as_posix() for path in found if _SENDS_ON not in path.read_bytes()]


def path_of(file: Path) -> str:
    """Return the path on its host that a site is made for, which its first page states; without that, the root."""
    first = file / "index.html"
    found = _CANONICAL.search(first.read_text("utf-8")) if first.is_file() else None
    return unquote(urlsplit(found[1]).path) if found else "/"


def _way(scheme: str, width: int) -> dict[str, Any]:
    """Return how a page is looked at in a mode, and by which rules; none are all."""
    return {"scheme": scheme, "width": width, "rules": _COLOURS if (scheme, width) in _ONLY_COLOURS else None}


def _said(view: dict[str, Any]) -> Iterator[tuple[Severity, str, str, tuple[Spot, ...]]]:
    """Yield what is wrong with a page, at length and in short, and where."""
    page = (Spot(page=view["page"]),)
    if "failure" in view:
        yield Severity.NO_VERDICT, view["failure"], view["failure"], page
        return
    for found in view["violations"]:
        nodes = [Spot(page=view["page"], selector=node["target"], markup=node["html"]) for node in found["nodes"]]
        what = f"{found['id']} ({found['impact']}, {found['count']} times) {found['first']}"
        yield Severity.ERROR, what, f"{found['id']} ({found['impact']}): {found['help']}", tuple(nodes)
    if view["overflow"] > 0:
        what = f"wider than the screen by {view['overflow']} px"
        yield Severity.ERROR, what, f"the page is wider than a screen of {view['width']} px", page
    for what in ("console", "missing", "elsewhere"):
        for text in view[what]:
            yield Severity.ERROR, f"{what}: {text}", f"{what}: {text}", page
