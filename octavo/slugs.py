"""Names of files, in ASCII."""

from __future__ import annotations

import re

_OTHER = re.compile(r"[^a-z0-9]+")


def ascii_slug(name: str) -> str:
    """Return a name in ASCII and lower case, never empty; Han is spelt out syllable by syllable."""
    from anyascii import anyascii  # noqa: PLC0415 (its tables are wanted only where something is written)

    spelt = "".join(character if character.isascii() else f"-{anyascii(character)}-" for character in name)
    return _OTHER.sub("-", spelt.lower()).strip("-") or "book"
