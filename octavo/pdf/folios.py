"""The numbers that are printed on the pages, and the labels by which a viewer finds them (ISO 32000-1, 12.4.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from octavo.normalise.numbers.numerals import write_roman

# Names of counter styles in CSS, and of numbering styles in PDF.
_STYLES = {"decimal": "D", "lower-roman": "r", "upper-roman": "R", "lower-alpha": "a", "upper-alpha": "A"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Folio:
    """Hold the number of a page and its counter style; a page that counts and shows no number has none."""

    number: int
    style: str | None


def folios_of(pages: Iterable[Any]) -> list[Folio]:
    """Return the folio of each laid-out page, as the page's own styles count it."""
    from weasyprint.formatting_structure.build import update_counters  # noqa: PLC0415

    counters: dict[str, list[int]] = {}
    state: Any = ([0], counters, [set()], [])  # depth of quotes, values, scopes, groups of pages
    folios: list[Folio] = []
    for page in pages:
        update_counters(state, page._page_box.style)
        folios.append(Folio(number=counters["page"][-1], style=_printed_style(page._page_box)))
    return folios


def _printed_style(page: Any) -> str | None:
    """Return the style in which the margins of a page show its number, if they do."""
    margins = (box for box in page.children if hasattr(box, "at_keyword"))
    contents = (part for box in margins for part in box.style["content"] if isinstance(part, tuple))
    return next((str(value[1]) for kind, value in contents if kind == "counter()" and value[0] == "page"), None)


def labels_of(pages: Iterable[Any]) -> list[str]:
    """Return what each laid-out page is called: its number, in its style."""
    return labels(folios_of(pages))


def labels(folios: Sequence[Folio]) -> list[str]:
    """Return what pages with these folios are called."""
    return [_written(folio.number, style) for folio, style in zip(folios, _styles(folios), strict=True)]


def _written(number: int, style: str) -> str:
    """Return a number in a counter style; those that are rare are written by WeasyPrint, which takes long to load."""
    match style:
        case "decimal":
            return str(number)
        case "lower-roman" if 0 < number < 400:
            return write_roman(number).lower()
    from weasyprint.html import UA_COUNTER_STYLE  # noqa: PLC0415

    text: str = UA_COUNTER_STYLE.render_value(number, style)
    return text


def page_labels(folios: Sequence[Folio]) -> list[tuple[int, str, int]]:
    """Return where labels begin anew: the page, counted from 0, the PDF's numbering style, and the first number."""
    styles = [_STYLES.get(name, "D") for name in _styles(folios)]
    labels = [(0, styles[0], folios[0].number)] if folios else []
    for index, (before, here) in enumerate(pairwise(folios), 1):
        if styles[index] != styles[index - 1] or here.number != before.number + 1:
            labels.append((index, styles[index], here.number))
    return labels


def _styles(folios: Sequence[Folio]) -> list[str]:
    """Return the style of each folio: one that is not printed goes with the next that is, as far as they count on.

    Where counting begins anew behind it, it is front matter without a folio of its own, as a lone title page is.
    """
    styles: list[str] = []
    following: Folio | None = None
    for folio in reversed(folios):
        if folio.style or following is None:
            styles.append(folio.style or "decimal")
        else:
            styles.append(styles[-1] if following.number == folio.number + 1 else "lower-roman")
        following = folio
    return styles[::-1]
