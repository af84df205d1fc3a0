"""Holds: a seat is kept for some minutes while a member fills in the form, and counts for nothing from then on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, get_activity, lock_activity
from services.activities.facts.use_cases import keeping
from services.activities.options.use_cases.reading import chosen, needs_of, party_fits, refusal_of_choice, stored
from services.activities.participants.use_cases.reading import participants_of
from services.activities.registration import deciding_rules, rules
from services.activities.registration.tables import RegistrationHold
from services.activities.registration.use_cases import keys, waiting_list
from services.activities.registration.use_cases.filling import bring_waiting
from services.activities.registration.use_cases.reading import live_registrations, own_member_id
from services.activities.registration.use_cases.room import Room
from services.activities.registration.use_cases.seating import applicant_of, offer_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.process.runtime import Call

DROPPED_AT_ONCE = 100
"""Activities with holds whose time is over, looked at in one round."""


def hold_seat(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Hold a seat for the calling member, with what the chosen options take. A repeat holds it no longer.

    Raises:
        NotAllowed: the account belongs to no member.
        NotFound: no such activity.
        Refused: the activity holds no seats, none is free, or the member may not register or has done so.
    """
    member_id, choice = own_member_id(tx), keys.choice_of(request)
    activity = lock_activity(tx, get_activity(tx, request).id)
    mine = live_registrations(tx, activity.id, [member_id]).get(member_id)
    room = Room(tx, activity)
    needs, known = needs_of(choice, room.form), keeping.kept(tx, activity, [member_id])
    applicant = applicant_of(participants_of(tx, [member_id]).get(member_id), known.get(member_id))
    seats = room.seats_for(needs, room.claims(tx), member_id)
    asking = rules.Asking(replace(offer_of(activity), seats=seats), applicant, tx.now)
    refuse_first(
        deciding_rules.seats_are_held(activity.hold_minutes, activity.moderated),
        deciding_rules.not_registered_yet(mine.state if mine else None),
        rules.refusal_of(asking),
        refusal_of_choice(choice, room.form),
        party_fits(needs, room.sizes(), room.form),
        deciding_rules.seat_is_free_to_hold(seats.next_place),
    )
    before = room.holds.get(member_id)
    until = before.until if before else tx.now + timedelta(minutes=activity.hold_minutes or 0)
    hold = {"companions": choice.companions, "options": stored(choice.options), "until": until}
    tx.session.merge(RegistrationHold(activity_id=activity.id, member_id=member_id, **hold))
    tx.session.flush()
    if before is not None:
        waiting_list.move_up(tx, activity)
    return {"activity_id": activity.id, **hold, "options": sorted(choice.options)}


def release_hold(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Give the seat that is held for the calling member back; it goes to the next who waits. A repeat changes nothing.

    Raises:
        NotFound: no such activity.
    """
    member_id, activity = own_member_id(tx), lock_activity(tx, get_activity(tx, request).id)
    theirs = RegistrationHold.activity_id == activity.id, RegistrationHold.member_id == member_id
    tx.session.execute(sa.delete(RegistrationHold).where(*theirs))
    waiting_list.move_up(tx, activity)
    return {"activity_id": activity.id, "until": None, "companions": 0, "options": []}


def shown(activity: Activity, holds: Mapping[UUID, RegistrationHold]) -> dict[UUID, dict[str, Any]]:
    """Return holds as replies have them, by member."""
    return {
        member_id: {
            "activity_id": activity.id,
            "until": hold.until,
            "companions": hold.companions,
            "options": list(chosen(hold.companions, hold.options).options),
        }
        for member_id, hold in holds.items()
    }


def drop_holds(call: Call) -> None:
    """Delete holds whose time is over, and give their seats to those who wait."""
    with call.transaction(readonly=True) as tx:
        over = sa.select(RegistrationHold.activity_id).where(RegistrationHold.until <= tx.now).distinct()
        found = list(tx.session.scalars(over.order_by(RegistrationHold.activity_id).limit(DROPPED_AT_ONCE)))
    for activity_id in found:
        bring_waiting(call, activity_id)
        with call.transaction() as tx:
            activity = lock_activity(tx, activity_id)
            ended = RegistrationHold.activity_id == activity_id, RegistrationHold.until <= tx.now
            tx.session.execute(sa.delete(RegistrationHold).where(*ended))
            waiting_list.move_up(tx, activity)
