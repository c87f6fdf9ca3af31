"""Raw HTML that the tree can hold becomes nodes; of the rest the text stays and the tags are reported."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from octavo.diagnostics import Rule
from octavo.document import Document, HardBreak, Node, Paragraph, RawBlock, RawInline, Text, rewrite
from octavo.normalise.context import Context

_COMMENT = re.compile(r"<!--.*?-->|<!-->|<!--->", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read_raw_html(document: Document, context: Context) -> Document:
    """Replace raw HTML by nodes, and report each tag that no node stands for. Comments go in silence."""

    def change(node: Node) -> Node | tuple[Node, ...]:
        match node:
            case RawInline() if _BREAK.fullmatch(node.text):
                return HardBreak(position=node.position)
            case RawInline() | RawBlock():
                return _left_out(node, context)
        return node

    return rewrite(document, change)


def _left_out(node: RawInline | RawBlock, context: Context) -> tuple[Node, ...]:
    markup = _COMMENT.sub("", node.text).strip()
    if not markup:
        return ()
    tags = _Tags()
    tags.feed(markup)
    tags.close()
    context.report.add(
        Rule.RAW_HTML_LEFT_OUT,
        node.position,
        f"raw HTML is left out: {', '.join(dict.fromkeys(tags.names)) or markup[:40]}; its text stays",
    )
    text = " ".join("".join(tags.texts).split())
    if not text or isinstance(node, RawInline):
        return ()
    return (Paragraph(children=(Text(text=text, position=node.position),), position=node.position),)


class _Tags(HTMLParser):
    """Gather the tags and the text of a fragment; what scripts and styles hold is no text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.names: list[str] = []
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(f"<{tag}>")
        self._silent += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.names.append(f"<{tag}>")
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)
