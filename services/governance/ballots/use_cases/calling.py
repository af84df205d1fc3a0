"""Ballots that other subjects call, such as sessions and meetings, for their own lists of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.governance.ballots.tables import Ballot
from services.governance.ballots.use_cases.creating import new_ballot


def call_ballot(
    tx: Transaction,
    *,
    origin: tuple[str, UUID],
    title: str,
    kind: str,
    secrecy: str,
    body: str,
    options: Sequence[Mapping[str, Any]],
    seats: int,
    electorate: Sequence[UUID],
    present: Sequence[UUID] | None,
    opens_at: datetime | None,
    closes_at: datetime | None,
    about: str | None = None,
    counts: str = "first",
) -> Ballot:
    """Create a ballot for a list of people. It is opened by its clock or by `opening.open_now`.

    Args:
        tx: the transaction.
        origin: `session` or `meeting`, and its id.
        title: what is put to the vote, 2 to 100 characters.
        kind: of `BALLOT_KINDS`.
        secrecy: of `BALLOT_SECRECIES`.
        body: of `BALLOT_BODIES`, whose rules hold.
        options: each with `text` or `member_id`; none for a yes or no.
        seats: how many are elected, or how many options a voter may choose.
        electorate: who may vote; they all stand on the roll, whatever their standing as members.
        present: who of them is there; None where presence is not taken. `opening.mark_present` changes it.
        opens_at: when it opens by itself; None where it is opened.
        closes_at: when it closes by itself; None where it is closed by `closing.close_now`.
        about: more about it.
        counts: of `COUNTED_VOTES`.

    Raises:
        Refused: options or times do not fit.
        NoRuleInForce: no rule says how many candidates an election has.
    """
    terms = {
        "title": title, "about": about, "kind": kind, "secrecy": secrecy, "body": body, "seats": seats,
        "options": [{"text": one.get("text"), "member_id": one.get("member_id")} for one in options],
        "counts": counts, "electorate": "called", "unit_ids": [], "member_ids": list(electorate),
        "opens_at": opens_at, "closes_at": closes_at,
    }  # fmt: skip
    return new_ballot(tx, terms, origin=origin, present=present)
