"""Lines of code that stand for those of a file, as mdBook has them: `{{#include x.rs:3:20}}`, or with an anchor’s name.

`{{#rustdoc_include …}}` also says what a compiler gets to see beside the lines that readers do: to us it is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from octavo.diagnostics import Failure
from octavo.document import CodeBlock
from octavo.normalise.code_files import select
from octavo.normalise.context import Context

_INCLUDE = re.compile(
    r"[ \t]*\{\{#(?:rustdoc_)?include[ \t]+(?P<name>[^:{}]*[^:{}\s])(?::(?P<part>[^{}\s]+))?[ \t]*\}\}[ \t]*"
)
_RANGE = re.compile(r"\d*:?\d*")
# Who asks for it wants to see the lines as they are.
_CODE = "code"


def holds_includes(node: CodeBlock) -> bool:
    """Tell whether a listing has lines that stand for those of a file."""
    if "{{#" not in node.text or _CODE in node.classes:
        return False
    return any(_INCLUDE.fullmatch(line) for line in node.text.split("\n"))


def fill_includes(node: CodeBlock, context: Context) -> CodeBlock:
    """Return a listing with the lines of the files that it includes; what these include in turn stays as it is."""
    lines = [new for line in node.text.split("\n") for new in _filled(line, node, context)]
    return replace(node, text="\n".join(lines))


def _filled(line: str, node: CodeBlock, context: Context) -> Iterator[str]:
    if (found := _INCLUDE.fullmatch(line)) is None:
        yield line
        return
    name, part = found["name"], found["part"]
    text = context.read_text(name, node.position)
    is_range = part is not None and _RANGE.fullmatch(part)
    try:
        shown = select(text or "", name, part if is_range else None, None if is_range else part, node.position)
    except Failure as failure:
        if text is not None:
            context.report.take(failure.diagnostic)
        return
    yield from (code for _, code in shown)
