"""Rounds of ratings in a test: members with tokens of their own, and short ways to open, fill in and close."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from services.chassis import ballot_board as board
from services.chassis.errors import Problem
from services.chassis.security import blind_signatures as blinding
from services.chassis.security.principal import ANONYMOUS
from services.contracts.governance.ratings import operations as contract
from tests.component.governance.ballots import member
from tests.component.governance.harness import GovernanceHarness

GOOD = [[1, 1, 2, 2, 1], [1, 2, 0]]
POOR = [[4, 4, 4, 4, 4], [4, 4, 4]]


class Token:
    """What a member's browser has: 64 random bytes that the registrar signs without seeing them."""

    def __init__(self) -> None:
        self.prepared = blinding.prepare(secrets.token_bytes(32))
        self.signature = b""

    def fetch(self, governance: GovernanceHarness, rating_id: str, member_id: UUID, number: int) -> Token:
        """Let a member ask for the signature."""
        key = blinding.public_key(board.decoded(keys(governance, rating_id)[number]))
        blinded = blinding.blind(key, self.prepared)
        answer = governance.ask(
            contract.request_rating_token, member(member_id), rating_id=rating_id,
            blinded=board.encoded(blinded.message),
        )  # fmt: skip
        self.signature = blinding.finalize(key, self.prepared, board.decoded(answer["signature"]), blinded.inverse)
        return self


def keys(governance: GovernanceHarness, rating_id: str) -> dict[int, str]:
    """Return the published keys by group."""
    told = governance.ask(contract.get_rating_keys, ANONYMOUS, rating_id=rating_id)
    return {one["group"]: one["key"] for one in told["groups"]}


def create(governance: GovernanceHarness, **changes: Any) -> dict[str, Any]:
    """Create a round of all members unless told otherwise."""
    terms = {"title": "2026 年会员评家", "kind": "union", "year": 2026, **changes}
    return governance.ask(contract.create_rating, **terms)


def opened(governance: GovernanceHarness, **changes: Any) -> str:
    """Create and open a round; return its id."""
    made = create(governance, **changes)
    governance.ask(contract.open_rating, rating_id=made["id"])
    governance.run_timer("prepare_ratings")
    assert governance.ask(contract.get_rating, rating_id=made["id"])["state"] == "open"
    return str(made["id"])


def group_of(governance: GovernanceHarness, rating_id: str, member_id: UUID) -> int:
    """Return the group of a member, as the own page tells it."""
    mine = governance.ask(contract.get_rating, member(member_id), rating_id=rating_id)["mine"]
    assert mine["may_fill"]
    return int(mine["group"])


def sheet(rating_id: str, number: int, token: Token, answers: Any = None, remark: str | None = None) -> dict[str, Any]:
    """Return a sheet as it is handed in."""
    return {
        "rating_id": rating_id, "group": number, "token": board.encoded(token.prepared),
        "signature": board.encoded(token.signature), "answers": answers or GOOD, "remark": remark,
    }  # fmt: skip


def hand_in(governance: GovernanceHarness, body: dict[str, Any]) -> Any:
    """Hand a sheet in; nobody is signed in."""
    return governance.ask(contract.hand_in_sheet, ANONYMOUS, **body)


def refused(governance: GovernanceHarness, body: dict[str, Any]) -> Problem:
    """Return the refusal of a sheet."""
    return governance.refused(contract.hand_in_sheet, ANONYMOUS, **body)


def fill_in(
    governance: GovernanceHarness, rating_id: str, member_id: UUID, answers: Any = None, remark: str | None = None
) -> dict[str, Any]:
    """Let a member get a token and hand in a sheet; return the sheet."""
    number = group_of(governance, rating_id, member_id)
    token = Token().fetch(governance, rating_id, member_id, number)
    body = sheet(rating_id, number, token, answers, remark)
    assert hand_in(governance, body) == {"taken": True}
    return body


def close(governance: GovernanceHarness, rating_id: str) -> dict[str, Any]:
    """Close a round; return what the officer sees of its result."""
    assert governance.ask(contract.close_rating, rating_id=rating_id)["state"] == "closed"
    return governance.ask(contract.get_rating_result, rating_id=rating_id)
