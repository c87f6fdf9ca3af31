"""Citations: from keys in the text to words, notes and lists of works. Three passes, each in its own file."""

from octavo.normalise.citations.place import place_bibliographies
from octavo.normalise.citations.read import read_citations
from octavo.normalise.citations.set import set_in_words

__all__ = ["place_bibliographies", "read_citations", "set_in_words"]
