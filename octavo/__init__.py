"""A folder of Markdown becomes a web book, a typeset PDF and an EPUB, from one tree."""

__version__ = "0.1.0"
