"""Asking to be told when registration opens."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, get_activity
from services.activities.opening import rules
from services.activities.opening.tables import OpeningReminder
from services.chassis.database.bulk import is_among
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.security.principal import require_member


def remind_me(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Note that the calling member wants to be told, or not any more. A repeat changes nothing.

    Raises:
        NotFound: no such activity.
        NotAllowed: the account belongs to no member.
        Refused: registration has opened, or the activity is not announced or cancelled.
    """
    no_member = "This account belongs to no member."
    member_id = require_member(tx.principal, no_member, rule="registration.applicant_is_a_member")
    activity = get_activity(tx, request)
    reminder = OpeningReminder(activity_id=activity.id, member_id=member_id)
    if request["wanted"]:
        opens_at = activity.registration_opens_at
        refuse_first(rules.opening_is_ahead(activity.state, opens_at, tx.now))
        tx.session.merge(reminder)
    else:
        theirs = OpeningReminder.activity_id == activity.id, OpeningReminder.member_id == member_id
        tx.session.execute(sa.delete(OpeningReminder).where(*theirs))
    return {"activity_id": activity.id, "wanted": request["wanted"], "opens_at": activity.registration_opens_at}


def reminded_among(tx: Transaction, activity: Activity, member_ids: Collection[UUID]) -> set[UUID]:
    """Return which of the members will be told; reads nothing once registration has opened."""
    if tx.now >= activity.registration_opens_at:
        return set()
    among = is_among(tx.session, [OpeningReminder.member_id], set(member_ids))
    asked = sa.select(OpeningReminder.member_id).where(OpeningReminder.activity_id == activity.id, among)
    return set(tx.session.scalars(asked))


def forget(tx: Transaction, member_id: UUID) -> None:
    """Delete what a former member wanted to be told."""
    tx.session.execute(sa.delete(OpeningReminder).where(OpeningReminder.member_id == member_id))
