"""What the package of an EPUB says of the book."""

from __future__ import annotations

import pytest

from octavo.document import Author
from octavo.epub.people import people

ORCID = "0000-0002-1825-0097"


@pytest.mark.parametrize(
    ("role", "kind", "code", "word"),
    [
        (None, "creator", "aut", None),
        ("editor", "creator", "edt", None),
        ("Editor ", "creator", "edt", None),
        ("主编", "creator", "edt", None),
        ("translator", "contributor", "trl", None),
        ("译", "contributor", "trl", None),
        ("ill", "contributor", "ill", None),
        ("keeper of the lamp", "contributor", None, "keeper of the lamp"),
    ],
)
def test_a_role_is_a_relator_where_one_is_known(
    role: str | None, kind: str, code: str | None, word: str | None
) -> None:
    _, person = people([Author(name="A"), Author(name="B", role=role, orcid=ORCID)])
    assert (person.kind, person.name, person.code, person.role, person.orcid) == (kind, "B", code, word, ORCID)


def test_somebody_is_the_creator() -> None:
    assert [person.kind for person in people([Author(name="A", role="translator"), Author(name="B", role="x")])] == [
        "creator",
        "creator",
    ]
