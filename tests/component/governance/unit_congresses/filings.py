"""Filings of units' congresses in tests: a large unit and a small one, and how far their filings have come."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID

from services.chassis.identifiers import uuid7
from services.chassis.schema import Operation
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.rulebook import operations as rulebook
from services.contracts.governance.unit_congresses import operations as contract
from services.contracts.membership.joining.operations import MemberJoined
from tests.component.governance.harness import GovernanceHarness
from tests.support.principals import chair_of

PNG = base64.b64encode(
    base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
).decode()
LARGE, SMALL = 80, 6
"""How many people the units have: the one on the line, the other below."""


class Filings:
    """One union whose units file."""

    def __init__(self, governance: GovernanceHarness) -> None:
        self.governance = governance
        self.large, self.small = uuid7(), uuid7()
        self.people = {self.large: self._join(self.large, LARGE), self.small: self._join(self.small, SMALL)}
        self.chair, self.other = chair_of(self.large), chair_of(self.small)
        self.officer = Principal("account", uuid7(), uuid7(), (Grant("officer"), Grant("member")))

    def _join(self, unit_id: UUID, count: int) -> list[UUID]:
        people = [uuid7() for _ in range(count)]
        events = [
            self.governance.example_message(MemberJoined, 1, member_id=one, unit_id=unit_id) for one in people
        ]  # fmt: skip
        self.governance.receive("on_member_joined", *events)
        return people

    def of(self, unit_id: UUID, year: int = 2026) -> dict[str, Any]:
        """Return a unit's filing of a year."""
        (found,) = self.governance.ask(contract.list_filings, unit_id=unit_id, year=year)["items"]
        return found  # type: ignore[no-any-return]

    def opened(self) -> dict[str, Any]:
        """Let the service ask the units for this year; return the large unit's filing."""
        self.governance.run_timer("open_filings_of_this_year")
        return self.of(self.large)

    def ask(self, operation: Operation, filing: Any, by: Principal | None = None, /, **more: Any) -> Any:
        return self.governance.ask(operation, by or self.chair, filing_id=filing["id"], **more)

    def refused(self, operation: Operation, filing: Any, by: Principal | None = None, /, **more: Any) -> Any:
        return self.governance.refused(operation, by or self.chair, filing_id=filing["id"], **more)

    def planned(self) -> Any:
        """Return the large unit's filing with its plan in review."""
        return self.ask(contract.submit_filing_plan, self.opened(), **plan())

    def review(self, filing: Any, decision: str = "accept", reason: str | None = None) -> Any:
        return self.ask(contract.review_filing, filing, self.officer, decision=decision, reason=reason)

    def recording(self) -> Any:
        """Return the filing whose plan was accepted."""
        return self.review(self.planned())

    def complete(self, filing: Any) -> Any:
        """Fill in record, checklist and documents."""
        self.ask(contract.save_filing_record, filing, **record())
        told = self.ask(contract.add_filing_resolution, filing, title="通过绩效分配办法", votes_for=21)
        answers = [{"item": one["item"], "done": True, "note": None} for one in told["checks"]]
        self.ask(contract.answer_filing_checks, filing, answers=answers)
        for kind in ("sign_in", "resolution", "minutes"):
            told = self.ask(contract.attach_filing_document, filing, **document(kind))
        return told

    def filed(self) -> Any:
        """Return the filing with its record in review."""
        return self.ask(contract.submit_filing_record, self.complete(self.recording()))

    def accepted(self) -> Any:
        return self.review(self.filed())

    def set_rule(self, key: str, value: str) -> None:
        """Set a rule of the union's own."""
        self.governance.ask(
            rulebook.set_rule, key=f"unit_congress.{key}", value=value, document="二级教代会办法",
            valid_from="2020-01-01",
        )  # fmt: skip


def plan(**changes: Any) -> dict[str, Any]:
    return {
        "form": "congress", "planned_on": "2026-03-20", "place": "学院报告厅", "agenda": "听取工作报告\n讨论绩效办法",
        "delegates": 30, **changes,
    }  # fmt: skip


def record(**changes: Any) -> dict[str, Any]:
    return {"held_on": "2026-03-10", "entitled": 30, "present": 24, "summary": "会议完成各项议程。", **changes}


def document(kind: str) -> dict[str, Any]:
    return {"kind": kind, "name": "材料.png", "media_type": "image/png", "content": PNG}
