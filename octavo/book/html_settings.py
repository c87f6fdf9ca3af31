"""The settings of the site and the single page."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Annotated, TypeAlias
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from octavo.book.files import FORBIDDEN
from octavo.book.text_settings import Table
from octavo.book.values import Address, Text, wanted

_PATH = "{path}"
_EDIT = re.compile(r"https?://[^\s/{}]+/[^\s{}]*\{path\}[^\s{}]*")
# What some system gives a meaning to, or cannot write.
_UNFIT = re.compile(r'[<>:"\\|?*#%\x00-\x1f\x7f]')
_LONGEST = 200


def _edit(value: str) -> str:
    try:
        fits = _EDIT.fullmatch(value) is not None and value.count(_PATH) == 1 and bool(urlsplit(value).hostname)
    except ValueError:
        fits = False
    if not fits:
        hint = "such as https://example.org/book/edit/main/{path}"
        raise wanted("must be a web address with {path} where the path of the source file goes", hint)
    return value


def _old_page(value: str) -> str:
    parts = value.split("/")
    if value.startswith("/") or ".." in parts:
        raise wanted("must name an old page inside the site: relative, and without “..”", alone=True)
    if not value.endswith(".html") or len(value) > _LONGEST or not all(map(_is_name, parts)):
        hint = "an address that ends in a slash is that of the index.html below it"
        raise wanted("must be named with the path of an old page, such as “old/page.html”", hint, alone=True)
    return value


def _is_name(part: str) -> bool:
    """Tell whether a file or a folder can be called so wherever a site is built."""
    hidden = part.startswith(".") or part != part.strip() or part.endswith(".")
    return bool(PurePosixPath(part).stem) and not (hidden or _UNFIT.search(part) or FORBIDDEN.search(part))


EditAddress: TypeAlias = Annotated[str, AfterValidator(_edit)]
OldPage: TypeAlias = Annotated[str, AfterValidator(_old_page)]


class HtmlSettings(Table):
    """The site and the single page."""

    url: Address | None = Field(
        default=None,
        description="Where the site will be published. Absent: no sitemap, canonical address or Open Graph.",
    )
    edit: EditAddress | None = Field(
        default=None,
        description="Where a reader can edit the source of a page; `{path}` stands for that of its file in the book.",
    )
    redirects: dict[OldPage, Text] = Field(
        default={}, description="Old pages by their paths: to which page, or to which source file, each leads now."
    )
    single: bool = Field(default=True, description="Whether the single page is written beside the site.")
