"""Count ships."""

from dataclasses import replace

from octavo.document import Document, Paragraph, rewrite
from octavo.extend import Context

API_VERSION = 1


def run(document: Document, context: Context) -> Document:
    def change(node):
        return replace(node, children=list(node.children)) if isinstance(node, Paragraph) else node

    return rewrite(document, change)
