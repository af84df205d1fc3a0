"""Memberships that change: transfers, members who retire this year, one who left and one who asks to leave."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from deploy.demo.union import DemoUnion
from deploy.demo.units import UNITS
from services.chassis.clock import today
from services.chassis.security.principal import Grant, Principal
from services.contracts.membership import retirement, transfer
from services.contracts.membership.record import operations as record
from services.contracts.membership.standing import operations as standing

_NEEDED = 5
"""Members without post and account that this scene needs."""


def play(union: DemoUnion) -> str:
    rows = _spare_rows(union)
    if len(rows) < _NEEDED:
        return "too few members to let any of them move or leave"
    _transfers(union, rows)
    retired = _retire(union)
    _leave(union, rows[3], rows[4])
    return f"3 transfers, {retired} retired this year, one who left and one who asks to"


def _spare_rows(union: DemoUnion) -> list[int]:
    """Return rows of members without post and account, from the end of the roster."""
    return list(range(union.count - 1, max(union.count - 12, len(UNITS) * 2 - 1), -1))


def _transfers(union: DemoUnion, rows: list[int]) -> None:
    """The chair's unit has to release one member and to accept another; a third transfer takes effect next month."""
    chairs = union.units[union.holder("chair")]
    other = next(unit for unit in union.units if unit != chairs)
    listed = {"unit_id": chairs, "standing": "active", "sort": "-number", "limit": 50}
    known = {str(union.member_id(union.holder(name))) for name in ("member", "chair")}
    page = union.ask("transfer-unit", record.list_members, listed, union.as_officer())["items"]
    leaving = next((UUID(row["id"]) for row in page if row["id"] not in known), None)
    if leaving is not None:
        asked = {"to_unit_id": other, "reason": "工作岗位调整到其他学院"}
        union.ask("transfer-out-of", transfer.request_transfer, asked, _member(leaving))
    arriving = {"member_id": union.member_id(rows[0]), "to_unit_id": chairs, "reason": "学科调整"}
    _release(union, "transfer-into", arriving)
    later = {"member_id": union.member_id(rows[1]), "to_unit_id": other, "reason": "借调期满转入",
             "effective_on": today() + timedelta(days=30)}  # fmt: skip
    _release(union, "transfer-later", later)


def _release(union: DemoUnion, step: str, asked: dict[str, Any]) -> None:
    """Ask for a transfer as the chair of the member's unit, which releases the member."""
    found = union.ask(f"{step}-of", standing.member_standing, {"member_id": asked["member_id"]}, union.as_officer())
    if found["unit_id"] != str(asked["to_unit_id"]):
        chair = Principal("account", grants=(Grant("chair", UUID(found["unit_id"])),))
        union.ask(step, transfer.request_transfer, asked, chair)


def _retire(union: DemoUnion) -> int:
    """Confirm the first retirements that are due this year; return how many."""
    listed = {"year": today().year, "state": "due", "limit": 10}
    page = union.ask("retirement-roster", retirement.retirement_roster, listed, union.as_officer())
    posts = {str(union.member_id(row)) for row in range(len(UNITS) * 2)}
    ready = [
        row
        for row in page["items"]
        if row["month"] <= today().isoformat() and row["member_id"] not in posts and row["standing"] == "active"
    ]
    for row in ready[:2]:
        confirmed = {"member_id": row["member_id"]}
        union.ask(f"retired-{row['number']}", retirement.confirm_retirement, confirmed, union.as_officer())
    return len(ready[:2])


def _leave(union: DemoUnion, gone: int, asking: int) -> None:
    union.ask("leave-asked", standing.request_leave, {"reason": "个人原因"}, _member(union.member_id(asking)))
    decision = {
        "member_id": union.member_id(gone),
        "kind": "withdrawal",
        "decided_by": "校工会委员会",
        "decided_on": today() - timedelta(days=5),
        "reason": "本人调离学校，自愿退会",
    }
    union.ask("left", standing.record_decision, decision, union.as_officer())


def _member(member_id: UUID) -> Principal:
    return Principal("account", member_id=member_id, grants=(Grant("member"),))
