"""`gonghui events reconcile`: starts the comparison of every consumer with its source and reports the result."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack, closing
from datetime import datetime

from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.tables import Reconciliation
from services.chassis.events import reconciliation
from services.chassis.process.settings import SERVICES, settings

LOOK_EVERY = 0.5
PROGRESS_EVERY = 10.0


class Unaccounted(Exception):
    """Events are missing or unknown, or were not compared in time; the printed lines say which."""


def reconcile(since: datetime | None, seconds: float) -> Iterator[str]:
    """Ask every service to compare everything; yield a line for each consumer with differences and for each service.

    Args:
        since: compare events since this time; None for all stored events.
        seconds: how long to wait for all of them.

    Raises:
        Unaccounted: there are differences.
    """
    with ExitStack() as open_databases:
        databases = {
            name: open_databases.enter_context(closing(Database(settings().database_url_of(name), pool_size=1)))
            for name in SERVICES
        }
        before = {name: _ask(database, since) for name, database in databases.items()}
        end, complete = time.monotonic() + seconds, True
        for name, database in databases.items():
            rows = yield from _wait(name, database, end)
            for row in rows:
                complete &= not (row.missing or row.unannounced or row.asked_at)
            yield from _told(name, before[name], rows)
    if not complete:
        raise Unaccounted


def _ask(database: Database, since: datetime | None) -> dict[str, int]:
    """Request a run; return how many events had been sent again to each consumer before."""
    with database.session() as session:
        reconciliation.ask(session, clock.now(), since)
        return {row.consumer: row.resent for row in reconciliation.states(session)}


def _wait(name: str, database: Database, end: float) -> Generator[str, None, list[Reconciliation]]:
    """Yield the progress from time to time; return the state at the end."""
    told = time.monotonic()
    while True:
        with database.session() as session:
            rows = reconciliation.states(session)
        open_rows = [row for row in rows if row.asked_at is not None]
        if not open_rows or time.monotonic() > end:
            return rows
        if time.monotonic() - told > PROGRESS_EVERY:
            told = time.monotonic()
            yield f"{name}: {len(rows) - len(open_rows)} of {len(rows)} consumers compared"
        time.sleep(LOOK_EVERY)


def _told(name: str, before: Mapping[str, int], rows: list[Reconciliation]) -> Iterator[str]:
    for row in rows:
        again = row.resent - before.get(row.consumer, 0)
        if row.asked_at is not None:
            yield f"{row.consumer}: not compared in time; is {name} running, and the source it listens to?"
        elif again or row.missing or row.unannounced:
            yield f"{row.consumer}: {again} sent again, {row.missing} missing, {row.unannounced} never announced"
    yield f"{name}: {sum(row.asked_at is None for row in rows)} of {len(rows)} consumers compared"
