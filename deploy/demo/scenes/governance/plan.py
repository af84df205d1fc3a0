"""The plan of 2023, published."""

from __future__ import annotations

from deploy.demo.union import PLAN_YEAR, DemoUnion
from services.contracts.governance.plan import operations as plan


def play(union: DemoUnion) -> str:
    union.ask("plan", plan.import_plan, {})
    union.ask("plan-published", plan.publish_plan, {"year": PLAN_YEAR})
    return f"the plan of {PLAN_YEAR}"
