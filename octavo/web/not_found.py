"""404.html: what a server shows for an address where nothing is.

It is shown at whatever address was asked for, so where the site's own address is known all its links begin at the root
of the host. Without that they are relative, and right wherever the wrong address was that of a page beside the others.
"""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from octavo.render.edition import Edition
from octavo.render.target import Format, Target

NOT_FOUND = "404.html"


def not_found_body(edition: Edition, target: Target, root: str) -> Markup:
    """Return the body of the page; `root` is what stands before the name of a page."""
    from_root = {identifier: root + place for identifier, place in target.places.items()}
    renderer = edition.renderer(replace(target, page=NOT_FOUND, places=from_root))
    table = edition.contents(edition.table, renderer)
    return edition.render("site/not-found.html", Format.SITE, contents=table, root=root)
