"""`gonghui decisions recompute`: makes the stored decisions again and lists those that come out differently."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import services.welfare.service  # noqa: F401  registers all deciders
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.process.settings import settings
from services.welfare.decisions.use_cases.recomputing import Recomputation

AT_ONCE = 1_000
"""Decisions in one transaction."""


class Differing(Exception):
    """Some decisions come out differently; the printed lines say which."""


def recompute(kind: str | None) -> Iterator[str]:
    """Yield a line for each decision that differs, and the totals at the end.

    Args:
        kind: only decisions of this kind; None for all.

    Raises:
        Differing: there is at least one.
    """
    run, different = Recomputation(kind), 0
    with closing(Database(settings().database_url_of("welfare"), pool_size=1)) as database:
        while True:
            with transaction(database, readonly=True) as tx:
                found = run.part(tx, AT_ONCE)
            if found is None:
                break
            different += len(found)
            yield from (f"{one.kind} {one.decision_id}: {one.stored}; now {one.now}" for one in found)
    yield f"{run.compared:,} decisions made again, {different:,} different, {run.erased:,} with erased inputs left out"
    if different:
        raise Differing
