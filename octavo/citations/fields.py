"""The entries of BibTeX and biblatex → the variables of CSL."""

from __future__ import annotations

import re
from collections.abc import Mapping

from octavo.citations.dates import read_date, read_year
from octavo.citations.latex import protect_words, text_of
from octavo.citations.people import read_people
from octavo.citations.works import Variables

TYPES = {
    "article": "article-journal", "suppperiodical": "article-journal", "review": "review",
    "newspaper": "article-newspaper", "magazine": "article-magazine",
    "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book", "reference": "book",
    "proceedings": "book", "mvproceedings": "book", "mvreference": "book", "manual": "book", "booklet": "pamphlet",
    "inbook": "chapter", "bookinbook": "chapter", "incollection": "chapter", "suppbook": "chapter",
    "suppcollection": "chapter", "inreference": "entry-encyclopedia",
    "inproceedings": "paper-conference", "conference": "paper-conference",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
    "techreport": "report", "report": "report", "patent": "patent", "standard": "standard",
    "online": "webpage", "electronic": "webpage", "www": "webpage", "dataset": "dataset", "software": "software",
    "unpublished": "manuscript", "archive": "collection", "letter": "personal_communication", "map": "map",
    "periodical": "periodical", "artwork": "graphic", "image": "graphic", "video": "motion_picture",
    "movie": "motion_picture", "audio": "song", "music": "song", "legislation": "legislation",
    "jurisdiction": "legal_case",
    "preprint": "article", "misc": "document", "custom": "document",
}  # fmt: skip
_PEOPLE = {
    "author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author",
    "holder": "author", "director": "director",
}  # fmt: skip
_TEXTS = {
    "journaltitle": "container-title", "journal": "container-title", "booktitle": "container-title",
    "shortjournal": "container-title-short", "maintitle": "container-title", "series": "collection-title",
    "volume": "volume", "edition": "edition", "version": "version", "doi": "DOI", "isbn": "ISBN", "issn": "ISSN",
    "publisher": "publisher", "institution": "publisher", "school": "publisher", "organization": "publisher",
    "location": "publisher-place", "address": "publisher-place", "venue": "event-place", "eventtitle": "event-title",
    "chapter": "chapter-number", "pagetotal": "number-of-pages", "volumes": "number-of-volumes",
    "howpublished": "medium-or-publisher", "note": "note", "type": "genre", "shorttitle": "title-short",
    "titleaddon": "note", "eid": "number", "scale": "scale", "medium": "medium", "media": "medium",
    "library": "archive", "archive": "archive", "callnumber": "archive_location",
}  # fmt: skip
_TITLES = frozenset({"title", "container-title", "collection-title", "title-short"})
# Fields whose signs are no TeX, and fields that are for the author of the file alone.
VERBATIM = frozenset({"url", "file", "abstract", "keywords", "annote", "annotation", "doi", "eprint", "bdsk-url-1"})
_ARCHIVED = frozenset({"collection", "manuscript", "personal_communication"})
_ISSUED_BY_NUMBER = frozenset({"article-journal", "article-magazine", "article-newspaper"})
_GENRES = {"phdthesis": ("PhD thesis", "博士学位论文"), "mastersthesis": ("Master’s thesis", "硕士学位论文")}
# What biblatex has words for, as `type` of an entry.
_NAMED_GENRES = {
    **_GENRES, "mathesis": _GENRES["mastersthesis"], "bathesis": ("Bachelor’s thesis", "学士学位论文"),
    "candthesis": ("Candidate thesis", "副博士学位论文"), "techreport": ("Technical report", "技术报告"),
    "resreport": ("Research report", "研究报告"),
}  # fmt: skip
_SUBTITLES = (("title", "subtitle"), ("booktitle", "booksubtitle"), ("journaltitle", "journalsubtitle"))
_HAN = re.compile(r"[\u3400-\u9fff]")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:--+|–|—)\s*")


def variables_of(kind: str, fields: Mapping[str, str]) -> Variables:
    """Return what an entry says, in CSL. Raises ValueError, which says what is wrong in a field."""
    fields = _joined(fields)
    result: Variables = {"type": _type(kind, fields)}
    for name, written in fields.items():
        if name in _PEOPLE:
            _add_people(result, _PEOPLE[name], written)
        elif name == "url":
            result["URL"] = _address(written)
        elif variable := _TEXTS.get(name):
            result.setdefault(variable, text_of(written, tags=variable in _TITLES))
    if "title" in fields:
        result["title"] = _straight(protect_words(text_of(fields["title"])))
    _add_dates(result, fields)
    _add_numbers(result, fields)
    return _settled(result, kind)


def _straight(title: str) -> str:
    """Return a Western title with straight quotation marks, which a style sets inside its own."""
    return title if _HAN.search(title) else re.sub("[“”]", '"', title)


def _address(written: str) -> str:
    """Return an address without the \\url around it and the strokes before signs of TeX."""
    return re.sub(r"^\\url\{(.*)\}$", r"\1", re.sub(r"\\([_%&#~])", r"\1", written.strip()))


def _joined(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the fields with each subtitle at the end of its title, and the older name of a field last."""
    result = dict(fields)
    for title, subtitle in _SUBTITLES:
        if title in result and (under := result.pop(subtitle, None)):
            result[title] += f"{'：' if _HAN.search(result[title]) else ': '}{under}"
    return result


def _type(kind: str, fields: Mapping[str, str]) -> str:
    subtype = fields.get("entrysubtype", "").lower()
    if kind == "article" and subtype in ("newspaper", "magazine"):
        return f"article-{subtype}"
    if (
        kind in ("misc", "unpublished", "article")
        and "eprint" in fields
        and "journal" not in fields
        and "journaltitle" not in fields
    ):
        return "article"
    if kind == "misc" and "url" in fields and "howpublished" not in fields:
        return "webpage"
    return TYPES.get(kind, "document")


def _add_people(result: Variables, role: str, written: str) -> None:
    people, others = read_people(written)
    if role in result:
        return
    result[role] = people
    if others:
        result.setdefault("others", []).append(role)


def _add_dates(result: Variables, fields: Mapping[str, str]) -> None:
    if "date" in fields:
        result["issued"] = read_date(text_of(fields["date"], tags=False))
    elif "year" in fields:
        year, month, day = (text_of(fields.get(name, ""), tags=False) for name in ("year", "month", "day"))
        result["issued"] = read_year(year, month, day)
    for name, variable in (("urldate", "accessed"), ("eventdate", "event-date"), ("origdate", "original-date")):
        if name in fields:
            result[variable] = read_date(text_of(fields[name], tags=False))


def _add_numbers(result: Variables, fields: Mapping[str, str]) -> None:
    if "pages" in fields:
        result["page"] = _RANGE.sub("-", text_of(fields["pages"], tags=False))
    issue = fields.get("issue") or fields.get("number")
    if not issue:
        return
    text = text_of(issue.replace("--", "-"), tags=False)
    if result["type"] in _ISSUED_BY_NUMBER:
        result["issue"] = text
    elif result["type"] in ("book", "chapter", "paper-conference") and "collection-title" in result:
        result["collection-number"] = text
    else:
        result["number"] = text


def _settled(result: Variables, kind: str) -> Variables:
    """Return what an entry says, with what is known by its kind alone."""
    if found := result.get("DOI"):
        result["DOI"] = _DOI.sub("", found)
    elsewhere = result.pop("medium-or-publisher", None)
    if elsewhere and not elsewhere.startswith(("http://", "https://")):
        result.setdefault("publisher", elsewhere)
    elif elsewhere:
        result.setdefault("URL", elsewhere)
    if result["type"] in _ARCHIVED and "publisher-place" in result:
        result["archive-place"] = result.pop("publisher-place")
    if edition := result.get("edition"):
        result["edition"] = _edition(edition)
    genre = str(result.get("genre", kind if kind in _GENRES else ""))
    if words := _NAMED_GENRES.get(genre.lower()):
        result["genre"] = words[bool(_HAN.search(str(result.get("title"))))]
    return result


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERED = re.compile(r"第?\s*(\d+)\s*(?:st|nd|rd|th|版)?\.?(?:\s+ed(?:ition|\.)?)?", re.IGNORECASE)


def _edition(written: str) -> str:
    """Return the number of an edition, for which every style has its own words, or the words as they are."""
    if found := _NUMBERED.fullmatch(written):
        return found[1]
    word = written.lower().removesuffix(" edition")
    return str(_ORDINALS.index(word) + 1) if word in _ORDINALS else written
