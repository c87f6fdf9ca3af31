"""The books that ship with the repository, and where their outputs are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from octavo.book import read_book, slug_of
from octavo.diagnostics import Report

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """Name the outputs of one book; `folder` is what `--output` named."""

    source: Path
    folder: Path
    slug: str

    @property
    def pdf(self) -> Path:
        """Return the PDF."""
        return self.folder / f"{self.slug}.pdf"

    @property
    def epub(self) -> Path:
        """Return the EPUB."""
        return self.folder / f"{self.slug}.epub"

    @property
    def single(self) -> Path:
        """Return the single page."""
        return self.folder / f"{self.slug}.html"

    @property
    def site(self) -> Path:
        """Return the folder of the site."""
        return self.folder / "site"


def outputs_of(source: Path, folder: Path) -> Outputs:
    """Return where the outputs of a book are. Raises Failure where the book cannot be read."""
    book = read_book(source, Report())
    return Outputs(source=source, folder=folder, slug=book.settings.book.slug or slug_of(book.name))


def shipped() -> tuple[Outputs, Outputs]:
    """Return the article and the guide, as `make all guide` builds them."""
    dist = ROOT / "dist"
    return outputs_of(ROOT / "source", dist), outputs_of(ROOT / "guide", dist / "guide")


def files_of(folder: Path) -> list[Path]:
    """Return the files below a folder in the order of their names, without hidden ones, such as the mark of Octavo."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())
