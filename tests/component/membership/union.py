"""A small union to test on: its units, who acts in it, and short ways to do things as somebody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from services.chassis.database.engine import Database
from services.chassis.database.tables import OutboxEvent
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Operation
from services.chassis.security.principal import ANONYMOUS, Grant, Principal, service_principal
from services.contracts.membership import rulebook as rulebook_contract
from services.contracts.membership.joining import operations as joining_contract
from services.contracts.membership.organisation import operations as organisation_contract
from services.contracts.membership.record import operations as record_contract
from services.membership.joining.use_cases import applying, deciding
from services.membership.organisation.use_cases import posts
from services.membership.organisation.use_cases import units as organising
from services.membership.record.use_cases import roster_import
from services.membership.rulebook.use_cases import rules_in_force as rulebook
from tests.unit.membership.people import applicant, id_number

SYSTEM = service_principal("demo")


def officer() -> Principal:
    return Principal("account", uuid4(), uuid4(), (Grant("officer"),))


def auditor() -> Principal:
    return Principal("account", uuid4(), uuid4(), (Grant("auditor"),))


def chair_of(*unit_ids: UUID) -> Principal:
    return Principal("account", uuid4(), uuid4(), tuple(Grant("chair", one) for one in unit_ids))


def account(member_id: UUID | None = None) -> Principal:
    grants = (Grant("member"),) if member_id else (Grant("applicant"),)
    return Principal("account", uuid4(), member_id, grants)


def asked(operation: Operation, **values: Any) -> dict[str, Any]:
    """Return a request as the entrypoint hands it on: typed, defaults filled in."""
    schema = operation.request_schema
    loaded: dict[str, Any] = schema.load(schema.dump(values))
    return loaded


@dataclass
class Union:
    """One union in one database."""

    database: Database
    officer: Principal = field(default_factory=officer)
    units: dict[str, UUID] = field(default_factory=dict)

    @contextmanager
    def acting(self, principal: Principal = ANONYMOUS) -> Iterator[Transaction]:
        with transaction(self.database, CallContext(principal=principal)) as tx:
            yield tx

    def adopt_rules(self) -> None:
        with self.acting(SYSTEM) as tx:
            for ruleset in rulebook_contract.RULE_SETS:
                rulebook.load_membership_rules(tx, {"ruleset": ruleset})

    def found(self, code: str, kind: str = "unit", parent: str | None = "00") -> UUID:
        request = asked(
            organisation_contract.create_unit,
            code=code,
            name=f"单位{code}",
            kind=kind,
            parent_id=self.units[parent] if parent else None,
        )
        with self.acting(self.officer) as tx:
            self.units[code] = organising.create_unit(tx, request).id
        return self.units[code]

    def apply(self, order: int = 1, by: Principal = ANONYMOUS, unit: str = "01", **changes: Any) -> dict[str, Any]:
        stated = applicant(self.units[unit], order, **changes)
        with self.acting(by) as tx:
            return applying.submit_application(tx, asked(joining_contract.submit_application, **stated))

    def review(self, application_id: UUID, decision: str = "accept", by: Principal | None = None) -> dict[str, Any]:
        values = {"application_id": application_id, "decision": decision, "reason": "please see the remark"}
        with self.acting(by or self.officer) as tx:
            return deciding.review_application(tx, asked(joining_contract.review_application, **values))

    def approve(self, application_id: UUID, by: Principal | None = None, **changes: Any) -> dict[str, Any]:
        values = {"application_id": application_id, **changes}
        with self.acting(by or self.officer) as tx:
            return deciding.approve_application(tx, asked(joining_contract.approve_application, **values))

    def admit(self, *rows: dict[str, Any]) -> list[tuple[UUID, str]]:
        request = asked(record_contract.admit_members, rows=list(rows))
        with self.acting(SYSTEM) as tx:
            return roster_import.admit_members(tx, request["rows"])

    def member(self, order: int = 1, unit: str = "01", **changes: Any) -> UUID:
        return self.admit(roster_row(self.units[unit], order, **changes))[0][0]

    def seat(self, unit: str, kind: str, member_id: UUID, starts_on: date, **changes: Any) -> dict[str, Any]:
        values = {"unit_id": self.units[unit], "kind": kind, "member_id": member_id, "starts_on": starts_on, **changes}
        with self.acting(self.officer) as tx:
            return posts.assign_post(tx, asked(organisation_contract.assign_post, **values))

    def events(self, *types: str) -> list[dict[str, Any]]:
        """Return the data of the events recorded, in order."""
        with self.database.session() as session:
            statement = sa.select(OutboxEvent).where(OutboxEvent.type.in_(types)).order_by(OutboxEvent.position)
            return [{"type": row.type, "subject": row.subject, **row.data} for row in session.scalars(statement)]


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
