"""Places with bookings of the next days: one slot full with a waiting list, one place blocked for repairs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from deploy.demo.union import DemoUnion
from services.chassis.clock import start_of, today
from services.chassis.security.principal import Grant, Principal
from services.contracts.activities.places import bookings, places
from services.contracts.membership.record import operations as record

_EVENINGS = [
    {"weekday": str(day), "opens": "09:00" if day > 5 else "16:00", "closes": "22:00"} for day in range(1, 8)
]  # fmt: skip
_DAYTIME = [{"weekday": str(day), "opens": "08:30", "closes": "21:30"} for day in range(1, 8)]
_PLACES: tuple[dict[str, Any], ...] = (
    {
        "name": "教工之家多功能厅", "name_en": "Staff home, large room", "kind": "home", "address": "工会楼一楼",
        "about": "可供分工会活动、社团排练使用，用后请恢复桌椅、关好门窗。", "hours": _DAYTIME, "slot_minutes": 120,
        "capacity": 1,
    },
    {
        "name": "羽毛球场", "name_en": "Badminton courts", "kind": "court", "address": "体育馆二楼",
        "about": "四片场地，自带球拍，须穿运动鞋入场。", "hours": _EVENINGS, "slot_minutes": 60, "capacity": 4,
    },
    {
        "name": "教工健身房", "name_en": "Staff gym", "kind": "gym", "address": "工会楼负一楼", "hours": _DAYTIME,
        "slot_minutes": 60, "capacity": 20, "closed_on_days_off": True,
    },
)  # fmt: skip


def play(union: DemoUnion) -> str:
    officer = union.as_officer()
    made = [union.ask(f"place-{one['name']}", places.add_place, one, officer)["id"] for one in _PLACES]
    hall, courts, gym = made
    member, others = _people(union)
    for place, account in enumerate(others[:6]):
        _book(union, courts, account, _at(2, 19), f"full-{place}")
    _book(union, courts, member, _at(2, 19), "own-waiting")
    _book(union, hall, member, _at(3, 8, 30), "own")
    for place, account in enumerate(others[6:14]):
        _book(union, courts, account, _at(1 + place % 3, 17 + place % 4), f"court-{place}")
    for place, account in enumerate(others[14:18]):
        _book(union, hall, account, _at(1 + place, 10, 30), f"hall-{place}")
    block = {
        "place_id": gym, "starts_at": _at(4, 8), "ends_at": _at(4, 18), "reason": "检修跑步机", "cancels": 0,
    }  # fmt: skip
    union.ask("gym-block", places.block_place, block, officer)
    return f"{len(made)} places, {2 + min(len(others), 18)} bookings"


def _book(union: DemoUnion, place: str, account: Principal, starts_at: datetime, step: str) -> None:
    wanted = {"place_id": place, "starts_at": starts_at}
    union.ask(f"place-booking-{step}", bookings.book_place, wanted, account)


def _at(days: int, hour: int, minute: int = 0) -> datetime:
    return start_of(today() + timedelta(days=days)) + timedelta(hours=hour, minutes=minute)


def _people(union: DemoUnion) -> tuple[Principal, list[Principal]]:
    """Return the member of the demo account, and members whose accounts visitors do not use."""
    wanted = {"standing": "active", "limit": 60}
    rows = union.ask("place-members", record.list_members, wanted, union.as_officer())["items"]
    accounts = ("member", "officer", "chair", "auditor", "delegate", "handler", "mediator", "judge", "ops")
    named = [union.member_id(union.holder(account)) for account in accounts]
    others = [UUID(row["id"]) for row in rows if UUID(row["id"]) not in named]
    return union.as_member("member"), [Principal("account", one, one, (Grant("member"),)) for one in others]
