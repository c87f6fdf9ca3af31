"""Does an alternative tell anything? What those would hear who cannot see the picture, judged by its words alone."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from octavo.check.ledger.entry import Entry, State
from octavo.check.texts import squeeze

# Listeners cannot stop and go back in it. A sign of Han is a syllable, a Latin letter about half of one.
LONGEST = 300
_ENDING = re.compile(r"\.(?:png|jpe?g|gif|svgz?|webp|avif|tiff?|bmp|pdf)$", re.IGNORECASE)
# What cameras and screens call their pictures.
_OF_MACHINES = re.compile(
    r"(?:img|image|dsc[nf]?|p|pic|photo|screenshot|screen ?shot|scan|untitled|图片|截图|屏幕截图|微信图片)"
    r"[-_ .]?[-_ .:\d]{3,}",
    re.IGNORECASE,
)
_WORDS = frozenset(
    (
        *("alt", "chart", "diagram", "drawing", "fig", "figure", "graph", "graphic", "graphics", "icon", "image"),
        *("illustration", "img", "logo", "photo", "photograph", "pic", "picture", "placeholder", "plot", "screenshot"),
        *("todo", "untitled", "图", "图片", "图像", "图形", "图表", "图标", "插图", "配图", "如图", "示意图", "流程图"),
        *("照片", "相片", "截图", "圖", "圖片", "圖像", "圖表", "圖示", "插圖", "示意圖", "流程圖", "截圖"),
    )
)
_AROUND = re.compile(r"^(?:(?:an?|the|this|these|一张|这张|此|该|本)\s*)+|[\W\d_]+", re.IGNORECASE)


def state_of(entry: Entry) -> State:
    """Return what is the matter with an alternative. Those of formulas and covers are none of an author's."""
    text = entry.alternative.strip()
    if entry.decorative:
        return "decorative"
    if not text:
        return "missing"
    if entry.item != "picture":
        return "told"
    if _is_name(text, entry.file or entry.source):
        return "name"
    if _AROUND.sub("", text).casefold() in _WORDS:
        return "word"
    if squeeze(text) == squeeze(entry.caption):
        return "caption"
    return "long" if length(text) > LONGEST else "told"


def length(text: str) -> int:
    """Return how long a text is to listen to, in Latin letters: a sign of Han is as long as two."""
    return sum(2 if ord(character) >= 0x2E80 else 1 for character in text)


def _is_name(text: str, file: str) -> bool:
    path = PurePosixPath(unquote(file))
    names = {path.name.casefold(), path.stem.casefold()}
    # A name that is a word or two may well be what the picture shows: “bay” of bay.svg. One with signs in it is none.
    is_own = text.casefold() == path.name.casefold() or (text.casefold() in names and bool(re.search(r"[-_\d]", text)))
    return is_own or bool(_ENDING.search(text) and " " not in text) or bool(_OF_MACHINES.fullmatch(text))
