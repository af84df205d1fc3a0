"""Reading rounds: lists, one round with what the caller may do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import history_of
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.security.principal import require_member
from services.governance.ratings import rules
from services.governance.ratings.tables import SMALL, RatingGroup, RatingMark, RatingPaper, RatingRoll, RatingRound
from services.governance.ratings.use_cases import readiness, sheets
from services.governance.ratings.use_cases.store import (
    given,
    group_of,
    groups_of,
    received,
    round_of,
    runs,
    sees,
    sees_all,
    subject_of,
    subjects_of,
    terms_of,
)
from services.governance.ratings.workflow import RATING, RUNS

MOST_STEPS = 50
_ROW = (
    "id", "title", "kind", "year", "way", "origin_kind", "origin_id", "state", "opens_at", "closes_at", "opened_at",
    "closed_at", "published_at", "created_at", "entitled", "sheets", "paper",
)  # fmt: skip
_FIXED = ("electorate", "remarks", "satisfied", "smallest", "reminded_at", "version")
_FILTERS = ("state", "kind", "year")
_ORDERS: dict[str, list[Any]] = {
    "-created_at": [(RatingRound.created_at, "desc"), (RatingRound.id, "desc")],
    "-year": [(RatingRound.year, "desc"), (RatingRound.id, "desc")],
    "closes_at": [(sa.func.coalesce(RatingRound.closes_at, RatingRound.created_at), "asc"), (RatingRound.id, "asc")],
}
_STEPS = {"reminded_at": "reminded", "published_at": "published"}

Request = Mapping[str, Any]


def list_ratings(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of rounds; to a chair those of the members."""
    statement = sa.select(RatingRound).where(*_narrowed(request))
    if not sees_all(tx.principal):
        statement = statement.where(RatingRound.kind == "union")
    page = page_of(tx, statement, request, _ORDERS[request["sort"]])
    return page.reply([row_of(one) for one in page.rows])


def my_ratings(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of rounds on whose roll the caller stands, newest first."""
    member_id = require_member(tx.principal, "Only members fill in sheets.", rule="ratings.caller_is_a_member")
    started = sa.exists().where(RatingMark.rating_id == RatingRound.id, RatingMark.member_id == member_id)
    own = sa.and_(RatingRoll.rating_id == RatingRound.id, RatingRoll.member_id == member_id)
    statement = sa.select(RatingRound, started.label("started")).join(RatingRoll, own)
    statement = statement.where(RatingRound.state != "opening")
    if request["state"] is not None:
        statement = statement.where(RatingRound.state == request["state"])
    if request["ids"] is not None:
        statement = statement.where(RatingRound.id.in_(request["ids"]))
    page = page_of(tx, statement, request, [(RatingRound.id, "desc")])
    return page.reply([{**row_of(one.RatingRound), "started": one.started} for one in page.rows])


def get_rating(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return one round. Raises `Refused` where the caller neither fills it in nor sees it by office."""
    row = round_of(tx, request["rating_id"])
    refuse_first(rules.reader_is_entitled(sees(tx, row)))
    return detail(tx, row)


def rating_of(tx: Transaction, rating_id: UUID) -> dict[str, Any]:
    """Return a round as other subjects cite it: title, state, and how many sheets were counted. Raises `NotFound`."""
    row = round_of(tx, rating_id)
    names = ("id", "title", "kind", "year", "state", "entitled", "sheets", "paper", "closed_at", "published_at")
    return {name: getattr(row, name) for name in names}


def row_of(row: RatingRound) -> dict[str, Any]:
    """Return a round as it stands in a list."""
    return {name: getattr(row, name) for name in _ROW}


def detail(tx: Transaction, row: RatingRound) -> dict[str, Any]:
    """Return a round in whole, with what the caller may do."""
    beside, runs_it, by_office = terms_of(tx, row.id), runs(tx.principal), sees_all(tx.principal)
    is_filled = row.way == "online" and row.state in ("open", "counting")
    return {
        **row_of(row),
        **{name: getattr(row, name) for name in _FIXED},
        "about": beside.about,
        "grades": beside.grades,
        "rules": beside.rules,
        "reason": beside.reason,
        "unit_ids": [UUID(one) for one in beside.unit_ids],
        "member_ids": [UUID(one) for one in beside.member_ids] if runs_it else [],
        "subjects": subjects(tx, row.id),
        "received": received(tx, row.id) if is_filled and by_office else None,
        "given_papers": sum(given(tx, row.id, paper=True).values()) if is_filled and by_office else None,
        "fingerprint": sheets.fingerprint_of(tx, row),
        "groups": list(_groups(tx, row)) if runs_it else [],
        "preview": readiness.preview(tx, row) if runs_it else None,
        "mine": _own(tx, row),
        "actions": _actions(row) if runs_it else [],
        "history": list(_steps(tx, row)) if by_office else [],
        "blocked": readiness.blocked_by(tx, row) if runs_it else None,
    }


def subjects(tx: Transaction, rating_id: UUID) -> list[dict[str, Any]]:
    """Return who is graded, as the contract has it."""
    names = ("number", "kind", "name", "post", "criteria")
    return [{name: getattr(one, name) for name in names} for one in subjects_of(tx, rating_id)]


def _groups(tx: Transaction, row: RatingRound) -> Iterator[dict[str, Any]]:
    papers = sa.select(RatingPaper.group, RatingPaper.sheets).where(RatingPaper.rating_id == row.id)
    entered = {one[0]: one.sheets for one in tx.session.execute(papers)}
    for one in groups_of(tx, row.id):
        told = {"group": one.number, "unit_id": one.unit_id, "entitled": one.entitled}
        yield {**told, "entered": entered.get(one.number, 0)}


def _own(tx: Transaction, row: RatingRound) -> dict[str, Any]:
    member_id = tx.principal.member_id
    number = group_of(tx, row.id, member_id) if member_id is not None else None
    if number is None or member_id is None:
        return {"on_roll": False, "group": None, "unit_id": None, "started": False, "may_fill": False}
    group = tx.session.get(RatingGroup, (row.id, number)) if number != SMALL else None
    return {
        "on_roll": True,
        "group": number,
        "unit_id": group.unit_id if group else None,
        "started": tx.session.get(RatingMark, (row.id, member_id)) is not None,
        "may_fill": rules.round_is_open(row.state, row.closes_at, tx.now) is None,
    }


def _actions(row: RatingRound) -> list[str]:
    actions = list(RATING.legal(row.state, frozenset({RUNS})))
    if row.state == "open":
        actions.append("papers")
        if row.way == "online":
            actions += ["remind", "give_paper"]
    if row.state == "closed" and rules.result_can_be_published(row.kind, row.published_at is not None) is None:
        actions.append("publish")
    return actions


def _steps(tx: Transaction, row: RatingRound) -> Iterator[dict[str, Any]]:
    """Yield what was done with a round, newest first."""
    for change in history_of(tx, subject_of(row), limit=MOST_STEPS).rows:
        state = change.changes.get("state")
        if state is not None:
            step = "created" if state["old"] is None else state["new"]
        else:
            papers = any(name.startswith("papers of") for name in change.changes)
            known = next((_STEPS[name] for name in change.changes if name in _STEPS), "changed")
            step = "papers" if papers else known
        yield {"step": step, "at": change.changed_at, "reason": change.reason}


def _narrowed(request: Request) -> Iterator[sa.ColumnElement[bool]]:
    if request["ids"] is not None:
        yield RatingRound.id.in_(request["ids"])
    if request["q"]:
        yield RatingRound.title.icontains(request["q"], autoescape=True)
    for name in _FILTERS:
        if request[name] is not None:
            yield getattr(RatingRound, name) == request[name]
