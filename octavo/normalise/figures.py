"""A picture alone in its paragraph is a figure: the text in its brackets is the caption.

A local pass. What the author marked the picture with goes to the figure; width, height and the alternative stay.
"""

from __future__ import annotations

from dataclasses import replace

from octavo.document import Document, Figure, Image, Node, Paragraph, plain_text, rewrite
from octavo.normalise.context import Context

_OF_THE_PICTURE = frozenset({"width", "height"})


def read_figures(document: Document, context: Context) -> Document:
    """Make a figure of each picture that stands alone and has a caption."""

    def change(node: Paragraph) -> Node:
        if not node.tight and (image := _alone(node)) and not image.decorative:
            return figure_of(image, node) if plain_text(image.children).strip() else node
        return node

    return rewrite(document, change, Paragraph)


def _alone(paragraph: Paragraph) -> Image | None:
    """Return the picture that a paragraph consists of."""
    match paragraph.children:
        case (Image() as image,):
            return image
    return None


def figure_of(image: Image, paragraph: Paragraph | None = None) -> Figure:
    """Return the figure of a picture, whose text becomes the caption and stays the alternative where there is none."""
    picture = replace(
        image,
        identifier=None,
        classes=(),
        attributes=tuple(pair for pair in image.attributes if pair[0] in _OF_THE_PICTURE),
        alternative=plain_text(image.children) if image.alternative is None else image.alternative,
        children=(),
    )
    place = paragraph.position if paragraph else image.position
    return Figure(
        children=(Paragraph(children=(picture,), tight=True, position=image.position),),
        caption=image.children,
        identifier=image.identifier,
        classes=image.classes,
        attributes=tuple(pair for pair in image.attributes if pair[0] not in _OF_THE_PICTURE),
        position=place,
    )


def part_of(image: Image) -> Figure:
    """Return the figure of a picture that is one of several: as wide as the author wants the picture to be."""
    figure = figure_of(replace(image, attributes=()))
    return replace(figure, attributes=image.attributes)
