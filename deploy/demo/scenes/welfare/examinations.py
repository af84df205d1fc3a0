"""Two examinations: the year's, which members are booking and some came to today, and one of women in preparation."""

from __future__ import annotations

import time as clock_time
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from deploy.demo.union import PATIENCE, DemoUnion
from services.chassis.clock import SHANGHAI, now, today
from services.chassis.security.principal import Grant, Principal
from services.contracts.membership.record import operations as record
from services.contracts.welfare.examinations import operations as contract

_HOSPITALS = (("校医院体检中心", "学院路 1 号综合楼二层"), ("市第一医院健康管理中心", "人民路 100 号"))
_PACKAGES = (
    ("男职工套餐", "male", 0, 49, "650.00"),
    ("女职工套餐", "female", 0, 49, "720.00"),
    ("五十岁以上套餐", None, 50, 120, "980.00"),
)
"""Name, sex, lowest and highest age, price."""
_BOOKERS, _TODAY, _CAME = 40, 26, 22


def play(union: DemoUnion) -> str:
    officer = union.as_officer()
    hospitals = [
        union.ask(f"hospital-{place}", contract.add_examination_hospital, {"name": name, "address": address}, officer)
        for place, (name, address) in enumerate(_HOSPITALS)
    ]
    general = _campaign(union, officer, "general", f"{today().year} 年教职工体检")
    for place, (name, sex, lowest, highest, price) in enumerate(_PACKAGES):
        package = {"name": name, "sex": sex, "age_from": lowest, "age_to": highest, "price": price}
        wanted = {"examination_id": general, **package}
        union.ask(f"examination-package-{place}", contract.add_examination_package, wanted, officer)
    _slot(union, officer, general, hospitals[0]["id"], _soon(), "今天")
    for ahead in (9, 10, 16):
        at = datetime.combine(today() + timedelta(days=ahead), time(8), SHANGHAI)
        _slot(union, officer, general, hospitals[ahead % 2]["id"], at, str(ahead))
    union.ask("examination-open", contract.open_examination, {"examination_id": general}, officer)
    slots = _opened(union, general)["slots"]
    came = _attend(union, general, slots)
    women = _campaign(union, officer, "women", f"{today().year} 年女职工专项检查")
    package = {"examination_id": women, "name": "专项检查", "price": "380.00"}
    union.ask("examination-package-women", contract.add_examination_package, package, officer)
    return f"2 examinations, {came} members examined"


def _campaign(union: DemoUnion, officer: Principal, kind: str, title: str) -> str:
    values = {
        "title": title, "year": today().year, "kind": kind, "as_of": today(),
        "book_until": today() + timedelta(days=15),
    }  # fmt: skip
    return str(union.ask(f"examination-{kind}", contract.create_examination, values, officer)["id"])


def _soon() -> datetime:
    """Return a moment of today that is still to come."""
    last = datetime.combine(today(), time(23, 59), SHANGHAI)
    return min(now().astimezone(SHANGHAI).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1), last)


def _slot(union: DemoUnion, officer: Principal, examination: str, hospital: str, at: datetime, step: str) -> None:
    values = {
        "examination_id": examination, "hospital_id": hospital, "starts_at": at, "ends_at": at + timedelta(hours=2),
        "capacity": 30, "note": "请空腹，带会员卡。",
    }  # fmt: skip
    union.ask(f"examination-slot-{step}", contract.add_examination_slot, values, officer)


def _attend(union: DemoUnion, examination: str, slots: list[dict[str, Any]]) -> int:
    """Let members book whose accounts visitors do not use; of those of today most have come."""
    wanted = {"standing": "active", "limit": 60}
    rows = union.ask("examinees", record.list_members, wanted, union.as_officer())["items"]
    spared = {union.member_id(union.holder(account)) for account in ("officer", "member", "chair")}
    people = [UUID(row["id"]) for row in rows if UUID(row["id"]) not in spared][:_BOOKERS]
    booked_today = []
    for place, member_id in enumerate(people):
        account = Principal("account", member_id, member_id, (Grant("member"),))
        mine = union.ask("own-examinations", contract.my_examinations, {"limit": 10}, account)["items"]
        packages = [one["packages"] for one in mine if one["examination_id"] == examination and one["packages"]]
        if not packages:
            continue
        slot = slots[0 if place < _TODAY else 1 + place % 3]
        request = {"examination_id": examination, "package_id": packages[0][0]["id"], "slot_id": slot["id"]}
        union.ask(f"examination-booking-{place}", contract.book_examination, request, account)
        if slot is slots[0]:
            booked_today.append(str(member_id))
    marks = {"slot_id": slots[0]["id"], "attended": booked_today[:_CAME]}
    marked = union.ask("examination-marks", contract.mark_examination_slot, marks, union.as_officer())
    return int(marked["attended"])


def _opened(union: DemoUnion, examination: str) -> dict[str, Any]:
    end = clock_time.monotonic() + PATIENCE * 10
    while True:
        wanted = {"examination_id": examination}
        found: dict[str, Any] = union.ask("examination", contract.get_examination, wanted, union.as_officer())
        if found["state"] == "open":
            return found
        if clock_time.monotonic() > end:
            raise RuntimeError(f"the demo's examination stayed {found['state']}")
        union.pause()
