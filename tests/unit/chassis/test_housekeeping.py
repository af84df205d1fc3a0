"""What is forgotten by itself, and what is not yet."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database import Database
from services.chassis.housekeeping import ANSWERS_KEPT, forget_answers
from services.chassis.tables import ExecutedCommand


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
