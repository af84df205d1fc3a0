"""Writing surveys: drafts with their questions, and copies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.activities.calendar.use_cases.reading import find_activity, unknown_activity
from services.activities.surveys import rules
from services.activities.surveys.tables import Survey
from services.activities.surveys.use_cases.reading import detail
from services.activities.surveys.use_cases.store import held_to_run, move, require_runs, survey_of
from services.activities.surveys.workflow import SURVEY
from services.chassis.database.transaction import Transaction
from services.chassis.errors import PreconditionFailed, refuse_first
from services.chassis.identifiers import uuid7

_ASKED = ("about", "anonymous", "by_unit", "electorate", "audience", "activity_id", "questions")
_TERMS = ("title", *_ASKED, "opens_at", "closes_at")
_LONGEST_TITLE = 80
_COPY = "（副本）"


def write_survey(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Write a survey as a draft.

    Raises:
        NotAllowed: it is neither of the caller's own unit nor the caller an officer.
        Refused: electorate, options, conditions or times do not fit.
    """
    require_runs(tx.principal, request["unit_id"])
    _check(tx, request)
    return _add(tx, request["unit_id"], {name: request[name] for name in _TERMS})


def copy_survey(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Write what a survey asks, and whom, as a new draft without times."""
    row = survey_of(tx, request["survey_id"])
    require_runs(tx.principal, row.unit_id)
    title = row.title[: _LONGEST_TITLE - len(_COPY)] + _COPY
    return _add(tx, row.unit_id, {"title": title, **{name: getattr(row, name) for name in _ASKED}})


def change_survey(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Change a draft.

    Raises:
        PreconditionFailed: it was changed since it was read.
        Refused: it was opened, or electorate, options, conditions or times do not fit.
    """
    row = held_to_run(tx, request["survey_id"])
    if row.version != request["version"]:
        raise PreconditionFailed("The survey was changed meanwhile; read it again.", rule="version_is_current")
    move(tx, row, "save")
    _check(tx, request)
    for name in _TERMS:
        setattr(row, name, request[name])
    return detail(tx, row)


def _add(tx: Transaction, unit_id: UUID | None, values: Mapping[str, Any]) -> dict[str, Any]:
    row = Survey(id=uuid7(), unit_id=unit_id, state=SURVEY.initial, created_at=tx.now, version=0, **values)
    tx.session.add(row)
    move(tx, row, "save")
    return detail(tx, row)


def _check(tx: Transaction, request: Mapping[str, Any]) -> None:
    activity = None
    if request["activity_id"] is not None:
        activity = find_activity(tx, request["activity_id"])
        if activity is None:
            raise unknown_activity()
    own = tx.principal.units("chair")
    units = set(request["audience"]["units"])
    of_own = activity.organiser_unit_id in own if activity else bool(units) and units <= set(own)
    is_chair = tx.principal.kind != "service" and not tx.principal.has("officer")
    restricted = any(value not in (None, []) for value in request["audience"].values())
    refuse_first(
        rules.electorate_is_named(request["electorate"], restricted, activity is not None),
        rules.chair_asks_own_people(is_chair, of_own),
        rules.options_fit(request["questions"]),
        rules.conditions_fit(request["questions"]),
        rules.times_are_in_order(request["opens_at"], request["closes_at"], tx.now),
    )
