"""Running surveys: longer, reminded, closed with the count, published, cancelled; by hand or by the clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.activities.surveys import rules
from services.activities.surveys.tables import Survey, SurveyAnswer, SurveyMark, SurveySheet
from services.activities.surveys.use_cases.counting import count
from services.activities.surveys.use_cases.reading import detail
from services.activities.surveys.use_cases.store import groups_of, held, held_to_run, move, subject_of, tell, terms
from services.chassis import anonymous_sheets
from services.chassis.database.due_rows import take_due
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.process.runtime import Call
from services.contracts.activities.surveys.events import SurveyAnswered, SurveyClosed, SurveyPublished


def extend_survey(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take answers for longer. Raises `Refused` where it is not open, or the time is not later."""
    row = held_to_run(tx, request["survey_id"])
    move(tx, row, "extend")
    refuse_first(
        rules.survey_is_open(row.state, row.closes_at, tx.now),
        rules.extension_is_later(row.closes_at, request["closes_at"], tx.now),
    )
    row.closes_at = request["closes_at"]
    tell(row, "extended")
    return detail(tx, row)


def remind_survey(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Remind who has not answered. Raises `Refused` where it is not open, or they were told within a day."""
    row = held_to_run(tx, request["survey_id"])
    refuse_first(
        rules.survey_is_open(row.state, row.closes_at, tx.now),
        rules.reminder_is_due(row.opened_at, row.reminded_at, tx.now),
    )
    note_change(tx, subject_of(row.id), {"step": (None, "remind")})
    row.reminded_at = tx.now
    tell(row, "again")
    return detail(tx, row)


def close_survey(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Close a survey and count it; anonymous sheets and marks are erased with it. Before its time, people are told.

    Raises:
        Refused: it is not open, or there are more sheets than tokens.
    """
    row = held_to_run(tx, request["survey_id"])
    early = row.closes_at is not None and tx.now < row.closes_at
    _close(tx, row)
    tell(row, "closed" if early else None)
    return detail(tx, row)


def publish_survey(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Let those who were asked read the result. Raises `Refused` where it is not closed or published already."""
    row = held_to_run(tx, request["survey_id"])
    move(tx, row, "publish")
    row.published_at, row.with_texts = tx.now, request["with_texts"]
    tell(row, "published")
    tx.record(SurveyPublished(survey_id=row.id, with_texts=row.with_texts))
    return detail(tx, row)


def cancel_survey(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Cancel a survey with the reason; what was answered is erased, those who were asked are told."""
    row = held_to_run(tx, request["survey_id"])
    was_open = row.state == "open"
    move(tx, row, "cancel", request["reason"])
    row.reason, row.closed_at = request["reason"], tx.now
    _erase(tx, row)
    anonymous_sheets.erase(tx, {"survey_id": row.id}, SurveyAnswer)
    if was_open:
        tell(row, "cancelled")
        tx.record(SurveyClosed(**terms(row), sheets=0, cancelled=True))
    return detail(tx, row)


def close_due(call: Call) -> None:
    """Close surveys whose time is over."""
    take_due(
        call, Survey, "open", "closes_at", held=held, act=lambda tx, row: _close(tx, row, by_clock=True),
        refused="survey_not_closed",
    )  # fmt: skip


def settle_sheets(call: Call) -> None:
    """Rewrite sheets of open surveys in random order, and tell of marks, both only of twenty or more at a time.

    So neither how rows lie nor when an event was recorded says who was there just before.
    """
    with call.transaction(readonly=True) as tx:
        of_open = sa.select(Survey.id).where(Survey.state == "open", Survey.anonymous.is_(True))
        ids = list(tx.session.scalars(of_open))
    for survey_id in ids:
        with call.transaction() as tx:
            row = held(tx, survey_id)
            if row.state == "open":
                anonymous_sheets.settle(tx, SurveySheet, {"survey_id": survey_id})
                _tell_marks(tx, row)


def hand_over(tx: Transaction, event: ReceivedEvent) -> None:
    """Let surveys of a merged unit belong to the unit it was merged into."""
    theirs = sa.update(Survey).where(Survey.unit_id == event.data["unit_id"])
    tx.session.execute(theirs.values(unit_id=event.data["into_unit_id"]))


def _tell_marks(tx: Transaction, row: Survey) -> None:
    """Announce who needs not be asked again, in the order of their ids."""
    untold = sa.select(SurveyMark.member_id).where(SurveyMark.survey_id == row.id, SurveyMark.told.is_(False))
    members = list(tx.session.scalars(untold.order_by(SurveyMark.member_id)))
    if len(members) < anonymous_sheets.SMALLEST_BATCH:
        return
    noted = sa.update(SurveyMark).where(SurveyMark.survey_id == row.id, SurveyMark.member_id.in_(members))
    tx.session.execute(noted.values(told=True).execution_options(synchronize_session=False))
    tx.record(SurveyAnswered(survey_id=row.id, member_ids=members))


def _close(tx: Transaction, row: Survey, *, by_clock: bool = False) -> None:
    move(tx, row, "close", by_clock=by_clock)
    row.closed_at = tx.now
    row.sheets = count(tx, row)
    _erase(tx, row)
    tell(row, None)
    tx.record(SurveyClosed(**terms(row), sheets=row.sheets, cancelled=False))


def _erase(tx: Transaction, row: Survey) -> None:
    """Erase sheets, marks and signing keys of a survey that ended."""
    anonymous_sheets.erase(tx, {"survey_id": row.id}, SurveySheet, SurveyMark)
    for group in groups_of(tx, row.id):
        group.signing_key = None
