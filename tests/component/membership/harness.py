"""The membership service in a test: a small union, who acts in it, and short ways to do things as somebody."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from services.chassis.database.engine import Database
from services.chassis.schema import Operation
from services.chassis.security.principal import ANONYMOUS, Grant, Principal, service_principal
from services.contracts.membership.joining import operations as joining
from services.contracts.membership.organisation import operations as organisation
from services.contracts.membership.record import operations as record
from services.membership.service import Membership
from tests.support.service_harness import ServiceHarness
from tests.support.shipped_rules import keep_shipped_rules
from tests.unit.membership.people import applicant, id_number

SYSTEM = service_principal("demo")


def officer() -> Principal:
    """Return the account of an officer who is no member: jobs go on without a post of theirs in the database."""
    return Principal("account", uuid4(), None, (Grant("officer"),))


def asked(operation: Operation, **values: Any) -> dict[str, Any]:
    """Return a request as an entrypoint hands it on, for a test that holds the transaction open or reads its plan."""
    schema = operation.request_schema
    loaded: dict[str, Any] = schema.load(schema.dump(values))
    return loaded


class MembershipHarness(ServiceHarness):
    """The membership service; an officer asks, unless a call names somebody."""

    def __init__(self, database: Database) -> None:
        super().__init__(Membership, database, officer())
        self.officer = self.by
        self.units: dict[str, UUID] = {}

    def establish(self) -> None:
        """Load the shipped rules, and found the union with two units."""
        keep_shipped_rules(self, "national", "demo")
        self.found("00", "union", None)
        self.found("01")
        self.found("02")

    def found(self, code: str, kind: str = "unit", parent: str | None = "00") -> UUID:
        parent_id = self.units[parent] if parent else None
        values = {"code": code, "name": f"单位{code}", "kind": kind, "parent_id": parent_id}
        self.units[code] = self.ask_typed(organisation.create_unit, **values)["id"]
        return self.units[code]

    def apply(self, order: int = 1, by: Principal = ANONYMOUS, unit: str = "01", **changes: Any) -> dict[str, Any]:
        stated = applicant(self.units[unit], order, **changes)
        return self.ask_typed(joining.submit_application, by, **stated)

    def review(self, application_id: UUID, decision: str = "accept", by: Principal | None = None) -> dict[str, Any]:
        values = {"application_id": application_id, "decision": decision, "reason": "please see the remark"}
        return self.ask_typed(joining.review_application, by, **values)

    def approve(self, application_id: UUID, by: Principal | None = None, **changes: Any) -> dict[str, Any]:
        return self.ask_typed(joining.approve_application, by, application_id=application_id, **changes)

    def admit(self, *rows: dict[str, Any]) -> list[tuple[UUID, str]]:
        """Admit the members of a roster; return their ids and numbers."""
        admitted = self.ask_typed(record.admit_members, SYSTEM, rows=list(rows))["items"]
        return [(one["member_id"], one["number"]) for one in admitted]

    def member(self, order: int = 1, unit: str = "01", **changes: Any) -> UUID:
        return self.admit(roster_row(self.units[unit], order, **changes))[0][0]

    def seat(self, unit: str, kind: str, member_id: UUID, starts_on: date, **changes: Any) -> dict[str, Any]:
        values = {"unit_id": self.units[unit], "kind": kind, "member_id": member_id, "starts_on": starts_on, **changes}
        return self.ask_typed(organisation.assign_post, **values)


def roster_row(unit_id: UUID, order: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a sound row of a roster."""
    birth = date(1970 + order // 999 % 30, 3, 1 + order // 29970 % 28)
    return {
        "unit_id": unit_id,
        "name": "李娜",
        "gender": "female",
        "birth_date": birth,
        "id_number": id_number(birth, order % 999),
        "phone": f"139{order:08d}",
        "email": f"member{order}@example.edu.cn",
        "employment": "established",
        "original_age": "F55",
        "hired_on": date(2010, 9, 1),
        "joined_on": date(2012, 1, 1),
        **changes,
    }
