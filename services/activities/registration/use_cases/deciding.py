"""Decisions of organisers: approving and refusing registrations that wait for it, priority of the waiting list."""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, get_activity, lock_activity, require_organiser
from services.activities.facts.use_cases import keeping
from services.activities.options.use_cases.reading import party_fits
from services.activities.participants.use_cases.reading import participants_of
from services.activities.registration import deciding_rules, rules
from services.activities.registration.tables import RANKS, Registration
from services.activities.registration.use_cases import waiting_list
from services.activities.registration.use_cases.announcements import confirmed, waitlisted
from services.activities.registration.use_cases.filling import bring_waiting
from services.activities.registration.use_cases.reading import latest_of, standing_of, with_options
from services.activities.registration.use_cases.room import Room
from services.activities.registration.use_cases.seating import applicant_of, offer_of
from services.activities.registration.workflow import REGISTRATION
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.chassis.process.runtime import Call
from services.chassis.rules.refusal import Refusal


def approve_registrations(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Approve registrations: each gets a seat, or a place on the waiting list, in the order they were asked for.

    One for which there is neither stays pending and the reply says why; so does one that was decided meanwhile, of
    which the reply says nothing. A repeat changes nothing.

    Raises:
        NotAllowed: the caller does not organise the activity.
        Refused: the activity is over.
    """
    activity = _locked(tx, request)
    rows = _pending(tx, activity, request["registration_ids"])
    approval = _Approval(tx, activity, [row.member_id for row in rows])
    stays = {row.id: refusal for row in rows if (refusal := approval.decide(row))}
    tx.session.flush()
    waiting_list.move_up(tx, activity, approval.room)
    tx.session.flush()
    after = sa.select(Registration).where(Registration.id.in_([row.id for row in rows])).order_by(Registration.ticket)
    items = tx.session.scalars(after.execution_options(populate_existing=True))
    return {**standing_of(activity), "items": [_told(row, stays.get(row.id)) for row in items]}


def refuse_registrations(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Refuse registrations that wait for approval; each member is told why. A repeat changes nothing.

    Raises:
        NotAllowed: the caller does not organise the activity.
        Refused: the activity is over.
    """
    activity = _locked(tx, request)
    room, items = Room(tx, activity), []
    for row in _pending(tx, activity, request["registration_ids"]):
        row.refusal_reason = request["reason"]
        waiting_list.end(tx, room, row, cause="refused")
        note_change(tx, f"registration/{row.id}", {"state": ("pending", row.state)}, request["reason"])
        items.append(_told(row))
    return {**standing_of(activity), "items": items}


def set_priority(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Let a member who waits, or waits for approval, stand before those of lower priority.

    Raises:
        NotFound: no such activity, or the member never registered for it.
        NotAllowed: the caller does not organise the activity.
        Refused: the activity is over, or the member does not wait.
    """
    activity = _locked(tx, request)
    row = latest_of(tx, activity.id, request["member_id"])
    if row is None:
        raise NotFound("The member is not registered for this activity.", rule="registration.member_is_registered")
    refuse_first(deciding_rules.member_waits(row.state))
    before, row.priority = row.priority, request["priority"]
    row.rank, row.priority_reason = row.ticket - row.priority * RANKS, request["reason"]
    note_change(tx, f"registration/{row.id}", {"priority": (before, row.priority)}, request["reason"])
    tx.session.flush()
    waiting_list.move_up(tx, activity)
    tx.session.flush()
    tx.session.refresh(row)
    return {**with_options(tx, [row])[0], **standing_of(activity)}


def prepare_deciding(call: Call, request: Mapping[str, Any]) -> None:
    """Make known what the audience needs of those who wait, who may move up."""
    bring_waiting(call, request["activity_id"])


class _Approval:
    """One round of approving registrations of a locked activity."""

    def __init__(self, tx: Transaction, activity: Activity, member_ids: Sequence[UUID]) -> None:
        self.tx, self.activity, self.room = tx, activity, Room(tx, activity)
        known, members = keeping.kept(tx, activity, member_ids), participants_of(tx, member_ids)
        self.applicants = {one: applicant_of(members.get(one), known.get(one)) for one in member_ids}
        self.claimed, self.offer = self.room.claims(tx), offer_of(activity)
        waits = Registration.activity_id == activity.id, Registration.state == "waitlisted"
        self.line = sorted(tx.session.scalars(sa.select(Registration.rank).where(*waits)))

    def decide(self, row: Registration) -> Refusal | None:
        """Give the member of a pending registration what there is, or leave it pending and return why."""
        asking = rules.Asking(self.offer, self.applicants[row.member_id], self.tx.now)
        cause = None if rules.is_undecided(asking) else rules.cause_not_to_move_up(asking)
        if cause is not None:
            waiting_list.end(self.tx, self.room, row, cause=cause)
            return None
        needs = self.room.needs_of(row)
        seats = self.room.seats_for(needs, self.claimed)
        refusal = party_fits(needs, self.room.sizes(), self.room.form)
        offer = replace(self.offer, seats=seats)
        refusal = refusal or rules.seat_or_waiting_list_left(replace(asking, offer=offer))
        if refusal is not None:
            return refusal
        self.activity.pending -= 1
        if seats.next_place == "confirmed":
            row.state = REGISTRATION.apply(row.state, "approve", roles=None)
            row.confirmed_at = self.tx.now
            self.room.count(needs, 1)
            self.tx.record(confirmed(self.activity, row.id, row.member_id, moved_up=False))
        else:
            self._let_wait(row, needs)
        return None

    def _let_wait(self, row: Registration, needs: Mapping[int, int]) -> None:
        row.state = REGISTRATION.apply(row.state, "queue", roles=None)
        self.activity.waiting += 1
        if not self.room.is_plain:
            self.room.claim(needs, self.claimed)
        insort(self.line, row.rank)
        position = self.line.index(row.rank) + 1
        self.tx.record(waitlisted(self.activity, row.id, row.member_id, position=position, moved_back=False))


def _locked(tx: Transaction, request: Mapping[str, Any]) -> Activity:
    """Return the activity of a decision of its organisers, locked, while its registrations can change."""
    get_activity(tx, request)
    activity = lock_activity(tx, request["activity_id"])
    require_organiser(tx.principal, activity.organiser_unit_id)
    refuse_first(rules.activity_is_not_over(offer_of(activity), tx.now))
    return activity


def _pending(tx: Transaction, activity: Activity, registration_ids: Sequence[UUID]) -> list[Registration]:
    """Return which of these registrations wait for approval, in order."""
    named = Registration.activity_id == activity.id, Registration.id.in_(registration_ids)
    waits = sa.select(Registration).where(*named, Registration.state == "pending").order_by(Registration.rank)
    return list(tx.session.scalars(waits.execution_options(populate_existing=True)))


def _told(row: Registration, refusal: Refusal | None = None) -> dict[str, Any]:
    why = {"rule": refusal.rule if refusal else None, "params": refusal.params if refusal else {}}
    return {"registration_id": row.id, "member_id": row.member_id, "state": row.state, **why}
