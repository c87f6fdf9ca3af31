"""Markdown text → the tree. The only place that knows markdown-it."""

from octavo.parse.chapter import DEPTH, Parsed, parse_chapter
from octavo.parse.parser import Dialect

__all__ = ["DEPTH", "Dialect", "Parsed", "parse_chapter"]
