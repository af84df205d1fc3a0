"""Elections of delegates by ballot: called in a unit; the closed result fills seats, round by round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import day_of
from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Problem, refuse_first
from services.chassis.process import logs
from services.chassis.process.runtime import Call
from services.chassis.rules.refusal import Refusal, first_refusal, sourced
from services.chassis.rules.rulebook import rule_in_force
from services.chassis.security.unit_scope import in_seen_units, require_unit
from services.contracts.governance.congress.vocabulary import BODIES
from services.governance.ballots.use_cases.calling import call_ballot
from services.governance.ballots.use_cases.reading import result_of, stages_of
from services.governance.congress import rules
from services.governance.congress.tables import Congress, CongressElection, UnitElection
from services.governance.congress.use_cases.delegates import (
    election_goes_on,
    hold_seats,
    seat_elected,
    seated_of,
    strangers,
)
from services.governance.congress.use_cases.store import (
    announce_seats_of,
    body_of,
    congress_of,
    filled_by_unit,
    open_congress_of,
)
from services.governance.congress.workflow import UNIT_ELECTION
from services.governance.members.use_cases.copies import voting_among

log = logs.get_logger(__name__)
AT_ONCE = 100
_ROW = (
    "id", "congress_id", "body", "unit_id", "seats", "filled", "candidates", "ballot_id", "state", "called_at",
    "reason", "refused_by",
)  # fmt: skip
_GOES_ON = UnitElection.state.in_(("voting", "round_due"))
_AGAIN = ("tied", "short", "invalid")
"""Outcomes of a ballot after which another round may be called."""


def list_unit_elections(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the elections of a term, the latest first; to a chair those of the own unit."""
    found = congress_of(tx, request["congress_id"])
    statement = sa.select(UnitElection).where(UnitElection.congress_id == found.id)
    statement = in_seen_units(statement, UnitElection.unit_id, tx.principal, request["unit_id"])
    for name in ("body", "state"):
        if request[name] is not None:
            statement = statement.where(getattr(UnitElection, name) == request[name])
    page = page_of(tx, statement, request, [(UnitElection.id, "desc")])
    return page.reply([_reply(one) for one in page.rows])


def call_election(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Prepare a ballot of a unit on its delegates.

    Raises:
        NotAllowed: a chair calls one of another unit.
        NoRuleInForce: no rule says how delegates are elected.
        Refused: the unit votes already, seats or candidates do not suffice, or somebody can't stand.
    """
    require_unit(tx.principal, request["unit_id"], also=("officer",))
    found = open_congress_of(tx, request["congress_id"])
    body, unit_id, candidates = body_of(tx, found.id, request["body"]).body, request["unit_id"], request["candidates"]
    seats = hold_seats(tx, found.id, body, unit_id)
    vacant = max(0, seats - filled_by_unit(tx, found.id, body).get(unit_id, 0))
    members = [one["member_id"] for one in candidates]
    margin = rule_in_force(tx, f"congress.{body}.candidates_margin", tx.today)
    for name in ("turnout", "elected_share"):
        rule_in_force(tx, f"congress.{body}.{name}", tx.today)
    refuse_first(
        rules.election_is_over(election_goes_on(tx, found.id, body, unit_id)),
        rules.unit_elects(seats),
        rules.seats_are_vacant(request["seats"], vacant),
        rules.candidates_belong_to_unit(strangers(tx, members, unit_id), len(seated_of(tx, found.id, body, members))),
        sourced(rules.candidates_exceed_seats(len(candidates), request["seats"], margin.share), margin),
    )
    ballot = call_ballot(
        tx, origin=("unit", unit_id), title=f"第{found.number}届{BODIES.texts[body]}代表选举", kind="election",
        secrecy=request["secrecy"], body="unit", options=[{"member_id": one} for one in members],
        seats=request["seats"], electorate=[], unit_ids=[unit_id], present=None, opens_at=request["opens_at"],
        closes_at=request["closes_at"],
    )  # fmt: skip
    made = UnitElection(
        congress_id=found.id, body=body, unit_id=unit_id, seats=request["seats"], filled=0, ballot_id=ballot.id,
        candidates=[{**one, "member_id": str(one["member_id"])} for one in candidates], state=UNIT_ELECTION.initial,
        called_at=tx.now,
    )  # fmt: skip
    tx.session.add(made)
    tx.session.flush()
    note_change(tx, _subject(made), {"state": (None, made.state)})
    return _reply(made)


def end_election(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """End an election that waits for another round. Raises `Refused` while a ballot goes on, or after the end."""
    one = tx.get(UnitElection, request["election_id"], "There is no such election.", field="election_id", lock=True)
    require_unit(tx.principal, one.unit_id, also=("officer",))
    one.reason = request["reason"]
    _move(tx, one, "end", roles=tx.principal.roles)
    return _reply(one)


def follow_merger(tx: Transaction, old: UUID, new: UUID) -> None:
    """Let elections of a unit that was merged go on in the other one, unless that votes itself."""
    open_ones = sa.select(UnitElection).where(UnitElection.unit_id == old, _GOES_ON).order_by(UnitElection.id)
    for one in tx.session.scalars(open_ones.with_for_update()).all():
        if election_goes_on(tx, one.congress_id, one.body, new):
            _move(tx, one, "give_up" if one.state == "voting" else "end")
        one.unit_id = new
        tx.session.flush()


def settle_elections(call: Call) -> None:
    """Fill seats by ballots that were closed, and follow those that go into another round."""
    with call.transaction(readonly=True) as tx:
        columns = UnitElection.ballot_id, UnitElection.id, UnitElection.state
        open_ones = sa.select(*columns).where(_GOES_ON).order_by(UnitElection.id)
        waiting = {row.ballot_id: (row.id, row.state) for row in tx.session.execute(open_ones)}
        stages = stages_of(tx, waiting)
        due = [
            election_id
            for ballot_id, (election_id, state) in waiting.items()
            if (state == "voting" and stages[ballot_id][0] in ("closed", "cancelled"))
            or (state == "round_due" and stages[ballot_id][1] is not None)
        ]
    for election_id in due[:AT_ONCE]:
        try:
            with call.transaction() as tx:
                _settle(tx, election_id)
        except Problem as problem:  # one that has no rule does not keep the others waiting
            log.warning("election_not_settled", id=str(election_id), rule=problem.rule)


def _settle(tx: Transaction, election_id: UUID) -> None:
    """Take the next step of an election whose ballot has ended; repeating it changes nothing."""
    known = tx.session.get_one(UnitElection, election_id)
    tx.lock(f"congress-{known.congress_id}", shared=True)
    vacant = _vacant(tx, known)
    one = tx.get(UnitElection, election_id, "There is no such election.", field="election_id", lock=True)
    state, following = stages_of(tx, [one.ballot_id])[one.ballot_id]
    if one.state == "round_due" and following is not None:
        one.ballot_id = following
        _move(tx, one, "vote_again")
    elif one.state == "voting" and state == "cancelled":
        _move(tx, one, "give_up")
    elif one.state == "voting" and state == "closed":
        _take_result(tx, one, result_of(tx, one.ballot_id), vacant)


def _take_result(tx: Transaction, one: UnitElection, result: Mapping[str, Any], vacant: int) -> None:
    refusal = _refusal(tx, one, result)
    one.refused_by = refusal.rule if refusal else None
    elected = [] if refusal else _elected(tx, one, result)[:vacant]
    if elected:
        found = tx.session.get_one(Congress, one.congress_id)
        election = CongressElection(
            congress_id=one.congress_id, body=one.body, unit_id=one.unit_id, source="ballot",
            elected_on=day_of(result["counted_at"]), entitled=result["entitled"], ballots_cast=result["cast"],
            candidates=len(result["options"]), document=f"第{found.number}届{BODIES.texts[one.body]}代表选举",
            ballot_id=one.ballot_id, entered_at=tx.now,
        )  # fmt: skip
        tx.session.add(election)
        tx.session.flush()
        seat_elected(tx, found, election, elected)
        announce_seats_of(tx, one.congress_id, one.body, [one.unit_id])
        one.filled += len(elected)
    if one.filled >= one.seats:
        _move(tx, one, "fill")
    else:
        _move(tx, one, "wait" if refusal is None and result["outcome"] in _AGAIN else "give_up")


def _refusal(tx: Transaction, one: UnitElection, result: Mapping[str, Any]) -> Refusal | None:
    """Return the rule of the day by which a result elects nobody; a run-off is decided by the most votes."""
    elected = [option["votes"] for option in result["options"] if option["elected"]]
    if not elected:
        return None
    day, people, cast = day_of(result["counted_at"]), result["entitled"], result["cast"]
    turnout = rule_in_force(tx, f"congress.{one.body}.turnout", day)
    share = rule_in_force(tx, f"congress.{one.body}.elected_share", day)
    by_votes = None if result["comparator"] == "plurality" else rules.votes_elect(elected, people, cast, share.share)
    return first_refusal([rules.turnout_suffices(cast, people, turnout.share), by_votes])


def _elected(tx: Transaction, one: UnitElection, result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return who gets a seat, most votes first: candidates that are still members of the unit, without a seat."""
    kinds = {UUID(str(known["member_id"])): known["staff_kind"] for known in one.candidates}
    options = [option for option in result["options"] if option["elected"] and option["member_id"] in kinds]
    members = [option["member_id"] for option in options]
    units, seated = voting_among(tx, members), seated_of(tx, one.congress_id, one.body, members)
    return [
        {"member_id": member, "staff_kind": kinds[member], "votes": option["votes"]}
        for option in sorted(options, key=lambda option: -option["votes"])
        if units.get(member := option["member_id"]) == one.unit_id and member not in seated
    ]


def _vacant(tx: Transaction, one: UnitElection) -> int:
    seats = hold_seats(tx, one.congress_id, one.body, one.unit_id)
    return max(0, seats - filled_by_unit(tx, one.congress_id, one.body).get(one.unit_id, 0))


def _move(tx: Transaction, one: UnitElection, action: str, roles: Any = None) -> None:
    state = UNIT_ELECTION.apply(one.state, action, roles=roles)
    note_change(tx, _subject(one), {"state": (one.state, state)}, one.reason)
    one.state = state
    tx.session.flush()


def _subject(one: UnitElection) -> str:
    return f"congress_unit_election/{one.id}"


def _reply(one: UnitElection) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _ROW}
