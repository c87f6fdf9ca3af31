"""What the file says of itself, and the ways into it: pages, labels, destinations, outline (ISO 32000-1, 7.7, 12.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pydyf

from octavo.pdf.folios import page_labels
from octavo.pdf.parts.file import array, place, reference
from octavo.pdf.parts.linking import Linking
from octavo.pdf.parts.objects import joined
from octavo.pdf.parts.outline import Item, flat, outline


def write_catalog(linking: Linking) -> None:
    """Write the catalog and what it leads to; what the first part says of the file is said of the book."""
    book, file = linking.book, linking.file
    first, fill = linking.artifacts[0], linking.filler(0, ())
    kids = array([reference(page) for page in linking.pages])
    file.add(book["pages"], b"<</Type/Pages/Count %d/Kids %s>>" % (len(linking.pages), kids))
    file.add(book["info"], joined(first.info, fill))
    entries = [
        b"/Type/Catalog/Pages %s" % reference(book["pages"]),
        *(b"/%s %s" % (name.encode(), joined(pieces, fill)) for name, pieces in first.catalog.items()),
        b"/StructTreeRoot %s/MarkInfo<</Marked true>>" % reference(book["structure"]),
        b"/ViewerPreferences<</DisplayDocTitle true>>/PageLabels<</Nums[%s]>>" % _labels(linking),
        _destinations(linking),
        _write_outline(linking),
    ]
    file.add(book["catalog"], b"<<%s>>" % b"".join(entries))


def _labels(linking: Linking) -> bytes:
    labels = page_labels(linking.placing.folios)
    return b" ".join(b"%d<</S/%s/St %d>>" % (index, style.encode(), first) for index, style, first in labels)


def _destinations(linking: Linking) -> bytes:
    found: dict[str, bytes] = {}
    for target, page in zip(linking.pages, linking.placing.pages, strict=True):
        for name, x, y in page.leaf.anchors:
            found.setdefault(name, place(target, x + page.shift, y))
    names = array([part for name in sorted(found) for part in (pydyf.String(name).data, found[name])])
    return b"/Names<</Dests<</Names %s>>>>" % names if found else b""


def _write_outline(linking: Linking) -> bytes:
    entries = [
        (level, Item(text, index, x + page.shift, y, is_open=state != "closed"))
        for index, page in enumerate(linking.placing.pages)
        for level, text, x, y, state in page.leaf.bookmarks
    ]
    top = outline(entries)
    if not top:
        return b""
    root = linking.take()
    numbers = {id(item): linking.take() for item in flat(top)}
    _write_items(linking, top, root, numbers)
    shown = len(top) + sum(item.shown for item in top if item.is_open)
    linking.file.add(root, b"<</Count %d%s>>" % (shown, _ends(top, numbers)))
    return b"/Outlines %s" % reference(root)


def _write_items(linking: Linking, items: Sequence[Item], parent: int, numbers: Mapping[int, int]) -> None:
    for index, item in enumerate(items):
        title = pydyf.String(item.text).data
        target = place(linking.pages[item.page], item.x, item.y)
        count = item.shown if item.is_open else -item.shown
        entries = b"/Title %s/Dest %s/Count %d/Parent %s" % (title, target, count, reference(parent))
        if index:
            entries += b"/Prev %s" % reference(numbers[id(items[index - 1])])
        if index + 1 < len(items):
            entries += b"/Next %s" % reference(numbers[id(items[index + 1])])
        if item.items:
            entries += _ends(item.items, numbers)
            _write_items(linking, item.items, numbers[id(item)], numbers)
        linking.file.add(numbers[id(item)], b"<<%s>>" % entries)


def _ends(items: Sequence[Item], numbers: Mapping[int, int]) -> bytes:
    return b"/First %s/Last %s" % (reference(numbers[id(items[0])]), reference(numbers[id(items[-1])]))
