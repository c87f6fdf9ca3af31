"""A judge that finds nothing proves nothing until it has found what was put there: one spoiled output for each thing.

A sound output of a small book is copied once for each fault, and once as it is. A judge gets all its copies at once; it
has to name the fault, in the copy that has it, and to say nothing of the sound one.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from conformance.judges import JUDGES, Finding, Severity
from conformance.spoils import SPOILS, Spoil

BOOK = "single-file"
_SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Exhibition:
    """Hold the sound output, a folder for copies, and what the judges have said so far."""

    book: Path
    copies: Path
    said: dict[str, list[Finding]] = field(default_factory=dict)

    def copy(self, judge: str, pattern: str, name: str) -> Path:
        """Return the copy of an output, and make it where there is none yet."""
        (original,) = self.book.glob(pattern)
        copy = self.copies / judge / f"{name} ({original.suffix or original.name})" / original.name
        if copy.exists():
            return copy
        copy.parent.mkdir(parents=True)
        if original.is_dir():
            shutil.copytree(original, copy)
        else:
            shutil.copy(original, copy)
        return copy

    def ask(self, judge: str) -> list[Finding]:
        """Return what a judge says of all its copies; it is asked once."""
        if judge not in self.said:
            spoils = [spoil for spoil in SPOILS if spoil.judge == judge]
            copies = {self.copy(judge, spoil.pattern, spoil.name): spoil for spoil in spoils}
            for copy, spoil in copies.items():
                spoil.spoil(copy)
            sound = [self.copy(judge, pattern, _SOUND) for pattern in {spoil.pattern for spoil in spoils}]
            self.said[judge] = JUDGES[judge]([*copies, *sound])
        return self.said[judge]


@pytest.fixture(scope="module")
def exhibition(built: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Exhibition:
    """Return the small book, and no copy of it yet."""
    return Exhibition(built[BOOK], tmp_path_factory.mktemp("copies"))


@pytest.mark.parametrize("spoil", SPOILS, ids=lambda spoil: f"{spoil.judge}-{spoil.pattern}-{spoil.name}")
def test_a_fault_is_found(spoil: Spoil, exhibition: Exhibition) -> None:
    findings = exhibition.ask(spoil.judge)
    copy = exhibition.copy(spoil.judge, spoil.pattern, spoil.name)
    said = [str(finding) for finding in findings if finding.file == copy and finding.weighs]
    assert [text for text in said if spoil.said in text], said


@pytest.mark.parametrize("judge", JUDGES)
def test_nothing_is_found_where_there_is_no_fault(judge: str, exhibition: Exhibition) -> None:
    findings = exhibition.ask(judge)
    sound = {exhibition.copy(judge, spoil.pattern, _SOUND) for spoil in SPOILS if spoil.judge == judge}
    assert sound
    assert [str(finding) for finding in findings if finding.file in sound and finding.weighs] == []


def test_ace_without_its_browser(exhibition: Exhibition, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (book,) = exhibition.book.glob("*.epub")
    assert [finding.severity for finding in JUDGES["ace"]([book])] == [Severity.NO_VERDICT]
