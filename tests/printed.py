"""Small pieces of markup on paper: laid out, written and read back, without a book around them."""

from __future__ import annotations

from base64 import b64encode

from octavo.diagnostics import Report
from octavo.pdf.sheets import PrintSheet
from octavo.pdf.unit import LaidOut, lay_out, write_pages

_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
SQUARE = f"data:image/svg+xml;base64,{b64encode(_SVG).decode()}"


def laid_out(body: str, style: str = "") -> LaidOut:
    """Return the pages of the body of an English document."""
    markup = f'<html lang="en"><head><title>Title</title></head><body>{body}</body></html>'
    report = Report()
    result = lay_out(markup, [PrintSheet(text=style)], {}, _no_file, report)
    assert not list(report)
    return result


def printed(body: str, style: str = "", standard: str = "a-3a+ua-1") -> bytes:
    """Return the PDF of the body of an English document."""
    report = Report()
    data = write_pages(laid_out(body, style), standard, b"identifier", report)
    assert not list(report)
    return data


def _no_file(name: str) -> bytes:
    raise AssertionError(f"{name} is asked for")
