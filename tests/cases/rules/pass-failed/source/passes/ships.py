"""Count ships."""

from octavo.document import Document
from octavo.extend import Context

API_VERSION = 1


def run(document: Document, context: Context) -> Document:
    return document.ships
