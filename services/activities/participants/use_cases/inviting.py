"""Inviting newcomers to the next newcomers' ceremony, now or when one is announced.

The lock `newcomers` serialises joining and announcing: without it, a member who joins while the ceremony is announced
could be missed by both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import coming_activities, get_activity
from services.activities.facts.use_cases import asking, keeping
from services.activities.facts.use_cases.keeping import facts_needed
from services.activities.participants.rules import CEREMONY, is_invitable, is_newcomer
from services.activities.participants.tables import Invitation, Participant
from services.activities.registration.use_cases.seating import fits_facts
from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.process.runtime import Call
from services.contracts.activities.registration.events import MemberInvited

if TYPE_CHECKING:
    from services.activities.calendar.use_cases.reading import Activity

ROWS_PER_STATEMENT = 500
"""Keeps one statement below SQLite's limit of bound values."""


def take_turns(tx: Transaction) -> None:
    """Take the lock of joining and announcing, before members or ceremonies are read."""
    tx.lock("newcomers")


def welcome(tx: Transaction, member_ids: Sequence[UUID]) -> None:
    """Invite the newcomers among these members to the next ceremony that includes them, or let them wait for one."""
    ceremonies = coming_activities(tx, CEREMONY)
    newcomers = [
        participant
        for participant in tx.session.scalars(sa.select(Participant).where(Participant.member_id.in_(member_ids)))
        if is_newcomer(participant.joined_on, tx.today) and participant.standing == "active"
    ]
    _invite_each(tx, newcomers, ceremonies)


def invite_waiting(tx: Transaction, activity: Activity) -> None:
    """Invite the newcomers who wait for a ceremony to this activity, if it is one and includes them."""
    if activity.kind != CEREMONY or activity.state != "scheduled" or activity.starts_at <= tx.now:
        return
    take_turns(tx)
    waiting = tx.session.scalars(
        sa.select(Participant).where(Participant.awaits_ceremony).order_by(Participant.member_id)
    )
    _invite_each(tx, list(waiting), [activity])


def invite_by_facts(call: Call) -> None:
    """Invite newcomers who wait to coming ceremonies whose audience needs facts that only membership knows."""
    with call.transaction(readonly=True) as tx:
        ceremonies = [one.id for one in coming_activities(tx, CEREMONY) if facts_needed(one.audience)]
        if not ceremonies:
            return
        waiting = sa.select(Participant.member_id).where(Participant.awaits_ceremony).order_by(Participant.member_id)
        member_ids = list(tx.session.scalars(waiting))
    for activity_id in ceremonies:
        asking.bring(call, activity_id, member_ids)
        with call.transaction() as tx:
            invite_waiting(tx, get_activity(tx, {"activity_id": activity_id}))


def take_back(tx: Transaction, activity: Activity) -> None:
    """After a ceremony was cancelled, invite its newcomers to the next one, or let them wait for it."""
    if activity.kind != CEREMONY:
        return
    take_turns(tx)
    invited = sa.select(Invitation.member_id).where(Invitation.activity_id == activity.id)
    newcomers = tx.session.scalars(
        sa.select(Participant)
        .where(Participant.member_id.in_(invited), Participant.standing == "active")
        .order_by(Participant.member_id)
    )
    others = [ceremony for ceremony in coming_activities(tx, CEREMONY) if ceremony.id != activity.id]
    _invite_each(tx, list(newcomers), others)


def _invite_each(tx: Transaction, newcomers: Iterable[Participant], ceremonies: Sequence[Activity]) -> None:
    newcomers, invited = list(newcomers), []
    known = {one.id: keeping.kept(tx, one, [newcomer.member_id for newcomer in newcomers]) for one in ceremonies}
    for participant in newcomers:
        told = {ceremony_id: kept.get(participant.member_id) for ceremony_id, kept in known.items()}
        fitting = next((one for one in ceremonies if _is_for(one, participant, told[one.id])), None)
        participant.awaits_ceremony = fitting is None
        if fitting is not None:
            invited.append((fitting.id, participant.member_id))
    for start in range(0, len(invited), ROWS_PER_STATEMENT):
        _store(tx, invited[start : start + ROWS_PER_STATEMENT])


def _store(tx: Transaction, invited: Sequence[tuple[UUID, UUID]]) -> None:
    """Store new invitations and record events for them."""
    rows = [{"activity_id": one, "member_id": member, "invited_at": tx.now} for one, member in invited]
    statement = upsert(tx.session, Invitation).values(rows).on_conflict_do_nothing()
    new = tx.session.execute(statement.returning(Invitation.activity_id, Invitation.member_id))
    tx.record(*(MemberInvited(activity_id=one, member_id=member) for one, member in sorted(map(tuple, new))))


def _is_for(activity: Activity, participant: Participant, told: keeping.Told | None) -> bool:
    audience = activity.audience
    by_copy = is_invitable(participant.unit_id, participant.employment, audience["units"], audience["employments"])
    return by_copy and fits_facts(activity, participant, told)
