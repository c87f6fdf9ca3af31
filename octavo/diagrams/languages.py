"""The languages of diagrams, by the words that fences name them with."""

from __future__ import annotations

_LANGUAGES = {"dot": "dot", "graphviz": "dot", "gv": "dot", "mermaid": "mermaid"}


def language_of(word: str | None) -> str | None:
    """Return the language of diagrams that the first word behind a fence names, or None where it names none."""
    return _LANGUAGES.get((word or "").lower())
