"""`octavo cache`: what is kept from build to build, and where."""

from __future__ import annotations

import click


@click.command()
@click.option("--clear", is_flag=True, help="Remove all of it.")
def cache(clear: bool) -> None:
    """Show what is kept from build to build, or clear it."""
    from octavo.diagnostics import Report  # noqa: PLC0415
    from octavo.store import limit, open_store  # noqa: PLC0415

    report = Report()
    store = open_store("builds", report)
    if store.folder is None:
        reasons = "\n".join(f"{found.message}\n{found.hint}" for found in report)
        click.echo(reasons or "nothing is kept: OCTAVO_CACHE is off")
        return
    if clear:
        store.clear()
    kept = store.kept()
    for kind, each in kept.items():
        click.echo(f"{kind:<12}{each.number:>8,}  {_size(each.size)}")
    total = sum(each.size for each in kept.values())
    click.echo(f"{'total':<12}{sum(each.number for each in kept.values()):>8,}  {_size(total)} of {_size(limit())}")
    click.echo(store.folder)


def _size(number: float) -> str:
    """Return a size for people to read, in the decimal units that disks are sold by."""
    for unit in ("B", "kB", "MB"):
        if number < 1000:
            return f"{number:,.3g} {unit}"
        number /= 1000
    return f"{number:,.3g} GB"
