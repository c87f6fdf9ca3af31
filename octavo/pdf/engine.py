"""WeasyPrint as it is used here: what it reads, what it says, and what is mended in it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from octavo.diagnostics import Failure, Report, Rule
from octavo.pdf.parts.whole import NotApartError
from octavo.pdf.patches import applied
from octavo.pdf.patches.called_notes import called_notes, liner
from octavo.pdf.patches.joined_leaders import joined_leaders, joiner
from octavo.pdf.patches.line_ends import line_ends, splitter
from octavo.pdf.patches.line_grid import aligner, line_grid
from octavo.pdf.patches.moved_notes import moved_notes, remaker
from octavo.pdf.patches.set_lines import liner_of_paragraphs, measured_lines, measurer, set_lines
from octavo.pdf.patches.whole_notes import preparer, whole_notes
from octavo.pdf.sheets import PrintSheet
from octavo.pdf.warnings import Warnings
from octavo.render.target import BOOK

# WeasyPrint stretches spaces alone, which tears holes into lines of Han: a ragged edge is the better setting then.
_RAGGED = ":is(:root:lang(zh), :root:lang(ja)) :is(body, .foot-note) { text-align: start !important }"

Read = Callable[[str], bytes]


def page_of(root: Element, fetch: Callable[..., Any]) -> Any:
    """Return markup as WeasyPrint takes it.

    Its own way would parse it as HTML, which closes <p> before a block.
    """
    import cssselect2  # noqa: PLC0415 (all of these take half a second to load)
    import weasyprint  # noqa: PLC0415

    class Page(weasyprint.HTML):  # type: ignore[misc]  # the library has no types
        """Take a tree as it is."""

        def __init__(self) -> None:
            self.base_url = BOOK
            self.url_fetcher = fetch
            self.media_type = "print"
            self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

    return Page()


def styles_of(sheets: Iterable[PrintSheet], fetch: Callable[..., Any], fonts: Any, warnings: Warnings) -> list[Any]:
    """Return sheets as WeasyPrint takes them; their fonts are added to `fonts`."""
    import weasyprint  # noqa: PLC0415

    styles = []
    for sheet in sheets:
        with warnings.of(sheet):
            styles.append(weasyprint.CSS(string=sheet.text, url_fetcher=fetch, font_config=fonts, base_url=BOOK))
    return styles


def ragged() -> Any:
    """Return the sheet for where lines are not set by us."""
    import weasyprint  # noqa: PLC0415

    return weasyprint.CSS(string=_RAGGED)


@contextmanager
def mended(report: Report) -> Iterator[bool]:
    """Put in place what mends the layout; hand out whether lines are set by us."""
    with ExitStack() as stack:
        for patch, replacement in (
            (line_ends(), splitter()),
            (moved_notes(), remaker()),
            (called_notes(), liner()),
            (whole_notes(), preparer()),
            (measured_lines(), measurer()),
            (line_grid(), aligner()),
            (joined_leaders(), joiner()),
        ):
            stack.enter_context(applied(patch, replacement, report))
        yield stack.enter_context(applied(set_lines(), liner_of_paragraphs(), report))


def fetcher(addresses: Mapping[str, Path], read: Read) -> Callable[..., Any]:
    """Return what serves WeasyPrint: the fonts and the pictures that were admitted, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class Fetcher(URLFetcher):  # type: ignore[misc]  # the library has no types
        """Serve from memory and disk, never from a network."""

        def fetch(self, url: str, headers: object = None) -> Any:
            if path := addresses.get(url):
                return URLFetcherResponse(url, path.read_bytes())
            if url.startswith(BOOK):
                return URLFetcherResponse(url, read(unquote(url.removeprefix(BOOK))))
            if url.startswith("data:"):
                return super().fetch(url, headers)
            raise ValueError(f"{url} is no file of the book")  # the library says so and goes on

    return Fetcher()


@contextmanager
def reported(report: Report, warnings: Warnings | None = None) -> Iterator[Warnings]:
    """Turn what WeasyPrint logs into diagnostics, and what it raises into a Failure (layout-failed)."""
    logger = logging.getLogger("weasyprint")
    handler = warnings or Warnings(report)
    before, propagate = logger.handlers[:], logger.propagate
    logger.handlers[:], logger.propagate = [handler], False
    try:
        yield handler
    except (Failure, NotApartError):
        raise
    except Exception as error:  # whatever a style sheet makes it trip over
        message = f"WeasyPrint cannot lay out the book: {type(error).__name__}: {error}"
        raise Failure(Rule.LAYOUT_FAILED, None, message, "take the book's own style sheets out one by one") from error
    finally:
        logger.handlers[:], logger.propagate = before, propagate
