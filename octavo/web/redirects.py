"""Redirects: pages that lead from where a chapter once was to where it is now.

In: `[html.redirects]` of octavo.toml. Out: small pages that work without a server and without scripts; where there are
scripts, what stood behind the # is carried over, also to the other pages of a chapter that is now several.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from markupsafe import Markup

from octavo.diagnostics import Position, Rule, nearest
from octavo.render.edition import Edition
from octavo.render.pages import Page
from octavo.render.target import Format
from octavo.web.published import HOME, Published

_OURS = "octavo-"  # how identifiers begin that nobody links to


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """Lead from `old`, a path in the site, to `page` and perhaps `fragment`; `places` are others' by identifier.

    The first page of the site, which belongs to no chapter, is None.
    """

    old: str
    page: Page | None
    fragment: str
    places: Mapping[str, str]


def redirects(edition: Edition, pages: tuple[Page, ...], ending: str, taken: frozenset[str]) -> list[Redirect]:
    """Return the redirects of the book; what is wrong with them is reported at its line.

    `taken` are the pages of the site beside those of the book.
    """
    wanted = edition.book.settings.html.redirects
    files = frozenset(page.name + ending for page in pages) | taken
    _check_names(edition, files)
    found = [_redirect(edition, old, new, pages, ending) for old, new in wanted.items()]
    # After an error nothing is kept of what is written, and names that are taken cannot be written at all.
    return [] if edition.report.failed else [redirect for redirect in found if redirect]


def _check_names(edition: Edition, files: frozenset[str]) -> None:
    """Report each old name that is one of the site's pages, or of which another redirect leaves nothing."""
    # Some systems take capitals for small letters, and none has a file and a folder of one name.
    seen: dict[str, str] = {name.casefold(): f"the page “{name}” of the site" for name in files}
    folders: dict[str, str] = {}
    for old in edition.book.settings.html.redirects:
        path = PurePosixPath(old.casefold())
        above = [str(parent) for parent in path.parents][:-1]
        met = [seen.get(str(path)), folders.get(str(path)), *map(seen.get, above)]
        if other := next(filter(None, met), None):
            place = edition.book.configuration.key(("html", "redirects", old))
            edition.report.add(Rule.REDIRECT_TAKEN, place, f"the old page “{old}” cannot be beside {other}")
        seen.setdefault(str(path), f"the old page “{old}”")
        folders.update((parent, f"the old page “{old}”") for parent in above)


def _redirect(edition: Edition, old: str, new: str, pages: tuple[Page, ...], ending: str) -> Redirect | None:
    name, _, fragment = new.partition("#")
    if new == HOME:
        return Redirect(old=old, page=None, fragment="", places={})
    files = {page.name + ending: page for page in pages}
    chapter = _chapter_of(name, pages) or _chapter_of(files.get(name), pages)
    page = files.get(name) or next(iter(chapter), None)
    place = edition.book.configuration.value(("html", "redirects", old))
    if page is None:
        known = [HOME, *files, *(page.chapter.file for page in pages)]
        _report(edition, place, f"there is neither a page nor a source file “{name}”", nearest(name, known))
        return None
    if fragment:
        known = [identifier for other in chapter for identifier in other.identifiers()]
        page = next((other for other in chapter if fragment in other.identifiers()), None)
        if page is None:
            _report(edition, place, f"nothing in “{name}” is called “{fragment}”", nearest(fragment, known))
            return None
    others = {identifier: other.name + ending for other in chapter if other is not page for identifier in _named(other)}
    return Redirect(old=old, page=page, fragment=fragment, places=others)


def _report(edition: Edition, place: Position, message: str, hint: str | None) -> None:
    edition.report.add(Rule.REDIRECT_NOT_FOUND, place, message, hint or "name a page of the site or a chapter’s file")


def _chapter_of(which: str | Page | None, pages: tuple[Page, ...]) -> list[Page]:
    """Return the pages of a chapter, which its file or one of its pages names."""
    file = which.chapter.file if isinstance(which, Page) else which
    return [page for page in pages if page.chapter.file == file and page.chapter.role != "part"]


def _named(page: Page) -> Iterator[str]:
    return (identifier for identifier in page.identifiers() if not identifier.startswith(_OURS))


def redirect_page(edition: Edition, redirect: Redirect, ending: str, published: Published | None) -> Markup:
    """Return the page that stands where a chapter once was."""
    up = "../" * redirect.old.count("/")
    new = redirect.page.name + ending if redirect.page else HOME
    fragment = f"#{quote(redirect.fragment)}" if redirect.fragment else ""
    return edition.render(
        "site/moved.html",
        Format.SITE,
        title=edition.title_of(redirect.page.heading if redirect.page else None),
        root=up,
        href=up + new + fragment,
        canonical=published.page(new) if published else up + new,
        script=_script(up, new, fragment, redirect.places),
    )


def _script(up: str, new: str, fragment: str, places: Mapping[str, str]) -> Markup:
    """Return what leads on with the fragment that was asked for, or with that which octavo.toml names."""
    known = json.dumps(places, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    lines = [
        f"const places = new Map(Object.entries({known}));",
        "const fragment = location.hash;",
        f'const page = places.get(decodeURIComponent(fragment.slice(1))) ?? "{new}";',
        f'location.replace("{up}" + page + (fragment || "{fragment}"));',
    ]
    return Markup("\n".join(lines))
