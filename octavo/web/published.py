"""What a site says of the place where it is published: addresses, a sitemap, words for those who link to it.

In: the address in octavo.toml. Without one a site says nothing of the kind, for it would have to guess.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit
from xml.sax.saxutils import escape

from markupsafe import Markup

from octavo.book.defaults import ASSUMED_DATE
from octavo.document import Author
from octavo.media import media_type
from octavo.render.edition import Edition
from octavo.render.imprint import isbn_of

HOME = "index.html"
# What those who show a picture beside a link can draw: no SVG.
_RASTERS = ("image/gif", "image/jpeg", "image/png", "image/webp")
_SCHEMA_TYPES = {"article": "Article", "report": "Report", "book": "Book"}
_SAFE = "/~!$&'()*+,;=:@%"  # of RFC 3986 in a path; what is quoted already stays so


@dataclass(frozen=True, slots=True)
class Published:
    """State where a site is published: an address in ASCII that ends in a slash."""

    address: str

    @classmethod
    def at(cls, url: str) -> Published:
        """Return the place that a setting names."""
        parts = urlsplit(url)
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
        return cls(urlunsplit((parts.scheme, host, quote(parts.path.rstrip("/"), _SAFE) + "/", "", "")))

    @property
    def root(self) -> str:
        """Return the path of the site on its host."""
        return urlsplit(self.address).path

    def page(self, name: str) -> str:
        """Return the address of a page; the first page is the site itself."""
        return self.address if name == HOME else self.address + quote(name)


def write_sitemap(edition: Edition, published: Published, pages: list[str], folder: Path) -> None:
    """Write sitemap.xml (sitemaps.org, version 0.9), and robots.txt, which counts at the root of a host only."""
    date = _stated_date(edition)
    day = f"<lastmod>{date}</lastmod>" if date else ""
    lines = [f"<url><loc>{escape(published.page(page))}</loc>{day}</url>" for page in pages]
    text = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *lines,
        "</urlset>",
    ]
    (folder / "sitemap.xml").write_text("\n".join(text) + "\n", "utf-8")
    if published.root == "/":
        robots = f"User-agent: *\nDisallow:\n\nSitemap: {published.page('sitemap.xml')}\n"
        (folder / "robots.txt").write_text(robots, "utf-8")


def write_cover(edition: Edition, folder: Path) -> str | None:
    """Write the picture that others show beside a link to the book; return its name, or None where there is none."""
    cover = edition.book.settings.book.cover
    if not cover or media_type(cover) not in _RASTERS:
        return None
    name = "cover" + Path(cover).suffix.lower()
    (folder / name).write_bytes(edition.book.files.read_bytes(cover, None))
    return name


def said_of_page(edition: Edition, published: Published | None, name: str, cover: str | None) -> dict[str, Any] | None:
    """Return what the template `site/published.html` is given for a page, or None where no place is stated."""
    if published is None:
        return None
    home = name == HOME
    image = published.page(cover) if cover else None
    return {
        "address": published.page(name),
        "type": "book" if home and edition.kind != "article" else "article",
        "locale": locale_of(edition.document.metadata.language),
        "image": image,
        "image_type": media_type(cover or ""),
        "isbn": isbn_of(edition.document.metadata.identifier),
        "date": _stated_date(edition),
        "facts": _as_script(_facts(edition, published, image)) if home else None,
    }


def locale_of(language: str) -> str | None:
    """Return a language with the country that it is most likely meant for (CLDR), as Open Graph writes it."""
    from babel.core import Locale, UnknownLocaleError, get_global  # noqa: PLC0415 (its data are large)

    try:
        locale = Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return None
    parts = [part for part in (locale.language, locale.script) if part]
    country = locale.territory or get_global("likely_subtags").get("_".join(parts), "").rpartition("_")[2]
    return f"{locale.language}_{country}" if country else None


def _stated_date(edition: Edition) -> str | None:
    date = edition.document.metadata.date
    return None if date == ASSUMED_DATE else date


def _facts(edition: Edition, published: Published, image: str | None) -> dict[str, Any]:
    """Return what the book says of itself in the words of schema.org; what they have no word for is left out."""
    metadata = edition.document.metadata
    kind = _SCHEMA_TYPES[edition.kind]
    written = [_person(author) for author in metadata.authors if author.role is None]
    helped = [_person(author) for author in metadata.authors if author.role is not None]
    found = {
        "name": metadata.title,
        "author": written,
        "contributor": helped,
        "inLanguage": metadata.language,
        "datePublished": _stated_date(edition),
        "version": metadata.version,
        "isbn": isbn_of(metadata.identifier) if kind == "Book" else None,
        "publisher": {"name": metadata.publisher} if metadata.publisher else None,
        "keywords": list(metadata.keywords),
        "description": edition.description,
        "url": published.address,
        "image": image,
    }
    return {"@context": "https://schema.org", "@type": kind, **{key: value for key, value in found.items() if value}}


def _person(author: Author) -> dict[str, Any]:
    """Return an author, who may be an organisation: only people have an ORCID."""
    affiliation = {"affiliation": {"@type": "Organization", "name": author.affiliation}} if author.affiliation else {}
    if not author.orcid:
        return {"name": author.name, **({"@type": "Person"} if affiliation else {}), **affiliation}
    address = f"https://orcid.org/{author.orcid}"
    return {"@type": "Person", "@id": address, "name": author.name, **affiliation}


def _as_script(data: dict[str, Any]) -> Markup:
    """Return JSON that can stand in an element of HTML that is XML too."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))
