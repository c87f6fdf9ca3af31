"""What octavo.toml may say of the PDF: its page, its standards, and what a printing house wants of it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from octavo.book.text_settings import Table
from octavo.book.values import PAGE_SIZES, Bleed, Page

Standard = Literal["a-3a+ua-1", "a-3a", "ua-1", "ua-2", "none"]

_BLEED = "3mm"  # what printing houses ask for


class PdfSettings(Table):
    """The PDF."""

    page: Page = Field(
        default="book",
        description="The page: book (170 × 240 mm), report (A4), a5, or [width, height] in mm, cm, in or pt.",
    )
    standard: Standard = Field(
        default="a-3a+ua-1",
        description="The standards that the file keeps to: PDF/A-3a for archives with PDF/UA-1, or PDF/UA-2.",
    )
    image_resolution: int = Field(
        default=300,
        ge=36,
        le=2400,
        description="How many pixels of a picture stand on an inch: those with more are made smaller.",
    )
    print: bool = Field(
        default=False,
        description="Whether the file is meant for a printing house: "
        "with a bleed of 3mm and the three keys below it, unless they say otherwise.",
    )
    bleed: Bleed | None = Field(
        default=None, description="How far what ends at the edge of the page is printed beyond it, up to 25mm."
    )
    crop_marks: bool | None = Field(default=None, description="Whether marks show where the sheet is cut.")
    blank_versos: bool | None = Field(
        default=None, description="Whether what begins a page begins a right-hand one, the left-hand one left blank."
    )
    link_notes: bool | None = Field(
        default=None, description="Whether the addresses that links lead to are printed as notes at the foot."
    )

    @property
    def page_size(self) -> tuple[str, str]:
        """Return the width and the height as CSS lengths."""
        return PAGE_SIZES[self.page] if isinstance(self.page, str) else self.page

    @property
    def bleed_size(self) -> str:
        """Return how far the print goes beyond the page, as a CSS length."""
        return self.bleed or (_BLEED if self.print else "0mm")

    @property
    def has_crop_marks(self) -> bool:
        """Tell whether there are marks where the sheet is cut."""
        return self.print if self.crop_marks is None else self.crop_marks

    @property
    def has_blank_versos(self) -> bool:
        """Tell whether what begins a page begins a right-hand one."""
        return self.print if self.blank_versos is None else self.blank_versos

    @property
    def has_link_notes(self) -> bool:
        """Tell whether the addresses of links are printed."""
        return self.print if self.link_notes is None else self.link_notes
