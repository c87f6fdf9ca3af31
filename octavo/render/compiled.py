"""Templates in the form that Python runs, kept from build to build: to compile them takes a tenth of a second.

What is kept is code, made here of a template's text, which says itself what it may do; see `octavo.store.place`.
"""

from __future__ import annotations

from io import BytesIO

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from octavo.store import Store, digest, open_store, programs


class CompiledTemplates(BytecodeCache):
    """Keep each template under its text, its name and the programs."""

    def __init__(self) -> None:
        self._store: Store = open_store("templates")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put what is kept of a template into its bucket."""
        if (data := self._store.get(_key(bucket))) is not None:
            bucket.load_bytecode(BytesIO(data))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket holds."""
        out = BytesIO()
        bucket.write_bytecode(out)
        self._store.put(_key(bucket), out.getvalue())


def _key(bucket: Bucket) -> str:
    return digest(programs(), bucket.key, bucket.checksum)
