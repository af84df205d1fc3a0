"""Closing, counting and cancelling ballots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.due_rows import AT_ONCE
from services.chassis.database.transaction import Transaction
from services.chassis.process.runtime import Call
from services.contracts.governance.ballots.events import BallotCancelled, BallotClosed
from services.governance.ballots import counting_rules
from services.governance.ballots.tables import Ballot, BallotResult, BallotRoll, BallotVote
from services.governance.ballots.use_cases import reading, secrecy
from services.governance.ballots.use_cases.store import (
    held,
    move,
    require_run,
    terms_of,
    told_of,
)
from services.governance.ballots.use_cases.timing import take_due
from services.governance.secret_ballots.use_cases import ceremony


def close_ballot(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Close a ballot and count it. Raises `Refused` where it is not open."""
    ballot = held(tx, request["ballot_id"])
    require_run(tx.principal, ballot)
    _close(tx, ballot)
    return reading.detail(tx, ballot)


def cancel_ballot(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Cancel a ballot that is not closed, with the reason; who was called is told."""
    ballot = held(tx, request["ballot_id"])
    require_run(tx.principal, ballot)
    _cancel(tx, ballot, request["reason"])
    return reading.detail(tx, ballot)


def close_now(tx: Transaction, ballot_id: UUID) -> dict[str, Any]:
    """Close a named or open ballot that another subject called, and return its result.

    Raises:
        NotFound: it is secret: its result is there when the scrutineers have opened the votes.
    """
    end_now(tx, ballot_id)
    return reading.result_of(tx, ballot_id)


def end_now(tx: Transaction, ballot_id: UUID) -> str:
    """End the voting of a ballot that another subject called; return its state, `counting` of a secret one."""
    ballot = held(tx, ballot_id)
    _close(tx, ballot)
    return ballot.state


def cancel_now(tx: Transaction, ballot_id: UUID, reason: str) -> None:
    """Cancel a ballot that another subject called. Raises `Refused` where it is closed."""
    _cancel(tx, held(tx, ballot_id), reason)


def close_due(call: Call) -> None:
    """Close ballots whose time is over."""
    take_due(call, "open", "closes_at", lambda tx, ballot: _close(tx, ballot, by_clock=True), "ballot_not_closed")


def count_opened(call: Call) -> None:
    """Count secret ballots whose votes the scrutineers have opened."""
    with call.transaction(readonly=True) as tx:
        # Who may vote is told of the end first.
        waiting = sa.select(Ballot.id).where(Ballot.state == "counting", Ballot.telling.is_(None)).limit(AT_ONCE)
        ballot_ids = [one for one in tx.session.scalars(waiting) if secrecy.is_opened(tx, one)]
    for ballot_id in ballot_ids:
        with call.transaction() as tx:
            ballot = held(tx, ballot_id)
            if ballot.state == "counting":
                move(tx, ballot, "count", by_clock=True)
                _decide(tx, ballot)


def _close(tx: Transaction, ballot: Ballot, *, by_clock: bool = False) -> None:
    """End the voting; a secret ballot is counted when the scrutineers have opened its votes."""
    if ballot.secrecy == "secret" and ballot.state == "open":
        move(tx, ballot, "end", by_clock=True)
        ballot.closed_at = tx.now
        ceremony.end(tx, ballot.id)
        ballot.reached, ballot.telling = None, "ended"
        return
    move(tx, ballot, "close", by_clock=by_clock)
    ballot.closed_at = tx.now
    _decide(tx, ballot)


def _cancel(tx: Transaction, ballot: Ballot, reason: str) -> None:
    was_called = ballot.state in ("open", "counting")
    move(tx, ballot, "cancel", reason)
    terms_of(tx, ballot).reason = reason
    ballot.closed_at, ballot.reached = tx.now, None
    ceremony.cancel(tx, ballot.id)
    ballot.telling = "cancelled" if was_called else None
    tx.record(BallotCancelled(ballot_id=ballot.id))


def _decide(tx: Transaction, ballot: Ballot) -> None:
    ballot.reached, ballot.telling = None, "result"
    result = BallotResult(ballot_id=ballot.id, counted_at=tx.now, figures=_figures(tx, ballot))
    tx.session.add(result)
    ballot.outcome = result.figures["outcome"]
    tx.session.flush()
    tx.record(BallotClosed(**told_of(ballot), cast=result.figures["cast"], outcome=ballot.outcome))


def _figures(tx: Transaction, ballot: Ballot) -> dict[str, Any]:
    """Count a held ballot; in JSON form."""
    votes = _votes(tx, ballot)
    present = _present(tx, ballot)
    terms = counting_rules.Terms(
        kind=ballot.kind,
        base=str(ballot.base),
        comparator=str(ballot.comparator),
        seats=ballot.seats,
        least=Fraction(terms_of(tx, ballot).least or "0"),
        entitled=ballot.entitled or 0,
        present=present,
    )
    counted = counting_rules.outcome_of(terms, secrecy.keys_of(ballot), votes)
    return {
        **asdict(counted),
        "entitled": terms.entitled,
        "present": present,
        "by_proxy": _by_proxy(tx, ballot),
        "turnout": counting_rules.percent(counted.cast, terms.entitled),
        "base": terms.base,
        "comparator": terms.comparator,
        "seats": terms.seats,
        "units": turnout_by_unit(tx, ballot.id) if ballot.secrecy != "secret" else [],
    }


def _votes(tx: Transaction, ballot: Ballot) -> dict[tuple[str, ...], int]:
    if ballot.secrecy == "secret":
        return secrecy.opened_votes(tx, ballot) or {}
    counted = sa.select(BallotVote.choices, sa.func.count()).where(BallotVote.ballot_id == ballot.id)
    rows = tx.session.execute(counted.group_by(BallotVote.choices))
    return {tuple(choices.split(",")): times for choices, times in rows}


def _present(tx: Transaction, ballot: Ballot) -> int | None:
    """Return how many are present or represented by somebody present; None where presence is not taken."""
    if not ballot.presence_known:
        return None
    of_ballot, here = BallotRoll.ballot_id == ballot.id, BallotRoll.present.is_(True)
    proxies = sa.select(BallotRoll.member_id).where(of_ballot, here)
    represented = sa.and_(BallotRoll.present.is_not(True), BallotRoll.proxy_id.in_(proxies))
    return tx.session.scalar(sa.select(sa.func.count()).where(of_ballot, sa.or_(here, represented))) or 0


def _by_proxy(tx: Transaction, ballot: Ballot) -> int:
    by_proxy = BallotVote.ballot_id == ballot.id, BallotVote.cast_by.is_not(None)
    return (tx.session.scalar(sa.select(sa.func.count()).where(*by_proxy)) or 0) if ballot.proxies_most else 0


def turnout_by_unit(tx: Transaction, ballot_id: UUID) -> list[dict[str, Any]]:
    """Return how many of each unit may vote and how many did, in JSON form."""
    entitled = sa.select(BallotRoll.unit_id, sa.func.count()).where(BallotRoll.ballot_id == ballot_id)
    of_voter = sa.and_(BallotVote.ballot_id == BallotRoll.ballot_id, BallotVote.member_id == BallotRoll.member_id)
    cast = sa.select(BallotRoll.unit_id, sa.func.count()).join(BallotVote, of_voter)
    voted: dict[UUID | None, int] = defaultdict(int)
    for unit_id, count in tx.session.execute(
        cast.where(BallotVote.ballot_id == ballot_id).group_by(BallotRoll.unit_id)
    ):
        voted[unit_id] = count
    rows = tx.session.execute(entitled.group_by(BallotRoll.unit_id).order_by(BallotRoll.unit_id)).all()
    return [
        {"unit_id": str(unit_id) if unit_id else None, "entitled": count, "cast": voted[unit_id]}
        for unit_id, count in rows
    ]
