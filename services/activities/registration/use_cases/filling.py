"""Asks membership about those who wait, so that free seats reach them: before a cancellation, and every minute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import lock_activity, with_free_seats
from services.activities.facts.use_cases import asking
from services.activities.facts.use_cases.keeping import facts_needed
from services.activities.registration.tables import Registration
from services.activities.registration.use_cases import waiting_list
from services.chassis.process.runtime import Call

ASKED_AT_ONCE = 500
"""Members at the head of a waiting list."""


def prepare_cancelling(call: Call, request: Mapping[str, Any]) -> None:
    """Make known what the audience needs of those who wait, before a seat becomes free."""
    bring_waiting(call, request["activity_id"])


def bring_waiting(call: Call, activity_id: UUID) -> None:
    """Make known what the audience needs of the first who wait."""
    with call.transaction(readonly=True) as tx:
        waiting = (
            sa.select(Registration.member_id)
            .where(Registration.activity_id == activity_id, Registration.state == "waitlisted")
            .order_by(Registration.rank)
            .limit(ASKED_AT_ONCE)
        )
        member_ids = list(tx.session.scalars(waiting))
    if member_ids:
        asking.bring(call, activity_id, member_ids)


def fill_seats(call: Call) -> None:
    """Give free seats of activities to those who wait, where the transaction that freed them knew too little."""
    with call.transaction(readonly=True) as tx:
        found = [activity.id for activity in with_free_seats(tx) if facts_needed(activity.audience)]
    for activity_id in found:
        bring_waiting(call, activity_id)
        with call.transaction() as tx:
            waiting_list.move_up(tx, lock_activity(tx, activity_id))
