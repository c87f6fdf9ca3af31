"""The rules of a drawing's own style sheets → attributes of the elements that they are for.

Readers of books differ in what they understand of a sheet inside a picture, and all understand attributes. Only the
properties listed here come through.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import cssselect2
import tinycss2

_NAMES = """
clip-path clip-rule color display dominant-baseline fill fill-opacity fill-rule font-size font-style font-weight
letter-spacing marker-end marker-mid marker-start mask opacity shape-rendering stop-color stop-opacity stroke
stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
text-anchor text-decoration visibility word-spacing
"""
PROPERTIES = frozenset(_NAMES.split())


def write_rules(root: Element) -> None:
    """Set what the sheets and the `style` attributes say as attributes, the stronger over the weaker."""
    matcher = cssselect2.Matcher()
    for order, (selector, declarations) in enumerate(_rules(root)):
        matcher.add_selector(selector, (order, declarations))
    for wrapper in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
        _write(wrapper.etree_element, [payload for _, _, _, payload in sorted(matcher.match(wrapper), key=_strength)])


def _strength(match: tuple[object, ...]) -> tuple[object, object]:
    return match[0], match[1]


def _rules(root: Element) -> Iterator[tuple[cssselect2.compiler.CompiledSelector, list[tuple[str, str, bool]]]]:
    sheets = ["".join(element.itertext()) for element in root.iter() if _name(element) == "style"]
    for rule in tinycss2.parse_stylesheet("\n".join(sheets), skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue  # movement, pages and other media: a picture in a book has none
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            continue
        declarations = _declarations(rule.content)
        yield from ((selector, declarations) for selector in selectors if selector.pseudo_element is None)


def _declarations(content: object) -> list[tuple[str, str, bool]]:
    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [
        (one.lower_name, tinycss2.serialize(one.value).strip(), one.important)
        for one in found
        if one.type == "declaration" and one.lower_name in PROPERTIES
    ]


def _write(element: Element, payloads: list[tuple[int, list[tuple[str, str, bool]]]]) -> None:
    said = [one for _, declarations in payloads for one in declarations]
    said += _declarations(element.attrib.pop("style", ""))
    for important in (False, True):
        for name, value, urgent in said:
            if urgent == important:
                element.set(name, value)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
