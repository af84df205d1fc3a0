"""Answers after registering: one's own, changed until the deadline, and all of them for the organisers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.activities.calendar.use_cases.reading import (
    Activity,
    get_activity,
    lock_activity,
    require_organiser,
)
from services.activities.options.use_cases.reading import chosen
from services.activities.questions import rules
from services.activities.questions.tables import RegistrationAnswers
from services.activities.questions.use_cases import reading
from services.activities.registration.use_cases.reading import (
    Registration,
    live_registrations,
    own_member_id,
    page_of_live,
)
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotFound, refuse_first


def my_answers(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the calling member's answers, and whether they can be changed.

    Raises:
        NotFound: no such activity, or the member is not registered for it.
    """
    activity = get_activity(tx, request)
    return _own(tx, activity, _own_registration(tx, activity))


def set_answers(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Replace the calling member's answers.

    Raises:
        NotFound: no such activity, or the member is not registered for it.
        Refused: the last moment to change them has passed.
        InvalidInput: answers do not fit their questions; `errors` names each.
    """
    activity = lock_activity(tx, get_activity(tx, request).id)
    row = _own_registration(tx, activity)
    refuse_first(_changeable(tx, activity))
    options = chosen(row.companions, row.options).options
    checked = reading.check(reading.questions_of(tx, activity), request["answers"], options)
    if checked.wrong:
        raise InvalidInput(errors=reading.errors_of(checked))
    kept, before = reading.stored(row.id, activity.id, row.member_id, checked.answers, tx.now), None
    if stands := tx.session.get(RegistrationAnswers, row.id):
        before = stands.answered_at
        stands.answers, stands.answered_at = kept["answers"], tx.now
    else:
        tx.session.add(RegistrationAnswers(**kept))
    tx.session.flush()
    reading.mark_answered(tx, activity.id, list(checked.answers))
    note_change(tx, f"registration/{row.id}", {"answered_at": (before, tx.now)})
    return _own(tx, activity, row)


def list_answers(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of those who are registered with what they answered, in order of registration.

    Raises:
        NotAllowed: the caller does not organise the activity.
    """
    activity = get_activity(tx, request)
    require_organiser(tx.principal, activity.organiser_unit_id)
    page = page_of_live(tx, activity, request)
    questions = reading.questions_of(tx, activity)
    known = reading.answers_of(tx, [row.id for row in page.rows])
    items = []
    for row in page.rows:
        answers, options = known.get(row.id, {}), chosen(row.companions, row.options).options
        same = {name: getattr(row, name) for name in ("member_id", "unit_id", "state", "registered_at")}
        told = {"answers": reading.given_answers(questions, answers)}
        missing = reading.missing(questions, answers, options)
        items.append({"registration_id": row.id, **same, **told, "missing": missing})
    return page.reply(items)


def _own_registration(tx: Transaction, activity: Activity) -> Registration:
    row = live_registrations(tx, activity.id, [own_member_id(tx)])
    if not row:
        raise NotFound("The member is not registered for this activity.", rule="registration.member_is_registered")
    return next(iter(row.values()))


def _changeable(tx: Transaction, activity: Activity) -> Any:
    return rules.answers_can_be_changed((activity.cancel_until - tx.now).total_seconds(), activity.state)


def _own(tx: Transaction, activity: Activity, row: Registration) -> dict[str, Any]:
    answers = reading.answers_of(tx, [row.id]).get(row.id, {})
    options = chosen(row.companions, row.options).options
    return {
        "activity_id": activity.id,
        "registration_id": row.id,
        "questions": reading.shown(tx, activity),
        "options": list(options),
        "answers": {str(number): one for number, one in answers.items()},
        "missing": reading.missing(reading.questions_of(tx, activity), answers, options),
        "may_change": _changeable(tx, activity) is None,
        "until": activity.cancel_until,
    }
