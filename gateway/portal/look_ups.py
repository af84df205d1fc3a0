"""Look-ups that pages of several subjects share: members to choose from, the own record, budget lines, years."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from flask import request
from flask_babel import gettext

from gateway.portal.formats import name_of, title_of
from gateway.portal.people import signed_in
from gateway.portal.service_calls import Part, part
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.chassis.errors import InvalidInput, NotFound
from services.chassis.input_errors import InputError
from services.chassis.plain_text import whole_number
from services.contracts.governance.funds.budget import list_budget_lines
from services.contracts.governance.meetings.decisions import list_meeting_decisions
from services.contracts.governance.plan.operations import list_plan_items
from services.contracts.membership.record.numbers import MOST_NUMBERS, members_by_number
from services.contracts.membership.record.operations import get_member, list_members

_BETWEEN_NUMBERS = re.compile(r"[\s,;，；、]+")


def found_members(q: str, **filters: Any) -> Part:
    """Return members whose name, pinyin or number begins with `q`, to choose one from."""
    return part(list_members, {"q": q, "limit": 20, "standing": "active", **filters}) if q else Part(data={"items": []})


def members_numbered(field: str, text: str | None) -> list[str]:
    """Return the ids of members whose numbers somebody typed, between spaces, commas or lines.

    Args:
        field: in which they stand.
        text: the numbers.

    Raises:
        InvalidInput: nobody has one of the numbers; names the field.
    """
    numbers = list(dict.fromkeys(one for one in _BETWEEN_NUMBERS.split(text or "") if one))
    found: list[str] = []
    for start in range(0, len(numbers), MOST_NUMBERS):
        reply = call(members_by_number, {"numbers": numbers[start : start + MOST_NUMBERS]})
        if reply["not_found"]:
            unknown = gettext("没有这些会员号：%(numbers)s", numbers=gettext("、").join(reply["not_found"][:10]))
            raise InvalidInput(errors={field: [InputError("input.other_value", unknown)]})
        found += [one["member_id"] for one in reply["items"]]
    return list(dict.fromkeys(found))


def own_record() -> Part:
    """Return the member's own record; nothing for an account without one."""
    member_id = signed_in().member_id
    return part(get_member, {"member_id": str(member_id)}) if member_id else Part()


def line_choices() -> dict[str, str]:
    """Return this year's budget lines as choices."""
    found = part(list_budget_lines, {"year": request.args.get("year", type=whole_number) or today().year})
    return {line["code"]: name_of(line) for line in found.items}


def decisions_to_cite() -> dict[str, str]:
    """Return the latest decisions of meetings that passed and stand, as choices."""
    asked = {"outcome": "passed", "state": "standing", "limit": 50}
    found = part(list_meeting_decisions, asked)
    return {one["id"]: f"{one['number']} {one['title']}" for one in found.items}


def plan_item_choices(measures: Collection[str] = ()) -> dict[str, str]:
    """Return the items of this year's plan as choices; none while the year has no plan.

    Args:
        measures: only items measured by one of these; empty for all.
    """
    try:
        items = part(list_plan_items, {"year": today().year, "limit": 100}).items
    except NotFound:
        return {}
    return {item["id"]: title_of(item) for item in items if not measures or item["measure"] in measures}


def recent_years() -> dict[str, str]:
    """Return the years that a list can be filtered by."""
    year = today().year
    return {str(value): str(value) for value in range(year + 1, year - 6, -1)}
