"""The demonstration's rules, in force beside the national ones: governance adopts them, the services hear of them."""

from __future__ import annotations

from typing import Any

from deploy import adopting
from deploy.demo.union import DemoUnion
from services.chassis.schema import Operation


def play(union: DemoUnion) -> str:
    def ask(operation: Operation, payload: dict[str, Any]) -> dict[str, Any]:
        return dict(union.ask("demo-rules", operation, payload))

    behind = adopting.adopt(ask, "demo")
    return f"rules, {', '.join(behind)} will hear of them later" if behind else "rules"
