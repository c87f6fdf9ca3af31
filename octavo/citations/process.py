"""Citations in reading order → their words, and the entries of the list of works."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from octavo.citations.locales import LATIN, LOCALES, locale_of, locale_text
from octavo.citations.needed import needed
from octavo.citations.positions import Cluster, positions
from octavo.citations.styles import Style, is_positioned
from octavo.citations.surnames import sounds
from octavo.citations.works import Work, Works
from octavo.engine import Program, begin, begin_call, call, missing
from octavo.store import digest, open_store, programs

LIBRARY = "citeproc"
_HERE = Path(__file__).parent
_PROGRAM = Program(
    libraries=((LIBRARY, "citeproc_commonjs.js"),),
    changes=tuple(_HERE / name for name in ("quicker.js", "traces.js", "idle.js", "foreseen.js")),
    script=_HERE / "cite.js",
)
_SECONDS = 120.0
# Languages that are not written in Latin letters: a list in one of these has the words of its own for works in others.
_OTHER_SCRIPTS = ("zh", "ja", "ko", "ru", "uk", "bg", "el", "he", "ar", "fa", "th")


@dataclass(frozen=True, slots=True)
class Words:
    """Give the markup of a cluster: the `author` where it is a part of the sentence, and the `text` of the citation."""

    text: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Set:
    """Hold what was set: the words of each cluster, and the markup of the entries by key in the order of the list."""

    words: tuple[Words, ...]
    entries: Mapping[str, str]


def can_cite() -> bool:
    """Tell whether what citations are set with was fetched when Octavo was set up."""
    return not missing([LIBRARY]) and LOCALES.is_dir()


def begin_citing() -> None:
    """Load what citations are set with, where it is here, while something else is done."""
    if can_cite():
        begin(_PROGRAM)


def begin_works(style: Style, language: str, works: Works, keys: Sequence[str]) -> None:
    """Put works in order and render their list, while something else is done: they are cited soon, in this order."""
    begin_call(_PROGRAM, "prepare", _about(style, language, works, keys))


def set_citations(style: Style, language: str, works: Works, clusters: Sequence[Cluster], listed: Iterable[str]) -> Set:
    """Return the words for clusters in reading order, in a book of a language; works in `listed` are in the list too.

    Raises ScriptError where the processor fails.
    """
    keys = list(dict.fromkeys([*(cite.key for cluster in clusters for cite in cluster.cites), *listed]))
    about = _about(style, language, works, keys)
    xml = about["style"]
    found = positions(clusters, style.note_distance, by_number="first-reference" in xml)
    where = _asked(found, xml) if is_positioned(xml) else None
    asked = [_request(cluster, next(where) if where else None, style) for cluster in clusters]
    answer = _answer({**about, "clusters": asked})
    words = tuple(Words(found["text"], found.get("author", "")) for found in answer["texts"])
    return Set(words, dict(answer["entries"]))


def _about(style: Style, language: str, works: Works, keys: Sequence[str]) -> dict[str, Any]:
    """Return all that is asked but the citations themselves."""
    main = locale_of(language)
    languages = {key: own_language(works[key], main) for key in keys}
    items = [{**works[key].variables, "id": key, "system_id": key} for key in keys]
    return {
        "style": needed(style.xml, items),
        "names": (_HERE / "names.csl").read_text("utf-8"),
        "kind": style.kind,
        "language": main,
        "languageOf": languages,
        "sounds": sounds(works[key] for key in keys),
        "locales": {name: locale_text(name) for name in sorted({main, LATIN, *languages.values()})},
        "works": items,
    }


def _answer(request: Mapping[str, Any]) -> Any:
    """Return what is kept for a request, or else what the program says to it."""
    kept, key = open_store("citations"), digest(programs(), json.dumps(request))
    if (data := kept.get(key)) is not None:
        return json.loads(data)
    answer = call(_PROGRAM, "cite", request, seconds=_SECONDS)
    kept.put(key, json.dumps(answer).encode())
    return answer


def _asked(where: Iterable[Sequence[Mapping[str, Any]]], xml: str) -> Iterator[list[Mapping[str, Any]]]:
    """Yield what a style asks for: anything else would only make two cites differ that read alike."""
    signs = {"position": "", "first-reference-note-number": "first-reference", "near-note": "(near|far)-note"}
    asked = [name for name, sign in signs.items() if re.search(sign, xml)]
    for cluster in where:
        yield [{name: found[name] for name in asked if name in found} for found in cluster]


def _request(cluster: Cluster, where: Sequence[Mapping[str, Any]] | None, style: Style) -> dict[str, Any]:
    cites = []
    for index, cite in enumerate(cluster.cites):
        hidden = not cite.author or (cluster.form == "sentence")
        written = {
            "id": cite.key,
            "locator": cite.locator,
            "label": cite.unit if cite.locator else None,
            "prefix": cite.prefix,
            "suffix": cite.suffix,
            "suppress-author": hidden,
            **(where[index] if where else {}),
        }
        cites.append({name: value for name, value in written.items() if value})
    return {"cites": cites, "form": cluster.form}


def own_language(work: Work, main: str) -> str:
    """Return the locale that a work is cited in.

    A list in Latin letters has its own words for all works in them, as styles want it; one in Chinese, which has none
    for them, takes English ones. A work in another script has the words of its language.
    """
    own = locale_of(work.language) if work.language else ""
    if _is_other(own):
        return own
    if not _is_other(main):
        return main
    return own if own.startswith("en") else LATIN


def _is_other(locale: str) -> bool:
    return locale.partition("-")[0] in _OTHER_SCRIPTS
