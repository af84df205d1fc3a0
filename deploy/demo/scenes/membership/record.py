"""The demo union's members, admitted in batches; some of them joined in the months before today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from deploy.demo.people import members
from deploy.demo.union import ROSTER_DAY, DemoUnion
from services.chassis.clock import today
from services.contracts.membership.record import operations as record

BATCH = 500
JOINED = (18, 47, 63, 66, 69, 71, 74, 77, 92, 118, 151, 163, 194, 226, 252, 275, 288, 319)
"""How many days ago members joined who were employed earlier; most do when a term begins."""


def play(union: DemoUnion) -> str:
    rows = _with_newcomers(members(union.count, union.seed, union.units, ROSTER_DAY), 2 * len(union.units))
    for number, batch in enumerate(_batches(rows)):
        union.ask(f"members-{number}", record.admit_members, {"rows": batch})
    return f"{union.count} members"


def _with_newcomers(rows: Iterable[dict[str, Any]], first: int) -> Iterator[dict[str, Any]]:
    """Let every other member from a row on have joined lately, as far as there are days."""
    for index, row in enumerate(rows):
        place, rest = divmod(index - first, 2)
        lately = 0 <= place < len(JOINED) and rest == 0
        joined_on = today() - timedelta(days=JOINED[place]) if lately else row["joined_on"]
        yield {**row, "joined_on": max(joined_on, row["joined_on"])}


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch
