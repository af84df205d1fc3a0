"""A union with three units, its congress, and short ways to elect."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from services.chassis.identifiers import uuid7
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.congress import delegates, terms
from services.contracts.membership.joining.operations import MemberJoined
from services.governance.congress.tables import Delegate
from tests.component.governance.harness import GovernanceHarness

BODY = "staff_congress"
HEADS = (40, 20, 10)
BEGINS = date(2026, 3, 1)


class Union:
    """Three units of 40, 20 and 10 members, and a congress of 7 seats; 10 of the members each are known by unit."""

    def __init__(self, governance: GovernanceHarness) -> None:
        self.governance = governance
        self.units = sorted(uuid7() for _ in HEADS)
        self.members = {unit: [uuid7() for _ in range(count)] for unit, count in zip(self.units, HEADS, strict=True)}
        messages = [
            governance.example_message(MemberJoined, 1, member_id=member, unit_id=unit)
            for unit, members in self.members.items()
            for member in members
        ]
        governance.receive("on_member_joined", *messages)

    def prepare(self, *, number: int = 6, starts_on: date = BEGINS, seats: int = 7, bodies: Any = None) -> str:
        values = {
            "number": number, "starts_on": starts_on, "years": 5,
            "bodies": bodies or [{"body": BODY, "seats": seats}],
        }  # fmt: skip
        return str(self.governance.ask(terms.add_congress, **values)["id"])

    def allotted(self, **how: Any) -> str:
        congress = self.prepare(**how)
        self.governance.ask(terms.allot_seats, congress_id=congress, body=BODY, least=1)
        return congress

    def elect(self, congress: str, unit: UUID, members: list[UUID], by: Principal | None = None, **other: Any) -> Any:
        people = len(self.members[unit])
        elected = [{"member_id": one, "staff_kind": "teacher", "votes": people} for one in members]
        values = {
            "congress_id": congress, "body": BODY, "unit_id": unit, "elected_on": date(2026, 3, 5),
            "entitled": people, "ballots_cast": people, "candidates": len(members) + 2,
            "document": "选举记录第一号", "elected": elected, **other,
        }  # fmt: skip
        return self.governance.ask(delegates.enter_delegates, by, **values)["items"]

    def elected(self) -> str:
        """Return a congress all of whose seats are filled: four, two and one."""
        congress = self.allotted()
        for unit, seats in zip(self.units, (4, 2, 1), strict=True):
            self.elect(congress, unit, self.members[unit][:seats])
        return congress

    def in_term(self) -> str:
        congress = self.elected()
        self.governance.ask(terms.begin_congress, congress_id=congress)
        return congress

    def seat_of(self, member: UUID, tx: Any) -> Delegate:
        return tx.session.query(Delegate).filter_by(member_id=member).one()


def chair_of(unit: UUID) -> Principal:
    return Principal(kind="account", account_id=uuid7(), member_id=uuid7(), grants=(Grant("chair", unit),))


def member_account(member: UUID) -> Principal:
    return Principal(kind="account", account_id=member, member_id=member, grants=(Grant("member"),))
