"""A round of recuperation in a test: routes, trips, applicants, and the steps of the draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from services.chassis import clock
from services.chassis.errors import Refused
from services.chassis.security.principal import Principal
from services.contracts.welfare.recuperation import operations as contract
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import member_account, officer

SPRING = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)
"""Monday, 4 May 2026, noon in China."""
VALUE = "3867.92"
LAST_DAY = date(2026, 5, 20)
"""The last day to apply, on which the entries are closed and the secret is committed."""
DRAWN_ON = date(2026, 5, 22)


def on(day: date) -> Any:
    """Let the clock stand at noon of a day."""
    return clock.frozen(datetime(day.year, day.month, day.day, 4, 0, tzinfo=UTC))


def refused(ask: Any, *arguments: Any, **request: Any) -> str | None:
    """Ask, and return the rule that refused; fails where nothing did."""
    with pytest.raises(Refused) as told:
        ask(*arguments, **request)
    return told.value.rule


class Round:
    """A round with trips; applicants joined in 2020 and hold no honours, unless told otherwise."""

    def __init__(self, welfare: WelfareHarness, **changes: Any) -> None:
        self.welfare = welfare
        self.joined_on: dict[UUID, str] = {}
        self.honoured: set[UUID] = set()
        welfare.answers["membership.facts_of_members"] = self._facts
        values = {
            "title": "2026 年暑期疗休养", "year": 2026, "period_from": 2026, "period_to": 2026,
            "apply_from": "2026-05-01", "apply_until": "2026-05-20", **changes,
        }  # fmt: skip
        self.id: str = welfare.ask(contract.open_recuperation_round, **values)["id"]

    def route(self, **changes: Any) -> str:
        values = {
            "name": "千岛湖", "destination": "local", "days": 5, "price": "2800.00", "agency": "旅行社",
            "insured": "1000000.00", **changes,
        }  # fmt: skip
        return str(self.welfare.ask(contract.add_recuperation_route, **values)["id"])

    def draft(self, route: str | None = None, starts_on: str = "2026-07-10", places: int = 30, **changes: Any) -> str:
        values = {"route_id": route or self.route(), "starts_on": starts_on, "places": places, **changes}
        return str(self.welfare.ask(contract.add_trip, round_id=self.id, **values)["id"])

    def trip(self, *arguments: Any, **changes: Any) -> str:
        trip_id = self.draft(*arguments, **changes)
        self.welfare.ask(contract.publish_trip, trip_id=trip_id)
        return trip_id

    def member(
        self, joined_on: str = "2020-09-01", unit_id: UUID | None = None, *, honoured: bool = False
    ) -> Principal:
        member_id = self.welfare.joined(unit_id)
        self.joined_on[member_id] = joined_on
        if honoured:
            self.honoured.add(member_id)
        return member_account(member_id)

    def apply(self, by: Principal, *choices: str, family: Sequence[str] = ()) -> dict[str, Any]:
        first, *further = choices
        request = {"trip_id": first, "further": further, "family": list(family)}
        return self.welfare.ask(contract.apply_for_trip, by, **request)

    def applicants(self, count: int, *choices: str, **about: Any) -> list[dict[str, Any]]:
        return [self.apply(self.member(**about), *choices) for _ in range(count)]

    def close(self) -> dict[str, Any]:
        with on(LAST_DAY):
            return self.welfare.ask(contract.close_trip_entries, round_id=self.id)

    def commit(self, **changes: Any) -> dict[str, Any]:
        self.close()
        return self.commit_only(**changes)

    def commit_only(self, **changes: Any) -> dict[str, Any]:
        named = {"public_source": "上证指数收盘价", "public_example": "3912.05", "public_day": DRAWN_ON, **changes}
        with on(LAST_DAY):
            return self.welfare.ask(contract.commit_draw, round_id=self.id, **named)

    def enter(self, trip_id: str, by: Principal | None = None, value: str = VALUE) -> dict[str, Any]:
        return self.welfare.ask(contract.enter_public_value, by, trip_id=trip_id, public_value=value)

    def draw(self, trip_id: str) -> dict[str, Any]:
        """Close, commit, and let two officers enter the value two days later."""
        self.commit()
        with on(DRAWN_ON):
            self.enter(trip_id)
            return self.enter(trip_id, officer())

    def applications(self, **filters: Any) -> list[dict[str, Any]]:
        filters = {"round_id": self.id, "limit": 100, **filters}
        return list(self.welfare.ask(contract.list_trip_applications, **filters)["items"])

    def states(self, **filters: Any) -> dict[str, str]:
        return {one["id"]: one["state"] for one in self.applications(**filters)}

    def look(self, trip_id: str) -> dict[str, Any]:
        return self.welfare.ask(contract.get_trip, trip_id=trip_id)

    def _facts(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        ids = [UUID(str(one)) for one in payload["member_ids"]]
        items = [
            {
                "member_id": str(one),
                "joined_on": self.joined_on.get(one, "2020-09-01"),
                "honours": self._honours(one),
                "posts": [],
            }
            for one in ids
        ]
        return {"items": items, "unknown_ids": [], "next_cursor": None}

    def _honours(self, member_id: UUID) -> list[str]:
        return ["model_worker"] if member_id in self.honoured else []
