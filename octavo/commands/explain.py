"""`octavo explain`: what a diagnostic means."""

from __future__ import annotations

import click


@click.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Say what the diagnostic RULE means and how to mend what it found."""
    from octavo.explanations import explanation  # noqa: PLC0415

    text, hint = explanation(rule)
    if text is None:
        raise click.UsageError(f"there is no rule “{rule}”" + (f"; {hint}" if hint else ""))
    click.echo(text)
