"""`octavo doctor`: what this machine lacks."""

from __future__ import annotations

import sys

import click


@click.command()
def doctor() -> None:
    """Say what this machine lacks, and the line that mends it."""
    from octavo.doctor import examine  # noqa: PLC0415

    findings = examine()
    for finding in findings:
        click.echo(str(finding))
    sys.exit(1 if any(finding.fails for finding in findings) else 0)
