"""Reading registrations. Changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import (
    Activity,
    activities_by_id,
    get_activity,
    require_organiser,
    start_of,
    still_to_come,
    unknown_activity,
)
from services.activities.facts.use_cases import keeping
from services.activities.options.use_cases.reading import chosen, form_state, option_names
from services.activities.participants.use_cases.reading import invitations_of, invited_among, participants_of
from services.activities.registration import rules
from services.activities.registration.tables import Registration
from services.activities.registration.use_cases import basis
from services.activities.registration.use_cases.room import ONE_SEAT, Room
from services.activities.registration.use_cases.seating import applicant_of, offer_of
from services.activities.registration.workflow import LIVE, SEATED
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.rules.refusal import Refusal
from services.chassis.security.principal import require_member

_FACTS = (
    "id", "activity_id", "member_id", "unit_id", "state", "registered_at", "confirmed_at", "cancelled_at",
    "cancel_cause", "companions", "offered_until",
)  # fmt: skip
_SEES_ALL = ("officer", "auditor")
_RANK = sa.case({state: rank for rank, state in enumerate(LIVE)}, value=Registration.state, else_=len(LIVE))


def list_registrations(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of an activity's registrations: seats, waiting list, cancelled, each in order of registration."""
    activity = get_activity(tx, request)
    statement = sa.select(Registration).where(Registration.activity_id == activity.id, *_visible(tx, activity))
    if request["state"] is not None:
        statement = statement.where(Registration.state == request["state"])
    if request["unit_id"] is not None:
        statement = statement.where(Registration.unit_id == request["unit_id"])
    page = page_of(tx, statement, request, [(_RANK, "asc"), (Registration.ticket, "asc")])
    return page.reply(with_options(tx, page.rows))


def my_registrations(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of the own registrations: coming ones with the next first, or all with the latest first."""
    statement = sa.select(Registration).where(Registration.member_id == own_member_id(tx))
    if request["state"] is not None:
        statement = statement.where(Registration.state == request["state"])
    if request["upcoming"]:
        statement = statement.where(Registration.activity_id.in_(still_to_come(tx.now)), Registration.state.in_(LIVE))
    order = "asc" if request["upcoming"] else "desc"
    page = page_of(tx, statement, request, [(start_of(Registration.activity_id), order), (Registration.id, order)])
    activities = activities_by_id(tx, {row.activity_id for row in page.rows})
    bases = {row.id: basis.read(row.basis) for row in page.rows}
    items = [
        {**facts, "activity": activities[facts["activity_id"]], "basis": bases[facts["id"]]}
        for facts in with_options(tx, page.rows)
    ]
    return page.reply(items)


def my_invitations(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of the own invitations to coming activities, with the state of each."""
    member_id = own_member_id(tx)
    page = invitations_of(tx, member_id, cursor=request["cursor"], limit=request["limit"])
    ids = [invitation.activity_id for invitation in page.rows]
    activities = activities_by_id(tx, ids)
    states = _latest_states(tx, member_id, ids)
    items = [
        {
            "activity_id": invitation.activity_id,
            "member_id": member_id,
            "invited_at": invitation.invited_at,
            "registration_state": states.get(invitation.activity_id),
            "activity": activities[invitation.activity_id],
        }
        for invitation in page.rows
    ]
    return page.reply(items)


def members_with_seats(tx: Transaction, activity_id: UUID) -> list[UUID]:
    """Return the members who have a seat in an activity, in order of registration."""
    seated = sa.select(Registration.member_id).where(
        Registration.activity_id == activity_id, Registration.state == "confirmed"
    )
    return list(tx.session.scalars(seated.order_by(Registration.ticket)))


def turnout(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return seats and waiting list by unit, as far as the caller may see them."""
    activity = get_activity(tx, request)
    of = {"confirmed": SEATED, "waitlisted": ("waitlisted",)}
    counts = [sa.func.sum(sa.case((Registration.state.in_(of[name]), 1), else_=0)).label(name) for name in of]
    statement = (
        sa.select(Registration.unit_id, *counts)
        .where(Registration.activity_id == activity.id, Registration.state.in_(LIVE), *_visible(tx, activity))
        .where(Registration.unit_id.is_not(None))
        .group_by(Registration.unit_id)
        .order_by(Registration.unit_id)
    )
    return {"activity_id": activity.id, "items": [row._asdict() for row in tx.session.execute(statement)]}


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
    return {"activity": activity, "form": form, "items": _checks(tx, activity, member_ids)}


def _checks(tx: Transaction, activity: Activity, member_ids: list[UUID]) -> list[dict[str, Any]]:
    live = live_registrations(tx, activity.id, member_ids)
    standing = {row["member_id"]: row for row in with_options(tx, live.values())}
    known, told = participants_of(tx, member_ids), keeping.kept(tx, activity, member_ids)
    invited = invited_among(tx, activity.id, member_ids)
    offer = _offer(tx, activity)
    to_cancel = _answers(rules.activity_is_not_over(offer, tx.now), rules.before_cancel_deadline(offer, tx.now))
    found = []
    for member_id in member_ids:
        mine = standing.get(member_id)
        asking = rules.Asking(offer, applicant_of(known.get(member_id), told.get(member_id)), tx.now)
        to_register = [] if mine else rules.refusals_of(asking)
        may_register = mine is None and not to_register
        found.append(
            {
                "activity_id": activity.id,
                "member_id": member_id,
                "registration": mine,
                "invited": member_id in invited,
                "may_register": may_register,
                "would_be": offer.seats.next_place if may_register else None,
                "register_refusals": to_register,
                "may_cancel": mine is not None and not to_cancel,
                "cancel_refusals": to_cancel if mine else [],
                "basis": _basis_of(live.get(member_id), told.get(member_id)),
            }
        )
    return found


def _basis_of(row: Registration | None, told: keeping.Told | None) -> dict[str, Any] | None:
    """Return by what a registration was decided; where there is none, by what it would be."""
    if row is not None:
        return basis.read(row.basis)
    return None if told is None else basis.shown(told)


def own_member_id(tx: Transaction) -> UUID:
    """Return the member of the calling account. Raises `NotAllowed` when it has none."""
    return require_member(tx.principal, "This account belongs to no member.", rule="registration.applicant_is_a_member")


def live_registrations(tx: Transaction, activity_id: UUID, member_ids: Collection[UUID]) -> dict[UUID, Registration]:
    """Return the active registrations, by member."""
    statement = sa.select(Registration).where(
        Registration.activity_id == activity_id, Registration.member_id.in_(member_ids), Registration.state.in_(LIVE)
    )
    return {row.member_id: row for row in tx.session.scalars(statement.execution_options(populate_existing=True))}


def with_options(tx: Transaction, rows: Iterable[Registration]) -> list[dict[str, Any]]:
    """Return registrations with what they chose, and the waiting position of those that wait."""
    rows = list(rows)
    positions = positions_of(tx, rows)
    with_choice = {row.activity_id for row in rows if row.options}
    names = option_names(tx, with_choice) if with_choice else {}
    found = []
    for row in rows:
        numbers = chosen(row.companions, row.options).options
        found.append(
            {
                **{name: getattr(row, name) for name in _FACTS},
                "position": positions.get(row.id),
                "options": list(numbers),
                "option_names": [names[row.activity_id, number] for number in numbers],
            }
        )
    return found


def _offer(tx: Transaction, activity: Activity) -> rules.Offer:
    """Return what the rules see of an activity for a member who comes alone and chooses nothing."""
    offer = offer_of(activity)
    if not activity.has_form:
        return offer
    room = Room(tx, activity)
    return replace(offer, seats=room.seats_for(ONE_SEAT, room.claims(tx)))


def positions_of(tx: Transaction, rows: Iterable[Registration]) -> dict[UUID, int]:
    """Return the position of each waiting registration on its activity's list, from 1."""
    waiting = [row.id for row in rows if row.state == "waitlisted"]
    if not waiting:
        return {}
    ahead = sa.orm.aliased(Registration)
    statement = (
        sa.select(Registration.id, sa.func.count())
        .join(ahead, (ahead.activity_id == Registration.activity_id) & (ahead.ticket <= Registration.ticket))
        .where(Registration.id.in_(waiting), ahead.state == "waitlisted")
        .group_by(Registration.id)
    )
    return {row[0]: row[1] for row in tx.session.execute(statement)}


def standing_of(activity: Activity) -> dict[str, Any]:
    """Return the figures of an activity as replies have them."""
    return {
        "activity_id": activity.id,
        "seats_taken": activity.seats_taken,
        "seats_left": activity.seats_left,
        "waiting": activity.waiting,
    }


def latest_of(tx: Transaction, activity_id: UUID, member_id: UUID) -> Registration | None:
    """Return the member's registration of this activity, the active one or else the last that ended."""
    statement = sa.select(Registration).where(
        Registration.activity_id == activity_id, Registration.member_id == member_id
    )
    statement = statement.order_by(Registration.ticket.desc()).limit(1).execution_options(populate_existing=True)
    return tx.session.scalar(statement)


def _visible(tx: Transaction, activity: Any) -> list[sa.ColumnElement[bool]]:
    """The condition of the rows a chair sees: all of own activities, else those of the own unit's members."""
    try:
        require_organiser(tx.principal, activity.organiser_unit_id, also=_SEES_ALL)
    except NotAllowed:
        return [Registration.unit_id.in_(tx.principal.units("chair"))]
    return []


def _latest_states(tx: Transaction, member_id: UUID, activity_ids: list[UUID]) -> dict[UUID, str]:
    statement = (
        sa.select(Registration.activity_id, Registration.state)
        .where(Registration.member_id == member_id, Registration.activity_id.in_(activity_ids))
        .order_by(Registration.ticket)
    )
    return {row.activity_id: row.state for row in tx.session.execute(statement)}


def _answers(*answers: Refusal | None) -> list[Refusal]:
    return [answer for answer in answers if answer is not None]


def options_chosen(tx: Transaction, activity_id: UUID) -> set[int]:
    """Return the numbers of the options that somebody chose, also in registrations that ended."""
    every = sa.select(Registration.options).where(Registration.activity_id == activity_id).distinct()
    return {number for options in tx.session.scalars(every) for number in chosen(0, options).options}
