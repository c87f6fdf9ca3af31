"""What each diagnostic means: one Markdown file a rule, shown by `octavo explain` and printed in the guide."""

from __future__ import annotations

from pathlib import Path

from octavo.diagnostics import Rule, nearest

_FOLDER = Path(__file__).resolve().parent


def explanation(name: str) -> tuple[str | None, str | None]:
    """Return the text about a rule, or None and a hint that names the nearest one."""
    for rule in Rule:
        if rule.identifier == name:
            text = (_FOLDER / f"{name}.md").read_text("utf-8").strip()
            return f"{text}\n\nSeverity: {rule.severity.value}", None
    return None, nearest(name, [rule.identifier for rule in Rule])
