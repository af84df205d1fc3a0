"""Ballots in a test: a union of known members, and short ways to call, vote and close."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from services.chassis.database.bulk import insert_rows
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.ballots import operations as contract
from services.governance.members.tables import KnownMember
from tests.component.governance.harness import GovernanceHarness

FIRST_UNIT, SECOND_UNIT = uuid4(), uuid4()


def member(member_id: UUID) -> Principal:
    """Return a member who asks."""
    return Principal("account", member_id, member_id, (Grant("member"),))


def chair(unit_id: UUID) -> Principal:
    """Return the chair of a unit."""
    return Principal("account", uuid4(), uuid4(), (Grant("chair", unit_id), Grant("member")))


def people(
    governance: GovernanceHarness, count: int, unit_id: UUID = FIRST_UNIT, standing: str = "active"
) -> list[UUID]:
    """Let so many members of a unit be known; return their ids in order."""
    ids = sorted(uuid4() for _ in range(count))
    same = {"unit_id": unit_id, "unit_sequence": 1, "standing": standing, "standing_sequence": 1}
    with governance.transaction() as tx:
        insert_rows(tx.session, KnownMember.__table__, {"member_id": ids}, same)
    return ids


def create(governance: GovernanceHarness, by: Principal | None = None, /, **changes: Any) -> dict[str, Any]:
    """Create a ballot, a named yes or no of the whole union unless told otherwise."""
    terms = {"title": "工会经费预算", "kind": "yes_no", "secrecy": "named", "body": "union", **changes}
    return governance.ask(contract.create_ballot, by, **terms)


def opened(governance: GovernanceHarness, by: Principal | None = None, /, **changes: Any) -> str:
    """Create and open a ballot; return its id."""
    made = create(governance, by, **changes)
    assert governance.ask(contract.open_ballot, by, ballot_id=made["id"])["state"] == "open"
    return str(made["id"])


def vote(governance: GovernanceHarness, ballot_id: str, member_id: UUID, *choices: str, **more: Any) -> dict[str, Any]:
    """Let a member vote."""
    return governance.ask(contract.vote, member(member_id), ballot_id=ballot_id, choices=list(choices), **more)


def close(governance: GovernanceHarness, ballot_id: str) -> dict[str, Any]:
    """Close a ballot; return its result."""
    return governance.ask(contract.close_ballot, ballot_id=ballot_id)["result"]


def candidates(members: list[UUID]) -> list[dict[str, Any]]:
    """Return options that are members."""
    return [{"member_id": one} for one in members]
