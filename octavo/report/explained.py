"""The explanation of a rule, as `octavo explain` prints it → markup."""

from __future__ import annotations

from markupsafe import Markup

from octavo.diagnostics import Report, Rule
from octavo.document import Heading
from octavo.explanations import explanation
from octavo.parse import parse_chapter
from octavo.render.layers import shipped_layers
from octavo.render.renderer import Renderer
from octavo.render.target import Format, Target
from octavo.render.templates import Templates
from octavo.words import words_of


def explained(rule: Rule) -> Markup:
    """Return what a rule means, without its heading."""
    text, _ = explanation(rule.identifier)
    chapter = parse_chapter(text or "", f"{rule}.md", Report()).chapter
    # Octavo's own templates: those of a book are for its text, and this is none of it.
    templates = Templates(shipped_layers("templates"))
    renderer = Renderer(Target(format=Format.SINGLE, highlight=False), templates, words_of("en"))
    return renderer.blocks([block for block in chapter.children if not isinstance(block, Heading)])
