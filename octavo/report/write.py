"""An account → a file, in the form that its name asks for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from octavo.check import Account
from octavo.diagnostics import Failure, Rule
from octavo.report.machine import json_report
from octavo.report.page import html_report

_FORMS: dict[str, Callable[[Account], str]] = {".html": html_report, ".json": json_report}


def write_report(account: Account, path: Path) -> None:
    """Write what was found out to a file; its ending says in which form.

    Raises Failure (output-refused) where it cannot be written, and (template-failed) where a template of the book's own
    cannot be rendered.
    """
    text = _FORMS[path.suffix.lower()](account)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, "utf-8")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise Failure(Rule.OUTPUT_REFUSED, None, f"the report “{path}” cannot be written: {reason}") from error
