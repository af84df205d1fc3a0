"""Registrations that were made on paper, and are entered once the activity has begun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity
from services.activities.registration.tables import Registration
from services.activities.registration.use_cases.announcements import confirmed
from services.activities.registration.use_cases.room import ONE_SEAT, Room
from services.activities.registration.workflow import REGISTRATION
from services.chassis.database.transaction import Transaction
from services.chassis.identifiers import uuid7


def enter(tx: Transaction, activity: Activity, members: Sequence[Any]) -> list[UUID]:
    """Enter members as registered until registration closed; return those for whom there is no seat.

    Args:
        tx: the transaction.
        activity: locked; it has begun.
        members: copies of members who have no registration in force.
    """
    room, rows, no_seat = Room(tx, activity), [], []
    at = min(tx.now, activity.registration_closes_at)
    for member in members:
        if activity.seats_left == 0:
            no_seat.append(member.member_id)
            continue
        activity.last_ticket += 1
        row = {
            "id": uuid7(),
            "activity_id": activity.id,
            "member_id": member.member_id,
            "unit_id": member.unit_id,
            "state": REGISTRATION.apply("asked", "take_seat", roles=None),
            "ticket": activity.last_ticket,
            "rank": activity.last_ticket,
            "registered_at": at,
            "registered_by": tx.principal.actor,
            "confirmed_at": at,
        }
        rows.append(row)
        room.count(ONE_SEAT, 1)
        tx.record(confirmed(activity, row["id"], row["member_id"], moved_up=False, entered_late=True))
    if rows:
        tx.session.execute(sa.insert(Registration.__table__), rows)
    return no_seat
