"""The scripts of a site: plain ones and no modules, since those do not load from a `file:` address."""

from __future__ import annotations

from markupsafe import Markup

from octavo.render.layers import shipped

# It stands in the head, so that no page is shown in the wrong colours first.
HEAD = "theme"
# Those that others call at once come first. In one scope they can call each other, and nothing is seen from outside.
SITE = ("keys", "text", "sections", "search", "found", "outline", "contents", "copy", "previews", "theme-button")
SINGLE = ("outline", "copy", "previews", "theme-button")


def script(name: str) -> str:
    """Return a script as it is."""
    return (shipped("scripts") / f"{name}.js").read_text("utf-8")


def joined(names: tuple[str, ...]) -> str:
    """Return scripts as one, in a scope of its own."""
    together = "\n".join(map(script, names))
    return f'"use strict";\n\n(() => {{\n{together}}})();\n'


def inlined(text: str) -> Markup:
    """Return a script as it stands in a page that is HTML and XML at once; it may hold neither `</` nor `]]>`."""
    return Markup("//<![CDATA[\n{}//]]>").format(Markup(text))
