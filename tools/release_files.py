"""What a release offers: made of the outputs of `make all guide`, the same bytes whenever they are the same.

In: dist/ and dist/guide/. Out: dist/release/ with the PDF, the EPUB and the zipped site of each book and their SHA-256
sums; dist/pages/ with the site of the article, and that of the guide in its folder `guide/`.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from outputs import ROOT, Outputs, files_of, shipped

SUMS = "SHA256SUMS"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip can state
_MODE = 0o100644 << 16


def main() -> None:
    """Write both folders anew; exit with a sentence where an output is missing."""
    article, guide = shipped()
    missing = [path for book in (article, guide) for path in (book.pdf, book.epub, book.site) if not path.exists()]
    if missing:
        raise SystemExit(f"release: {missing[0].relative_to(ROOT)} is not there: run make all guide")
    write_release((article, guide), emptied(ROOT / "dist" / "release"))
    write_pages(article, guide, emptied(ROOT / "dist" / "pages"))


def write_release(books: Sequence[Outputs], folder: Path) -> None:
    """Put the files of a release into a folder, and their sums in the form that `sha256sum --check` reads."""
    for book in books:
        shutil.copyfile(book.pdf, folder / book.pdf.name)
        shutil.copyfile(book.epub, folder / book.epub.name)
        write_zip(book.site, folder / f"{book.slug}-site.zip")
    lines = [f"{sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files_of(folder)]
    (folder / SUMS).write_text("".join(lines), "utf-8")


def write_zip(folder: Path, path: Path) -> None:
    """Pack a folder: entries sorted, without a date, a mode or an owner of this machine."""
    with zipfile.ZipFile(path, "w") as archive:
        for file in files_of(folder):
            entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), _EARLIEST)
            entry.create_system, entry.external_attr = 3, _MODE
            archive.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED, 9)


def write_pages(article: Outputs, guide: Outputs, folder: Path) -> None:
    """Lay out what is published: the site of the article, with that of the guide below it."""
    for book, place in ((article, folder), (guide, folder / "guide")):
        for file in files_of(book.site):
            target = place / file.relative_to(book.site)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def emptied(folder: Path) -> Path:
    """Return a folder that is there and empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


if __name__ == "__main__":
    main()
