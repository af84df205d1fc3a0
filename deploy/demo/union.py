"""Founding the demo union, step by step, through the same operations people use.

Every command carries an idempotency key made of the seed and the step, so that loading can stop anywhere and be
started again: what was done answers as it did, the rest is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from deploy.demo.people import members, seeded_id
from deploy.demo.units import UNION, UNITS
from services.chassis.clock import today
from services.chassis.rpc.client import RpcClient
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Operation
from services.chassis.security.principal import Grant, Principal, service_principal
from services.contracts.governance.funds import budget
from services.contracts.governance.plan import operations as plan
from services.contracts.governance.rulebook import operations as fund_rules
from services.contracts.membership import rulebook as membership_rules
from services.contracts.membership.organisation import operations as organisation
from services.contracts.membership.record import operations as record
from services.contracts.welfare import rulebook as welfare_rules

AT_ONCE = 500
ROSTER_DAY = date(2026, 1, 1)
"""The day the ages of the made-up people are counted on."""
PATIENCE = 60.0
"""Seconds a step of the loader may take."""

POSTS = (
    ("officer", "union_chair"),
    ("chair", "unit_chair"),
    ("auditor", "auditor"),
    ("delegate", "delegate"),
    ("handler", "handler"),
    ("mediator", "mediator"),
    ("judge", "judge"),
    ("ops", "operator"),
)
"""Demo account and the post its holder has; the account `member` has none."""


class DemoUnion:
    """Loads one demo union.

    Args:
        client: calls the running services.
        count: how many members.
        seed: the same seed makes the same union.
    """

    def __init__(self, client: RpcClient, count: int, seed: int) -> None:
        self.client = client
        self.count = max(count, len(UNITS) * 2)
        self.seed = seed
        self.units: list[UUID] = []
        self.union_id: UUID

    def member_id(self, index: int) -> UUID:
        """Return the id of the member in row `index` of the roster."""
        return seeded_id(self.seed, "member", index)

    def holder(self, account: str) -> int:
        """Return the row of the member behind a demo account: each in a unit of his own but the two who share one."""
        names = [name for name, _ in POSTS]
        # The member works in the chair's unit, so that the chair sees and visits him.
        return names.index(account) if account in names else len(UNITS) + names.index("chair")

    def load(self) -> Iterator[str]:
        """Found the union; yields a line for each step done."""
        self.found_units()
        yield f"demo: {len(self.units)} units"
        self.admit_members()
        yield f"demo: {self.count} members"
        self.assign_posts()
        yield f"demo: {len(POSTS)} kinds of posts held"
        self.adopt_rules()
        yield "demo: rules, the plan of 2023 and a budget"

    def ask(self, step: str, operation: Operation, payload: dict[str, Any], principal: Principal | None = None) -> Any:
        """Call an operation under the idempotency key of the step, in the loader's name or a demo account's."""
        context = CallContext(
            principal=principal or service_principal("demo"),
            idempotency_key=f"demo-{self.seed}-{self.count}-{step}" if operation.kind == "command" else None,
        )
        return self.client.call(operation, payload, context, PATIENCE)

    def as_officer(self) -> Principal:
        """Return the principal of the demo account `officer`."""
        return self._as("officer", Grant("officer", self.union_id))

    def as_chair(self) -> Principal:
        """Return the principal of the demo account `chair`."""
        return self._as("chair", Grant("chair", self.units[self.holder("chair")]))

    def as_member(self, account: str) -> Principal:
        """Return the principal of a demo account in its own affairs."""
        return self._as(account, Grant("member"))

    def _as(self, account: str, grant: Grant) -> Principal:
        return Principal(
            kind="account",
            account_id=seeded_id(self.seed, "account", account),
            member_id=self.member_id(self.holder(account)),
            grants=(Grant("member"), grant),
        )

    def found_units(self) -> None:
        """Found the union and its 24 branch unions."""
        founded = date(1958, 9, 1).isoformat()
        code, name, name_en = UNION
        union = {"code": code, "name": name, "name_en": name_en, "kind": "union", "founded_on": founded}
        self.union_id = UUID(self.ask("union", organisation.create_unit, union)["id"])
        for code, name, name_en in UNITS:
            unit = {"code": code, "name": name, "name_en": name_en, "kind": "unit", "parent_id": str(self.union_id)}
            self.units.append(UUID(self.ask(f"unit-{code}", organisation.create_unit, unit)["id"]))

    def admit_members(self) -> None:
        """Admit the roster in batches."""
        rows = members(self.count, self.seed, self.units, ROSTER_DAY)
        for number, batch in enumerate(_batches(rows, AT_ONCE)):
            self.ask(f"members-{number}", record.admit_members, {"rows": batch})

    def assign_posts(self) -> None:
        """Give each demo account's holder his post, and every other unit a chair who holds no demo account."""
        starts_on = (today() - timedelta(days=400)).isoformat()
        for account, kind in POSTS:
            unit = self.units[self.holder(account)] if kind in ("unit_chair", "delegate") else self.union_id
            self._assign(f"post-{account}", kind, unit, self.holder(account), starts_on)
        for index, unit in enumerate(self.units):
            if index != self.holder("chair"):
                self._assign(f"chair-{index}", "unit_chair", unit, len(UNITS) + index, starts_on)

    def _assign(self, step: str, kind: str, unit: UUID, row: int, starts_on: str) -> None:
        post = {"unit_id": unit, "kind": kind, "member_id": self.member_id(row), "starts_on": starts_on}
        self.ask(step, organisation.assign_post, post)

    def adopt_rules(self) -> None:
        """Put the demo rules in force beside the national ones, publish the plan of 2023, open the budget."""
        self.ask("membership-demo", membership_rules.load_membership_rules, {"ruleset": "demo"})
        self.ask("welfare-demo", welfare_rules.load_welfare_rules, {"ruleset": "demo"})
        self.ask("funds-demo", fund_rules.adopt_rule_set, {"ruleset": "demo"})
        self.ask("plan", plan.import_plan, {})
        self.ask("plan-published", plan.publish_plan, {"year": 2023})
        for year in {today().year, today().year + 1}:
            self.ask(f"budget-{year}", budget.open_budget, {"year": year})


def _batches(rows: Iterable[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch
