"""Whether a work was cited before, and where: what styles print “ibid.” by.

https://docs.citationstyles.org/en/stable/specification.html#choose, under position.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FIRST, SUBSEQUENT, IBID, IBID_WITH_LOCATOR = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Cite:
    """Cite one work; `prefix` and `suffix` are words in one of which a sign may stand for markup."""

    key: str
    locator: str | None = None
    unit: str = "page"
    prefix: str = ""
    suffix: str = ""
    author: bool = True


@dataclass(frozen=True, slots=True)
class Cluster:
    """Hold what is cited together; `form` is that of a citation, `note` the number of the note that it stands in.

    Notes of another `series` begin again with the same numbers.
    """

    cites: tuple[Cite, ...]
    form: str = "brackets"
    note: int | None = None
    series: int = 0


def positions(
    clusters: Iterable[Cluster], distance: int, *, by_number: bool = False
) -> Iterator[list[Mapping[str, Any]]]:
    """Yield for each cite of each cluster, in reading order, its position in terms of citeproc-js.

    Where a style names notes by their numbers, what was cited in another series of these is not cited yet.
    """
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    before: Cite | None = None
    series = 0
    for order, cluster in enumerate(clusters, 1):
        if cluster.form == "author":
            yield [{} for _ in cluster.cites]
            continue
        if by_number and cluster.series != series:
            first, last, before, series = {}, {}, None, cluster.series
        note = cluster.note or order
        found: list[Mapping[str, Any]] = []
        for cite in cluster.cites:
            position = _position(cite, before, cited=cite.key in first)
            near = cite.key in last and order - last[cite.key] <= distance
            found.append(
                {"position": position, "first-reference-note-number": first.get(cite.key, note), "near-note": near}
                if position
                else {"position": FIRST}
            )
            first.setdefault(cite.key, note)
            last[cite.key] = order
            before = cite
        if len(cluster.cites) > 1:
            before = None  # of several, none is the one just cited
        yield found


def _position(cite: Cite, before: Cite | None, *, cited: bool) -> int:
    if not cited:
        return FIRST
    if before is None or before.key != cite.key or (before.locator and not cite.locator):
        return SUBSEQUENT
    same = (before.locator, before.unit) == (cite.locator, cite.unit)
    return IBID if same or not cite.locator else IBID_WITH_LOCATOR
