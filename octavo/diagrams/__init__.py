"""Diagrams: text in a language of theirs → the SVG that a program on this machine draws of it, fit for a book."""

from octavo.diagrams.draw import diagram_drawer
from octavo.diagrams.languages import language_of

__all__ = ["diagram_drawer", "language_of"]
