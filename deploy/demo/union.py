"""The demo union that scenes act on, through the same operations people use.

Every command carries an idempotency key made of the seed and the step, so that loading can stop anywhere and be
started again: a command that was executed before gives the same answer, the others are executed.
"""

from __future__ import annotations

import time
from datetime import date
from typing import Any
from uuid import UUID

from deploy.demo.people import seeded_id
from deploy.demo.units import UNITS
from services.chassis.clock import today
from services.chassis.rpc.client import RpcClient
from services.chassis.rpc.context import CallContext
from services.chassis.schema import Operation
from services.chassis.security.principal import Grant, Principal, service_principal
from services.contracts.governance.plan import operations as plan
from services.contracts.membership import consents

ROSTER_DAY = date(2026, 1, 1)
"""The day the ages of the made-up people are counted on."""
PATIENCE = 60.0
_MOMENT = 0.2
"""Seconds a call may take."""
WORDING = "2026-01"
"""Version of the consent texts that are shipped."""

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
    """One demo union: who is in it, and how to call the services in their name.

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
        self.committees: dict[str, UUID] = {}

    def member_id(self, index: int) -> UUID:
        """Return the id of the member in row `index` of the roster."""
        return seeded_id(self.seed, "member", index)

    def holder(self, account: str) -> int:
        """Return the row of the member behind a demo account; only `member` and `chair` are in the same unit."""
        names = [name for name, _ in POSTS]
        # The chair's own unit, so that the chair can see and visit this member.
        return names.index(account) if account in names else len(UNITS) + names.index("chair")

    def ask(self, step: str, operation: Operation, payload: dict[str, Any], principal: Principal | None = None) -> Any:
        """Call an operation with the idempotency key of the step, as the principal given or as the demo itself."""
        context = CallContext(
            principal=principal or service_principal("demo"),
            idempotency_key=f"demo-{self.seed}-{self.count}-{step}" if operation.kind == "command" else None,
        )
        return self.client.call(operation, payload, context, PATIENCE)

    def pause(self) -> None:
        """Let a moment pass, in which the services work on."""
        time.sleep(_MOMENT)

    def as_officer(self) -> Principal:
        """Return the principal of the demo account `officer`."""
        return self._as("officer", Grant("officer", self.union_id))

    def as_chair(self) -> Principal:
        """Return the principal of the demo account `chair`."""
        return self._as("chair", Grant("chair", self.units[self.holder("chair")]))

    def as_member(self, account: str) -> Principal:
        """Return the principal of a demo account with the rights of a member only."""
        return self._as(account, Grant("member"))

    def _as(self, account: str, grant: Grant) -> Principal:
        return Principal(
            kind="account",
            account_id=seeded_id(self.seed, "account", account),
            member_id=self.member_id(self.holder(account)),
            grants=(Grant("member"), grant),
        )

    def wording(self, purpose: str) -> str:
        """Return the version of a purpose's consent text that is in force."""
        texts = self.ask("wordings", consents.list_consent_texts, {"limit": 20})["items"]
        return next(str(text["version"]) for text in texts if text["purpose"] == purpose)


def plan_items(union: DemoUnion) -> dict[str, dict[str, Any]]:
    """Return the items of this year's plan by their keys."""
    page = union.ask("items", plan.list_plan_items, {"year": today().year, "limit": 100})
    return {item["key"]: item for item in page["items"]}
