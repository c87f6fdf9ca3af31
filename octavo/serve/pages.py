"""A built page → the page that is served, which hears of the next build."""

from __future__ import annotations

from functools import cache
from pathlib import Path

# A site has no folder of this name: pages lie at its top.
ASSETS = "octavo-live"
SCRIPT = f"/{ASSETS}/live.js"
EVENTS = f"/{ASSETS}/events"
_END = b"</body>"

NOTHING_YET = b"""<!DOCTYPE html>
<html lang="en" data-nothing="">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width" />
<meta name="color-scheme" content="light dark" />
<title>Octavo</title>
</head>
<body>
<main>
<h1>Octavo</h1>
<p>There is no site yet. This page shows it as soon as it is built.</p>
<p lang="zh-CN">\xe7\xbd\x91\xe7\xab\x99\xe5\xb0\x9a\xe6\x9c\xaa\xe7\x94\x9f\xe6\x88\x90\xef\xbc\x8c\
\xe7\x94\x9f\xe6\x88\x90\xe5\x90\x8e\xe6\x9c\xac\xe9\xa1\xb5\xe5\x8d\xb3\xe6\x98\xbe\xe7\xa4\xba\xe3\x80\x82</p>
</main>
</body>
</html>
"""


def live(page: bytes, site: str) -> bytes:
    """Return a page with the script in it, and the name of the site that the page is of."""
    tag = f'<script src="{SCRIPT}" data-site="{site}"></script>\n'.encode()
    before, end, after = page.rpartition(_END)
    return before + tag + end + after if end else page + tag


@cache
def live_script() -> bytes:
    """Return the script that the pages load."""
    return Path(__file__).with_name("live.js").read_bytes()
