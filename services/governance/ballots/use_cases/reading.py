"""Reading ballots: lists, one ballot with what the caller may do, the roll, named votes, the result."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from services.chassis.database.history import history_of
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.chassis.security.principal import require_member
from services.chassis.security.unit_scope import in_seen_units
from services.governance.ballots import rules
from services.governance.ballots.tables import Ballot, BallotResult, BallotRoll, BallotVote
from services.governance.ballots.use_cases.own_part import own_part
from services.governance.ballots.use_cases.readiness import blocked_by
from services.governance.ballots.use_cases.store import (
    ballot_of,
    cast_so_far,
    options_of,
    require_sight,
    runs,
    sees,
    subject_of,
    terms_of,
    voted_on,
)
from services.governance.ballots.workflow import BALLOT, RUNS
from services.governance.secret_ballots.use_cases import ceremony, signing

MOST_STEPS = 50
_ROW = (
    "id", "title", "kind", "secrecy", "body", "origin_kind", "origin_id", "seats", "counts", "state", "opens_at",
    "closes_at", "opened_at", "closed_at", "created_at", "entitled", "outcome",
)  # fmt: skip
_FIXED = ("electorate", "base", "comparator", "proxies_most", "presence_known", "run_off_of", "called", "version")
_FILTERS = ("state", "kind", "secrecy", "body")
_ORDERS: dict[str, list[Any]] = {
    "-created_at": [(Ballot.created_at, "desc"), (Ballot.id, "desc")],
    "closes_at": [(sa.func.coalesce(Ballot.closes_at, Ballot.created_at), "asc"), (Ballot.id, "asc")],
}

Request = Mapping[str, Any]


def list_ballots(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of ballots; to a chair those of the own unit and of the whole union."""
    statement = sa.select(Ballot).where(*_narrowed(request))
    if not (tx.principal.kind == "service" or tx.principal.has("officer", "auditor")):
        own = sa.and_(Ballot.origin_kind == "unit", Ballot.origin_id.in_(tx.principal.units("chair")))
        statement = statement.where(sa.or_(own, Ballot.origin_kind == "union"))
    page = page_of(tx, statement, request, _ORDERS[request["sort"]])
    return page.reply([row(one) for one in page.rows])


def my_ballots(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of ballots on whose roll the caller stands, newest first."""
    member_id = require_member(tx.principal, "Only members vote.", rule="ballots.caller_is_a_member")
    named = sa.exists().where(BallotVote.ballot_id == Ballot.id, BallotVote.member_id == member_id)
    voted = sa.or_(named, signing.token_is_fetched(Ballot.id, member_id)).label("voted")
    own = sa.and_(BallotRoll.ballot_id == Ballot.id, BallotRoll.member_id == member_id)
    statement = sa.select(Ballot, voted).join(BallotRoll, own).where(Ballot.state != "opening")
    if request["state"] is not None:
        statement = statement.where(Ballot.state == request["state"])
    if request["ids"] is not None:
        statement = statement.where(Ballot.id.in_(request["ids"]))
    page = page_of(tx, statement, request, [(Ballot.id, "desc")])
    return page.reply([{**row(one.Ballot), "voted": one.voted} for one in page.rows])


def get_ballot(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return one ballot. Raises `NotAllowed` where the caller neither votes nor runs it."""
    ballot = ballot_of(tx, request["ballot_id"])
    require_sight(tx, ballot)
    return detail(tx, ballot)


def get_ballot_result(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return the result of a closed ballot. Raises `Refused` before it is closed."""
    ballot = ballot_of(tx, request["ballot_id"])
    require_sight(tx, ballot)
    refuse_first(rules.result_is_out(ballot.state))
    return result_of(tx, ballot.id)


def result_of(tx: Transaction, ballot_id: UUID) -> dict[str, Any]:
    """Return the result of a ballot that is closed, as `BallotResult` of the contract has it. Raises `NotFound`."""
    found = tx.get(BallotResult, ballot_id, "There is no result.", field="ballot_id")
    ballot = ballot_of(tx, ballot_id)
    options = {one["key"]: one for one in _options(tx, ballot)}
    return {
        **found.figures,
        "ballot_id": ballot_id,
        "counted_at": found.counted_at,
        "rules": terms_of(tx, ballot).rules,
        "options": [{**options[one["key"]], **one} for one in found.figures["options"]],
        "units": [
            {**one, "unit_id": UUID(one["unit_id"]) if one["unit_id"] else None} for one in found.figures["units"]
        ],
    }


def stages_of(tx: Transaction, ballot_ids: Collection[UUID]) -> dict[UUID, tuple[str, UUID | None]]:
    """Return the state of each ballot and the ballot of its next round, None while there is none."""
    following = aliased(Ballot)
    stages = sa.select(Ballot.id, Ballot.state, following.id).outerjoin(following, following.run_off_of == Ballot.id)
    return {row[0]: (row[1], row[2]) for row in tx.session.execute(stages.where(Ballot.id.in_(ballot_ids)))}


def list_voters(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of the roll; to a chair of the own unit's members, where the ballot is not the unit's."""
    ballot = ballot_of(tx, request["ballot_id"])
    if not sees(tx.principal, ballot):
        raise NotAllowed("Only who may vote, and who runs it, sees a ballot.", rule="ballots.is_seen_by_voters")
    of_voter = sa.and_(BallotVote.ballot_id == BallotRoll.ballot_id, BallotVote.member_id == BallotRoll.member_id)
    statement = sa.select(BallotRoll, BallotVote.cast_at).outerjoin(BallotVote, of_voter)
    statement = statement.where(BallotRoll.ballot_id == ballot.id)
    if runs(tx.principal, ballot):
        if request["unit_id"] is not None:
            statement = statement.where(BallotRoll.unit_id == request["unit_id"])
    else:
        statement = in_seen_units(statement, BallotRoll.unit_id, tx.principal, request["unit_id"])
    if request["show"] != "all":
        has_voted = BallotVote.member_id.is_not(None)
        statement = statement.where(has_voted if request["show"] == "voted" else ~has_voted)
    page = page_of(tx, statement, request, [(BallotRoll.member_id, "asc")])
    return page.reply([_voter(one.BallotRoll, one.cast_at) for one in page.rows])


def list_votes(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of who voted what in a named ballot that is closed, to its voters and to who sees it by office."""
    ballot = ballot_of(tx, request["ballot_id"])
    require_sight(tx, ballot)
    refuse_first(rules.votes_are_named(ballot.secrecy), rules.result_is_out(ballot.state))
    of_voter = sa.and_(BallotRoll.ballot_id == BallotVote.ballot_id, BallotRoll.member_id == BallotVote.member_id)
    statement = sa.select(BallotVote, BallotRoll.unit_id).join(BallotRoll, of_voter)
    statement = statement.where(BallotVote.ballot_id == ballot.id)
    if request["unit_id"] is not None:
        statement = statement.where(BallotRoll.unit_id == request["unit_id"])
    page = page_of(tx, statement, request, [(BallotVote.member_id, "asc")])
    options = {one["key"]: one for one in _options(tx, ballot)}
    return page.reply([_named(one.BallotVote, one.unit_id, ballot.kind, options) for one in page.rows])


def row(ballot: Ballot) -> dict[str, Any]:
    """Return a ballot as it stands in a list."""
    return {name: getattr(ballot, name) for name in _ROW}


def detail(tx: Transaction, ballot: Ballot) -> dict[str, Any]:
    """Return a ballot in whole, with what the caller may do."""
    beside, runs_it = terms_of(tx, ballot), runs(tx.principal, ballot)
    by_office = sees(tx.principal, ballot)
    following = tx.session.scalar(sa.select(Ballot.id).where(Ballot.run_off_of == ballot.id))
    return {
        **row(ballot),
        **{name: getattr(ballot, name) for name in _FIXED},
        "about": beside.about,
        "unit_ids": [UUID(one) for one in beside.unit_ids],
        "member_ids": [UUID(one) for one in beside.member_ids] if by_office else [],
        "options": _options(tx, ballot),
        "cast": ceremony.on_board(tx, ballot.id) if ballot.secrecy == "secret" else cast_so_far(tx, ballot.id),
        "next_round": following,
        "result": result_of(tx, ballot.id) if ballot.state == "closed" else None,
        "rules": beside.rules,
        "mine": own_part(tx, ballot),
        "actions": _actions(ballot, following) if runs_it else [],
        "history": list(_steps(tx, ballot)) if by_office else [],
        "reason": beside.reason,
        "blocked": blocked_by(tx, ballot) if runs_it else None,
        "secret": ceremony.part_of_ballot(tx, ballot.id, voted_on(tx, ballot)) if ballot.secrecy == "secret" else None,
    }


def _actions(ballot: Ballot, following: UUID | None) -> list[str]:
    actions = list(BALLOT.legal(ballot.state, frozenset({RUNS})))
    if ballot.state == "closed" and rules.round_is_due(ballot.outcome, following is not None) is None:
        actions.append("round")
    if ballot.state == "open" and ballot.proxies_most:
        actions.append("proxies")
    return actions


def _options(tx: Transaction, ballot: Ballot) -> list[dict[str, Any]]:
    if ballot.kind == "yes_no":
        return [{"key": key, "text": None, "member_id": None} for key in ("yes", "no", "abstain")]
    return [{"key": str(one.number), "text": one.text, "member_id": one.member_id} for one in options_of(tx, ballot.id)]


def _steps(tx: Transaction, ballot: Ballot) -> Iterator[dict[str, Any]]:
    """Yield what was done with a ballot, newest first."""
    for change in history_of(tx, subject_of(ballot), limit=MOST_STEPS).rows:
        state = change.changes.get("state")
        if state is not None:
            step = "created" if state["old"] is None else state["new"]
        else:
            step = "proxies" if any(name.startswith("proxy of") for name in change.changes) else "changed"
        yield {"step": step, "at": change.changed_at, "reason": change.reason}


def _narrowed(request: Request) -> Iterator[sa.ColumnElement[bool]]:
    if request["ids"] is not None:
        yield Ballot.id.in_(request["ids"])
    if request["q"]:
        yield Ballot.title.icontains(request["q"], autoescape=True)
    if request["unit_id"] is not None:
        yield sa.and_(Ballot.origin_kind == "unit", Ballot.origin_id == request["unit_id"])
    for name in _FILTERS:
        if request[name] is not None:
            yield getattr(Ballot, name) == request[name]


def _voter(one: BallotRoll, cast_at: Any) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("member_id", "unit_id", "present", "proxy_id")}
    return {**told, "voted": cast_at is not None, "cast_at": cast_at}


def _named(one: BallotVote, unit_id: UUID | None, kind: str, options: Mapping[str, Any]) -> dict[str, Any]:
    choices = one.choices.split(",")
    return {
        "member_id": one.member_id, "unit_id": unit_id, "kind": kind, "choices": choices,
        "chosen": [options[key] for key in choices if key in options], "cast_at": one.cast_at,
        "by_proxy": one.cast_by is not None,
    }  # fmt: skip
