"""A drawing as a program writes it → one that a book can hold.

What is listed here comes through, and nothing else: no programs, links, pictures, fonts or addresses. Colours and lines
are attributes, the ground is white so that it can be read on a dark page too, words are set in a font of the book's.
The same drawing gives the same bytes.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from octavo.diagrams.rules_of_sheet import PROPERTIES, write_rules
from octavo.diagrams.run import NotDrawnError

# Those of print first; a browser or a reader of books has one of the others. WeasyPrint takes a space before a
# quotation mark for a part of the name.
FONTS = "'Source Sans 3','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',Arial,sans-serif"

_NAMES_OF_ELEMENTS = """
svg g defs path polygon polyline line rect circle ellipse text tspan marker symbol use clipPath mask pattern
linearGradient radialGradient stop
"""
_LINK = "a"
_NAMES_OF_ATTRIBUTES = """
clipPathUnits cx cy d dx dy fx fy gradientTransform gradientUnits height href id markerHeight markerUnits markerWidth
offset orient patternTransform patternUnits points preserveAspectRatio r refX refY rotate rx ry spreadMethod textLength
transform viewBox width x x1 x2 y y1 y2
"""
_ELEMENTS = frozenset(_NAMES_OF_ELEMENTS.split())
_ATTRIBUTES = PROPERTIES | frozenset(_NAMES_OF_ATTRIBUTES.split())
_SVG = "http://www.w3.org/2000/svg"
_ADDRESS = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)['\"]?\s*\)")
_WORDS = frozenset({"text", "tspan"})
# Seen only where something asks for them.
_ASKED_FOR = frozenset({"marker", "symbol", "clipPath", "mask", "pattern", "linearGradient", "radialGradient"})
_GROUPS = frozenset({"g", "defs"})


def clean(drawing: bytes) -> bytes:
    """Return a drawing that a book can hold. Raises NotDrawnError where there is no drawing in it."""
    if b"<!ENTITY" in drawing:
        raise NotDrawnError("the drawing defines entities")
    try:
        root = ElementTree.fromstring(drawing)
    except ElementTree.ParseError as error:
        raise NotDrawnError(f"the drawing is no SVG: {error}") from error
    if root.tag != f"{{{_SVG}}}svg":
        raise NotDrawnError("the drawing is no SVG")
    write_rules(root)
    _clean_children(root)
    _clean_attributes(root)
    _name_anew(root)
    _prune(root)
    _set_size(root)
    root.attrib = {"xmlns": _SVG, **root.attrib, "font-family": FONTS}
    return f"{ElementTree.tostring(root, encoding='unicode')}\n".encode()


def _clean_children(parent: Element) -> None:
    kept = []
    for child in parent:
        name = _local(child.tag)
        if name != _LINK and name not in _ELEMENTS:
            continue
        child.tag = "g" if name == _LINK else name
        if name not in _WORDS and not (child.text or "").strip():
            child.text = None
        if parent.tag not in _WORDS:
            child.tail = "\n"
        _clean_children(child)
        _clean_attributes(child, link=name == _LINK)
        kept.append(child)
    parent[:] = kept
    parent.tag = _local(parent.tag)
    if parent.tag not in _WORDS:
        parent.text = None


def _clean_attributes(element: Element, *, link: bool = False) -> None:
    found = {_local(name): value for name, value in element.attrib.items()}
    if link:
        found.pop("href", None)
    element.attrib = {name: value for name, value in found.items() if name in _ATTRIBUTES and _is_safe(name, value)}


def _is_safe(name: str, value: str) -> bool:
    if name == "href":
        return value.startswith("#")
    left = _ADDRESS.sub("", value).lower()
    return "url(" not in left and "\\" not in left


def _name_anew(root: Element) -> None:
    """Give what is asked for in the drawing a short name, and take the others away."""
    asked = dict.fromkeys(name for element in root.iter() for name in _asked(element))
    names = {name: f"d{number}" for number, name in enumerate(asked, 1)}
    for element in root.iter():
        if (new := names.get(element.attrib.pop("id", ""))) is not None:
            element.set("id", new)
        for name, value in element.attrib.items():
            if name == "href":
                element.set(name, f"#{names[value[1:]]}")
            elif "url(" in value:
                element.set(name, _ADDRESS.sub(lambda found: f"url(#{names[found[1]]})", value))


def _asked(element: Element) -> list[str]:
    values = [found[1] for value in element.attrib.values() for found in _ADDRESS.finditer(value)]
    return [*values, *([element.attrib["href"][1:]] if "href" in element.attrib else [])]


def _prune(parent: Element) -> None:
    """Take away what shows nothing."""
    for child in list(parent):
        _prune(child)
        if (child.tag in _ASKED_FOR and "id" not in child.attrib) or (child.tag in _GROUPS and len(child) == 0):
            parent.remove(child)


def _set_size(root: Element) -> None:
    """Say how large the drawing is, which some programs leave to the page, and give it a white ground."""
    box = root.get("viewBox", "").replace(",", " ").split()
    if len(box) != 4:
        raise NotDrawnError("the drawing has no size")
    x, y, width, height = box
    if root.get("width", "%").endswith("%"):
        root.set("width", width)
        root.set("height", height)
    ground = Element("rect", {"x": x, "y": y, "width": width, "height": height, "fill": "#fff"})
    ground.tail = "\n"
    root.insert(0, ground)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
