"""This month's birthday list, the first vouchers issued, and a member who chose the lunar calendar."""

from __future__ import annotations

from deploy.demo.union import DemoUnion
from services.chassis.clock import today
from services.contracts.membership.birthdays import choose_birthday_calendar
from services.contracts.welfare import birthdays


def play(union: DemoUnion) -> str:
    union.ask("lunar-birthday", choose_birthday_calendar, {"calendar": "lunar"}, union.as_member("member"))
    month = {"year": today().year, "month": today().month}
    drawn = union.ask("birthday-list", birthdays.draw_up_birthday_list, month)
    first = union.ask("birthdays", birthdays.list_birthday_grants, {**month, "limit": 20}, union.as_officer())["items"]
    if first:
        issue = {**month, "amount": "200.00", "form": "voucher", "grant_ids": [grant["id"] for grant in first]}
        union.ask("vouchers", birthdays.issue_birthday_vouchers, issue, union.as_officer())
    return f"birthdays of {today():%Y-%m}, {drawn['listed']} on the list"
