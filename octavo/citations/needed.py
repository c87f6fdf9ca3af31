"""A style, and the works that a book cites → the style without what none of these works can come to.

The styles of Chicago ask hundreds of questions about laws, maps and recordings, and most books cite none. citeproc-js
would read and ask all of them for each work; what is left out here, it would have passed over.

Only what a work is (`type`) and has (`variable`) is asked here. Where a question is about anything else, each of its
answers may come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from lxml.etree import _Element

_CSL = "{http://purl.org/net/xbiblio/csl}"
_IF, _ELSE_IF, _ELSE = f"{_CSL}if", f"{_CSL}else-if", f"{_CSL}else"
_ROOTS = (f"{_CSL}citation", f"{_CSL}bibliography", f"{_CSL}intext")
# What a work has of itself is not all: these are of the citation, or citeproc-js makes them out of others.
_MADE = frozenset({
    "best-jurisdiction", "citation-label", "citation-number", "cite-form", "container-title-short", "country",
    "first-container-reference-note-number", "first-reference-note-number", "hereinafter", "jurisdiction",
    "language-name", "language-name-original", "locator", "locator-date", "locator-extra", "page-first",
    "title-short", "volume-title", "year-suffix",
})  # fmt: skip
# What citeproc-js learns from a style before it writes anything; of what is left it must learn the same.
_LEARNT = ("disambiguate", "year-suffix", "citation-number", "citation-label")
_NEVER = "nothing"  # no type of work

# The kinds of works by their type: what some of each have, and what all of them have.
Kinds: TypeAlias = Mapping[str, tuple[frozenset[str], frozenset[str]]]


def needed(xml: str, works: Iterable[Mapping[str, Any]]) -> str:
    """Return a style as XML without what works, as CSL-JSON has them, never come to."""
    works = tuple(works)
    if not works or not all(_is_plain(work) for work in works):
        return xml
    return _needed_by(xml, frozenset(kinds_of(works).items()))


@lru_cache(maxsize=4)  # a book asks before it is parsed and behind that; a preview, again and again
def _needed_by(xml: str, kinds: frozenset[tuple[str, tuple[frozenset[str], frozenset[str]]]]) -> str:
    from lxml import etree  # noqa: PLC0415 (only books that cite need it)

    parser = etree.XMLParser(resolve_entities=False, no_network=True, encoding="utf-8")
    root = etree.fromstring(xml.encode(), parser)
    learnt = _learnt(root)
    reach = _Reach(dict(kinds), _macros(root))
    for top in root.iterchildren(*_ROOTS):
        reach.walk(top, frozenset(reach.kinds))
    _leave_out(root, reach)
    _teach(root, learnt - _learnt(root))
    return etree.tostring(root, encoding="unicode") if _learnt(root) == learnt else xml


def _is_plain(work: Mapping[str, Any]) -> bool:
    """Tell whether a work has what its variables say: citeproc-js takes lines “name: value” of a note for variables."""
    return ":" not in str(work.get("note", "")) and not any(name.startswith(("alt-", "multi")) for name in work)


def kinds_of(works: Iterable[Mapping[str, Any]]) -> Kinds:
    """Return the kinds of works, with the variables that some and that all of each have."""
    kinds: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for work in works:
        own = frozenset(name for name, value in work.items() if value)
        sure = frozenset(name for name in own if not isinstance(work[name], dict))  # a date may come to nothing
        some, every = kinds.get(kind := str(work.get("type", "")), (own, sure))
        kinds[kind] = (some | own, every & sure)
    return kinds


@dataclass
class _Reach:
    """Find out which kinds of works come to the parts of a style.

    `reached` holds them by branch and by macro; `passed` has the branches behind which a work may take another one.
    """

    kinds: Kinds
    macros: Mapping[str, _Element]
    reached: dict[_Element, frozenset[str]] = field(default_factory=dict)
    passed: set[_Element] = field(default_factory=set)

    def walk(self, node: _Element, kinds: frozenset[str]) -> None:
        """Let works of some kinds come to a node, and to all that they come to from there."""
        for child in node.iterchildren(f"{_CSL}*"):
            if child.tag == f"{_CSL}choose":
                self._choose(child, kinds)
                continue
            if (macro := self.macros.get(child.get("macro", ""))) is not None:
                self._come(macro, kinds)
            self.walk(child, kinds)

    def _come(self, node: _Element, kinds: frozenset[str]) -> None:
        known = self.reached.get(node, frozenset())
        if new := kinds - known:
            self.reached[node] = known | new
            self.walk(node, new)

    def _choose(self, choose: _Element, kinds: frozenset[str]) -> None:
        for branch in choose.iterchildren(_IF, _ELSE_IF, _ELSE):
            answers = {kind: answer(branch, kind, self.kinds[kind]) for kind in kinds}
            self._come(branch, frozenset(kind for kind, found in answers.items() if found is not False))
            kinds = frozenset(kind for kind, found in answers.items() if not found)
            if kinds:
                self.passed.add(branch)


def answer(branch: _Element, kind: str, has: tuple[frozenset[str], frozenset[str]]) -> bool | None:
    """Return whether a branch of a choice is taken for works of a kind, or nothing where that is not settled by it."""
    if branch.tag == _ELSE:
        return True
    if branch.get("disambiguate"):
        return None  # citeproc-js counts how often that is asked
    answers = list(_answers(branch, kind, has))
    match branch.get("match", "all"):
        case "all":
            return _any(answers, wanted=False, otherwise=True)
        case "any":
            return _any(answers, wanted=True, otherwise=False)
        case "none":
            found = _any(answers, wanted=True, otherwise=False)
            return None if found is None else not found
        case _:
            return None


def _answers(branch: _Element, kind: str, has: tuple[frozenset[str], frozenset[str]]) -> Iterator[bool | None]:
    some, every = has
    for name, value in branch.attrib.items():
        if name == "type":
            yield kind in value.split()
        elif name == "variable":
            for variable in value.split():
                yield None if variable in _MADE else variable in every or (None if variable in some else False)
        elif name != "match":
            yield None
    if len(branch.attrib) == 0 or branch.find(f"{_CSL}conditions") is not None:
        yield None


def _any(answers: Sequence[bool | None], *, wanted: bool, otherwise: bool) -> bool | None:
    """Return `wanted` where one of the answers is that, `otherwise` where none may be."""
    if wanted in answers:
        return wanted
    return None if None in answers else otherwise


def _leave_out(root: _Element, reach: _Reach) -> None:
    for macro in reach.macros.values():
        if macro not in reach.reached and (parent := macro.getparent()) is not None:
            parent.remove(macro)
        elif any(True for _ in macro.iter(f"{_CSL}date")):
            macro.set("macro-has-date", "true")  # where keys to sort by are made, nothing else of it is written
    for choose in list(root.iter(f"{_CSL}choose")):
        for branch in [each for each in choose.iterchildren(_IF, _ELSE_IF, _ELSE) if not reach.reached.get(each)]:
            choose.remove(branch)
        _mend(choose, reach.passed)


def _mend(choose: _Element, passed: Collection[_Element]) -> None:
    """Make what is left of a choice one that begins as a choice does; or put in its place what is always chosen."""
    parent = choose.getparent()
    first = next(choose.iterchildren(_IF, _ELSE_IF, _ELSE), None)
    if first is None:
        choose.append(choose.makeelement(_IF, {"type": _NEVER}))
    elif first not in passed and parent is not None and parent.tag != f"{_CSL}substitute" and len(first) > 0:
        parent[parent.index(choose) : parent.index(choose) + 1] = list(first)
    elif first.tag == _ELSE:
        first.tag = _IF
        first.set("match", "none")
        first.set("type", _NEVER)
    else:
        first.tag = _IF


def _macros(root: _Element) -> dict[str, _Element]:
    return {macro.get("name", ""): macro for macro in reversed([*root.iter(f"{_CSL}macro")])}


def _learnt(root: _Element) -> frozenset[str]:
    """Return what citeproc-js learns from all that can be come to."""
    macros, found, parts = _macros(root), set[str](), [*root.iterchildren(*_ROOTS)]
    while parts:
        for node in parts.pop().iter(f"{_CSL}*"):
            found |= {word for word in _LEARNT if word in (node.get("variable"), *node.attrib)}
            if (macro := macros.pop(node.get("macro", ""), None)) is not None:
                parts.append(macro)
    return frozenset(found)


def _teach(root: _Element, lost: frozenset[str]) -> None:
    """Put what citeproc-js would no longer learn where it is read and never come to."""
    layout = root.find(f"{_CSL}citation/{_CSL}layout")
    if layout is None or not lost:
        return
    never = layout.makeelement(_IF, {"type": _NEVER})
    if "disambiguate" in lost:
        never.append(_choice(never.makeelement(_IF, {"disambiguate": "true"})))
    if "year-suffix" in lost:
        never.append(never.makeelement(f"{_CSL}text", {"variable": "year-suffix"}))
    layout.append(_choice(never))


def _choice(branch: _Element) -> _Element:
    choose = branch.makeelement(f"{_CSL}choose")
    choose.append(branch)
    return choose
