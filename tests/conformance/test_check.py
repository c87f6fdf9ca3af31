"""`octavo check --judges`: a missing alternative is found at its file and line, by the ledger and by judges."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from octavo.cli import main


def test_a_missing_alternative_is_found_at_its_line(tmp_path: Path) -> None:
    book, report = tmp_path / "book", tmp_path / "report.json"
    book.mkdir()
    (book / "octavo.toml").write_text('[book]\ntitle = "T"\nlanguage = "en"\ndate = 2026-11-23\nslug = "b"\n')
    (book / "one.md").write_text("# One\n\nSome text.\n\n![](a.svg)\n")
    (book / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>')
    assert CliRunner().invoke(main, ["check", str(book), "--judges", "--report", str(report)]).exit_code == 1
    found = json.loads(report.read_text("utf-8"))
    assert {each["name"]: each["state"] for each in found["judges"]} == {
        **{"EPUBCheck": "passed", "Ace": "findings", "veraPDF": "passed", "qpdf": "passed"},
        **{"Nu Html Checker": "findings", "axe": "findings"},
    }
    assert [(each["line"], each["state"]) for each in found["pictures"] if each["kind"] != "cover"] == [(5, "missing")]
    said = {
        each["message"].split(":")[0] for each in found["findings"] if (each["file"], each["line"]) == ("one.md", 5)
    }
    assert {"Ace", "axe", "Nu Html Checker"} <= said
