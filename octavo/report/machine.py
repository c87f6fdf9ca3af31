"""An account → JSON. The keys are documented in the guide: add to them, and rename none."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from octavo import __version__
from octavo.check import Account
from octavo.check.ledger import Entry
from octavo.diagnostics import Diagnostic, Position, facts_of

VERSION = 1
# The outputs by the names that messages have for them.
OUTPUTS = {"the site": "site", "the single page": "single", "the EPUB": "epub", "the PDF": "pdf"}


def json_report(account: Account) -> str:
    """Return all that was found out as one object."""
    found = {
        "version": VERSION,
        "octavo": __version__,
        "book": {"title": account.title, "language": account.language},
        "outputs": [OUTPUTS[name] for name in account.outputs],
        "failed": account.report.failed,
        "findings": [_finding(found, account) for found in account.report],
        "judges": [asdict(verdict) for verdict in account.judges],
        "counts": asdict(account.layout.counts) if account.layout else None,
        "pictures": [_picture(entry, account) for entry in account.ledger],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _finding(found: Diagnostic, account: Account) -> dict[str, Any]:
    severity = account.report.severity_of(found).value
    rule = found.rule.identifier
    return {"rule": rule, "severity": severity, **found.facts, "page": _page(found.position, account)}


def _picture(entry: Entry, account: Account) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        **facts_of(entry.position),
        "page": _page(entry.position, account),
        "source": entry.source,
        "shown": entry.file,
        "label": entry.label,
        "caption": entry.caption,
        "alternative": entry.alternative,
        "decorative": entry.decorative,
        "state": entry.state,
        "formats": sorted(entry.formats),
        "outputs": {OUTPUTS[name]: text for name, text in entry.carried.items()},
    }


def _page(position: Position | None, account: Account) -> str | None:
    return account.layout.page_of(position) if account.layout else None
