"""Attributes of HTML → identifier, classes and attributes of a node: an allow-list, and a report of the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from octavo.diagnostics import Report
from octavo.normalise.raw_html.elements import ALIGNED, NEEDLESS, SCHEMES
from octavo.normalise.raw_html.fragment import Element, left_out

_ALIGNMENTS = ("left", "center", "right")
_VALUES = {
    "lang": re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "title": re.compile(r".*", re.DOTALL),
}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# Browsers take these out of an address before they look at it.
_UNSEEN = re.compile(r"[\x00-\x20]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Hold what an element is marked with."""

    identifier: str | None = None
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.identifier or self.classes or self.attributes)

    @property
    def fields(self) -> dict[str, Any]:
        """Return them as the fields of a node."""
        return {"identifier": self.identifier, "classes": self.classes, "attributes": self.attributes}

    @property
    def only_aligned(self) -> bool:
        """Tell whether they say nothing but where the lines stand."""
        return not self.identifier and not self.attributes and all(name in _ALIGNMENTS for name in self.classes)


def read_marks(element: Element, report: Report, *own: str) -> Marks:
    """Return what is kept of the attributes of an element.

    Its `own` are read elsewhere. The rest is reported, but for what only browsers heed. An identifier is kept once.
    """
    given = {name: value for name, value in element.attributes.items() if name not in own and name not in NEEDLESS}
    classes = tuple(given.pop("class", "").split())
    names = _identifiers(element, given)
    identifier = names.pop(0) if names else None
    kept = tuple(_kept(given))
    if element.name in ALIGNED and given.get("align", "").lower() in _ALIGNMENTS:
        classes = (*classes, given.pop("align").lower())
    lost = [name for name in given if name not in dict(kept)] + names
    if lost and not element.again:
        left_out(report, element.position, f"{', '.join(lost)} of <{element.name}>", "the rest of it stays")
    return Marks(identifier=None if element.again else identifier, classes=classes, attributes=kept)


def _identifiers(element: Element, given: dict[str, str]) -> list[str]:
    """Take the identifiers out of the attributes; a link may have two, an old one and a new one."""
    names = [given.pop("id", "").strip()]
    if element.name == "a":
        names.append(given.pop("name", "").strip())
    return list(dict.fromkeys(name for name in names if name and not re.search(r"\s", name)))


def _kept(given: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in given.items():
        if name in _VALUES and value and _VALUES[name].fullmatch(value):
            yield name, value


def address(element: Element, name: str, report: Report) -> str | None:
    """Return the address in an attribute, or None where there is none or where it leads where no book may."""
    value = _UNSEEN.sub(lambda found: "%20" if found[0] == " " else "", element.attributes.get(name, "").strip())
    scheme = _SCHEME.match(value.replace("%20", ""))
    if scheme and scheme[1].lower() not in SCHEMES:
        left_out(report, element.position, f"{name}=“{value[:40]}” of <{element.name}>", "the rest of it stays")
        return None
    return value or None


def whole(element: Element, name: str) -> int | None:
    """Return an attribute that is a whole number, or None."""
    value = element.attributes.get(name, "").strip()
    return int(value) if re.fullmatch(r"[0-9]{1,9}", value) else None
