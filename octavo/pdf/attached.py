"""Formulas as files of their own beside their drawings: MathML that is read, spoken and explored by parts.

ISO 14289-2, 8.2.5.29 admits two ways: tags of the namespace of MathML, one for each piece of what is drawn, or one file
that is associated with the formula. Our formulas are drawings, whose pieces are no text; so it is the file. Not both: a
reader that knows both says each formula twice.
"""

from __future__ import annotations

from hashlib import md5
from typing import Any

import pydyf

_TYPE = "/application#2Fmathml+xml"
_NAME = "formula.mml"


class AttachedFormulas:
    """Write each formula once, however often the text shows it."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._files: dict[str, bytes] = {}

    def reference(self, mathml: str) -> bytes:
        """Return the file specification of a formula; add it where it is new."""
        if mathml not in self._files:
            self._files[mathml] = self._add(mathml.encode())
        return self._files[mathml]

    def _add(self, content: bytes) -> bytes:
        digest = md5(content, usedforsecurity=False).hexdigest()  # the algorithm is the format's (ISO 32000-2, 7.11.4)
        parameters = pydyf.Dictionary({"Size": len(content), "CheckSum": f"<{digest}>"})
        stream = pydyf.Stream(
            [content], {"Type": "/EmbeddedFile", "Subtype": _TYPE, "Params": parameters}, compress=True
        )
        self._pdf.add_object(stream)
        specification = pydyf.Dictionary(
            {
                "Type": "/Filespec",
                "F": pydyf.String(_NAME),
                "UF": pydyf.String(_NAME),
                "Desc": pydyf.String("MathML"),
                "AFRelationship": "/Supplement",
                "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
            }
        )
        self._pdf.add_object(specification)
        reference: bytes = specification.reference
        return reference
