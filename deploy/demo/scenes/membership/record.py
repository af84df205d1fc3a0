"""The demo union's members, admitted in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from deploy.demo.people import members
from deploy.demo.union import ROSTER_DAY, DemoUnion
from services.contracts.membership.record import operations as record

BATCH = 500


def play(union: DemoUnion) -> str:
    rows = members(union.count, union.seed, union.units, ROSTER_DAY)
    for number, batch in enumerate(_batches(rows)):
        union.ask(f"members-{number}", record.admit_members, {"rows": batch})
    return f"{union.count} members"


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch
