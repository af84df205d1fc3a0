"""Children of two members, this year's children's day with the first gifts given out, mementos of who retired."""

from __future__ import annotations

from datetime import date
from typing import Any

from deploy.demo.union import DemoUnion
from services.chassis.clock import today
from services.contracts.membership import family
from services.contracts.welfare import care

_BORN = (("member", "李小满", 6), ("chair", "王立夏", 9), ("chair", "王谷雨", 3))


def play(union: DemoUnion) -> str:
    for number, (account, name, years) in enumerate(_BORN):
        born = date(today().year - years, 4, 20)
        child = {"relation": "child", "name": name, "birth_date": born, "guardian_consent": union.wording("guardian")}
        union.ask(f"child-{number}", family.add_family_member, child, union.as_member(account))
    year = today().year
    drawn = union.ask("children-day", care.draw_up_children_day, {"year": year}, union.as_officer())
    june: dict[str, Any] = {"year": year, "month": 6, "kind": "children_day"}
    listed = union.ask("children-listed", care.list_care_gifts, {**june, "limit": 1}, union.as_officer())["items"]
    if listed and listed[0]["state"] == "due":
        gift = {**june, "amount": "100.00", "form": "goods", "gift_ids": [listed[0]["id"]]}
        union.ask("children-given", care.give_care_gifts, gift, union.as_officer())
    return f"{drawn['listed']} gifts of children's day"
