"""Fetching from HR's own API, page by page from where the last fetch ended; each page is kept with its cursor."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.errors import refuse_first
from services.chassis.jobs.jobs import OPEN, Job, start_job
from services.chassis.rpc.context import CallContext
from services.membership.hr_sync import client, rules
from services.membership.hr_sync.tables import HrCursor
from services.membership.hr_sync.use_cases.receiving import receive

KIND = "pull_hr_changes"
_NAME = "campus"


@dataclass(frozen=True)
class Fetched:
    """A page, and the cursor behind which it was fetched."""

    behind: str | None
    page: client.HrPage


def pull_hr_changes(tx: Transaction) -> Job:
    """Ask for a fetch; the one under way is answered where there is one."""
    refuse_first(rules.pull_is_configured(client.address()))
    tx.lock("hr_pull")
    return _under_way(tx) or start_job(tx, KIND, {})


def pull_if_configured(tx: Transaction) -> None:
    """Ask for a fetch where HR's API is configured and none is under way."""
    if client.address() and _under_way(tx) is None:
        start_job(tx, KIND, {})


def fetch_page(database: Database, context: CallContext, _job: Job) -> Fetched:
    """Fetch the page behind the last one that was kept; no transaction is open while HR is waited for."""
    with transaction(database, context) as tx:
        kept = tx.session.get(HrCursor, _NAME)
        cursor = kept.value if kept is not None else None
    return Fetched(cursor, client.fetch(cursor))


def keep_page(tx: Transaction, job: Job, fetched: Fetched) -> bool:
    """Keep a page with its cursor, so that a crash neither skips nor repeats; drop it if it is not the next."""
    cursor = tx.session.get(HrCursor, _NAME, with_for_update=True) or HrCursor(name=_NAME, value=None)
    if cursor.value != fetched.behind:
        return False
    page = fetched.page
    differing = receive(tx, page.items, "pull")["differing"] if page.items else 0
    cursor.value, cursor.read_at = page.cursor, tx.now
    tx.session.add(cursor)
    found = (job.position or {}).get("differing", 0) + differing
    job.position, job.done = {"differing": found}, job.done + len(page.items)
    if page.more:
        return False
    job.result = {"received": job.done, "differing": found}
    return True


def _under_way(tx: Transaction) -> Job | None:
    statement = sa.select(Job).where(Job.kind == KIND, Job.state.in_(OPEN)).limit(1)
    return tx.session.scalar(statement)
