"""What is shown in a browser → how it is served: it hears of the next build."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from string import Template

from octavo.serve.channel import Printed, State
from octavo.words import is_chinese

# A site has no folder of this name: pages lie at its top.
ASSETS = "octavo-live"
SCRIPT = f"/{ASSETS}/live.js"
EVENTS = f"/{ASSETS}/events"
PDF = f"/{ASSETS}/pdf"
PDF_STYLE = f"{PDF}.css"
PDF_EVENTS = f"{PDF}-events"
PDF_FILE = f"/{ASSETS}/book.pdf"
_END = b"</body>"

_NOTHING = """<!DOCTYPE html>
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
<p>{}</p>
<p lang="zh-CN">{}</p>
</main>
</body>
</html>
"""
NOTHING_YET = _NOTHING.format(
    "There is no site yet. This page shows it as soon as it is built.", "网站尚未生成，生成后本页即显示。"
).encode()
NO_PDF_YET = _NOTHING.format(
    "There is no PDF yet. It is laid out while this page is open, and shown as soon as that is done.",
    "PDF 尚未排版。本页打开期间自动排版，完成后即显示。",
).encode()

_WORDS = {
    "en": {"site": "Site", "frame": "The PDF of “{}”"},
    "zh": {"site": "网站", "frame": "《{}》的 PDF"},
}


def viewer(printed: Printed, state: State) -> bytes:
    """Return the page that shows a PDF, in the browser's own viewer, at the page that changed last."""
    words = _WORDS["zh" if is_chinese(printed.language) else "en"]
    page = Template(_asset("pdf.html").decode()).substitute(
        language=escape(printed.language),
        title=escape(printed.title),
        style=PDF_STYLE,
        site=words["site"],
        frame=escape(words["frame"].format(printed.title)),
        file=PDF_FILE,
        build=state.site,
        page=state.page or 1,
    )
    return live(page.encode(), state.site, PDF_EVENTS)


def live(page: bytes, site: str, events: str = EVENTS) -> bytes:
    """Return a page with the script in it, the name of the site that the page is of, and what it listens to."""
    listens = "" if events == EVENTS else f' data-events="{events}"'
    tag = f'<script src="{SCRIPT}" data-site="{site}"{listens}></script>\n'.encode()
    before, end, after = page.rpartition(_END)
    return before + tag + end + after if end else page + tag


def live_script() -> bytes:
    """Return the script that the pages load."""
    return _asset("live.js")


def pdf_style() -> bytes:
    """Return the style of the page that shows a PDF."""
    return _asset("pdf.css")


@cache
def _asset(name: str) -> bytes:
    return Path(__file__).with_name(name).read_bytes()
