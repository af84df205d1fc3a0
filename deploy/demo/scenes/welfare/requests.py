"""Types of requests with some under way, one overdue soon and one done; counselling with slots and one appointment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from deploy.demo.union import DemoUnion
from services.chassis.clock import now
from services.chassis.security.principal import Grant, Principal
from services.contracts.membership.record import operations as record
from services.contracts.welfare.requests import appointments as counselling
from services.contracts.welfare.requests import operations as contract
from services.contracts.welfare.requests import types

_TYPES: tuple[dict[str, Any], ...] = (
    {
        "name": "引进人才子女入学", "about": "协助引进人才的子女在附近学校就读。",
        "steps": [{"name": "核对材料", "days": 3}, {"name": "联系学校", "days": 10}, {"name": "告知安排", "days": 3}],
        "documents": [{"name": "引进证明", "required": False}],
    },
    {
        "name": "托育", "about": "申请校内托育园的学位。",
        "steps": [{"name": "登记", "days": 2}, {"name": "排位", "days": 5}], "documents": [],
    },
    {
        "name": "住房租赁证明", "about": "开具租房补贴所需的在职和住房情况证明。",
        "steps": [{"name": "开具证明", "days": 3}], "documents": [],
    },
    {"name": "法律咨询", "about": "值班律师面谈，每次半小时。", "counted_only": True},
    {"name": "心理咨询", "about": "心理咨询师面谈，每次五十分钟。", "counted_only": True},
)  # fmt: skip
_TEXTS = (
    "孩子今年九月上小学，希望在附近学校就读。",
    "孩子一岁半，申请下学期的托育学位。",
    "申请租房补贴，需要在职证明。",
)


def play(union: DemoUnion) -> str:
    officer = union.as_officer()
    handler = str(union.member_id(union.holder("handler")))
    made = {
        one["name"]: union.ask(f"request-type-{one['name']}", types.add_request_type, _terms(one, handler), officer)[
            "id"
        ]
        for one in _TYPES
    }
    people = _people(union)
    written = [name for name in made if "咨询" not in name]
    asked = [
        union.ask(
            f"request-{place}", contract.submit_request,
            {"type_id": made[written[place % 3]], "text": _TEXTS[place % 3]}, account,
        )["id"]
        for place, account in enumerate(people[:6])
    ]  # fmt: skip
    for place, request_id in enumerate(asked[1:]):
        ref = {"request_id": request_id}
        union.ask(f"accept-{place}", contract.accept_request, {**ref, "note": "已收到，正在办理。"}, officer)
    if len(asked) > 3:
        ref = {"request_id": asked[1]}
        union.ask("advance-request", contract.advance_request, {**ref, "note": "已登记，正在排位。"}, officer)
        done = {"request_id": asked[2], "outcome": "证明已开具，请到校工会领取。"}
        union.ask("finish-request", contract.finish_request, done, officer)
        look = {"request_id": asked[0], "purpose": "受理前核对诉求内容"}
        union.ask("read-request", contract.unmask_request, look, officer)
    slots = [_slot(union, officer, made[name], days) for name in ("法律咨询", "心理咨询") for days in (3, 7, 10)]
    if people:
        union.ask("appointment", counselling.book_appointment, {"slot_id": slots[0]}, people[0])
    return f"{len(made)} types of requests, {len(asked)} requests, {len(slots)} slots of counselling"


def _terms(one: dict[str, Any], handler: str) -> dict[str, Any]:
    named = {"handler_id": handler} if one["name"] == "托育" else {}
    return {"steps": [], "documents": [], "counted_only": False, **one, **named}


def _slot(union: DemoUnion, officer: Principal, type_id: str, days: int) -> str:
    starts_at = now().replace(hour=6, minute=0, second=0, microsecond=0) + timedelta(days=days)
    values = {
        "type_id": type_id, "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1),
        "place": "工会楼 203 室", "capacity": 2,
    }  # fmt: skip
    return str(union.ask(f"slot-{type_id}-{days}", counselling.add_counselling_slot, values, officer)["id"])


def _people(union: DemoUnion) -> list[Principal]:
    """Return who asks: first the member of the demo account, then members whose accounts visitors do not use."""
    wanted = {"standing": "active", "limit": 20}
    rows = union.ask("request-members", record.list_members, wanted, union.as_officer())["items"]
    named = [union.member_id(union.holder(account)) for account in ("member", "officer", "chair", "handler")]
    others = [UUID(row["id"]) for row in rows if UUID(row["id"]) not in named]
    return [Principal("account", one, one, (Grant("member"),)) for one in [named[0], *others]]
