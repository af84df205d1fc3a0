"""A campaign of examinations in a test: prepared, opened, booked, attended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis import clock
from services.chassis.jobs.tables import OPEN, Job
from services.chassis.security.principal import Principal
from services.contracts.welfare.examinations import operations as contract
from services.welfare.examinations.use_cases.reminding import KIND
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import member_account

SPRING = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)
"""Monday, 4 May 2026, noon in China."""
DAY = date(2026, 5, 20)
"""Of the first slot."""


def on(day: date) -> Any:
    """Let the clock stand at noon of a day."""
    return clock.frozen(datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC))


class Campaign:
    """A campaign; members are women of 40, unless told otherwise."""

    def __init__(self, welfare: WelfareHarness, **changes: Any) -> None:
        self.welfare = welfare
        self.facts: dict[UUID, Mapping[str, Any]] = {}
        self.asked: list[Mapping[str, Any]] = []
        welfare.answers["membership.facts_of_members"] = self._facts
        values = {
            "title": "2026 年教职工体检", "year": 2026, "kind": "general", "as_of": "2026-05-01",
            "book_until": "2026-06-30", **changes,
        }  # fmt: skip
        self.id: str = welfare.ask(contract.create_examination, **values)["id"]
        hospital = {"name": "校医院", "address": "学院路 1 号"}
        self.hospital: str = welfare.ask(contract.add_examination_hospital, **hospital)["id"]

    def member(self, unit_id: UUID | None = None, sex: str = "female", age: int | None = 40) -> UUID:
        member_id = self.welfare.joined(unit_id)
        self.facts[member_id] = {"sex": sex, "age": age}
        return member_id

    def package(self, **changes: Any) -> str:
        values = {"examination_id": self.id, "name": "常规套餐", "price": "600.00", **changes}
        return str(self.welfare.ask(contract.add_examination_package, **values)["packages"][-1]["id"])

    def slot(self, capacity: int = 10, day: date = DAY, **changes: Any) -> str:
        before = {one["id"] for one in self.read()["slots"]}
        values = {
            "examination_id": self.id, "hospital_id": self.hospital, "starts_at": f"{day}T08:00:00+08:00",
            "ends_at": f"{day}T10:00:00+08:00", "capacity": capacity, **changes,
        }  # fmt: skip
        slots = self.welfare.ask(contract.add_examination_slot, **values)["slots"]
        return next(str(one["id"]) for one in slots if one["id"] not in before)

    def open(self) -> dict[str, Any]:
        """Make the list to its end, and tell everybody."""
        self.welfare.run_job(self.welfare.ask(contract.open_examination, examination_id=self.id)["job_id"])
        self.run_reminders()
        return self.read()

    def run_reminders(self) -> None:
        """Carry out the jobs that tell members."""
        waiting = sa.select(Job.id).where(Job.kind == KIND, Job.state.in_(OPEN))
        with self.welfare.transaction() as tx:
            job_ids = list(tx.session.scalars(waiting))
        for job_id in job_ids:
            self.welfare.run_job(job_id)

    def read(self) -> dict[str, Any]:
        return self.welfare.ask(contract.get_examination, examination_id=self.id)  # type: ignore[no-any-return]

    def book(self, member_id: UUID, slot: str, package: str, by: Principal | None = None) -> dict[str, Any]:
        values = {"examination_id": self.id, "slot_id": slot, "package_id": package}
        return self.welfare.ask(contract.book_examination, by or member_account(member_id), **values)  # type: ignore

    def cancel(self, member_id: UUID) -> dict[str, Any]:
        by = member_account(member_id)
        return self.welfare.ask(  # type: ignore[no-any-return]
            contract.cancel_examination_booking, by, examinee_id=self.mine(member_id)["id"]
        )

    def mark(self, member_id: UUID, mark: str = "attended") -> dict[str, Any]:
        values = {"examination_id": self.id, "member_id": member_id, "mark": mark}
        return self.welfare.ask(contract.mark_examinee, **values)  # type: ignore[no-any-return]

    def mine(self, member_id: UUID) -> dict[str, Any]:
        """Return what a member sees of this campaign; fails where the member is not on the list."""
        items = self.welfare.ask(contract.my_examinations, member_account(member_id))["items"]
        return next(one for one in items if one["examination_id"] == self.id)  # type: ignore[no-any-return]

    def coverage(self, by: Principal | None = None) -> dict[str, Any]:
        return self.welfare.ask(contract.examination_coverage, by, examination_id=self.id)  # type: ignore

    def booked(self) -> dict[str, int]:
        """Return how many places of each slot are taken."""
        return {one["id"]: one["booked"] for one in self.read()["slots"]}

    def refused(self) -> dict[str, str]:
        items = self.welfare.ask(contract.list_not_eligible, examination_id=self.id, limit=100)["items"]
        return {one["member_id"]: one["reason"] for one in items}

    def _facts(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        self.asked.append(payload)
        known = {str(member_id): facts for member_id, facts in self.facts.items()}
        items = [{"member_id": one, **known[one]} for one in payload["member_ids"] if one in known]
        return {"items": items, "unknown_ids": [], "next_cursor": None}
