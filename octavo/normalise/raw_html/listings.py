"""`<pre>` → a listing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octavo.diagnostics import Report
from octavo.document import CodeBlock
from octavo.normalise.raw_html.fragment import Characters, Element, left_out
from octavo.normalise.raw_html.marks import read_marks

_LANGUAGE = re.compile(r"(?:language|lang|highlight-source)-(\S+)")


def read_listing(element: Element, report: Report) -> CodeBlock | None:
    """Return a listing, or None where Markdown has read a part of it."""
    code = next((part for part in element.children if isinstance(part, Element) and part.name == "code"), None)
    texts = list(_texts(element, report))
    language = element.attributes.get("lang") or _language(code) or _language(element)
    if None in texts:
        return None
    marks = read_marks(element, report, "lang", "class")
    return CodeBlock(
        text="".join(text for text in texts if text).rstrip("\n") + "\n",
        info=language or "",
        language=language,
        identifier=marks.identifier,
        attributes=marks.attributes,
        position=element.position,
    )


def _language(element: Element | None) -> str | None:
    found = _LANGUAGE.search(element.attributes.get("class", "")) if element else None
    return found[1] if found else None


def _texts(element: Element, report: Report) -> Iterator[str | None]:
    """Yield the text of a listing, and None for a node inside it; colours are ours, other tags are reported."""
    for part in element.children:
        match part:
            case Characters():
                yield part.text
            case Element(name="br"):
                yield "\n"
            case Element():
                if part.name not in ("code", "span"):
                    left_out(report, part.position, f"<{part.name}> in <pre>")
                yield from _texts(part, report)
            case _:
                yield None
