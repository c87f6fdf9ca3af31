"""What a chapter is in the book, by the class of its first heading: `# Proofs {.appendix}`, `# The Sea {.part}`."""

from __future__ import annotations

from dataclasses import replace

from octavo.document import Chapter, ChapterRole, Document, Heading, Section, rewrite
from octavo.normalise.context import Context

_ROLES: dict[str, ChapterRole] = {"part": "part", "frontmatter": "front", "appendix": "appendix", "backmatter": "back"}


def settle_roles(document: Document, context: Context) -> Document:
    """Give each chapter the role that its first heading claims; what octavo.toml says of its file goes before that."""

    def change(chapter: Chapter) -> Chapter:
        if chapter.role == "body" and (role := _claimed(chapter)):
            return replace(chapter, role=role)
        return chapter

    return rewrite(document, change, Chapter)


def _claimed(chapter: Chapter) -> ChapterRole | None:
    first = next((block for block in chapter.children if isinstance(block, Heading | Section)), None)
    heading = first.heading if isinstance(first, Section) else first
    return role_of(heading) if isinstance(heading, Heading) and heading.level == 1 else None


def role_of(heading: Heading) -> ChapterRole | None:
    """Return the role that the classes of a heading name, or None."""
    return next((_ROLES[name] for name in heading.classes if name in _ROLES), None)
