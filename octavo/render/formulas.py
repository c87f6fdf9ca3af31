"""Formulas → markup: MathML where a reader can show it, a drawing where not; both are spoken alike.

Where nothing sets formulas they are shown as the TeX that was written, which was reported.
"""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup, escape

from octavo.document import Equation, Formula, Shape

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{drawing}</svg>'
_INK = "currentColor"  # an image has no text around it whose colour it could take
_UNQUOTED = " !$&'()*+,-./:;<=>@[]^_`{|}~"
# What fits on the narrowest screen; wider ones are scrolled, by keyboard too: so they take the focus and have a name.
_NARROW = 17.0  # em


def formula_mathml(node: Formula | Equation, name: str) -> Markup:
    """Return a formula as MathML; `name` is what one is called that has to be scrolled."""
    if node.shape is None or not node.shape.mathml:
        return _unset(node)
    begin, _, rest = node.shape.mathml.partition(">")
    formula = Markup(f'{begin} alttext="{escape(node.shape.spoken)}">{rest}')
    if node.shape.width <= _NARROW:
        return formula
    tag = "div" if isinstance(node, Equation) else "span"
    return Markup('<{0} class="wide-formula" role="group" aria-label="{1}" tabindex="0">{2}</{0}>').format(
        tag, name, formula
    )


def formula_drawing(node: Formula | Equation, ink: str, fonts: str, *, mathml: bool) -> Markup:
    """Return a formula as a drawing in a colour, with fonts for the words in it, and with its MathML where wanted."""
    if node.shape is None or not node.shape.mathml:
        return _unset(node)
    address = f"data:image/svg+xml,{quote(_svg(node.shape, ink, fonts), safe=_UNQUOTED)}"
    size = f"width: {node.shape.width:.4g}em; vertical-align: {-node.shape.below:.4g}em"
    beside = Markup(' data-mathml="{}"').format(node.shape.mathml) if mathml else ""
    return Markup('<img class="formula" style="{}" src="{}" alt="{}"{} />').format(
        size, address, node.shape.spoken, beside
    )


def is_empty(node: Formula | Equation) -> bool:
    """Tell whether there is nothing to see of a formula: it defines macros, and no more."""
    return node.shape is not None and not node.shape.mathml


def _unset(node: Formula | Equation) -> Markup:
    return Markup("") if is_empty(node) else Markup('<code class="tex">{}</code>').format(node.tex)


def _svg(shape: Shape, ink: str, fonts: str) -> str:
    families = ",".join(family.strip().strip("\"'") for family in fonts.split(","))  # WeasyPrint takes off no spaces
    drawing = shape.drawing.replace(_INK, ink).replace("<text ", f'<text font-family="{families}" ')
    return _SVG.format(box=" ".join(f"{side:g}" for side in shape.box), drawing=drawing)
