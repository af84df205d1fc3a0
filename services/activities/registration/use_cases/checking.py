"""What members may do about an activity now: one of them, or several who look at it at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, get_activity, unknown_activity
from services.activities.facts.use_cases import keeping
from services.activities.opening.use_cases.reminding import reminded_among
from services.activities.options.use_cases.reading import chosen, form_state
from services.activities.participants.use_cases.reading import invited_among, participants_of
from services.activities.questions.use_cases import reading as questions
from services.activities.registration import rules
from services.activities.registration.deciding_rules import not_refused_before, seat_can_be_handed_over
from services.activities.registration.tables import Handover, Registration
from services.activities.registration.use_cases import basis, holding
from services.activities.registration.use_cases.reading import (
    live_registrations,
    own_member_id,
    refused_among,
    with_options,
)
from services.activities.registration.use_cases.room import ONE_SEAT, Room, holds_of
from services.activities.registration.use_cases.rounds import NO_LIMIT
from services.activities.registration.use_cases.seating import applicant_of, offer_of
from services.chassis.database.transaction import Transaction
from services.chassis.rules.refusal import Refusal


def check_registration(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return whether the calling member may register or cancel now, with all refusals."""
    member_id = own_member_id(tx)
    return _checks(tx, get_activity(tx, request), [member_id])[0]


def check_registrations(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return an announced activity, and what each of the members may do about it now.

    The number of statements does not depend on the number of members.

    Raises:
        NotFound: there is no such activity, or it is a draft, which only `check_registration` answers for.
    """
    activity = get_activity(tx, request)
    if activity.scheduled_at is None:
        raise unknown_activity()
    member_ids = list(dict.fromkeys(request["member_ids"]))
    form = form_state(tx, activity) if activity.has_form else None
    asked = questions.shown(tx, activity)
    return {"activity": activity, "form": form, "questions": asked, "items": _checks(tx, activity, member_ids)}


def _checks(tx: Transaction, activity: Activity, member_ids: list[UUID]) -> list[dict[str, Any]]:
    live = live_registrations(tx, activity.id, member_ids)
    standing = {row["member_id"]: row for row in with_options(tx, live.values())}
    known, told = participants_of(tx, member_ids), keeping.kept(tx, activity, member_ids)
    invited = invited_among(tx, activity.id, member_ids)
    refused = refused_among(tx, activity.id, member_ids) if activity.moderated else {}
    every_hold = holds_of(tx, activity)
    held = holding.shown(activity, {one: every_hold[one] for one in member_ids if one in every_hold})
    reminded = reminded_among(tx, activity, member_ids)
    out = _codes_out(tx, activity, live.values())
    missing = _missing_answers(tx, activity, live.values())
    offer = _offer(tx, activity)
    to_cancel = _answers(rules.activity_is_not_over(offer, tx.now), rules.before_cancel_deadline(offer, tx.now))
    found = []
    for member_id in member_ids:
        mine = standing.get(member_id)
        asking = rules.Asking(offer, applicant_of(known.get(member_id), told.get(member_id)), tx.now)
        to_register = [] if mine else rules.refusals_of(asking)
        if not mine and (before := not_refused_before(refused.get(member_id))):
            to_register.insert(0, before)
        may_register = mine is None and not to_register
        found.append(
            {
                "activity_id": activity.id,
                "member_id": member_id,
                "registration": mine,
                "invited": member_id in invited,
                "may_register": may_register,
                "would_be": _would_be(activity, offer, held.get(member_id)) if may_register else None,
                "hold": held.get(member_id),
                "register_refusals": to_register,
                "may_cancel": mine is not None and not to_cancel,
                "cancel_refusals": to_cancel if mine else [],
                "basis": _basis_of(live.get(member_id), told.get(member_id)),
                "may_hand_over": mine is not None
                and seat_can_be_handed_over(activity.hand_over, mine["state"], asking) is None,
                "reminded": member_id in reminded,
                "handing_over": member_id in out,
                "missing_answers": missing.get(member_id, 0),
            }
        )
    return found


def _would_be(activity: Activity, offer: rules.Offer, hold: Mapping[str, Any] | None) -> str | None:
    if activity.moderated:
        return "pending"
    return "confirmed" if hold else offer.seats.next_place


def _codes_out(tx: Transaction, activity: Activity, rows: Iterable[Registration]) -> set[UUID]:
    """Return which of the members have told a code to a colleague; reads nothing where seats are not handed over."""
    if not activity.hand_over:
        return set()
    seats = {row.id: row.member_id for row in rows}
    found = sa.select(Handover.registration_id).where(Handover.registration_id.in_(seats))
    return {seats[one] for one in tx.session.scalars(found)}


def _basis_of(row: Registration | None, told: keeping.Told | None) -> dict[str, Any] | None:
    """Return by what a registration was decided; where there is none, by what it would be."""
    if row is not None:
        return basis.read(row.basis)
    return None if told is None else basis.shown(told)


def _missing_answers(tx: Transaction, activity: Activity, rows: Iterable[Registration]) -> dict[UUID, int]:
    """Return how many questions each registered member still has to answer."""
    asked, rows = questions.questions_of(tx, activity), list(rows)
    if not any(one.required for one in asked):
        return {}
    known = questions.answers_of(tx, [row.id for row in rows])
    return {
        row.member_id: questions.missing(asked, known.get(row.id, {}), chosen(row.companions, row.options).options)
        for row in rows
    }


def _offer(tx: Transaction, activity: Activity) -> rules.Offer:
    """Return what the rules see of an activity for a member who comes alone and chooses nothing."""
    offer = offer_of(activity)
    if activity.moderated:
        return replace(offer, seats=NO_LIMIT)
    if not activity.has_form:
        return offer
    room = Room(tx, activity)
    return replace(offer, seats=room.seats_for(ONE_SEAT, room.claims(tx)))


def _answers(*answers: Refusal | None) -> list[Refusal]:
    return [answer for answer in answers if answer is not None]
