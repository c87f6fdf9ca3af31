"""What a book is going to cite, as its text tells before it is parsed: the engine is set to work on it meanwhile.

It is a guess, and taken for no more: what is made of works that are not cited in the end, or in another order, is not
used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from octavo.book import Book
from octavo.citations.process import begin_citing, begin_works, can_cite
from octavo.citations.read import Bibliographies
from octavo.citations.sources import stated_bibliographies, style_of
from octavo.citations.works import Works
from octavo.diagnostics import Failure, Report
from octavo.store import digest, open_store, programs

# As references are written, see octavo/parse/syntax/references.py, with all that stands in brackets around them.
_CITATION = re.compile(r"\[[^\[\]]*@[^\[\]]*\]|@\{[^{}\n]+\}|@[A-Za-z][\w:.-]*", re.ASCII)
_KEY = re.compile(r"@(?:\{([^{}\n]+)\}|([A-Za-z](?:[\w:.-]*\w)?))", re.ASCII)


def foretell(book: Book, bibliographies: Bibliographies) -> None:
    """Set the engine to work for a book whose configuration names a bibliography, unless all of it was set before."""
    references, language = book.settings.references, book.settings.book.language
    if not references.bibliography or not can_cite():
        return
    unheard = Report()  # all that is wrong is told when it is asked for in earnest
    stated = list(stated_bibliographies(book, ()))
    cited = [citation for chapter in book.chapters for citation in _CITATION.findall(chapter.text)]
    texts = [bibliographies.text(*each, unheard) or "" for each in stated]
    kept, key = open_store("citations"), digest(programs(), str(references), language or "", *texts, "", *cited)
    if kept.get(key) is not None:
        return
    kept.put(key, b"")
    begin_citing()
    if language is None or references.scope != "book":
        return
    works = bibliographies.works(stated, unheard)
    with suppress(Failure):
        style = style_of(book, (), language)
        begin_works(style, language, works, list(dict.fromkeys(_keys(cited, works))))


def _keys(cited: list[str], works: Works) -> Iterator[str]:
    for citation in cited:
        for found in _KEY.finditer(citation):
            if (key := found[1] or found[2]) in works:
                yield key
