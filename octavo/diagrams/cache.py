"""What programs drew before, kept from build to build, so that a diagram is drawn once.

A drawing is filed under the digest of all that it depends on: our own programs, the command, the version of the program
that draws, the source.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from octavo.store import Store, digest, open_store, programs


def store() -> Store:
    """Return where drawings are kept."""
    return open_store("diagrams")


def kept(parts: Sequence[str], draw: Callable[[], bytes]) -> bytes:
    """Return the drawing that depends on `parts`: the one that is kept, or what `draw` makes, which is kept then."""
    drawings, key = store(), digest(programs(), *parts)
    if (drawing := drawings.get(key)) is None:
        drawing = draw()
        drawings.put(key, drawing)
    return drawing
