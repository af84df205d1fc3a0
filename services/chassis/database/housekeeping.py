"""What a service forgets by itself: answers nobody repeats any more, events and files past the time they are kept."""

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
"""How long a command may be repeated under its idempotency key; an answer may hold personal data (PIPL Art. 19)."""
EVERY = 3600.0
AT_ONCE = 1000
"""Events forgotten in one transaction, so that nobody waits for a long one."""


class Housekeeping(Recurring):
    """Tidies the service's database at the start and then every hour."""

    name = "housekeeping"
    seconds = EVERY

    def work(self) -> None:
        forget_answers(self.store.database)
        erase_expired(self.store.database)
        forget_events(self.store.database, timedelta(days=settings().event_retention_days))


def forget_answers(database: Database) -> int:
    """Delete remembered answers that are too old to be asked for again; return how many."""
    with database.session() as session:
        old = sa.delete(ExecutedCommand).where(ExecutedCommand.at < clock.now() - ANSWERS_KEPT)
        return rows_changed(session, old)


def forget_events(database: Database, kept: timedelta) -> int:
    """Delete events that were published, and notes that they were handled, once both are older than `kept`.

    What waits for publication or for another attempt stays however old it is. Returns how many rows went.
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
    """Run a statement that deletes so many rows until it finds none."""
    gone = 0
    while True:
        with database.session() as session:
            part = rows_changed(session, statement.execution_options(synchronize_session=False))
        gone += part
        if part < AT_ONCE:
            return gone
