"""Count ships."""

from octavo.document import Document, Paragraph, walk
from octavo.extend import Context

API_VERSION = 1


def run(document: Document, context: Context) -> Document:
    for node in walk(document):
        if isinstance(node, Paragraph):
            context.warn(node, "a paragraph without a ship", "write of one")
    return document
