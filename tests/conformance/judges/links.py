"""Links: does every link lead somewhere, in every output? Written apart from octavo.check, and with other parsers.

Links that leave a book are not followed; but nothing may be fetched from elsewhere to show a page. Those that begin at
the root of a host are followed as on the host for which a site is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

from conformance.judges.links_of_pdf import broken_links
from octavo.check.judges.finding import Finding, Severity, without_verdict

NAME = "links"
_ADDRESSES = ("href", "src", "data", "poster", "xlink:href")
_FOLLOWED = {"a", "area"}  # by the reader; the browser fetches all others
_FETCHED = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest"}
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)")
_PAGES = (".html", ".xhtml")


class Page(HTMLParser):
    """Gather the identifiers of a page and its links: the line, the address, and whether a browser fetches it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.identifiers: set[str] = set()
        self.canonical = ""
        self.links: list[tuple[int, str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in an element."""
        given = {name: value or "" for name, value in attrs}
        self.identifiers |= {given["id"]} if "id" in given else set()
        fetched = tag not in _FOLLOWED and (tag != "link" or bool(_FETCHED & set(given.get("rel", "").split())))
        addresses = [given[name] for name in _ADDRESSES if name in given]
        addresses += [part.split()[0] for part in given.get("srcset", "").split(",") if part.split()]
        addresses += _URL.findall(given.get("style", ""))
        self.links += [(self.getpos()[0], address, fetched) for address in addresses]
        if tag == "link" and given.get("rel") == "canonical":
            self.canonical = given["href"]


def run(files: Sequence[Path]) -> list[Finding]:
    """Return the broken links of sites (folders), pages that stand alone, EPUBs and PDFs."""
    findings: list[Finding] = []
    for file in files:
        try:
            findings += [Finding(NAME, Severity.ERROR, file, said) for said in _judge(file)]
        except Exception as failure:  # whatever a parser says of a broken file
            findings += without_verdict(NAME, [file], (), f"{type(failure).__name__}: {failure}")
    return findings


def _judge(file: Path) -> Iterator[str]:
    if file.suffix == ".pdf":
        yield from broken_links(file)
    elif file.suffix == ".epub":
        with TemporaryDirectory(prefix="octavo-") as folder, ZipFile(file) as archive:
            archive.extractall(folder)
            yield from _check(Path(folder).resolve(), alone=None)
    elif file.is_file():
        yield from _check(file.parent.resolve(), alone=file.resolve())
    else:
        yield from _check(file.resolve(), alone=None)


def _check(root: Path, alone: Path | None) -> Iterator[str]:
    """Yield what is wrong with the links of a folder, or of the one page in it that stands alone."""
    files = [alone] if alone else sorted(path for path in root.rglob("*") if path.is_file())
    pages = {path: Page(path.read_text("utf-8")) for path in files if path.suffix in _PAGES}
    if not pages:
        raise ValueError("there is no page in it")
    links = [(path, *link) for path, page in pages.items() for link in page.links]
    for path in files:
        if path.suffix == ".css":
            links += [(path, 0, address, True) for address in _URL.findall(path.read_text("utf-8"))]
    for path, line, address, fetched in links:
        if why := _wrong(path, address.strip(), fetched, root, files, pages):
            yield f"{path.relative_to(root).as_posix()}:{line}: “{address}”: {why}"


def _below_site(name: str, root: Path, pages: dict[Path, Page]) -> str:
    """Return a path on the host of a site as one below its first page, which says at what address that is."""
    first = pages.get(root / "index.html")
    site = unquote(urlsplit(first.canonical).path) if first else ""
    return name.removeprefix(site) if site else name.lstrip("/")


def _wrong(
    page: Path, address: str, fetched: bool, root: Path, files: list[Path], pages: dict[Path, Page]
) -> str | None:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return "fetched from elsewhere" if fetched and parts.scheme != "data" else None
    name = unquote(parts.path)
    if name.startswith("/"):
        target = (root / _below_site(name, root, pages)).resolve()
    else:
        target = (page.parent / name).resolve() if name else page
    if target not in files:
        return "no such file"
    if parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].identifiers:
        return "no such id"
    return None
