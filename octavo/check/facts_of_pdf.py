"""Facts of a PDF, read from its tags."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from octavo.check.facts import Facts
from octavo.check.texts import formula_text, item_text, squeeze

_HEADINGS = frozenset(f"H{level}" for level in range(1, 10))
_NOTES = ("Note", "FENote")  # in PDF 1.7, and in 2.0
_NOTE = "octavo-note-"
_ADDRESS = "octavo-address-"  # of a link, which paper alone tells


def pdf_facts(path: Path) -> Facts:
    """Return the facts of the part of a PDF that holds the text, which its other formats hold too."""
    import playa  # noqa: PLC0415 (only a check wants it)

    reader = _Reader()
    with playa.open(path) as document:
        reader.facts.identifiers = {str(name) for name, _ in document.destinations.items()}
        for part in document.structure.find_all("Part") if document.structure else ():
            reader.read(part)
            break
    return reader.facts


class _Reader:
    """Gather facts from the tags, in their order."""

    def __init__(self) -> None:
        self.facts = Facts()

    def read(self, element: Any) -> None:
        """Take in a tag and all below it."""
        from playa.structure import ContentItem, Element  # noqa: PLC0415

        if element.type in ("Reference", "TOC", "RP"):
            return  # the call of a note, whose number comes with the note; a page, or brackets of a reading in print
        if element.type in _NOTES:
            self._read_note(element)
            return
        if element.type == "Formula":
            self.facts.text.append(squeeze(formula_text(element)))
            return
        if element.type == "Link" and not self._read_link(element, self.facts.links, self.facts.addresses):
            return
        if element.type in _HEADINGS and (heading := squeeze("".join(_texts(element)))):
            self.facts.headings.append(heading)
        for kid in _kids(element):
            if isinstance(kid, Element):
                self.read(kid)
            elif isinstance(kid, ContentItem) and (text := squeeze(item_text(kid))):
                self.facts.text.append(text)

    def _read_link(self, element: Any, links: list[str], addresses: list[str]) -> bool:
        """Take in a link once, however many lines it goes over; return False for a repeated call of a note."""
        target, address = destination(element)
        if target and target.startswith(_NOTE):
            return False
        if target:
            links.append(target)
        elif address:
            addresses.append(address)
        return True

    def _read_note(self, element: Any) -> None:
        from playa.structure import Element  # noqa: PLC0415

        if _decoded(element.props.get("ID", "")).startswith(_ADDRESS):
            return
        labels = [kid for kid in element if isinstance(kid, Element) and kid.type == "Lbl"]
        number = squeeze("".join(text for label in labels[:1] for text in _texts(label)))
        texts = [text for kid in element if kid not in labels[:1] for text in _texts(kid)]
        text, known = squeeze("".join(texts)), len(self.facts.note_addresses)
        for link in element.find_all("Link"):
            self._read_link(link, self.facts.note_links, self.facts.note_addresses)
        for address in self.facts.note_addresses[known:]:
            text = text.replace(f"（{address}）", "").replace(f"({address})", "")
        self.facts.notes.append((number, text))


def _texts(node: Any) -> Iterator[str]:
    """Yield the text below a node without what is no text of the author: markers, and calls of notes."""
    from playa.structure import ContentItem, Element  # noqa: PLC0415

    if isinstance(node, ContentItem):
        yield item_text(node)
    elif isinstance(node, Element):
        if node.type in ("Reference", "RP", *_NOTES) or (
            node.type == "Link" and (destination(node)[0] or "").startswith(_NOTE)
        ):
            return
        if node.type == "Formula":
            yield formula_text(node)
            return
        for kid in _kids(node):
            yield from _texts(kid)


def _kids(tag: Any) -> Iterator[Any]:
    """Yield what is said below a tag: no marks of lists, and nothing drawn in a picture, whose text is another."""
    from playa.structure import ContentItem, Element  # noqa: PLC0415

    for kid in tag:
        marks = isinstance(kid, Element) and kid.type == "Lbl" and _is_marker(kid)
        draws = isinstance(kid, ContentItem) and tag.type == "Figure"
        if not marks and not draws:
            yield kid


def _is_marker(label: Any) -> bool:
    """Tell whether a label is the mark of a list's item, and not a term or the number of a note."""
    item = label.parent
    attributes = (getattr(getattr(item, "parent", None), "props", None) or {}).get("A") or {}
    return str(attributes.get("ListNumbering", "")).strip("/'") not in ("", "None", "Description", "Ordered")


def destination(element: Any) -> tuple[str | None, str | None]:
    """Return the identifier that a link leads to, or the address."""
    from playa.structure import ContentObject  # noqa: PLC0415

    for kid in element:
        if isinstance(kid, ContentObject):
            # Not its `obj`: playa tells annotations by the identity of a name, which does not outlast a document.
            properties: Any = kid.props
            if "Dest" in properties:
                return _decoded(properties["Dest"]), None
            action = properties.get("A") or {}
            if "URI" in action:
                return None, _decoded(action["URI"])
    return None, None


def _decoded(value: Any) -> str:
    from playa.utils import decode_text  # noqa: PLC0415

    text: str = decode_text(value) if isinstance(value, bytes) else str(value)
    return text
