"""What old readers can open: files that are not too long, and pictures that are not too large."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from math import sqrt

from octavo.document import Code, CodeBlock, Equation, Formula, Text, walk
from octavo.render.pages import Page, divide

# Readers built on Adobe's mobile kit show nothing of a file with more than 300 kB; what is around the text takes some.
LONGEST = 260_000
MOST_PIXELS = 4_000_000  # what Apple asks for; it refuses more than 5.6 million, and what other shops state is no less
_MARKUP = 4  # times as long as its text is the markup of one that is all words in marks


def divided(pages: Sequence[Page], measure: Callable[[Page], int]) -> tuple[Page, ...]:
    """Return pages of which none is too long, but for single blocks; `measure` returns the bytes of one."""
    names = {page.name for page in pages}
    result: list[Page] = []
    waiting = list(reversed(pages))
    while waiting:
        page = waiting.pop()
        parts = (page,) if _is_short(page) or measure(page) <= LONGEST else divide(page, names)
        if len(parts) == 1:
            result.append(page)
            continue
        names.update(part.name for part in parts)
        waiting += reversed(parts)
    return tuple(result)


def _is_short(page: Page) -> bool:
    """Tell whether a page is so short that nothing has to be rendered to know it."""
    return sum(map(len, _texts(page))) * _MARKUP <= LONGEST


def _texts(page: Page) -> Iterator[bytes]:
    for block in (*page.blocks, *page.notes):
        for node in walk(block, Text, Code, CodeBlock, Formula, Equation):
            if isinstance(node, Text | Code | CodeBlock):
                yield node.text.encode()
            elif isinstance(node, Formula | Equation) and node.shape:
                yield node.shape.mathml.encode()


def fitting(data: bytes, file: str) -> bytes:
    """Return a picture that has no more pixels than shops take; most are what they were, byte for byte."""
    if file.lower().endswith(".svg"):
        return data
    from PIL import Image  # noqa: PLC0415 (many books have no pictures)

    with Image.open(BytesIO(data)) as image:
        pixels = image.width * image.height
        if pixels <= MOST_PIXELS or getattr(image, "is_animated", False):
            return data
        scale = sqrt(MOST_PIXELS / pixels)
        size = int(image.width * scale), int(image.height * scale)
        # Colours of a palette cannot be mixed.
        mode = ("RGBA" if "transparency" in image.info else "RGB") if image.mode in ("P", "1") else image.mode
        smaller = image.convert(mode).resize(size, Image.Resampling.LANCZOS)
        out = BytesIO()
        smaller.save(out, image.format, quality=90, icc_profile=image.info.get("icc_profile"), exif=image.getexif())
    return out.getvalue()
