"""A table and its caption, which is read as a table that has nothing else."""

from __future__ import annotations

from dataclasses import replace

from octavo.document import Table


def with_caption(table: Table, caption: Table) -> Table:
    """Return a table with a caption, and with what is said of it there."""
    return replace(
        table,
        caption=caption.caption,
        identifier=caption.identifier or table.identifier,
        classes=(*table.classes, *caption.classes),
        attributes=(*table.attributes, *caption.attributes),
    )
