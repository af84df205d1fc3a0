"""A plan of mutual aid in a test: a period, members with the facts membership tells of them, claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from services.chassis import clock
from services.chassis.security.principal import Principal
from services.contracts.welfare.mutual_aid import operations as contract
from tests.component.welfare.harness import WelfareHarness
from tests.support.pictures import picture
from tests.support.principals import member_account

SPRING = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)
"""Monday, 4 May 2026, noon in China."""
IN_HOSPITAL = date(2026, 7, 1)


def on(day: date) -> Any:
    """Let the clock stand at noon of a day."""
    return clock.frozen(datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC))


class Plan:
    """A plan with an open period; members are women of 40 in employment unless told otherwise."""

    def __init__(self, welfare: WelfareHarness, payer: str = "union", **terms: Any) -> None:
        self.welfare = welfare
        self.facts: dict[UUID, dict[str, Any]] = {}
        self.questions: list[Mapping[str, Any]] = []
        welfare.answers["membership.facts_of_members"] = self._facts
        values = {
            "name": "职工住院医疗互助保障", "kind": "inpatient", "provider": "职工互助保障会", "fee": "50.00",
            "document": "职工互助保障计划条款（2026 年版）", "sum_insured": "20000.00",
            "claim_days": 60, "remind_days": 15, "age_from": 18, "age_to": 65, **terms,
        }  # fmt: skip
        self.id: str = welfare.ask(contract.add_mutual_aid_plan, **values)["id"]
        self.period: str = self.open(payer=payer)["id"]

    def open(self, **changes: Any) -> dict[str, Any]:
        values = {
            "plan_id": self.id, "title": "2026 年度", "starts_on": "2026-06-01", "ends_on": "2027-05-31",
            "enrol_from": "2026-05-01", "enrol_until": "2026-05-31", "payer": "union", **changes,
        }  # fmt: skip
        return self.welfare.ask(contract.open_cover_period, **values)

    def member(self, unit_id: UUID | None = None, **facts: Any) -> UUID:
        member_id = self.welfare.joined(unit_id)
        self.facts[member_id] = {"sex": "female", "age": 40, **facts}
        return member_id

    def enrol(self, *member_ids: UUID, by: Principal | None = None, **changes: Any) -> dict[str, Any]:
        values = {"period_id": self.period, "unit_id": self.welfare.unit, **changes}
        if member_ids:
            values["member_ids"] = list(member_ids)
        return self.welfare.ask(contract.enrol_members, by or self.welfare.chair, **values)

    def close(self, line_code: str | None = "care.holiday") -> dict[str, Any]:
        return self.welfare.ask(contract.close_cover_list, period_id=self.period, line_code=line_code)

    def covers(self, by: Principal | None = None, **filters: Any) -> list[dict[str, Any]]:
        return list(self.welfare.ask(contract.list_covers, by, period_id=self.period, **filters)["items"])

    def covered(self, **facts: Any) -> Principal:
        """Return the account of a member who is covered; the list is left open."""
        member_id = self.member(**facts)
        self.enrol(member_id)
        return member_account(member_id)

    def submit(self, by: Principal, event_on: date = IN_HOSPITAL, **changes: Any) -> dict[str, Any]:
        values = {"plan_id": self.id, "event_on": event_on, "details": "阑尾炎住院", "asked": "3000.00", **changes}
        return self.welfare.ask(contract.submit_mutual_aid_claim, by, **values)

    def attach(self, claim_id: str, by: Principal, kind: str = "medical", side: int = 200) -> dict[str, Any]:
        values = {"claim_id": claim_id, "kind": kind, "name": "阑尾炎出院小结.jpg", "media_type": "image/jpeg"}
        return self.welfare.ask(contract.attach_claim_document, by, **values, content=picture(side, side))

    def claims(self, by: Principal | None = None, **filters: Any) -> list[dict[str, Any]]:
        return list(self.welfare.ask(contract.list_mutual_aid_claims, by, **filters)["items"])

    def _facts(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        self.questions.append(payload)
        asked: Sequence[str] = payload["facts"]
        known = [UUID(str(one)) for one in payload["member_ids"] if UUID(str(one)) in self.facts]
        items = [{"member_id": str(one), **{name: self.facts[one][name] for name in asked}} for one in known]
        return {"items": items, "unknown_ids": [], "next_cursor": None}
