"""The tree as parsed → the tree as meant: everything numbered, linked, placed and collected."""

from octavo.normalise.context import Context, OwnKind
from octavo.normalise.passes import PASSES, Pass, normalise

__all__ = ["PASSES", "Context", "OwnKind", "Pass", "normalise"]
