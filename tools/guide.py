"""Write the generated parts of the guide anew.

In: the models of octavo.toml, the list of diagnostics, the heads of the templates, the style sheets. Out: the passages
of guide/*.md between `<!-- generated: NAME -->` and `<!-- end of NAME -->`; what stands around them is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from guide_configuration import configuration
from guide_design import passes_in_order
from guide_diagnostics import diagnostics
from guide_look import templates, tokens

GUIDE = Path(__file__).resolve().parent.parent / "guide"

PASSAGES: dict[str, Callable[[], str]] = {
    "configuration": configuration,
    "diagnostics": diagnostics,
    "passes": passes_in_order,
    "templates": templates,
    "tokens": tokens,
}
_PASSAGE = re.compile(r"<!-- generated: (?P<name>[a-z]+) -->\n.*?<!-- end of (?P=name) -->", re.DOTALL)


def main() -> None:
    """Write every chapter that is out of date, and say which."""
    for path, text in sources():
        if path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            print(f"guide: {path.name} is new")


def sources() -> Iterator[tuple[Path, str]]:
    """Yield each chapter with generated passages, and the text that it should have."""
    for path in sorted(GUIDE.glob("*.md")):
        text = path.read_text("utf-8")
        if _PASSAGE.search(text):
            yield path, _PASSAGE.sub(lambda found: _passage(found["name"]), text)


def _passage(name: str) -> str:
    return f"<!-- generated: {name} -->\n\n{PASSAGES[name]().strip()}\n\n<!-- end of {name} -->"


if __name__ == "__main__":
    main()
