"""A drawing that is transparent → one with something light behind it, so that black lines are seen at night.

The style sheet puts a mat behind all pictures, but many readers take all backgrounds away when they turn to the dark,
and cannot take away what is in the picture itself. A bitmap stays as it is.
"""

from __future__ import annotations

import re

from markupsafe import escape

# The tag of the root, behind whatever may stand before it.
_ROOT = re.compile(
    rb"""(?s)\A(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*<(?:\w+:)?svg\b(?P<rest>(?:"[^"]*"|'[^']*'|[^"'>])*)"""
)
_STYLED = re.compile(rb"""\sstyle\s*=\s*["']""")


def on_mat(drawing: bytes, colour: str) -> bytes:
    """Return a drawing on a ground of a colour: its own style comes after it, so that a ground of its own stays."""
    if (root := _ROOT.match(drawing)) is None:
        return drawing  # in an encoding of which only a parser can make something
    ground, begin = f"background:{escape(colour)}".encode(), root.start("rest")
    if styled := _STYLED.search(root["rest"]):
        at = begin + styled.end()
        return drawing[:at] + ground + b";" + drawing[at:]
    return drawing[:begin] + b' style="' + ground + b'"' + drawing[begin:]
