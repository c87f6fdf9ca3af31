"""Formulas: `$…$` in a line, and `$$ … $$ {#eq-x}` or `$$ … $$ (eq-x)` on lines of their own.

In a line Pandoc's rule holds: no white space inside the dollar signs, no digit behind them, so that `$5 and $10` is
money. The rule of mdit-py-plugins wants no digit before them either, which parts `2$n$`, and reads no attributes.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from octavo.parse.syntax.attributes import add_attributes, read_attributes

# Neither a code span nor the mark behind a price (5$, 10$) begins one or is in it.
_INLINE = re.compile(r"\$(?![\s,;:!?，；：！？、。])(?P<tex>(?:[^\\$`]|\\.)*?(?:[^\\$`\s]|\\\S))\$(?!\d)", re.DOTALL)
_DOUBLE = re.compile(r"\$\$(?P<tex>(?:[^\\$]|\\.)+)\$\$", re.DOTALL)
# What ends a formula that stands by itself: attributes, or a label in parentheses as MyST has it.
_CLOSING = re.compile(
    r"(?P<tex>(?:[^\\$]|\\.|\$(?!\$))*?)\$\$[ \t]*(?:(?P<braces>\{.*\})|\((?P<label>[A-Za-z][^()\s]*)\))?[ \t]*"
)

# Where the TeX begins: behind that of a token in a line; of one on lines of its own, each row with its indentation.
BEGINS = "begins"


def formulas(md: MarkdownIt) -> None:
    """Read formulas: before escapes, for a backslash inside one belongs to it."""
    stops: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "equation", _equation, stops)
    md.inline.ruler.before("escape", "formula", _formula)
    md.inline.add_terminator_char("$")


def _formula(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$":
        return False
    found = _INLINE.match(state.src, state.pos, state.posMax) or _DOUBLE.match(state.src, state.pos, state.posMax)
    if not found or (found.end() < len(state.src) and state.src[found.end()].isdigit()):
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content = found["tex"].strip()
        token.meta[BEGINS] = found.start("tex") - found.start() + _indent(found["tex"])
    state.pos = found.end()
    return True


def _equation(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: N803 (the library's names)
    first = _line(state, startLine)
    if not first.startswith("$$") or state.is_code_block(startLine):
        return False
    lines = [first[2:]]
    while not (closing := _CLOSING.fullmatch(lines[-1])):
        next_line = startLine + len(lines)
        # A formula holds no blank line, and none with the end of another one in it.
        if (
            "$$" in lines[-1]
            or next_line >= endLine
            or state.isEmpty(next_line)
            or state.sCount[next_line] < state.blkIndent
        ):
            return False
        lines.append(_line(state, next_line))
    attributes = _attributes(closing)
    tex = "\n".join((*lines[:-1], closing["tex"])).strip()
    if attributes is None or not tex:
        return False
    if not silent:
        token = state.push("equation", "", 0)
        token.content, token.map = tex, [startLine, startLine + len(lines)]
        lines[-1] = closing["tex"]
        token.meta[BEGINS] = [
            (row, len("$$") * (row == 0) + _indent(line)) for row, line in enumerate(lines) if line.strip()
        ]
        add_attributes(token, attributes)
        state.line = startLine + len(lines)
    return True


def _attributes(closing: re.Match[str]) -> dict[str, str] | None:
    """Return what stands behind the closing signs; None where it is text."""
    if closing["label"]:
        return {"id": closing["label"]}
    if not closing["braces"]:
        return {}
    found = read_attributes(closing["braces"])
    return found[1] if found and found[0] == len(closing["braces"]) else None


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
