"""What a book is called, dated and numbered where its author does not say: never by the clock or the locale.

In: the settings and the root. Out: a slug, the date of the edition, a version.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

from octavo.book.settings import Settings
from octavo.diagnostics import Failure, Rule
from octavo.record import Witness
from octavo.repository import ask_git as _git

ASSUMED_DATE = "1980-01-01"

_HAN = re.compile("([\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
_SLUG_LENGTH = 80
# rev-list and not log: it is plumbing, which heeds less of what a repository configures.
_DATE = ("rev-list", "--max-count=1", "--date=short", "--format=%cd", "HEAD", "--", ".")
_VERSION = ("describe", "--tags", "--exact-match")


def slug_of(name: str) -> str:
    """Return `name` in ASCII, lower case, its words and the syllables of its Han characters joined with hyphens.

    The result is never empty and never longer than 80 characters.
    """
    from anyascii import anyascii  # noqa: PLC0415

    ascii_name = anyascii(_HAN.sub(r" \1 ", name)).lower().replace("'", "")
    words = re.findall(r"[a-z0-9]+", ascii_name)
    slug = "-".join(words)[: _SLUG_LENGTH + 1]
    if len(slug) > _SLUG_LENGTH:  # end with a whole word where there is one
        slug = slug.rpartition("-")[0] or slug[:_SLUG_LENGTH]
    return slug.strip("-") or "book"


def edition_date(settings: Settings, root: Path, witness: Witness | None = None) -> tuple[str, bool]:
    """Return the date of this edition as ISO 8601, and whether it is merely assumed; tell `witness` what git says.

    The first of these counts: SOURCE_DATE_EPOCH (reproducible-builds.org), the settings, the last commit that
    touched the book's folder, 1980-01-01.
    """
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return _date_of_epoch(epoch), False
    if settings.book.date:
        return settings.book.date.isoformat(), False
    answer = _asked(root, _DATE, witness)
    if answer and re.fullmatch(r"\d{4}-\d\d-\d\d", day := answer.splitlines()[-1]):
        return day, False
    return ASSUMED_DATE, True


def version_of(settings: Settings, root: Path, witness: Witness | None = None) -> str | None:
    """Return the version: of the settings, else the tag on the commit that is checked out, else None."""
    return settings.book.version or _asked(root, _VERSION, witness)


def _asked(root: Path, question: tuple[str, ...], witness: Witness | None) -> str | None:
    answer = _git(root, *question)
    if witness is not None:
        witness.heard((str(root), *question), answer)
    return answer


def _date_of_epoch(epoch: str) -> str:
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        message = "the environment variable SOURCE_DATE_EPOCH must be a whole number of seconds"
        raise Failure(Rule.CONFIGURATION_VALUE, None, message) from error
