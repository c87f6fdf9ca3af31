"""What sets the formulas of a book: all of them at once, in their shapes or with what is wrong; each one only once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from functools import cache as cache_once
from typing import TypeAlias

from octavo.document import Shape, Written
from octavo.engine import missing, stated
from octavo.mathematics import cache, speech, typeset
from octavo.mathematics.formulas import Wrong
from octavo.store import digest, programs

LIBRARIES = tuple(dict.fromkeys((*typeset.LIBRARIES, *speech.LIBRARIES)))

_AT_ONCE = 100

FormulaSetter: TypeAlias = Callable[[Sequence[Written], str], Sequence[Shape | Wrong] | None]


def formula_setter() -> FormulaSetter:
    """Return what takes formulas and the language of the book, and returns for each its shape or what is wrong with it.

    It returns None where the libraries that it needs were not fetched. It raises ScriptError where these give up.
    """
    known: dict[str, Shape | Wrong] = {}

    def set_formulas(formulas: Sequence[Written], language: str) -> Sequence[Shape | Wrong] | None:
        if formulas and missing(LIBRARIES):
            return None
        voice = speech.speech_of(language)
        digests = [_digest(formula, voice) for formula in formulas]
        new = {digest: each for digest, each in zip(digests, formulas, strict=True) if digest not in known}
        known.update(cache.found(list(new)))
        if left := {digest: formula for digest, formula in new.items() if digest not in known}:
            made = _made(left, voice)
            known.update(made)
            cache.keep({digest: shape for digest, shape in made.items() if isinstance(shape, Shape)})
        return [known[digest] for digest in digests]

    return set_formulas


def _made(formulas: Mapping[str, Written], voice: str) -> dict[str, Shape | Wrong]:
    """Set formulas some at a time; while some are set, those before them are put into words."""
    results: dict[str, typeset.Set | Wrong] = {}
    waiting: list[tuple[list[str], Future[list[str]]]] = []
    with ThreadPoolExecutor(max_workers=1) as speaker:
        for some in _parts(list(formulas)):
            made = typeset.typeset([formulas[digest] for digest in some])
            results.update(zip(some, made, strict=True))
            good = {
                digest: result for digest, result in zip(some, made, strict=True) if isinstance(result, typeset.Set)
            }
            mathml = [result.mathml for result in good.values()]
            waiting.append((list(good), speaker.submit(speech.spoken, mathml, voice)))
    words = {digest: text for good, spoken in waiting for digest, text in zip(good, spoken.result(), strict=True)}
    return {
        digest: result
        if isinstance(result, Wrong)
        else Shape(mathml=result.mathml, drawing=result.drawing, box=result.box, spoken=words[digest])
        for digest, result in results.items()
    }


def _digest(formula: Written, voice: str) -> str:
    return digest(programs(), _libraries(), voice, json.dumps(asdict(formula), ensure_ascii=True))


def _parts(digests: list[str]) -> Iterator[list[str]]:
    return (digests[first : first + _AT_ONCE] for first in range(0, len(digests), _AT_ONCE))


@cache_once
def _libraries() -> str:
    """Return what stands for the programs in JavaScript, in their versions."""
    return " ".join(f"{library.name}@{library.version}" for library in stated() if library.name in LIBRARIES)
