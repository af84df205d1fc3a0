"""Opening: the rule of the day is fixed, the roll is frozen, keys of anonymous surveys are made, then answers taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.surveys import rules
from services.activities.surveys.tables import Survey, SurveyGroup
from services.activities.surveys.use_cases import rolls
from services.activities.surveys.use_cases.reading import detail
from services.activities.surveys.use_cases.store import held, held_to_run, move, tell, terms
from services.chassis.ballot_board import encoded
from services.chassis.database.due_rows import AT_ONCE
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Problem, refuse_first
from services.chassis.process import logs
from services.chassis.process.native_threads import in_native_thread
from services.chassis.process.runtime import Call
from services.chassis.rules.optional import rule_or_none
from services.chassis.rules.refusal import cited, sourced
from services.chassis.security import blind_signatures as blinding
from services.contracts.activities.surveys.events import SurveyOpened

SMALLEST = "surveys.smallest_group"
_OPENED = ("title", "unit_id", "electorate", "anonymous", "closes_at")

log = logs.get_logger(__name__)


def open_survey(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Open a draft; an anonymous one takes answers once the recurring work has made its keys.

    Raises:
        Refused: nothing is asked, its time is over, or too few people may fill it in.
    """
    row = held_to_run(tx, request["survey_id"])
    _open(tx, row, request)
    return detail(tx, row)


def open_due(call: Call) -> None:
    """Open drafts whose moment has come; what refuses one is logged and tried again."""
    with call.transaction(readonly=True) as tx:
        due = sa.select(Survey.id).where(Survey.state == "draft", Survey.opens_at <= tx.now)
        ids = list(tx.session.scalars(due.order_by(Survey.opens_at).limit(AT_ONCE)))
    for survey_id in ids:
        request: dict[str, Any] = {"survey_id": survey_id}
        try:
            rolls.prepare(call, request)
            with call.transaction() as tx:
                row = held(tx, survey_id)
                if row.state == "draft" and row.opens_at is not None and row.opens_at <= tx.now:
                    _open(tx, row, request, by_clock=True)
        except Problem as problem:
            log.warning("survey_not_opened", id=str(survey_id), rule=problem.rule)


def make_keys(call: Call) -> None:
    """Make the keys of anonymous surveys that are being opened, then let them take answers."""
    with call.transaction(readonly=True) as tx:
        opening = sa.select(Survey.id).where(Survey.state == "opening").order_by(Survey.id).limit(AT_ONCE)
        waiting = list(tx.session.scalars(opening))
    for survey_id in waiting:
        while _make_next_key(call, survey_id):
            pass
        with call.transaction() as tx:
            row = held(tx, survey_id)
            if row.state == "opening" and _without_key(tx, survey_id) is None:
                _begin(tx, row)


def _open(tx: Transaction, row: Survey, request: Mapping[str, Any], *, by_clock: bool = False) -> None:
    move(tx, row, "open", by_clock=by_clock)
    rule = rule_or_none(tx, SMALLEST, tx.today)
    row.smallest = rule.count if rule else rules.USUAL_SMALLEST
    row.rule = cited(rule) if rule else None
    row.opened_at = tx.now
    refuse_first(rules.something_is_asked(len(row.questions)), rules.times_are_in_order(None, row.closes_at, tx.now))
    row.entitled = rolls.freeze(tx, row, request)
    refuse_first(sourced(rules.survey_is_large_enough(row.anonymous, row.entitled, row.smallest), rule))
    if not row.anonymous:
        _begin(tx, row)


def _begin(tx: Transaction, row: Survey) -> None:
    move(tx, row, "begin", by_clock=True)
    tell(row, "called")
    tx.record(SurveyOpened(**terms(row), **{name: getattr(row, name) for name in _OPENED}))


def _make_next_key(call: Call, survey_id: UUID) -> bool:
    """Make the key of a group that has none; return whether there was one. No transaction is open meanwhile."""
    with call.transaction(readonly=True) as tx:
        number = _without_key(tx, survey_id)
    if number is None:
        return False
    key = in_native_thread(blinding.new_key)
    with call.transaction() as tx:
        row = held(tx, survey_id)
        group = tx.session.get(SurveyGroup, (survey_id, number))
        if row.state == "opening" and group is not None and group.public_key is None:
            group.signing_key = blinding.private_text(key)
            group.public_key = encoded(blinding.public_bytes(key.public_key()))
    return row.state == "opening"


def _without_key(tx: Transaction, survey_id: UUID) -> int | None:
    missing = sa.select(SurveyGroup.number).where(SurveyGroup.survey_id == survey_id, SurveyGroup.public_key.is_(None))
    return tx.session.scalar(missing.order_by(SurveyGroup.number).limit(1))
