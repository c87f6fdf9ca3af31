"""Slug, date and version of a book whose author does not say."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from octavo.book import Settings, edition_date, read_configuration, slug_of, version_of
from octavo.diagnostics import Failure, Report, Rule


@pytest.fixture(autouse=True)
def _no_epoch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    # A repository above the temporary folder must not answer for it, nor the configuration of whoever runs the tests.
    monkeypatch.setenv("HOME", str(tmp_path))


def settings_of(text: str) -> Settings:
    settings = read_configuration(text, "octavo.toml", Report())
    assert settings is not None
    return settings


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("背景介绍", "bei-jing-jie-shao"),
        ("第1章 背景", "di-1-zhang-bei-jing"),
        ("GPU集群 v1.2", "gpu-ji-qun-v1-2"),
        ("My Book", "my-book"),
        ("Ünïcode_Straße", "unicode-strasse"),
        ("Don't Panic!", "dont-panic"),
        ("テスト", "tesuto"),
        ("１２", "12"),
        ("", "book"),
        ("…/..", "book"),
        ("\ud800", "book"),
        ("a" * 200, "a" * 80),
        ("书" * 60, "-".join(["shu"] * 20)),
    ],
)
def test_slugs_are_ascii(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize("name", ["☃", "🎉", "﷽", "-", "\n", "x" * 79 + "-y", "ab " * 50])
def test_slugs_are_never_empty_and_safe_as_names(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug_of(name))
    assert len(slug_of(name)) <= 80


def git(root: Path, *arguments: str, day: str = "2024-05-06T23:30:00-0700") -> None:
    identity = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"), "x")
    environment = {"PATH": os.environ["PATH"], "HOME": str(root), **identity}
    environment |= {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *arguments], cwd=root, env=environment, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a book in a folder of a repository, which was touched before another folder was."""
    for name in ("book", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_text(name)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "book")
    git(tmp_path, "commit", "-q", "-m", "book")
    git(tmp_path, "add", "other")
    git(tmp_path, "commit", "-q", "-m", "other", day="2025-01-01T00:00:00Z")
    return tmp_path / "book"


def test_the_date_comes_from_the_environment_first(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86399")
    assert edition_date(settings_of("[book]\ndate = 2026-11-23"), repository) == ("1970-01-01", False)


@pytest.mark.parametrize("epoch", ["soon", "1.5", "9" * 30, "9" * 5_000])
def test_an_epoch_that_is_no_number_of_seconds_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(Failure) as failed:
        edition_date(Settings(), tmp_path)
    assert failed.value.diagnostic.rule is Rule.CONFIGURATION_VALUE
    assert "SOURCE_DATE_EPOCH" in failed.value.diagnostic.message


def test_the_date_comes_from_the_settings_next(repository: Path) -> None:
    assert edition_date(settings_of("[book]\ndate = 2026-11-23"), repository) == ("2026-11-23", False)


def test_the_date_comes_from_the_last_commit_that_touched_the_folder(repository: Path) -> None:
    assert edition_date(Settings(), repository) == ("2024-05-06", False)
    assert edition_date(Settings(), repository.parent) == ("2025-01-01", False)


def test_the_date_is_assumed_at_last(tmp_path: Path) -> None:
    assert edition_date(Settings(), tmp_path) == ("1980-01-01", True)


def test_a_folder_without_commits_has_no_date(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert edition_date(Settings(), tmp_path) == ("1980-01-01", True)


def test_the_version_comes_from_the_settings_or_the_tag(repository: Path) -> None:
    assert version_of(Settings(), repository) is None
    git(repository, "tag", "v1.2")
    assert version_of(Settings(), repository) == "v1.2"
    assert version_of(settings_of('[book]\nversion = "2"'), repository) == "2"


def test_a_tag_on_another_commit_does_not_count(repository: Path) -> None:
    git(repository, "tag", "v1.2", "HEAD~1")
    assert version_of(Settings(), repository) is None


def test_variables_of_git_do_not_lead_elsewhere(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    git(elsewhere, "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(elsewhere / ".git"))
    assert edition_date(Settings(), repository) == ("2024-05-06", False)


def test_a_repository_cannot_run_a_program(repository: Path, tmp_path: Path) -> None:
    witness = tmp_path / "witness"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {witness}\n")
    program.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "gpg.program", "core.sshCommand", "diff.external", "pager.rev-list"):
        git(tmp_path, "config", key, str(program))
    git(tmp_path, "config", "log.showSignature", "true")
    git(tmp_path, "config", "alias.rev-list", f"!{program}")
    assert edition_date(Settings(), repository) == ("2024-05-06", False)
    assert version_of(Settings(), repository) is None
    assert not witness.exists()


def test_git_may_be_absent_or_fail(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_arguments: object, **_options: object) -> None:
        raise subprocess.TimeoutExpired("git", 10)

    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "run", slow)
        assert edition_date(Settings(), repository) == ("1980-01-01", True)
    monkeypatch.setenv("PATH", "")
    assert edition_date(Settings(), repository) == ("1980-01-01", True)
    assert version_of(Settings(), repository) is None
    assert edition_date(Settings(), repository / "nothing") == ("1980-01-01", True)
