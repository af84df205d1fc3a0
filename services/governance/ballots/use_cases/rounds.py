"""The next round of a ballot: between those with equal votes, for seats that are left, or because few took part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.governance.ballots import rules
from services.governance.ballots.tables import Ballot
from services.governance.ballots.use_cases import reading
from services.governance.ballots.use_cases.creating import new_ballot
from services.governance.ballots.use_cases.store import held, options_of, require_run, terms_of

PLURALITY = "plurality"
_SAME = ("kind", "secrecy", "body", "counts")
_ROUND = re.compile(r"（第 (\d+) 轮）\Z")
_LONGEST_TITLE = 100


def call_round(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Create the next round for the same roll; it is opened as any ballot.

    Those with equal votes have the votes that are asked for, so that among them the most votes decide. A candidate who
    did not get enough is elected in a further round only with enough.

    Raises:
        Refused: no further round is due, or too few candidates are left.
    """
    ballot = held(tx, request["ballot_id"])
    require_run(tx.principal, ballot)
    called = tx.session.scalar(sa.select(Ballot.id).where(Ballot.run_off_of == ballot.id))
    refuse_first(rules.result_is_out(ballot.state), rules.round_is_due(ballot.outcome, called is not None))
    result = reading.result_of(tx, ballot.id)
    stays = {one["key"] for one in result["options"] if _stays(str(ballot.outcome), one)}
    among = [one for one in options_of(tx, ballot.id) if str(one.number) in stays]
    terms = {
        **{name: getattr(ballot, name) for name in _SAME},
        "title": titled(ballot.title),
        "about": terms_of(tx, ballot).about,
        "seats": ballot.seats if ballot.outcome == "invalid" else result["seats_left"],
        "options": [{"text": one.text, "member_id": one.member_id} for one in among],
        "electorate": "roll", "unit_ids": [], "member_ids": [],
        "opens_at": request["opens_at"], "closes_at": request["closes_at"],
    }  # fmt: skip
    origin = (ballot.origin_kind, ballot.origin_id)
    made = new_ballot(tx, terms, origin=origin, run_off_of=ballot, surplus=ballot.outcome == "short")
    if ballot.outcome == "tied" or ballot.comparator == PLURALITY:
        made.comparator = PLURALITY
    return reading.detail(tx, made)


def titled(title: str) -> str:
    """Return the title of the round after the one of this title: the second round where it has no number."""
    before = _ROUND.search(title)
    ending = f"（第 {int(before.group(1)) + 1 if before else 2} 轮）"
    return _ROUND.sub("", title)[: _LONGEST_TITLE - len(ending)] + ending


def _stays(outcome: str, option: Mapping[str, Any]) -> bool:
    """Whether an option stands in the next round: the tied ones after a tie, else who is not elected."""
    return bool(option["tied"]) if outcome == "tied" else not option["elected"]
