"""Opening: the rules of the day are fixed, the roll is frozen in batches, then votes are taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.board_statements import roll_digest
from services.chassis.database.bulk import insert_rows
from services.chassis.database.due_rows import AT_ONCE
from services.chassis.database.transaction import Transaction
from services.chassis.process.runtime import Call
from services.chassis.rules.refusal import cited
from services.contracts.governance.ballots.events import BallotOpened
from services.governance.ballots.tables import Ballot, BallotRoll, BallotTerms
from services.governance.ballots.use_cases import reading
from services.governance.ballots.use_cases.readiness import require_openable
from services.governance.ballots.use_cases.store import (
    ballot_of,
    held,
    move,
    require_run,
    rule_of,
    terms_of,
    told_of,
)
from services.governance.ballots.use_cases.timing import take_due
from services.governance.members.use_cases import copies
from services.governance.secret_ballots.use_cases import ceremony

FROZEN_AT_ONCE = 5000
"""Rows of a roll written in one transaction."""


def open_ballot(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Begin to open a ballot; a roll of some thousand is frozen at once, a larger one by the recurring work.

    Raises:
        NoRuleInForce: a rule of the body is missing.
        Refused: its time is over, nobody may vote, or another number than was read.
    """
    ballot = held(tx, request["ballot_id"])
    require_run(tx.principal, ballot)
    begin(tx, ballot, expected=request["expected"])
    return reading.detail(tx, ballot)


def begin(tx: Transaction, ballot: Ballot, *, expected: int | None = None, by_clock: bool = False) -> None:
    """Fix the rules of a held ballot and freeze the first part of its roll."""
    if ballot.state == "prepared":
        require_openable(tx, ballot, expected)
    move(tx, ballot, "open", by_clock=by_clock)
    _fix_rules(tx, ballot, terms_of(tx, ballot))
    ballot.opened_at, ballot.entitled, ballot.reached = tx.now, 0, None
    freeze_part(tx, ballot)


def freeze_part(tx: Transaction, ballot: Ballot) -> None:
    """Write the next part of the roll of a ballot that is being opened; with the last one votes are taken."""
    beside = terms_of(tx, ballot)
    rows = _next_voters(tx, ballot, beside)
    if rows:
        present = set(beside.present) if ballot.presence_known else None
        columns: dict[str, list[Any]] = {"member_id": [row[0] for row in rows], "unit_id": [row[1] for row in rows]}
        columns["present"] = [None if present is None else str(row[0]) in present for row in rows]
        insert_rows(tx.session, BallotRoll.__table__, columns, {"ballot_id": ballot.id})
        if ballot.secrecy == "secret":
            ceremony.tell_roll(tx, ballot.id, columns["member_id"])
        ballot.entitled = (ballot.entitled or 0) + len(rows)
        ballot.reached = rows[-1][0]
    if len(rows) == FROZEN_AT_ONCE:
        return
    move(tx, ballot, "freeze", by_clock=True)
    if ballot.secrecy == "secret":
        ceremony.open_votes_for(tx, ballot.id, voters=ballot.entitled or 0, roll=_digest(tx, ballot.id))
    ballot.reached, ballot.telling = None, "called"
    tx.record(BallotOpened(**told_of(ballot), closes_at=ballot.closes_at))


def _digest(tx: Transaction, ballot_id: UUID) -> str:
    """Return the hash of a frozen roll, in the order of the members' ids."""
    members = sa.select(BallotRoll.member_id).where(BallotRoll.ballot_id == ballot_id).order_by(BallotRoll.member_id)
    return roll_digest(tx.session.scalars(members.execution_options(yield_per=FROZEN_AT_ONCE)))


def open_due(call: Call) -> None:
    """Open ballots whose time has come."""
    take_due(call, "prepared", "opens_at", lambda tx, ballot: begin(tx, ballot, by_clock=True), "ballot_not_opened")


def freeze_rolls(call: Call) -> None:
    """Freeze the rest of rolls that are being written, part by part."""
    opening = sa.select(Ballot.id).where(Ballot.state == "opening").limit(AT_ONCE)
    with call.transaction(readonly=True) as tx:
        waiting = list(tx.session.scalars(opening))
    for ballot_id in waiting:
        goes_on = True
        while goes_on:
            with call.transaction() as tx:
                ballot = held(tx, ballot_id)
                if ballot.state == "opening":
                    freeze_part(tx, ballot)
                goes_on = ballot.state == "opening"


def open_now(tx: Transaction, ballot_id: UUID) -> Ballot:
    """Open a ballot that another subject called. Raises as `open_ballot`."""
    ballot = held(tx, ballot_id)
    begin(tx, ballot)
    return ballot


def mark_present(tx: Transaction, ballot_id: UUID, member_ids: Sequence[UUID], *, present: bool = True) -> None:
    """Note that members of the roll came, or left, where presence is taken; a member who came votes in person.

    Before the opening it changes the list the roll is made with.
    """
    ballot = ballot_of(tx, ballot_id)
    beside = terms_of(tx, ballot)
    named = [str(one) for one in member_ids]
    kept = [one for one in beside.present if one not in named]
    beside.present = [*kept, *named] if present else kept
    changed = sa.update(BallotRoll).where(BallotRoll.ballot_id == ballot_id, BallotRoll.member_id.in_(member_ids))
    tx.session.execute(changed.values(present=present).execution_options(synchronize_session=False))


def _fix_rules(tx: Transaction, ballot: Ballot, beside: BallotTerms) -> None:
    base, comparator = rule_of(tx, ballot, "base"), rule_of(tx, ballot, "comparator")
    least, proxies = rule_of(tx, ballot, "participation"), rule_of(tx, ballot, "proxies")
    ballot.base, ballot.comparator = base.value, ballot.comparator or comparator.value
    ballot.proxies_most = proxies.count if ballot.secrecy != "secret" else 0
    beside.least = str(least.share)
    beside.rules = [cited(rule) for rule in (comparator, base, least, proxies)]


def _next_voters(tx: Transaction, ballot: Ballot, beside: BallotTerms) -> list[tuple[UUID, UUID | None]]:
    """Return the next members of the roll with their units, in the order of their ids."""
    if ballot.electorate == "roll":
        page = sa.select(BallotRoll.member_id, BallotRoll.unit_id).where(BallotRoll.ballot_id == ballot.run_off_of)
        if ballot.reached is not None:
            page = page.where(BallotRoll.member_id > ballot.reached)
        ordered = page.order_by(BallotRoll.member_id).limit(FROZEN_AT_ONCE)
        return [(row.member_id, row.unit_id) for row in tx.session.execute(ordered)]
    if ballot.electorate in ("all", "units"):
        units = None if ballot.electorate == "all" else [UUID(one) for one in beside.unit_ids]
        return list(copies.voting_members(tx, units, ballot.reached, FROZEN_AT_ONCE))
    named = sorted(UUID(one) for one in beside.member_ids)
    part = [one for one in named if ballot.reached is None or one > ballot.reached][:FROZEN_AT_ONCE]
    units_of = copies.units_of if ballot.electorate == "called" else copies.voting_among
    places = units_of(tx, part)
    return [(one, places.get(one)) for one in part]
