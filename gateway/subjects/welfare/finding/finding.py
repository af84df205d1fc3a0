"""How what welfare finds is shown in the search: the page of each thing, in the console or for members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from gateway.portal.formats import plain_day
from gateway.portal.offered import may_open
from gateway.portal.words import words
from gateway.rpc.calls import call
from gateway.rpc.deadlines import part_seconds
from gateway.search_kind import Found
from services.contracts.welfare.finding import LONGEST_QUERY, find_in_welfare


@dataclass(frozen=True)
class _Kind:
    """Where a kind of thing is shown: endpoint and argument of its page in the console and for members."""

    api: str
    console: tuple[str, str | None]
    member: tuple[str, str | None] | None = None
    states: str | None = None


_KINDS = {
    "cycle": _Kind("/welfare/cycles/{id}", ("cycle", "cycle_id"), states="cycle"),
    "round": _Kind(
        "/welfare/recuperation-rounds/{id}", ("recuperation_round", "round_id"), ("my_recuperation", None),
        "recuperation_round",
    ),
    "trip": _Kind("/welfare/trips/{id}", ("trip", "trip_id"), ("my_recuperation", None), "trip"),
    "examination": _Kind(
        "/welfare/examinations/{id}", ("examination", "examination_id"), ("my_examinations", None), "examination"
    ),
    "drive": _Kind("/welfare/drives/{id}", ("drive", "drive_id"), ("charity_drive", "drive_id"), "drive"),
    "plan": _Kind("/welfare/mutual-aid/plans/{id}", ("mutual_aid_plans", None), ("my_mutual_aid", None)),
    "period": _Kind(
        "/welfare/mutual-aid/periods/{id}", ("cover_period", "period_id"), states="mutual_aid_period"
    ),
    "purchase": _Kind("/welfare/purchases/{id}", ("purchase", "purchase_id"), states="purchase"),
    "supplier": _Kind("/welfare/suppliers/{id}", ("supplier", "supplier_id")),
    "campaign": _Kind("/welfare/care-campaigns/{id}", ("care_campaign", "campaign_id"), states="care_campaign"),
    "request_type": _Kind("/welfare/request-types", ("request_types", None), ("new_request", "type_id")),
    "request": _Kind("/welfare/requests/{id}", ("one_request", "request_id"), ("one_request", "request_id"), "request"),
}  # fmt: skip
_COUNSELLING = ("own_counselling", "type_id")


def find(q: str, cursor: str | None, limit: int) -> dict[str, Any]:
    """Return a page of what welfare's lists show to the asker."""
    asked = {"q": q[:LONGEST_QUERY], "cursor": cursor, "limit": limit}
    page = call(find_in_welfare, asked, seconds=part_seconds())
    return {"items": [_item(one) for one in page["items"]], "next_cursor": page["next_cursor"]}


def shown(items: Sequence[Mapping[str, Any]], console: bool) -> list[Found]:
    """Return the page of each thing, with what it is, its day and its state."""
    return [Found(_address(one, console), one["about"]) for one in items]


def _address(one: Mapping[str, Any], console: bool) -> str:
    kind = _KINDS[one["kind"]]
    own = _COUNSELLING if one["by_appointment"] else kind.member
    in_console = own is None or (console and may_open(kind.console[0]))
    endpoint, argument = kind.console if in_console or own is None else own
    return url_for(f"portal.{endpoint}", **({argument: one["id"]} if argument else {}))


def _item(one: Mapping[str, Any]) -> dict[str, Any]:
    kind = _KINDS[one["kind"]]
    told = (
        words(one["kind"], "welfare_found"),
        plain_day(one["on"]) if one["on"] else None,
        words(one["state"], kind.states) if one["state"] and kind.states else None,
    )
    return {
        "id": one["id"], "title": one["title"], "title_en": None, "excerpt": one["text"], "excerpt_en": None,
        "kind": one["kind"], "by_appointment": one["by_appointment"], "api_path": kind.api.format(id=one["id"]),
        "about": " · ".join(str(part) for part in told if part),
    }  # fmt: skip
