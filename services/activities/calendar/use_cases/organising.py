"""Use cases of organisers: schedule, announce, change, cancel, mark as held, copy.

Each function works in the caller's transaction: load, decide, save, record the event. Registration and participants
handle the effects on registrations and invitations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from services.activities.calendar import rules
from services.activities.calendar.tables import Activity
from services.activities.calendar.use_cases import announcements, following
from services.activities.calendar.use_cases.reading import (
    get_activity,
    lock_to_change,
    lock_to_update,
    require_organiser,
    subject_of,
)
from services.activities.calendar.workflow import ACTIVITY
from services.activities.participants.use_cases import inviting
from services.activities.registration.use_cases import waiting_list
from services.chassis.clock import day_of
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, refuse_first
from services.chassis.identifiers import uuid7
from services.chassis.rules.refusal import Refusal, first_refusal

_TIMES = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at", "cancel_until")
_COPIED = (
    "title", "title_en", "kind", "summary", "summary_en", "place", "capacity", "waiting_list", "audience", "fee",
    "organiser_unit_id", "plan_item_id",
)  # fmt: skip
_CHANGEABLE = (*_COPIED, *_TIMES, "sessions")


def schedule_activity(tx: Transaction, request: Mapping[str, Any]) -> Activity:
    """Store a new activity and announce it, unless it is a draft.

    Raises:
        NotAllowed: a chair organises for the own unit only.
        InvalidInput: the timetable breaks a rule; `field` and `rule` name it.
    """
    require_organiser(tx.principal, request["organiser_unit_id"])
    opens_at = request["registration_opens_at"] or min(tx.now, request["starts_at"] - timedelta(minutes=1))
    closes_at = request["registration_closes_at"] or request["starts_at"]
    times = {
        "starts_at": request["starts_at"],
        "ends_at": request["ends_at"],
        "registration_opens_at": opens_at,
        "registration_closes_at": closes_at,
        "cancel_until": request["cancel_until"] or closes_at,
    }
    activity = _store(tx, {name: request[name] for name in _COPIED}, times, request["sessions"])
    note_change(tx, subject_of(activity.id), {"state": (None, activity.state)})
    if not request["draft"]:
        _announce(tx, activity)
    return activity


def draft_for_union(tx: Transaction, request: Mapping[str, Any]) -> Activity:
    """Store a draft of the union's own calendar for who may not organise: an officer announces it, or not.

    Args:
        tx: the transaction.
        request: title, kind, summary, place, starts_at, ends_at, capacity; the caller has checked who asks.

    Raises:
        InvalidInput: the times break a rule.
    """
    starts_at = request["starts_at"]
    times = {
        "starts_at": starts_at, "ends_at": request["ends_at"], "registration_closes_at": starts_at,
        "registration_opens_at": min(tx.now, starts_at - timedelta(minutes=1)), "cancel_until": starts_at,
    }  # fmt: skip
    texts = dict.fromkeys(_COPIED) | {"waiting_list": True, "fee": 0, "audience": {"units": [], "employments": []}}
    activity = _store(tx, {**texts, **{name: request[name] for name in _COPIED if name in request}}, times, [])
    note_change(tx, subject_of(activity.id), {"state": (None, activity.state)})
    return activity


def announce_activity(tx: Transaction, request: Mapping[str, Any]) -> Activity:
    """Announce a draft. Raises `Refused` (workflow.activity) when it is no draft any more."""
    activity = lock_to_change(tx, request)
    activity.version += 1
    _announce(tx, activity)
    return activity


def update_activity(tx: Transaction, request: Mapping[str, Any]) -> Activity:
    """Change the given fields; when the number of seats changes, the waiting list is updated at once.

    Raises:
        PreconditionFailed: another version stands than the one that was read.
        InvalidInput: the new timetable breaks a rule.
        Refused: the activity is held or cancelled, or fewer seats than are taken without `move_overflow`.
    """
    activity = lock_to_update(tx, request)
    if "starts_at" in request:
        _refuse_input([rules.activity_is_near(request["starts_at"], tx.now)])
    given = {name: request[name] for name in _CHANGEABLE if name in request}
    changes = {name: (getattr(activity, name), value) for name, value in given.items()}
    changes = {name: (old, new) for name, (old, new) in changes.items() if old != new}
    if "organiser_unit_id" in changes:
        require_organiser(tx.principal, request["organiser_unit_id"])
    if not changes:
        return activity
    after = {name: given.get(name, getattr(activity, name)) for name in _CHANGEABLE}
    _check_times(after, after["sessions"])
    _check_seats(activity, after, move_overflow=request["move_overflow"])
    waiting_list.make_room(tx, activity, after["capacity"])
    for name, value in given.items():
        setattr(activity, name, value)
    if "audience" in changes:
        following.name(tx, activity)
    waiting_list.move_up(tx, activity)
    activity.version += 1
    note_change(tx, subject_of(activity.id), changes, request["reason"])
    if activity.state == "scheduled":
        tx.record(announcements.rescheduled(activity, sorted(changes)))
        inviting.invite_waiting(tx, activity)
    return activity


def cancel_activity(tx: Transaction, request: Mapping[str, Any]) -> Activity:
    """Cancel an activity and all its registrations; invited newcomers wait for the next ceremony.

    Raises:
        PreconditionFailed: another version stands than the one that was read.
        Refused: it was held or cancelled before (workflow.activity).
    """
    activity = lock_to_change(tx, request)
    was = activity.state
    activity.state = ACTIVITY.apply(was, "cancel", roles=None)
    activity.cancel_reason_code = request["reason_code"]
    activity.cancel_note = request["reason"]
    activity.version += 1
    note_change(tx, subject_of(activity.id), {"state": (was, activity.state)}, request["reason"])
    if was == "scheduled":
        tx.record(announcements.cancelled(activity, activity.seats_taken + activity.waiting))
        waiting_list.cancel_all(tx, activity)
        inviting.take_back(tx, activity)
    return activity


def hold_activity(tx: Transaction, request: Mapping[str, Any]) -> Activity:
    """Record that an activity took place, or correct the day or the count.

    Raises:
        Refused: it has not started, was called off, or the day can't be right.
    """
    activity = lock_to_change(tx, request)
    first_day = day_of(activity.starts_at)
    held_on = request["held_on"] or activity.held_on or first_day
    before = {"state": activity.state, "held_on": activity.held_on, "attended": activity.attended}
    state = ACTIVITY.apply(activity.state, "hold", roles=None, subject=activity, context=tx.now)
    _refuse_input([rules.held_on_a_day_that_was(held_on, first_day, tx.today)])
    attended = request["attended"] if request["attended"] is not None else activity.attended
    refuse_first(rules.count_is_not_another(activity.counted, activity.attended, attended))
    after = {"state": state, "held_on": held_on, "attended": attended}
    if before == after:
        return activity
    for name, value in after.items():
        setattr(activity, name, value)
    activity.version += 1
    note_change(tx, subject_of(activity.id), {name: (before[name], after[name]) for name in after})
    tx.record(announcements.held(activity))
    return activity


def clone_activity(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Copy an activity to each new start, with all other times shifted; the copies form a series."""
    original = get_activity(tx, request)
    require_organiser(tx.principal, original.organiser_unit_id)
    if original.series_id is None:
        original.series_id = uuid7()
    copies = [
        _clone(tx, original, starts_at - original.starts_at, request) for starts_at in sorted(set(request["starts_at"]))
    ]
    return {"items": copies}


def _clone(tx: Transaction, original: Activity, distance: timedelta, request: Mapping[str, Any]) -> Activity:
    texts = {name: getattr(original, name) for name in _COPIED}
    if request["title"] is not None:
        texts["title"] = request["title"]
    times = {name: getattr(original, name) + distance for name in _TIMES}
    sessions = [
        {**session, "starts_at": session["starts_at"] + distance, "ends_at": session["ends_at"] + distance}
        for session in original.sessions
    ]
    copy = _store(tx, {**texts, "series_id": original.series_id}, times, sessions)
    note_change(tx, subject_of(copy.id), {"state": (None, copy.state), "copied_from": (None, original.id)})
    if not request["draft"]:
        _announce(tx, copy)
    return copy


def _store(
    tx: Transaction, texts: Mapping[str, Any], times: Mapping[str, Any], sessions: list[dict[str, Any]]
) -> Activity:
    _check_times(times, sessions)
    _refuse_input([rules.activity_is_near(times["starts_at"], tx.now)])
    values = {**texts, "fee": Decimal(texts["fee"]), **times, "sessions": sessions}
    activity = Activity(
        id=uuid7(), state=ACTIVITY.initial, created_at=tx.now, created_by=tx.principal.actor,
        seats_taken=0, waiting=0, last_ticket=0, version=1, **values,
    )  # fmt: skip
    following.name(tx, activity)
    tx.session.add(activity)
    tx.session.flush()
    return activity


def _announce(tx: Transaction, activity: Activity) -> None:
    was = activity.state
    activity.state = ACTIVITY.apply(was, "announce", roles=None)
    activity.scheduled_at = tx.now
    note_change(tx, subject_of(activity.id), {"state": (was, activity.state)})
    tx.session.flush()
    tx.record(announcements.scheduled(activity))
    inviting.invite_waiting(tx, activity)


def _check_times(times: Mapping[str, Any], sessions: Iterable[Mapping[str, Any]]) -> None:
    spans = [(session["starts_at"], session["ends_at"]) for session in sessions]
    table = rules.Timetable(**{name: times[name] for name in _TIMES}, sessions=spans)
    _refuse_input(rule(table) for rule in rules.TIMETABLE_RULES)


def _check_seats(activity: Activity, after: Mapping[str, Any], *, move_overflow: bool) -> None:
    change = rules.SeatChange(after["capacity"], activity.seats_taken, after["waiting_list"], move_overflow)
    refuse_first(rules.seats_cover_those_who_have_one(change))


def _refuse_input(answers: Iterable[Refusal | None]) -> None:
    """Raise `InvalidInput` for the first rule that the input breaks."""
    refusal = first_refusal(answers)
    if refusal is not None:
        raise InvalidInput(refusal.detail, field=refusal.field, rule=refusal.rule, params=refusal.params)
