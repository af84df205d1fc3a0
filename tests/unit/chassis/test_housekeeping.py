"""What is forgotten by itself, and what is not yet."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.housekeeping import ANSWERS_KEPT, forget_answers, forget_events
from services.chassis.database.tables import ExecutedCommand, InboxEvent, OutboxEvent
from services.chassis.events import inbox
from services.chassis.identifiers import uuid7


def test_answers_are_forgotten_a_week_after_they_were_given(database: Database) -> None:
    now = clock.now()
    ages = {"old": ANSWERS_KEPT + timedelta(minutes=1), "new": ANSWERS_KEPT - timedelta(minutes=1)}
    with database.session() as session:
        for key, age in ages.items():
            given = {"operation": "bell.ring", "request_hash": "0" * 64, "reply": {"sealed": "-"}}
            session.add(ExecutedCommand(actor="someone", key=key, at=now - age, **given))
    assert forget_answers(database) == 1
    with database.session() as session:
        assert list(session.scalars(sa.select(ExecutedCommand.key))) == ["new"]


def test_events_are_forgotten_when_they_are_old_and_done_with(database: Database) -> None:
    now, kept = clock.now(), timedelta(days=30)
    old, new = now - kept - timedelta(minutes=1), now - kept + timedelta(minutes=1)
    announced = {"type": "rung", "version": 1, "subject": "bell/1", "correlation_id": "-", "data": {}}
    with database.session() as session:
        for sequence, (time, settled) in enumerate([(old, True), (old, False), (new, True)]):
            row = OutboxEvent(id=uuid7(), sequence=sequence, time=time, settled=settled, published_at=now, **announced)
            session.add(row)
        for status, at in (
            (inbox.HANDLED, old), (inbox.DISCARDED, old), (inbox.DEAD, old), (inbox.FAILED, old), (inbox.HANDLED, new)
        ):  # fmt: skip
            session.add(InboxEvent(consumer="book.on_rung", event_id=uuid7(), status=status, received_at=at))
    assert forget_events(database, kept) == 3
    with database.session() as session:
        assert list(session.scalars(sa.select(OutboxEvent.sequence).order_by(OutboxEvent.sequence))) == [1, 2]
        left = sorted(session.scalars(sa.select(InboxEvent.status)))
    assert left == [inbox.DEAD, inbox.FAILED, inbox.HANDLED]
