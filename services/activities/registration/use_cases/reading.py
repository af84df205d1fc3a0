"""Reading registrations: lists, positions, turnout. Changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
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
)
from services.activities.options.use_cases.reading import chosen, option_names
from services.activities.participants.use_cases.reading import invitations_of
from services.activities.questions.use_cases import reading as questions
from services.activities.registration.tables import Registration as Registration
from services.activities.registration.use_cases import basis
from services.activities.registration.workflow import LIVE, SEATED
from services.chassis.database.pagination import Page, page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.security.principal import require_member

_FACTS = (
    "id", "activity_id", "member_id", "unit_id", "state", "registered_at", "confirmed_at", "cancelled_at",
    "cancel_cause", "companions", "offered_until", "priority", "priority_reason",
    "refusal_reason",
)  # fmt: skip
_SEES_ALL = ("officer", "auditor")
_STATES = sa.case({state: rank for rank, state in enumerate(LIVE)}, value=Registration.state, else_=len(LIVE))


def list_registrations(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of an activity's registrations: seats, waiting list, cancelled, each in order of registration."""
    activity = get_activity(tx, request)
    statement = sa.select(Registration).where(Registration.activity_id == activity.id, *_visible(tx, activity))
    if request["state"] is not None:
        statement = statement.where(Registration.state == request["state"])
    if request["unit_id"] is not None:
        statement = statement.where(Registration.unit_id == request["unit_id"])
    page = page_of(tx, statement, request, [(_STATES, "asc"), (Registration.rank, "asc")])
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
    answers = _own_answers(tx, page.rows, activities)
    items = [
        {
            **facts, "activity": activities[facts["activity_id"]], "basis": bases[facts["id"]],
            "answers": answers.get(facts["id"], []),
        }
        for facts in with_options(tx, page.rows)
    ]  # fmt: skip
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


def _own_answers(
    tx: Transaction, rows: Iterable[Registration], activities: Mapping[UUID, Activity]
) -> dict[UUID, list[dict[str, Any]]]:
    """Return answers with their questions by registration; reads nothing where no activity has questions."""
    asked = {row.id: row.activity_id for row in rows if activities[row.activity_id].has_questions}
    known = questions.answers_of(tx, asked)
    of = {one: questions.questions_of(tx, activities[one]) for one in {asked[registration] for registration in known}}
    return {one: questions.given_answers(of[asked[one]], answers) for one, answers in known.items()}


def page_of_live(tx: Transaction, activity: Activity, request: Mapping[str, Any]) -> Page:
    """Return a page of an activity's active registrations of a `state` or `unit_id`, in order of registration."""
    wanted = [Registration.activity_id == activity.id, Registration.state.in_(LIVE)]
    wanted += [
        getattr(Registration, name) == request[name] for name in ("state", "unit_id") if request[name] is not None
    ]
    return page_of(tx, sa.select(Registration).where(*wanted), request, [(Registration.ticket, "asc")])


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


def positions_of(tx: Transaction, rows: Iterable[Registration]) -> dict[UUID, int]:
    """Return the position of each waiting registration on its activity's list, from 1."""
    waiting = [row.id for row in rows if row.state == "waitlisted"]
    if not waiting:
        return {}
    ahead = sa.orm.aliased(Registration)
    statement = (
        sa.select(Registration.id, sa.func.count())
        .join(ahead, (ahead.activity_id == Registration.activity_id) & (ahead.rank <= Registration.rank))
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


def refused_among(tx: Transaction, activity_id: UUID, member_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return why the organiser refused members' registrations before, by member."""
    theirs = Registration.activity_id == activity_id, Registration.member_id.in_(member_ids)
    refused = sa.select(Registration).where(*theirs, Registration.cancel_cause == "refused")
    return {row.member_id: row.refusal_reason or "—" for row in tx.session.scalars(refused)}


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


def options_chosen(tx: Transaction, activity_id: UUID) -> set[int]:
    """Return the numbers of the options that somebody chose, also in registrations that ended."""
    every = sa.select(Registration.options).where(Registration.activity_id == activity_id).distinct()
    return {number for options in tx.session.scalars(every) for number in chosen(0, options).options}
