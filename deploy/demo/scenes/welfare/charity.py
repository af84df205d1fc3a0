"""Two charity drives: one disclosed, whose totals and hand-over members read, and one that takes gifts.

The charity is made up; its credit code has the right check character, so that visitors can see the check at work.
"""

from __future__ import annotations

import base64
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image, ImageDraw

from deploy.demo.union import DemoUnion, plan_items
from services.chassis.clock import today
from services.chassis.security.principal import Grant, Principal
from services.contracts.membership.record import operations as record
from services.contracts.welfare.charity import operations as contract

_CHARITY = {
    "charity_name": "示例市慈善总会", "credit_code": "53330000500001234W", "certificate": "示例慈募证 2026-001",
}  # fmt: skip
_WORDING = (
    "本人自愿参加本次捐赠，同意工资部门从本人下一次工资中代扣所填金额，转交上述慈善组织。"
    "扣款前可以随时撤回，不影响任何权益。"
)
_REPORT = "善款用于资助困难学生：新学期共资助 36 人，每人发放学习用品一套；结余转入下一学期的助学项目。"
_CASH = ("50.00", "20.00", "100.00", "30.00", "66.00", "10.00", "200.00", "50.00")


def play(union: DemoUnion) -> str:
    """Begin both; the first is disclosed on the same day."""
    people = _people(union)
    over = _drive(union, "over", "助学捐赠", today(), None)
    given = _cash(union, over, people) + _transfers(union, over, people)
    _disclose(union, over)
    now = _drive(union, "now", "慈善一日捐", today() + timedelta(days=14), _plan_item(union))
    for place, member in enumerate(people[:3]):
        own = {"drive_id": now, "way": "payroll", "amount": _CASH[place], "wording_version": "2026-1"}
        union.ask(f"consent-{place}", contract.give_to_drive, own, _account(member["id"]))
    pledge = {"drive_id": now, "way": "cash"}
    union.ask("pledge", contract.pledge_to_drive, pledge, union.as_member("member"))
    _enter(union, now, people[3:6], "now")
    return f"2 charity drives, {given} gifts"


def _people(union: DemoUnion) -> list[dict[str, Any]]:
    """Return members of the chair's unit whose accounts visitors do not use."""
    unit = union.as_chair().units("chair")
    wanted = {"standing": "active", "unit_id": str(next(iter(unit))), "limit": 60}
    rows = union.ask("givers", record.list_members, wanted, union.as_officer())["items"]
    spared = {union.member_id(union.holder(account)) for account in ("officer", "member", "chair")}
    return [row for row in rows if UUID(row["id"]) not in spared]


def _plan_item(union: DemoUnion) -> str | None:
    item = plan_items(union).get("09-charity-day")
    return item["id"] if item else None


def _drive(union: DemoUnion, step: str, title: str, closes_on: Any, plan_item_id: str | None) -> str:
    officer, year = union.as_officer(), today().year
    terms = {
        "title": f"{year} 年{title}", "purpose": "资助困难学生的学习和生活", "opens_on": today() - timedelta(days=7),
        "closes_on": closes_on, "wording": _WORDING, "wording_version": "2026-1", "plan_item_id": plan_item_id,
    }  # fmt: skip
    drive_id = union.ask(f"drive-{step}", contract.prepare_drive, {**terms, **_CHARITY}, officer)["id"]
    union.ask(f"open-drive-{step}", contract.open_drive, {"drive_id": drive_id}, officer)
    return str(drive_id)


def _enter(union: DemoUnion, drive_id: str, people: list[dict[str, Any]], step: str) -> str:
    """Let the chair enter a list of cash with one anonymous gift; return its sum."""
    gifts: list[dict[str, Any]] = [{"member_id": one["id"], "amount": _CASH[n]} for n, one in enumerate(people)]
    gifts.append({"amount": "88.00"})
    unit_id = next(iter(union.as_chair().units("chair")))
    listed = {"drive_id": drive_id, "unit_id": unit_id, "way": "cash", "given_on": today(), "gifts": gifts}
    union.ask(f"cash-{step}", contract.enter_gifts, listed, union.as_chair())
    return f"{sum(float(gift['amount']) for gift in gifts):.2f}"


def _cash(union: DemoUnion, drive_id: str, people: list[dict[str, Any]]) -> int:
    """Enter a list, and let the chair and the officer count it."""
    givers = people[: len(_CASH)]
    amount = _enter(union, drive_id, givers, "over")
    unit_id = next(iter(union.as_chair().units("chair")))
    counted = {"drive_id": drive_id, "unit_id": unit_id, "counted": amount}
    for place, who in enumerate((union.as_chair(), union.as_officer())):
        union.ask(f"count-{place}", contract.count_cash, counted, who)
    return len(givers) + 1


def _transfers(union: DemoUnion, drive_id: str, people: list[dict[str, Any]]) -> int:
    """Let the demo account `member` and some others give by transfer, one of them anonymously."""
    member = union.as_member("member")
    givers = [member, *(_account(one["id"]) for one in people[-5:])]
    for place, giver in enumerate(givers):
        own = {"drive_id": drive_id, "way": "transfer", "amount": _CASH[place % len(_CASH)], "given_on": today(),
               "reference": f"ZZ{place:06}", "anonymous": place == 1}  # fmt: skip
        gift = union.ask(f"transfer-{place}", contract.give_to_drive, own, giver)
        if gift["state"] == "noted":
            union.ask(f"confirm-{place}", contract.confirm_gift, {"gift_id": gift["id"]}, union.as_officer())
    return len(givers)


def _disclose(union: DemoUnion, drive_id: str) -> None:
    officer, about = union.as_officer(), {"drive_id": drive_id}
    union.ask("close-drive", contract.close_drive, about, officer)
    amount = union.ask("to-hand-over", contract.drive_outstanding, about, officer)["to_hand_over"]
    paper = {"name": "收据.png", "media_type": "image/png", "content": base64.b64encode(_receipt(amount)).decode()}
    handed = {**about, "handed_on": today(), "handed_amount": amount, "charity_receipt": "示例 000126", **paper}
    union.ask("hand-over", contract.hand_over_drive, handed, officer)
    union.ask("disclose", contract.disclose_drive, {**about, "report": _REPORT}, officer)


def _receipt(amount: str) -> bytes:
    """Return a made-up receipt as a picture; the same each time, since a repeated command must be the same."""
    drawn = Image.new("RGB", (640, 400), "white")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((20, 20, 620, 380), outline="black")
    pen.text((60, 60), f"SAMPLE RECEIPT 000126\n\nAmount: {amount} yuan\nThis is no real receipt.", fill="black")
    content = BytesIO()
    drawn.save(content, "PNG")
    return content.getvalue()


def _account(member_id: str) -> Principal:
    return Principal("account", UUID(member_id), UUID(member_id), (Grant("member"),))
