"""Proxies: who votes for an absent member, where the rules of the body allow it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.governance.ballots import rules
from services.governance.ballots.tables import Ballot, BallotRoll
from services.governance.ballots.use_cases.store import held, require_run, rows_of, subject_of, votes_of
from services.governance.ballots.use_cases.voting import standing


def set_proxy(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Register who represents a member of the roll, or end it.

    Raises:
        Refused: the ballot is not open, the rules allow no proxy, the member is present or has voted, or the proxy
            does not stand on the roll or represents as many as the rules allow.
    """
    ballot = held(tx, request["ballot_id"])
    require_run(tx.principal, ballot)
    member_id, proxy_id = request["member_id"], request["proxy_id"]
    rows = rows_of(tx, ballot.id, [one for one in (member_id, proxy_id) if one is not None])
    voted = member_id in votes_of(tx, ballot.id, [member_id])
    refuse_first(rules.ballot_is_open(ballot.state, ballot.closes_at, tx.now))
    if proxy_id is None:
        refuse_first(rules.proxy_can_end(voted))
    else:
        most = ballot.proxies_most or 0
        refuse_first(
            rules.proxies_are_allowed(most),
            rules.proxy_can_be_set(
                standing(rows.get(member_id)), standing(rows.get(proxy_id)), same=member_id == proxy_id, voted=voted,
                held=_held(tx, ballot, proxy_id, member_id), most=most,
            ),
        )  # fmt: skip
    row = tx.get(BallotRoll, (ballot.id, member_id), "This member is not on the roll.", field="member_id", lock=True)
    change = {f"proxy of {member_id}": (row.proxy_id, proxy_id)}
    note_change(tx, subject_of(ballot), change)
    row.proxy_id = proxy_id
    return {
        "member_id": member_id, "unit_id": row.unit_id, "present": row.present, "proxy_id": proxy_id, "voted": voted,
        "cast_at": None,
    }  # fmt: skip


def _held(tx: Transaction, ballot: Ballot, proxy_id: UUID, member_id: UUID) -> int:
    """Return how many others a proxy represents."""
    others = BallotRoll.ballot_id == ballot.id, BallotRoll.proxy_id == proxy_id, BallotRoll.member_id != member_id
    return tx.session.scalar(sa.select(sa.func.count()).where(*others)) or 0
