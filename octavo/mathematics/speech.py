"""MathML → words for those who listen: by the speech rule engine, and in Chinese, which it does not speak, by us."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from octavo.engine import Program, ScriptError, call, read
from octavo.mathematics.chinese import spoken_chinese

_MATHJAX = "mathjax"
_ENGINE = "sre/speech-worker.js"
# It looks for the surroundings of a worker of a page.
_WORKER = """
const asked = new Map();
const expressionsRead = new Map(), withoutNodes = new Set(), NO_NODES = "no nodes";
window = undefined;
function DedicatedWorkerGlobalScope() {}
Object.defineProperty(DedicatedWorkerGlobalScope, Symbol.hasInstance, {value: () => true});
self.addEventListener = self.postMessage = () => {};
self.fetch = address => Promise.resolve({json: () => new Promise(resolve => asked.set(address, resolve))});
"""
# It looks at its some thousand expressions again and again, and half of its time goes into what need be done once.
_MENDS = (
    # An expression is read once.
    (
        "o.evaluate=function(t,e,n,r){return new pe(t,n).evaluate(e,r)}",
        """o.evaluate=function(t,e,n,r){
          if (!expressionsRead.has(t)) expressionsRead.set(t, new pe(t, n));
          return expressionsRead.get(t).evaluate(e, r);
        }""",
    ),
    # One that is true or false is asked for nodes first. It has none, whatever it is asked of, and throws each time.
    (
        'throw Error("value could not be converted to the specified type")',
        "throw NO_NODES",
    ),
    (
        "function X(t,e){let n;try{n=$(t,e,V.result.ORDERED_NODE_ITERATOR_TYPE)}catch(t){return[]}",
        """function X(t,e){
          if (withoutNodes.has(t)) return [];
          let n;
          try {
            n = $(t, e, V.result.ORDERED_NODE_ITERATOR_TYPE);
          } catch (error) {
            if (error === NO_NODES) withoutNodes.add(t);
            return [];
          }""",
    ),
    # The branches of its tree of rules are put into a list once.
    (
        "getChildren(){const t=[];for(const e of Object.values(this.children_))t.push(e);return t}",
        "getChildren(){return this.listed||(this.listed=Object.values(this.children_))}",
    ),
    ("for(const n of Object.values(this.children_))n.applyTest(t)", "for(const n of this.getChildren())n.applyTest(t)"),
    ("return this.children_[e]=t,n}", "return this.children_[e]=t,this.listed=undefined,n}"),
    ("removeChild(t){delete this.children_[t]}", "removeChild(t){delete this.children_[t];this.listed=undefined}"),
)
PROGRAM = Program(
    libraries=((_MATHJAX, _ENGINE),),
    script=Path(__file__).with_name("speech.js"),
    before=_WORKER,
    mends=_MENDS,
)
LIBRARIES = (_MATHJAX,)

_SPOKEN = ("en", "de", "fr", "ko")
_OTHERS = "en"
_AT_ONCE = 100
_ROUNDS = 10


def speech_of(language: str) -> str:
    """Return the language that formulas of a book are spoken in: its own, or English where no tool speaks that."""
    primary = language.partition("-")[0].lower()
    return primary if primary in (*_SPOKEN, "zh") else _OTHERS


def spoken(formulas: Sequence[str], language: str) -> list[str]:
    """Return each formula, given as MathML, in words. Raises ScriptError where the engine gives up."""
    if language == "zh":
        return [spoken_chinese(mathml) for mathml in formulas]
    words: list[str] = []
    if formulas:
        _prepare(language)
    for first in range(0, len(formulas), _AT_ONCE):
        words += call(PROGRAM, "say", list(formulas[first : first + _AT_ONCE]))
    return [" ".join(text.split()) for text in words]


def _prepare(language: str) -> None:
    """Let the engine speak a language: hand it the rules that it asks for."""
    call(PROGRAM, "speak", language)
    for _ in range(_ROUNDS):
        addresses = call(PROGRAM, "wanted")
        for address in addresses:
            name = address.rpartition("/")[2]
            call(PROGRAM, "supply", address, json.loads(read(_MATHJAX, f"sre/mathmaps/{name}")))
        if not addresses and (state := call(PROGRAM, "state")):
            if state != "ready":
                raise ScriptError(f"the speech rule engine says: {state}")
            return
    raise ScriptError("the speech rule engine does not come to an end")
