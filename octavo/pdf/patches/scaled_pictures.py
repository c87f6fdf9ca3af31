"""Photographs that have too many pixels are scaled without losing what they show.

Replaces `RasterImage.get_x_object` of `weasyprint.images`, which writes a JPEG that it has scaled with a quality of 75
of 100: edges get a fringe that print shows. It can go when WeasyPrint asks for a quality there too.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from octavo.pdf.patches import Patch

_QUALITY = 90  # of 100: one and a half times the bytes of 75, and six tenths of its error


def scaled_pictures() -> Patch:
    """Return the patch."""
    from weasyprint.images import RasterImage  # noqa: PLC0415 (takes half a second to load)

    purpose = "to scale photographs well"
    return Patch(module=RasterImage, name="get_x_object", digest="1f590111444639aa", purpose=purpose)


def scaler() -> Callable[..., Any]:
    """Return what writes a picture, scaled where it has too many pixels."""
    from weasyprint.images import RasterImage  # noqa: PLC0415

    write = RasterImage.get_x_object

    def write_scaled(picture: Any, interpolate: bool, ratio: float) -> Any:
        if ratio == 1 or picture.format != "JPEG":
            return write(picture, interpolate, ratio)
        size = picture.width, picture.height
        picture.image_data, (picture.width, picture.height) = _scaled(picture, ratio)
        try:
            return write(picture, interpolate, 1)
        finally:
            picture.width, picture.height = size

    return write_scaled


def _scaled(picture: Any, ratio: float) -> tuple[Any, tuple[int, int]]:
    """Return a JPEG with a part of its pixels, and how many those are."""
    from PIL import Image  # noqa: PLC0415

    with Image.open(BytesIO(picture.image_data.data)) as image:
        image.thumbnail((max(1, round(picture.width * ratio)), max(1, round(picture.height * ratio))))
        out = BytesIO()
        image.save(out, format="JPEG", quality=_QUALITY, optimize=picture.optimize)
        return picture.cache_image_data(out.getvalue()), image.size
