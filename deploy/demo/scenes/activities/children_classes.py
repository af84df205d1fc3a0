"""A term of children's classes that is under way: one class full with a waiting list, one with free places."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from deploy.demo.union import DemoUnion
from services.chassis.clock import start_of, today
from services.chassis.security.principal import Grant, Principal
from services.contracts.activities.children_classes import children, classes
from services.contracts.membership.record import operations as record

_BALL: dict[str, Any] = {
    "name": "少儿篮球托班", "place": "体育馆一楼", "times": "周一、周三、周五 16:30–18:00", "age_from": 6, "age_to": 9,
    "places": 4, "fee": "600.00", "about": "学校体育教师带班，先写作业后练球，请自带水杯和运动鞋。",
}  # fmt: skip
_SWIM: dict[str, Any] = {
    "name": "少儿体能托班", "place": "田径场", "times": "周二、周四 16:30–18:00", "age_from": 5, "age_to": 10,
    "places": 12, "fee": "0.00",
}  # fmt: skip
_CALLED = ("小雨", "小石", "小鱼", "小满", "小禾", "小川", "小夏")


def play(union: DemoUnion) -> str:
    officer, day = union.as_officer(), today()
    term = {
        "name": "秋季学期体育托班", "starts_on": day - timedelta(days=28), "ends_on": day + timedelta(days=60),
        "opens_at": start_of(day - timedelta(days=40)), "closes_at": start_of(day + timedelta(days=20)),
    }  # fmt: skip
    term_id = union.ask("children-term", classes.add_children_term, term, officer)["id"]
    ball, swim = (
        union.ask(f"children-{one['name']}", classes.add_children_class, {**one, "term_id": term_id}, officer)["id"]
        for one in (_BALL, _SWIM)
    )
    member, others = _people(union)
    parents = [others[0], member, *others[1:6]]
    made = [_register(union, ball, one, place) for place, one in enumerate(parents)]
    _register(union, swim, member, 1)
    for place in range(3):
        came = [
            {"registration_id": one, "attendance": "excused" if at == place else "present"}
            for at, one in enumerate(made[:4])
        ]
        entries = {"class_id": ball, "day": day - timedelta(days=7 * place + 2), "entries": came}
        union.ask(f"children-day-{place}", children.record_child_attendance, entries, officer)
    paid = {"registration_id": made[0], "fee_state": "paid", "fee_note": "收据 0107"}
    union.ask("children-paid", children.record_child_fee, paid, officer)
    return f"2 classes, {len(made) + 1} children"


def _register(union: DemoUnion, found: str, account: Principal, place: int) -> str:
    asked = {
        "class_id": found, "child_name": _CALLED[place], "born_on": _born(7 + place % 2),
        "phone": f"1380000{place:04}",
        "pick_up": [{"name": "家中长辈", "phone": f"1390000{place:04}", "relation": "grandparent"}],
        "health_note": "对花生过敏" if place == 2 else None, "consent_version": 1, "consents": True,
    }  # fmt: skip
    return str(union.ask(f"child-{found}-{place}", children.register_child, asked, account)["id"])


def _born(years: int) -> date:
    day = today() - timedelta(days=200)
    return date(day.year - years, day.month, min(day.day, 28))


def _people(union: DemoUnion) -> tuple[Principal, list[Principal]]:
    """Return the member of the demo account, and members whose accounts visitors do not use."""
    wanted = {"standing": "active", "limit": 60}
    rows = union.ask("children-members", record.list_members, wanted, union.as_officer())["items"]
    accounts = ("member", "officer", "chair", "auditor", "delegate", "handler", "mediator", "judge", "ops")
    named = [union.member_id(union.holder(account)) for account in accounts]
    others = [UUID(row["id"]) for row in rows if UUID(row["id"]) not in named]
    return union.as_member("member"), [Principal("account", one, one, (Grant("member"),)) for one in others]
