"""Every link inside a finished output leads somewhere."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree
from zipfile import ZipFile

from octavo.diagnostics import Report, Rule

_ADDRESSES = ("href", "src")
_PAGES = (".html", ".xhtml")


def check_site(folder: Path, report: Report) -> None:
    """Report each link of a site that leads to no file or to no element of it.

    One that begins at the root of the host is followed where the site says which address it is made for.
    """
    files = {str(path.relative_to(folder).as_posix()): path for path in folder.rglob("*") if path.is_file()}
    pages = {name: path.read_bytes() for name, path in files.items() if name.endswith(_PAGES)}
    _check(pages, set(files), report, _root_of(pages.get("index.html")))


def _root_of(page: bytes | None) -> str | None:
    """Return the path of a site on its host, which its first page states as that of its own address."""
    links = ElementTree.fromstring(page).iter("link") if page else ()
    address = next((link.get("href") for link in links if link.get("rel") == "canonical"), None)
    return urlsplit(address).path if address else None


def check_epub(path: Path, report: Report) -> None:
    """Report each link of an EPUB that leads to no file or to no element of it."""
    with ZipFile(path) as archive:
        names = set(archive.namelist())
        _check({name: archive.read(name) for name in names if name.endswith(_PAGES)}, names, report)


def check_page(path: Path, report: Report) -> None:
    """Report each link of a page that stands alone."""
    _check({path.name: path.read_bytes()}, {path.name}, report)


def _check(pages: Mapping[str, bytes], names: set[str], report: Report, site: str | None = None) -> None:
    roots = {name: ElementTree.fromstring(data) for name, data in pages.items()}
    identifiers = {name: {element.get("id") for element in root.iter()} for name, root in roots.items()}
    for page, root in sorted(roots.items()):
        for address in _addresses(root):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = _target(page, parts.path, site)
            if target not in names:
                report.add(Rule.CHECK_LINK_BROKEN, None, f"{page}: the link “{address}” leads to no file")
            elif parts.fragment and unquote(parts.fragment) not in identifiers.get(target, set()):
                report.add(Rule.CHECK_LINK_BROKEN, None, f"{page}: the link “{address}” leads to nothing on that page")


def _target(page: str, path: str, site: str | None) -> str:
    """Return the file that a path on a page leads to."""
    if not path:
        return page
    if site and path.startswith(site):
        return posixpath.normpath(unquote(path.removeprefix(site)))
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))


def _addresses(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        for name in _ADDRESSES:
            if address := element.get(name):
                yield address
