"""Deletes what a service no longer needs: old answers to commands, events and files whose retention period ended."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.engine import Database, rows_changed
from services.chassis.database.tables import ExecutedCommand, InboxEvent, OutboxEvent
from services.chassis.events import inbox
from services.chassis.files.storage import erase_expired
from services.chassis.process.recurring import Recurring
from services.chassis.process.settings import settings

ANSWERS_KEPT = timedelta(days=7)
"""How long a command can be repeated with its idempotency key; answers may contain personal data (PIPL Art. 19)."""
EVERY = 3600.0
AT_ONCE = 1000
"""Events deleted in one transaction, which keeps transactions short."""


class Housekeeping(Recurring):
    """Runs at the start of the service and then every hour."""

    name = "housekeeping"
    seconds = EVERY

    def work(self) -> None:
        forget_answers(self.store.database)
        erase_expired(self.store.database)
        forget_events(self.store.database, timedelta(days=settings().event_retention_days))


def forget_answers(database: Database) -> int:
    """Delete stored answers that are too old to be repeated; return how many."""
    with database.session() as session:
        old = sa.delete(ExecutedCommand).where(ExecutedCommand.at < clock.now() - ANSWERS_KEPT)
        return rows_changed(session, old)


def forget_events(database: Database, kept: timedelta) -> int:
    """Delete published events and inbox rows of handled events when they are older than `kept`.

    Events that wait for publication or for another attempt are kept however old they are. Returns the number of
    deleted rows.
    """
    before = clock.now() - kept
    sent = sa.select(OutboxEvent.position).where(OutboxEvent.time < before, OutboxEvent.settled.is_(True))
    gone = _in_parts(database, sa.delete(OutboxEvent).where(OutboxEvent.position.in_(sent.limit(AT_ONCE))))
    done = (inbox.HANDLED, inbox.DISCARDED)
    noted = sa.select(InboxEvent.consumer, InboxEvent.event_id).where(
        InboxEvent.received_at < before, InboxEvent.status.in_(done)
    )
    note = sa.tuple_(InboxEvent.consumer, InboxEvent.event_id)
    return gone + _in_parts(database, sa.delete(InboxEvent).where(note.in_(noted.limit(AT_ONCE))))


def _in_parts(database: Database, statement: sa.Delete) -> int:
    """Run a statement that deletes a limited number of rows until none is left."""
    gone = 0
    while True:
        with database.session() as session:
            part = rows_changed(session, statement.execution_options(synchronize_session=False))
        gone += part
        if part < AT_ONCE:
            return gone
