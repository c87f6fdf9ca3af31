"""HTML → laid-out pages: the one place where WeasyPrint is called to lay out."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from octavo.diagnostics import Failure, Report, Rule

Read = Callable[[str], bytes]


def lay_out(markup: str, style: str, addresses: Mapping[str, Path], read: Read, report: Report) -> Any:
    """Return the laid-out document of XML markup; every warning of WeasyPrint becomes a diagnostic.

    `addresses` are files that the style names, `read` opens the book's own by their path.
    """
    import cssselect2  # noqa: PLC0415 (all of these take half a second to load)
    import weasyprint  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    class Page(weasyprint.HTML):  # type: ignore[misc]  # the library has no types
        """Take a tree as it is: the library's own way would parse it as HTML, which closes <p> before a block."""

        def __init__(self, root: ElementTree.Element, fetch: Callable[..., Any]) -> None:
            self.base_url = "octavo:/book/"
            self.url_fetcher = fetch
            self.media_type = "print"
            self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

    fetch = _fetcher(addresses, read)
    fonts = FontConfiguration()
    with _reported(report), _without_collection():
        page = Page(ElementTree.fromstring(markup), fetch)
        sheet = weasyprint.CSS(string=style, url_fetcher=fetch, font_config=fonts, base_url="octavo:/book/")
        return page.render(stylesheets=[sheet], font_config=fonts, pdf_tags=True)


def write_document(document: Any, identifier: bytes, report: Report) -> bytes:
    """Return the laid-out document as the bytes of a PDF."""
    out = BytesIO()
    with _reported(report), _without_collection():
        document.write_pdf(out, pdf_tags=True, pdf_identifier=identifier, custom_metadata=False)
    return out.getvalue()


def _fetcher(addresses: Mapping[str, Path], read: Read) -> Callable[..., Any]:
    """Return what serves WeasyPrint: the fonts and the pictures that were admitted, and nothing else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class Fetcher(URLFetcher):  # type: ignore[misc]  # the library has no types
        """Serve from memory and disk, never from a network."""

        def fetch(self, url: str, headers: object = None) -> Any:
            if path := addresses.get(url):
                return URLFetcherResponse(url, path.read_bytes())
            if url.startswith("octavo:/book/"):
                return URLFetcherResponse(url, read(url.removeprefix("octavo:/book/")))
            if url.startswith("data:"):
                return super().fetch(url, headers)
            raise FatalURLFetchingError(f"{url} is no file of the book")

    return Fetcher()


@contextmanager
def _reported(report: Report) -> Iterator[None]:
    """Turn what WeasyPrint logs into diagnostics, and what it raises into a Failure (layout-failed)."""
    logger = logging.getLogger("weasyprint")

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            report.add(Rule.LAYOUT_WARNING, None, f"WeasyPrint: {record.getMessage()}")

    handler = Handler(logging.WARNING)
    before, propagate = logger.handlers[:], logger.propagate
    logger.handlers[:], logger.propagate = [handler], False
    try:
        yield
    except Failure:
        raise
    except Exception as error:  # whatever a style sheet makes it trip over
        message = f"WeasyPrint cannot lay out the book: {type(error).__name__}: {error}"
        raise Failure(Rule.LAYOUT_FAILED, None, message, "take the book's own style sheets out one by one") from error
    finally:
        logger.handlers[:], logger.propagate = before, propagate


@contextmanager
def _without_collection() -> Iterator[None]:
    """Lay out without the cycle collector, which finds nothing there and costs a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
