"""Passes of the book's own: loaded where the reader of the command line trusts them, run, and their results checked."""

from octavo.normalise.own_passes.load import load_own_passes
from octavo.normalise.own_passes.run import OwnPass, run_own_passes

__all__ = ["OwnPass", "load_own_passes", "run_own_passes"]
