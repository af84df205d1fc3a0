"""Reading the members' copy and the invitations. Changes nothing."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import still_to_come
from services.activities.participants.tables import Invitation
from services.activities.participants.tables import Participant as Participant
from services.chassis.database.pagination import Page, paginate
from services.chassis.database.transaction import Transaction


def participants_of(tx: Transaction, member_ids: Collection[UUID]) -> dict[UUID, Participant]:
    """Return the copies of these members; unknown ones are left out."""
    if not member_ids:
        return {}
    found = tx.session.scalars(sa.select(Participant).where(Participant.member_id.in_(member_ids)))
    return {participant.member_id: participant for participant in found}


def invited_among(tx: Transaction, activity_id: UUID, member_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return those of the members who are invited to the activity."""
    invited = sa.select(Invitation.member_id).where(
        Invitation.activity_id == activity_id, Invitation.member_id.in_(member_ids)
    )
    return frozenset(tx.session.scalars(invited))


def invitations_of(tx: Transaction, member_id: UUID, *, cursor: str | None, limit: int) -> Page:
    """Return a page of a member's invitations to activities that are still to come, the latest first."""
    statement = sa.select(Invitation).where(
        Invitation.member_id == member_id, Invitation.activity_id.in_(still_to_come(tx.now))
    )
    keys = [(Invitation.invited_at, "desc"), (Invitation.activity_id, "desc")]
    return paginate(tx, statement, keys=keys, cursor=cursor, limit=limit)
