"""Names in BibTeX → names in CSL."""

from __future__ import annotations

import re
from collections.abc import Iterator

from octavo.citations.latex import text_of
from octavo.citations.works import Variables, settle_name

_WHOLE = re.compile(r"\{(?:[^{}]|\{[^{}]*\})*\}")
# Some separate Chinese names as one does in Chinese, others with the words that end a list.
_CHINESE_LIST = re.compile(r"(?<=[\u3400-\u9fff])\s*[，、；;]\s*(?=[\u3400-\u9fff])")
_OTHERS = frozenset({"others", "等", "et al.", "et al"})


def read_people(written: str) -> tuple[list[Variables], bool]:
    """Return the names of a field, and whether it says that there are others."""
    from bibtexparser.middlewares.names import split_multiple_persons_names  # noqa: PLC0415

    names: list[str] = split_multiple_persons_names(_CHINESE_LIST.sub(" and ", written))
    others = any(name.strip().lower() in _OTHERS for name in names)
    return [person for name in names if name.strip().lower() not in _OTHERS for person in _person(name.strip())], others


def _person(name: str) -> Iterator[Variables]:
    from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts  # noqa: PLC0415

    if not name:
        return
    if _WHOLE.fullmatch(name):
        yield {"literal": text_of(name, tags=False)}
        return
    try:
        parts = parse_single_name_into_parts(name, strict=True)
    except InvalidNameError as error:
        raise ValueError(f"“{name}” is not a name: {error.reason.lower()}") from error
    given, particle, family, suffix = (
        text_of(" ".join(words), tags=False) for words in (parts.first, parts.von, parts.last, parts.jr)
    )
    person = {"family": family, "given": given, "non-dropping-particle": particle, "suffix": suffix}
    if suffix:
        person["comma-suffix"] = ""
    yield settle_name({key: value for key, value in person.items() if value})
