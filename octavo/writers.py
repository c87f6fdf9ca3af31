"""The writers of the formats, in their order; each is imported when it is wanted: WeasyPrint takes half a second."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from octavo.record import surroundings
from octavo.render.edition import Edition
from octavo.render.page_breaks import NO_BREAKS, PageBreaks
from octavo.store import digest, libraries, open_store, programs

if TYPE_CHECKING:
    from octavo.epub.fonts import ThemeFonts

_ORDER = ("pdf", "epub", "html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Say how many processes may work at a time, and whether the PDF is laid out in one piece.

    An `executor` of the caller's own lays out all chapters instead, wherever it does what it is handed. What it raises
    of its own is raised; after BrokenExecutor the book is laid out here.
    """

    jobs: int = 1
    executor: Executor | None = None
    one_piece: bool = False


ALONE = Work()


def write_formats(
    edition: Edition,
    folder: Path,
    formats: Iterable[str],
    stage: Callable[[str], AbstractContextManager[None]],
    work: Work,
) -> PageBreaks:
    """Write the formats into a folder, each as a `stage` that is timed, and return where pages of the PDF begin.

    The PDF comes first, for the others say where its pages begin; the site last, for it offers them.
    """
    breaks = NO_BREAKS
    for name in sorted(formats, key=_ORDER.index):
        with stage(name):
            if name == "pdf":
                breaks = _write_pdf(edition, folder, work)
            elif name == "epub":
                _write_epub(edition, folder, breaks)
            else:
                _write_html(edition, folder, breaks)
    return breaks


def _write_html(edition: Edition, folder: Path, breaks: PageBreaks) -> None:
    from octavo.web import write_single, write_site  # noqa: PLC0415

    site = folder / "site"
    site.mkdir()
    others = [path for ending in (".pdf", ".epub") if (path := folder / f"{edition.slug}{ending}").exists()]
    write_site(edition, site, others, breaks)
    if edition.book.settings.html.single:
        write_single(edition, folder / f"{edition.slug}.html", breaks)


def _write_pdf(edition: Edition, folder: Path, work: Work) -> PageBreaks:
    from octavo.pdf import write_pdf  # noqa: PLC0415

    path = folder / f"{edition.slug}.pdf"
    return write_pdf(edition, path, jobs=work.jobs, executor=work.executor, one_piece=work.one_piece)


def _write_epub(edition: Edition, folder: Path, breaks: PageBreaks) -> None:
    from octavo.epub import write_epub  # noqa: PLC0415

    fonts = _theme_fonts(edition) if edition.book.settings.epub.fonts else None
    write_epub(edition, folder / f"{edition.slug}.epub", _drawn_once, breaks, fonts)


def _drawn_once(svg: str, width: int, height: int) -> bytes | None:
    """Return a drawing in pixels: what is kept of it, for to draw it loads all that lays out a PDF."""
    covers = open_store("covers")
    key = digest(programs(), *libraries(), surroundings(), svg, f"{width} {height}")
    if (picture := covers.get(key)) is None:
        from octavo.pdf.raster import drawn_picture  # noqa: PLC0415

        picture = drawn_picture(svg, width, height)
        if picture is not None:
            covers.put(key, picture)
    return picture


def _theme_fonts(edition: Edition) -> ThemeFonts:
    """Return the fonts of the theme, which are those of print."""
    from octavo.epub.fonts import ThemeFonts  # noqa: PLC0415
    from octavo.pdf.face_files import face_file  # noqa: PLC0415
    from octavo.pdf.fonts import characters_of, check_families, families_of  # noqa: PLC0415
    from octavo.pdf.sheets import ROLES, font_stacks, sheet_names  # noqa: PLC0415

    stacks = font_stacks(edition, *sheet_names(edition))
    check_families(families_of(stacks[ROLES[0]]), edition.report)  # each role has those of all
    rules = " ".join(f"--{role}: {stack};" for role, stack in stacks.items())
    return ThemeFonts(stacks=f":root {{ {rules} }}\n", find=face_file, characters=characters_of)
