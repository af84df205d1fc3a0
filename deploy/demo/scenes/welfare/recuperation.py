"""Two rounds of recuperation: one with a committed draw, which visitors make tomorrow, and one to apply for.

A draw can't be made on the day its secret is committed, so none is decided yet.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from deploy.demo.union import DemoUnion
from services.chassis.clock import today
from services.chassis.security.principal import Grant, Principal
from services.contracts.membership.record import operations as record
from services.contracts.welfare.recuperation import operations as contract

_ROUTES = (
    ("西湖与龙井", "local", 5, "2800.00", "环湖步行，一天自由活动，住宿两人一间。"),
    ("黄山与宏村", "outside", 5, "2950.00", "乘高铁往返，登山一天，古村落一天。"),
    ("对口支援地区", "paired_aid", 7, "3600.00", "走访对口学校，采购当地农产品。"),
)
_APPLICANTS = 30


def play(union: DemoUnion) -> str:
    officer = union.as_officer()
    routes = [
        union.ask(f"route-{place}", contract.add_recuperation_route, _route(*terms), officer)["id"]
        for place, terms in enumerate(_ROUTES)
    ]
    summer = _round(union, officer, "暑期疗休养")
    trips = [
        _trip(union, officer, summer, routes[0], 40, 24),
        _trip(union, officer, summer, routes[2], 48, 24),
        _trip(union, officer, summer, routes[1], 44, 20),
    ]
    applied = _apply(union, trips)
    if applied:
        union.ask("close-entries", contract.close_trip_entries, {"round_id": summer}, officer)
        value = {
            "public_source": "上证综合指数收盘价", "public_example": "3867.92",
            "public_day": today() + timedelta(days=1),
        }  # fmt: skip
        union.ask("commit-draw", contract.commit_draw, {"round_id": summer, **value}, officer)
    autumn = _round(union, officer, "秋季疗休养", last=20)
    _trip(union, officer, autumn, routes[0], 60, 30)
    _trip(union, officer, autumn, routes[2], 70, 30)
    return f"2 rounds of recuperation, {applied} applications"


def _route(name: str, destination: str, days: int, price: str, about: str) -> dict[str, Any]:
    terms = {"name": name, "destination": destination, "days": days, "price": price, "about": about}
    return {**terms, "agency": "示例旅行社", "insured": "1000000.00"}


def _round(union: DemoUnion, officer: Principal, title: str, last: int = 0) -> str:
    year = today().year
    values = {
        "title": f"{year} 年{title}", "year": year, "period_from": year, "period_to": year,
        "apply_from": today() - timedelta(days=10), "apply_until": today() + timedelta(days=last),
    }  # fmt: skip
    return str(union.ask(f"round-{title}", contract.open_recuperation_round, values, officer)["id"])


def _trip(union: DemoUnion, officer: Principal, round_id: str, route_id: str, ahead: int, places: int) -> str:
    values = {"round_id": round_id, "route_id": route_id, "starts_on": today() + timedelta(days=ahead)}
    trip = union.ask(f"trip-{round_id}-{ahead}", contract.add_trip, {**values, "places": places}, officer)["id"]
    union.ask(f"publish-{trip}", contract.publish_trip, {"trip_id": trip}, officer)
    return str(trip)


def _apply(union: DemoUnion, trips: list[str]) -> int:
    """Let members apply whose accounts visitors do not use; those who joined too late are passed over."""
    wanted = {"standing": "active", "limit": 60}
    rows = union.ask("applicants", record.list_members, wanted, union.as_officer())["items"]
    spared = {union.member_id(union.holder(account)) for account in ("officer", "member", "chair")}
    people = [UUID(row["id"]) for row in rows if UUID(row["id"]) not in spared and row["joined_on"] < _new_year()]
    for place, member_id in enumerate(people[:_APPLICANTS]):
        account = Principal("account", member_id, member_id, (Grant("member"),))
        first, further = trips[place % 3], [trips[(place + 1) % 3]]
        family = [] if place % 5 else ["家属"]
        request = {"trip_id": first, "further": further, "family": family}
        union.ask(f"trip-application-{place}", contract.apply_for_trip, request, account)
    return len(people[:_APPLICANTS])


def _new_year() -> str:
    return f"{today().year}-01-01"
