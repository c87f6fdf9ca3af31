"""A style sheet → the same with what readers know that are older than a property: its name of before.

The new declaration stands behind the old one, so that who knows both takes the new one. That no rule or value is
written that such readers drop together with others is held by tests/test_epub_old_readers.py.
"""

from __future__ import annotations

import re

_BREAKS = {"avoid": "avoid", "avoid-page": "avoid", "page": "always", "left": "left", "right": "right", "auto": "auto"}
_NEW = re.compile(
    r"(?<=[\s;{])(?:(break-(?:after|before|inside))\s*:\s*([a-z-]+)|overflow-wrap\s*:\s*(?:anywhere|break-word))"
)


def with_older_names(sheet: str) -> str:
    """Return a sheet whose page breaks and broken words are known to old readers too."""
    return _NEW.sub(lambda found: _older(found) + found[0], sheet)


def _older(found: re.Match[str]) -> str:
    if found[1] is None:
        return "word-wrap: break-word; "
    return f"page-{found[1]}: {_BREAKS[found[2]]}; " if found[2] in _BREAKS else ""
