"""Reading surveys: lists, one whole as the caller may see it. Changes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.surveys import rules
from services.activities.surveys.tables import Survey, SurveyAnswer, SurveyGroup, SurveyMark, SurveyRoll, SurveySheet
from services.activities.surveys.use_cases.store import group_of, looks, runs, subject_of, survey_of
from services.activities.surveys.workflow import RUNS, SURVEY
from services.chassis.ballot_board import canonical
from services.chassis.database.history import history_of
from services.chassis.database.pagination import Key, page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.security.principal import require_member
from services.chassis.security.unit_scope import in_seen_units

_SORTS: dict[str, list[Key]] = {
    "-created_at": [(Survey.created_at, "desc"), (Survey.id, "desc")],
    "created_at": [(Survey.created_at, "asc"), (Survey.id, "asc")],
    "title": [(Survey.title, "asc"), (Survey.id, "asc")],
}
_IN_LIST = (
    "id", "title", "unit_id", "electorate", "activity_id", "anonymous", "by_unit", "state", "created_at", "opened_at",
    "closes_at", "closed_at", "published_at", "entitled", "sheets",
)  # fmt: skip
_WHOLE = ("about", "audience", "opens_at", "questions", "reason", "smallest", "rule", "with_texts", "version")
_STARTED = ("open", "closed", "published", "cancelled")
_MOST_STEPS = 50


def list_surveys(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of the surveys that the caller runs or audits."""
    statement = in_seen_units(sa.select(Survey), Survey.unit_id, tx.principal, request["unit_id"])
    if request["activity_id"] is not None:
        statement = statement.where(Survey.activity_id == request["activity_id"])
    page = page_of(tx, _narrowed(statement, request), request, _SORTS[request["sort"]])
    received = _received(tx, page.rows)
    return page.reply([{**_row(one), "sheets": received.get(one.id, one.sheets)} for one in page.rows])


def my_surveys(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of the surveys on whose roll the caller stands, latest first."""
    member_id = require_member(tx.principal, "Only members fill in surveys.", rule="surveys.caller_is_a_member")
    mine = sa.select(SurveyRoll.survey_id).where(SurveyRoll.member_id == member_id)
    statement = sa.select(Survey).where(Survey.id.in_(mine), Survey.state.in_(_STARTED))
    if request["ids"] is not None:
        statement = statement.where(Survey.id.in_(request["ids"]))
    page = page_of(tx, _narrowed(statement, request), request, _SORTS["-created_at"])
    done = _done(tx, [one.id for one in page.rows], member_id)
    return page.reply([{**_row(one), "mine": done.get(one.id, "open")} for one in page.rows])


def get_survey(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return one survey. Raises `NotAllowed` where the caller neither runs it nor was asked."""
    row = survey_of(tx, request["survey_id"])
    asked = row.state in _STARTED and group_of(tx, row.id, tx.principal.member_id) is not None
    if not looks(tx.principal, row.unit_id) and not asked:
        raise NotAllowed("This survey is for others.", rule="surveys.reader_is_asked")
    return detail(tx, row)


def detail(tx: Transaction, row: Survey) -> dict[str, Any]:
    """Return a survey whole, as the caller may see it."""
    tx.session.flush()
    principal, by_office = tx.principal, looks(tx.principal, row.unit_id)
    group = group_of(tx, row.id, principal.member_id)
    mine, answers = _mine(tx, row, principal.member_id if group is not None else None)
    told = rules.reader_is_told(by_office, row.state == "published", group is not None) is None
    return {
        **_row(row),
        **{name: getattr(row, name) for name in _WHOLE},
        "sheets": _received(tx, [row]).get(row.id, row.sheets) if by_office else row.sheets,
        "fingerprint": fingerprint_of(tx, row),
        "mine": mine,
        "group": group,
        "own_answers": answers,
        "may_fill": group is not None and rules.survey_is_open(row.state, row.closes_at, tx.now) is None,
        "shows_result": told and rules.result_is_out(row.state) is None,
        "actions": _actions(row) if runs(principal, row.unit_id) else [],
        "history": _steps(tx, row) if by_office else [],
    }


def keys_of(tx: Transaction, row: Survey) -> Sequence[tuple[int, str]]:
    """Return the public keys of the groups of an anonymous survey that was opened, in order."""
    if not row.anonymous or row.state not in _STARTED:
        return []
    keys = sa.select(SurveyGroup.number, SurveyGroup.public_key).where(
        SurveyGroup.survey_id == row.id, SurveyGroup.public_key.is_not(None)
    )
    return [(number, key or "") for number, key in tx.session.execute(keys.order_by(SurveyGroup.number))]


def fingerprint_of(tx: Transaction, row: Survey) -> str | None:
    """Return the hash of the keys of a survey, by which everybody sees that they are the same for all."""
    keys = keys_of(tx, row)
    return hashlib.sha256(canonical([str(row.id), [list(one) for one in keys]])).hexdigest() if keys else None


def _row(row: Survey) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _IN_LIST}


def _narrowed(statement: sa.Select[Any], request: Mapping[str, Any]) -> sa.Select[Any]:
    if request["state"] is not None:
        statement = statement.where(Survey.state == request["state"])
    if request["q"]:
        statement = statement.where(Survey.title.icontains(request["q"], autoescape=True))
    return statement


def _mine(tx: Transaction, row: Survey, member_id: UUID | None) -> tuple[str, list[Any] | None]:
    """Return what a member on the roll did; of an anonymous survey never whether the token was used."""
    if member_id is None:
        return "none", None
    found = tx.session.get(SurveyAnswer, (row.id, member_id))
    if found is not None:
        return "answered", [_typed(one) for one in json.loads(found.content)]
    return _done(tx, [row.id], member_id).get(row.id, "open"), None


def _typed(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return a kept answer with its day as a date, as the contract has it."""
    return {**answer, "day": date.fromisoformat(answer["day"]) if answer["day"] else None}


def _done(tx: Transaction, ids: Sequence[UUID], member_id: UUID) -> dict[UUID, str]:
    """Return of which surveys a member got a token or answered the questions."""
    done: dict[UUID, str] = {}
    for model, word in ((SurveyMark, "started"), (SurveyAnswer, "answered")):
        theirs = sa.select(model.survey_id).where(model.survey_id.in_(ids), model.member_id == member_id)
        done |= dict.fromkeys(tx.session.scalars(theirs), word)
    return done


def _received(tx: Transaction, rows: Sequence[Survey]) -> dict[UUID, int]:
    """Return how many answered open surveys so far, counted in one statement for each way of answering."""
    counts: dict[UUID, int] = {}
    for model, anonymous in ((SurveySheet, True), (SurveyAnswer, False)):
        ids = [one.id for one in rows if one.state == "open" and one.anonymous is anonymous]
        if ids:
            counted = sa.select(model.survey_id, sa.func.count()).where(model.survey_id.in_(ids))
            found = {one[0]: one[1] for one in tx.session.execute(counted.group_by(model.survey_id))}
            counts |= {one: found.get(one, 0) for one in ids}
    return counts


def _actions(row: Survey) -> list[str]:
    actions = list(SURVEY.legal(row.state, frozenset({RUNS})))
    return [*actions, "remind", "copy"] if row.state == "open" else [*actions, "copy"]


def _steps(tx: Transaction, row: Survey) -> list[dict[str, Any]]:
    """Return what was done with a survey, newest first."""
    page = history_of(tx, subject_of(row.id), limit=_MOST_STEPS)
    return [{"step": one.changes["step"]["new"], "at": one.changed_at, "reason": one.reason} for one in page.rows]
