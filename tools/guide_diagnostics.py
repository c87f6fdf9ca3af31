"""The reference of the diagnostics: each rule with its severity, its explanation, and what is said in its case."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from octavo import explanations
from octavo.diagnostics import Rule

_ROOT = Path(__file__).resolve().parent.parent
_EXPLANATIONS = Path(explanations.__file__).parent
_CASES = _ROOT / "tests" / "cases" / "rules"
_UNPRINTABLE = ("glyph-missing",)  # its example holds the very character that no font has
_GROUP = re.compile(r"    # (?P<group>.+)|    (?P<rule>[A-Z][A-Z0-9_]+) = ")


def diagnostics() -> str:
    """Return a section for each group of rules, as `Rule` lists them, with one for each rule."""
    parts: list[str] = []
    for line in inspect.getsource(Rule).splitlines():
        if not (found := _GROUP.match(line)):
            continue
        parts.append(_rule(Rule[found["rule"]]) if found["rule"] else f"## {found['group']}")
    return "\n\n".join(parts)


def _rule(rule: Rule) -> str:
    name = rule.identifier
    example = _example(name)
    severity = f"Severity: {rule.severity.value}.{' It reads, for example:' if example else ''}"
    return "\n\n".join([f"### `{name}`", severity, *example, *_explanation(name)])


def _explanation(name: str) -> list[str]:
    """Return what `octavo explain` says, without its heading, which the guide has already."""
    path = _EXPLANATIONS / f"{name}.md"
    if not path.is_file():
        return []
    text = path.read_text("utf-8").strip()
    return [text.partition("\n")[2].strip() if text.startswith("# ") else text]


def _example(name: str) -> list[str]:
    """Return the first message of the case that raises the rule, with its hint."""
    golden = _CASES / name / "golden" / "diagnostics.txt"
    if name in _UNPRINTABLE or not golden.is_file():
        return []
    first, *others = golden.read_text("utf-8").splitlines()
    hint = others[:1] if others and others[0].startswith(" ") else []
    return ["\n".join(["```text", first, *hint, "```"])]
