"""Images: found by the one resolver, and said to have no text where they have none."""

from __future__ import annotations

from dataclasses import replace

from octavo.diagnostics import Rule
from octavo.document import Document, Image, rewrite
from octavo.normalise.context import Context


def find_images(document: Document, context: Context) -> Document:
    """Set the `file` of each image that the book holds."""

    def change(node: Image) -> Image:
        if not node.decorative and not node.spoken:
            context.report.add(
                Rule.IMAGE_WITHOUT_TEXT,
                node.position,
                f"the image “{node.source}” has no text for those who cannot see it",
                "write it between the brackets, ![what it shows](…), behind a diagram as {alt=…}, "
                "or say that it only decorates: {.decorative}",
            )
        file = context.find_image(node.source, node.position)
        return node if file == node.file else replace(node, file=file)

    return rewrite(document, change, Image)
