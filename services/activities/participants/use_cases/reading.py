"""Reading the members' copy and the invitations. Changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import still_to_come
from services.activities.participants.tables import Invitation
from services.activities.participants.tables import Participant as Participant
from services.chassis.database.pagination import Page, paginate
from services.chassis.database.transaction import Transaction

_TAKES_PART = ("active", "transferring")


def participants_of(tx: Transaction, member_ids: Collection[UUID]) -> dict[UUID, Participant]:
    """Return the copies of these members; unknown ones are left out."""
    if not member_ids:
        return {}
    found = tx.session.scalars(sa.select(Participant).where(Participant.member_id.in_(member_ids)))
    return {participant.member_id: participant for participant in found}


def who_take_part(audience: Mapping[str, Any], among: sa.Select[UUID] | None = None) -> sa.Select[UUID, UUID | None]:
    """Return the select of the members who may take part in what the union does, with their units.

    Args:
        audience: whose parts beside facts decide.
        among: the select of the only members meant; None for all.
    """
    members = sa.select(Participant.member_id, Participant.unit_id).where(Participant.standing.in_(_TAKES_PART))
    if audience["units"]:
        members = members.where(Participant.unit_id.in_(audience["units"]))
    if audience["employments"]:
        members = members.where(Participant.employment.in_(audience["employments"]))
    if audience.get("joined_since") is not None:
        members = members.where(Participant.joined_on >= audience["joined_since"])
    return members if among is None else members.where(Participant.member_id.in_(among))


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
