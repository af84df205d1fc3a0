"""Offers: a seat that became free is offered to the next who waits, for some hours; unanswered it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import get_activity, lock_activity
from services.activities.facts.use_cases import keeping
from services.activities.participants.use_cases.reading import participants_of
from services.activities.registration import offer_rules, rules
from services.activities.registration.tables import Registration
from services.activities.registration.use_cases import waiting_list
from services.activities.registration.use_cases.announcements import confirmed
from services.activities.registration.use_cases.filling import bring_waiting
from services.activities.registration.use_cases.reading import latest_of, own_member_id, standing_of, with_options
from services.activities.registration.use_cases.room import Room
from services.activities.registration.use_cases.seating import applicant_of, offer_of
from services.activities.registration.workflow import REGISTRATION
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.chassis.process.runtime import Call

LAPSED_AT_ONCE = 100
"""Activities with offers that lapsed, looked at in one round."""


def answer_offer(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Accept or decline the seat that is offered to the calling member. A repeat gives the same answer.

    Raises:
        NotFound: no such activity, or the member never registered for it.
        Refused: no seat is offered, the offer has lapsed, the activity is over, or the member may no longer take part.
    """
    member_id = own_member_id(tx)
    activity = lock_activity(tx, get_activity(tx, request).id)
    row = latest_of(tx, activity.id, member_id)
    if row is None:
        raise NotFound("The member is not registered for this activity.", rule="registration.member_is_registered")
    wanted = "confirmed" if request["accept"] else "cancelled"
    if row.state != wanted:
        room, was = Room(tx, activity), row.state
        refuse_first(
            rules.activity_is_not_over(offer_of(activity), tx.now),
            offer_rules.seat_is_offered(row.state, row.offered_until, tx.now),
        )
        if request["accept"]:
            _accept(tx, room, row)
        else:
            waiting_list.end(tx, room, row, cause="offer_declined")
            waiting_list.move_up(tx, activity, room)
        note_change(tx, f"registration/{row.id}", {"state": (was, row.state)})
    return {**with_options(tx, [row])[0], "position": None, **standing_of(activity)}


def _accept(tx: Transaction, room: Room, row: Registration) -> None:
    activity = room.activity
    known = keeping.kept(tx, activity, [row.member_id]).get(row.member_id)
    applicant = applicant_of(participants_of(tx, [row.member_id]).get(row.member_id), known)
    asking = rules.Asking(offer_of(activity), applicant, tx.now)
    if not rules.is_undecided(asking):
        refuse_first(rules.member_may_still_take_part(asking))
    row.state = REGISTRATION.apply(row.state, "accept", roles=None)
    row.confirmed_at, row.offered_until = tx.now, None
    tx.record(confirmed(activity, row.id, row.member_id, moved_up=True))


def lapse_offers(call: Call) -> None:
    """End offers whose time is over, and offer their seats to the next who wait and may take part."""
    with call.transaction(readonly=True) as tx:
        over = sa.select(Registration.activity_id).where(Registration.state == "offered")
        over = over.where(Registration.offered_until <= tx.now).distinct().order_by(Registration.activity_id)
        found = list(tx.session.scalars(over.limit(LAPSED_AT_ONCE)))
    for activity_id in found:
        bring_waiting(call, activity_id)
        with call.transaction() as tx:
            room = Room(tx, lock_activity(tx, activity_id))
            lapsed = sa.select(Registration).where(
                Registration.activity_id == activity_id,
                Registration.state == "offered",
                Registration.offered_until <= tx.now,
            )
            ordered = lapsed.order_by(Registration.ticket).execution_options(populate_existing=True)
            for row in tx.session.scalars(ordered).all():
                waiting_list.end(tx, room, row, cause="offer_lapsed")
            waiting_list.move_up(tx, room.activity, room)
