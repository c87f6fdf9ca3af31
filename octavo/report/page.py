"""An account → one page that a person likes to read. It decides what is shown; check/report.html how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from itertools import groupby
from typing import Any

from markupsafe import Markup

from octavo import __version__
from octavo.check import Account
from octavo.check.ledger import Entry
from octavo.diagnostics import Diagnostic, Position, Severity
from octavo.document import Equation
from octavo.render.formulas import formula_mathml
from octavo.render.layers import shipped_layers
from octavo.render.templates import Templates, parse_markup
from octavo.report.excerpts import excerpts_of
from octavo.report.explained import explained
from octavo.report.thumbnails import thumbnail
from octavo.report.words import ReportWords, report_words
from octavo.words import words_of


def html_report(account: Account) -> str:
    """Return the page. Raises Failure (template-failed) where the book's own template for it cannot be rendered."""
    words = report_words(account.language)
    templates = account.edition.templates if account.edition else Templates(shipped_layers("templates"))
    rules = list(dict.fromkeys(found.rule for found in account.report))
    page = templates.render(
        "check/report.html",
        words=words,
        heading=words.title.format(account.title),
        made_with=words.made_with.format(__version__),
        verdict=_verdict(account, words),
        failed=account.report.failed,
        severities=_severities(account, words),
        outputs=[words.outputs[name] for name in account.outputs],
        judges=[
            {
                "name": verdict.name,
                "state": verdict.state,
                "told": words.verdicts[verdict.state].format(verdict.findings),
            }
            for verdict in account.judges
        ],
        groups=_groups(account, words),
        rules=[{"name": rule.identifier, "text": explained(rule)} for rule in sorted(rules, key=str)],
        pictures=[_picture(entry, account, words) for entry in account.ledger if entry.kind != "formula"],
        formulas=[_formula(entry, account, words) for entry in account.ledger if entry.kind == "formula"],
        counts=_counts(account, words),
    )
    parse_markup(page, "the report")
    return page + "\n"


def _verdict(account: Account, words: ReportWords) -> str:
    if account.report.failed:
        return words.failed
    weighty = any(account.report.severity_of(found) is not Severity.NOTE for found in account.report)
    return words.passed if weighty else words.clean


def _severities(account: Account, words: ReportWords) -> list[dict[str, object]]:
    counts = Counter(account.report.severity_of(found) for found in account.report)
    return [{"kind": each.value, "name": words.counted[each.value], "count": counts[each]} for each in Severity]


def _groups(account: Account, words: ReportWords) -> list[dict[str, Any]]:
    """Return the findings by the file that they are in, those of the whole book first."""
    find = excerpts_of(account.book)

    def finding(found: Diagnostic) -> Mapping[str, Any]:
        position = found.position
        severity = account.report.severity_of(found).value
        return {
            "severity": severity,
            "severity_name": words.severities[severity],
            "line": words.line.format(position.line) if position else None,
            "page": _page(position, account, words),
            "about": words.rules.get(found.rule.identifier),
            "message": found.message,
            "hint": found.hint,
            "rule": found.rule.identifier,
            "excerpt": find(position) if position else None,
            "number": position.line if position else None,
        }

    by_file = groupby(account.report, key=lambda found: found.position.file if found.position else "")
    return [{"file": file, "findings": [finding(found) for found in group]} for file, group in by_file]


def _page(position: Position | None, account: Account, words: ReportWords) -> str | None:
    label = account.layout.page_of(position) if account.layout else None
    return words.page.format(label) if label else None


def _picture(entry: Entry, account: Account, words: ReportWords) -> dict[str, Any]:
    assert account.edition is not None, "a ledger is kept of an edition"
    return {
        "kind": words.kinds[entry.kind],
        "label": entry.label,
        "thumbnail": thumbnail(entry, account.edition),
        "source": entry.source or words.drawn_cover,
        "place": str(entry.position) if entry.position else None,
        "page": _page(entry.position, account, words) if entry.kind != "cover" else None,
        "caption": entry.caption,
        "alternative": entry.alternative,
        "state": entry.state,
        "state_name": words.states[entry.state],
        "outputs": _said_in_outputs(entry, words),
    }


def _said_in_outputs(entry: Entry, words: ReportWords) -> list[dict[str, object]]:
    """Return what is said, each once, with the outputs that say it."""
    names: dict[str, list[str]] = {}
    for name, text in entry.carried.items():
        names.setdefault(text or "", []).append(words.outputs[name])
    return [
        {
            "name": words.comma.join(saying),
            "text": (words.same if text == entry.alternative else text) if text else words.absent,
            "good": text == entry.alternative != "" or entry.decorative,
        }
        for text, saying in names.items()
    ]


def _formula(entry: Entry, account: Account, words: ReportWords) -> dict[str, Any]:
    assert entry.formula is not None, "a formula is kept with its entry"
    markup = formula_mathml(entry.formula, words_of(account.language).formula)
    return {
        "formula": Markup('<div class="equation">{}</div>').format(markup)
        if isinstance(entry.formula, Equation)
        else markup,
        "place": str(entry.position),
        "page": _page(entry.position, account, words),
        "alternative": entry.alternative,
        "lost": [words.outputs[name] for name, text in entry.carried.items() if text != entry.alternative],
    }


def _counts(account: Account, words: ReportWords) -> list[dict[str, object]]:
    if account.layout is None:
        return []
    counts = asdict(account.layout.counts)
    return [{"name": words.counts[name], "count": count} for name, count in counts.items()]
