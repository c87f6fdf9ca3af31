"""What the template of tables is given of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octavo.document import TableRow

if TYPE_CHECKING:
    from octavo.render.renderer import Renderer


def cells_of(row: TableRow, renderer: Renderer) -> list[dict[str, object]]:
    """Return the cells of a row, each with its text, its alignment, what it spans, and whether it is a heading."""
    return [
        {
            "text": renderer.contents(cell.children),
            "alignment": cell.alignment,
            "columns": cell.columns,
            "rows": cell.rows,
            "heading": cell.heading,
        }
        for cell in row.cells
    ]
