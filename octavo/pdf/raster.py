"""A drawing → a picture of pixels, for shops and shelves that take no drawings."""

from __future__ import annotations

import logging
from functools import lru_cache
from io import BytesIO
from urllib.parse import quote

from octavo.pdf.libraries import load_libraries

_PAGE = (
    "<html><head><style>@page {{ size: {width}px {height}px; margin: 0 }} body {{ margin: 0 }}"
    " img {{ display: block; width: {width}px; height: {height}px }}</style></head>"
    '<body><img src="data:image/svg+xml,{address}" alt="" /></body></html>'
)


@lru_cache(maxsize=4)
def drawn_picture(svg: str, width: int, height: int) -> bytes | None:
    """Return a drawing as a JPEG of so many pixels, or None where the machine lacks what draws it.

    The bytes are the same wherever the same fonts are.
    """
    try:
        load_libraries()
        import pypdfium2  # noqa: PLC0415
        import weasyprint  # noqa: PLC0415 (half a second)
    except (OSError, ImportError):
        return None
    page = _PAGE.format(width=width, height=height, address=quote(svg))
    logging.getLogger("weasyprint").addHandler(logging.NullHandler())
    data = weasyprint.HTML(string=page, url_fetcher=_inline_only()).write_pdf()
    with pypdfium2.PdfDocument(data) as document:
        drawn = document[0]
        image = drawn.render(scale=width / drawn.get_width()).to_pil().convert("RGB")
    out = BytesIO()
    # Without the halving of colours, which frays letters on a coloured ground.
    image.resize((width, height)).save(out, "JPEG", quality=90, subsampling=0)
    return out.getvalue()


def _inline_only() -> object:
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    class Fetcher(URLFetcher):  # type: ignore[misc]  # the library has no types
        """Serve what is in the page itself, and nothing else."""

        def fetch(self, url: str, headers: object = None) -> object:
            if not url.startswith("data:"):
                raise ValueError(f"{url} is not in the drawing")  # the library says so and goes on
            return super().fetch(url, headers)

    return Fetcher()
