"""Markdown text → the tree. The only place that knows markdown-it."""

from octavo.parse.chapter import DEPTH, Parsed, Reading, parse_chapter
from octavo.parse.kept import kept_chapter
from octavo.parse.parser import Dialect

__all__ = ["DEPTH", "Dialect", "Parsed", "Reading", "kept_chapter", "parse_chapter"]
