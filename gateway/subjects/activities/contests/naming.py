"""Words for contests: criteria in a line, groups to choose from, changes of the history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext

from gateway.portal.service_calls import part
from gateway.portal.words import words
from services.contracts.activities.contests.settings import get_contest


def criteria_words(contest: Mapping[str, Any]) -> str:
    """Return the criteria with their weights."""
    weights = ((one["name"], one["weight"].rstrip("0").rstrip(".")) for one in contest["criteria"])
    return gettext("、").join(f"{name} {weight}%" for name, weight in weights)


def groups_of() -> dict[str, str]:
    """Return the groups of the contest that the address names."""
    activity_id = (request.view_args or {}).get("activity_id")
    found = part(get_contest, {"activity_id": str(activity_id)}).data or {}
    return {str(one["number"]): one["name"] for one in found.get("groups", [])}


def change_words(what: str) -> str:
    """Return what a change of the history is about."""
    kind, _, number = what.partition("/")
    words = {
        "settings": gettext("评分办法"),
        "results": gettext("比赛结果"),
        "group": gettext("重开评分"),
        "sheet": gettext("更正第 %(number)s 号的评分表", number=number),
        "adjustment": gettext("第 %(number)s 号加减分", number=number),
        "withdrawn": gettext("第 %(number)s 号退赛", number=number),
        "aside": gettext("第 %(number)s 号有评委回避", number=number),
    }
    return words.get(kind, kind)


def change_value(what: str, value: str | None) -> str:
    """Return what stood before or after a change, in words."""
    if not value:
        return "—"
    if what == "settings":
        scoring, _, rest = value.partition(" ")
        return f"{words(scoring, 'scoring_rule')} {rest}"
    known = {
        "published": gettext("已公布"), "provisional": gettext("待公布"), "closed": gettext("已截止"),
        "open": gettext("重新开放"), "entered": gettext("参赛"), "withdrawn": gettext("退赛"),
        "declared": gettext("回避"),
    }  # fmt: skip
    return known.get(value, value)
