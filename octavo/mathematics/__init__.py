"""Mathematics: formulas in TeX → MathML, drawings and words, and what is wrong with them.

The one source of a formula is its TeX. Temml writes the MathML, MathJax draws, the speech rule engine speaks; all run
in the embedded engine, and what they made is kept.
"""

from octavo.mathematics.font import math_font
from octavo.mathematics.formulas import Wrong
from octavo.mathematics.setter import LIBRARIES, FormulaSetter, formula_setter
from octavo.mathematics.source import plain_tag, prepared
from octavo.mathematics.typeset import command_names

__all__ = [
    "LIBRARIES",
    "FormulaSetter",
    "Wrong",
    "command_names",
    "formula_setter",
    "math_font",
    "plain_tag",
    "prepared",
]
