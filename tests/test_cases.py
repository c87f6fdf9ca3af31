"""Whole books, built into all formats and held against golden files that somebody has read."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from golden import Built, build_case, compare

from octavo.check import check_outputs
from octavo.diagnostics import Report
from octavo.recipe import FORMATS

CASES = Path(__file__).parent / "cases"
# Style sheets and pictures are the same in every case, so one shows them: a new colour is one change and not six.
WITH_ASSETS = "english"


@pytest.mark.usefixtures("undated")
@pytest.mark.parametrize("name", sorted(path.name for path in CASES.iterdir() if path.name != "rules"))
def test_case(name: str, tmp_path: Path, update_golden: bool) -> None:
    built = build_case(CASES / name, tmp_path, FORMATS)
    assert not compare(built.files(assets=name == WITH_ASSETS), CASES / name / "golden", update=update_golden)
    assert not found_in(built)


def found_in(built: Built) -> list[str]:
    """Return what the checks of finished outputs find; pages that are no XML end it with their error."""
    if built.edition is None:
        return []
    for page in built.output.rglob("*.html"):
        ElementTree.parse(page)
    report = Report()
    check_outputs(built.edition, built.output, report)
    return [f"{found.position}: {found.message}" for found in report]
