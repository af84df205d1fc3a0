"""Telling who stands on rolls in batches: that they are called or reminded, that a result is there.

Always all of them: whether somebody handed in a sheet is known to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.governance.ratings.events import (
    MEMBERS_OF_AN_EVENT,
    RatersCalled,
    RatersTold,
    RatingPublished,
)
from services.governance.ratings import rules
from services.governance.ratings.tables import RatingRoll, RatingRound
from services.governance.ratings.use_cases import reading
from services.governance.ratings.use_cases.store import held, subject_of

BATCHES_A_TURN = 20
_CALLS = ("called", "again")


def remind_raters(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Remind all on the roll of an open round, once a day at most.

    Raises:
        Refused: it is not open or not filled in here, or they were told within a day.
    """
    row = held(tx, request["rating_id"])
    refuse_first(
        rules.round_is_online(row.way),
        rules.round_is_open(row.state, row.closes_at, tx.now),
        rules.reminder_is_due(row.opened_at, row.reminded_at, tx.now),
    )
    note_change(tx, subject_of(row), {"reminded_at": (row.reminded_at, tx.now)})
    row.reminded_at, row.telling, row.reached = tx.now, "again", None
    return reading.detail(tx, row)


def publish_rating(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Let those who assessed leaders read the result, and tell them.

    Raises:
        Refused: it is no assessment of leaders, not closed, or published.
    """
    row = held(tx, request["rating_id"])
    refuse_first(rules.result_is_out(row.state), rules.result_can_be_published(row.kind, row.published_at is not None))
    note_change(tx, subject_of(row), {"published_at": (None, tx.now)})
    row.published_at, row.reached = tx.now, None
    row.telling = "published" if row.way == "online" else None
    row.version += 1
    tx.record(RatingPublished(rating_id=row.id))
    return reading.detail(tx, row)


def tell_raters(tx: Transaction) -> None:
    """Tell the next members of rounds that were opened, closed, cancelled, published, or are to be reminded."""
    waiting = sa.select(RatingRound).where(RatingRound.telling.is_not(None)).order_by(RatingRound.id)
    rounds = list(tx.session.scalars(waiting.limit(BATCHES_A_TURN).with_for_update(skip_locked=True)))
    turns = 0
    for row in rounds:
        while row.telling is not None and turns < BATCHES_A_TURN:
            turns += 1
            _tell_part(tx, row)


def _tell_part(tx: Transaction, row: RatingRound) -> None:
    page = sa.select(RatingRoll.member_id).where(RatingRoll.rating_id == row.id)
    if row.reached is not None:
        page = page.where(RatingRoll.member_id > row.reached)
    members = list(tx.session.scalars(page.order_by(RatingRoll.member_id).limit(MEMBERS_OF_AN_EVENT)))
    if members:
        tx.record(_told(row, members))
        row.reached = members[-1]
    if len(members) < MEMBERS_OF_AN_EVENT:
        row.telling = row.reached = None


def _told(row: RatingRound, members: list[UUID]) -> RatersCalled | RatersTold:
    about: dict[str, Any] = {"rating_id": row.id, "member_ids": members, "kind": row.kind}
    if row.telling in _CALLS:
        return RatersCalled(**about, closes_at=row.closes_at, again=row.telling == "again")
    return RatersTold(**about, end=row.telling)
