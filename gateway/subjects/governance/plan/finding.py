"""Items of the year's plan in the search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext

from gateway.portal.formats import month_name
from gateway.read_models import plan
from gateway.search_kind import Found


def shown(items: Sequence[Mapping[str, Any]], console: bool) -> list[Found]:
    """Return an item's page, or its month in the calendar where somebody has no page for it."""
    months = plan.months_of(UUID(item["id"]) for item in items)
    return [_found(item["id"], months.get(UUID(item["id"]), (None, None)), console) for item in items]


def _found(item_id: str, of: tuple[int | None, int | None], console: bool) -> Found:
    year, month = of
    if year is None:
        when = ""
    elif month is None:
        when = gettext("%(year)s 年", year=year)
    else:
        when = gettext("%(year)s 年 %(month)s", year=year, month=month_name(month))
    if console:
        return Found(url_for("portal.plan_item", item_id=item_id), when)
    return Found(url_for("portal.calendar", year=year, month=month), when)
