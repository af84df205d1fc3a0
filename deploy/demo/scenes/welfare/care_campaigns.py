"""Two campaigns: warmth for those in the registry, ended and paid; care for those on duty, under way in three units."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from deploy.demo.union import DemoUnion, plan_items
from services.chassis.clock import today
from services.chassis.security.principal import Principal
from services.contracts.membership.record import operations as record
from services.contracts.welfare.care_campaigns import operations as contract

_FULFILS = {"warmth": "iv-hardship-care", "on_duty": "iv-on-duty-care"}
"""The plan's item that each campaign fulfils."""
_ON_DUTY = 12


def play(union: DemoUnion) -> str:
    officer = union.as_officer()
    items = plan_items(union)
    warmth = _campaign(union, officer, items, "warmth", "送温暖", -20, 5, "600.00")
    registry = {"campaign_id": warmth, "source": "registry"}
    people = union.ask("care-warmth-people", contract.add_to_care_list, registry, officer)
    _visited_by(union, officer, warmth, union.member_id(union.holder("officer")))
    for place, item in enumerate(_people(union, officer, warmth)):
        if place == 0:
            missed = {"item_id": item["id"], "reason": "在外地治疗，年后再去。"}
            union.ask(f"care-missed-{item['id']}", contract.miss_care_item, missed, officer)
        elif "complete" in item["actions"]:
            _given(union, officer, item["id"], 10)
    union.ask("care-warmth-closed", contract.close_care_campaign, {"campaign_id": warmth}, officer)
    on_duty = _campaign(union, officer, items, "on_duty", "假期坚守岗位慰问", -3, 20, "200.00")
    named = {"campaign_id": on_duty, "source": "typed", "member_ids": _of_units(union, officer)}
    union.ask("care-duty-people", contract.add_to_care_list, named, officer)
    _visited_by(union, officer, on_duty, union.member_id(union.holder("chair")))
    for item in _people(union, officer, on_duty)[: _ON_DUTY // 2]:
        _given(union, officer, item["id"], 1)
    return f"2 care campaigns, {people['new'] + _ON_DUTY} people"


def _campaign(
    union: DemoUnion,
    officer: Principal,
    items: dict[str, Any],
    kind: str,
    title: str,
    first: int,
    last: int,
    amount: str,
) -> str:
    item = items.get(_FULFILS[kind])
    values = {
        "kind": kind, "title": f"{today().year} 年{title}", "starts_on": today() + timedelta(days=first),
        "ends_on": today() + timedelta(days=last), "amount": amount, "form": "goods",
        "plan_item_id": item["id"] if item else None,
    }  # fmt: skip
    return str(union.ask(f"care-{kind}", contract.create_care_campaign, values, officer)["id"])


def _visited_by(union: DemoUnion, officer: Principal, campaign_id: str, visitor_id: UUID) -> None:
    ref: dict[str, Any] = {"campaign_id": campaign_id}
    union.ask(f"care-assign-{campaign_id}", contract.assign_care_items, {**ref, "visitor_id": visitor_id}, officer)
    union.ask(f"care-open-{campaign_id}", contract.open_care_campaign, ref, officer)


def _people(union: DemoUnion, officer: Principal, campaign_id: str) -> list[dict[str, Any]]:
    asked = {"campaign_id": campaign_id, "limit": 100}
    return list(union.ask(f"care-items-{campaign_id}", contract.list_care_items, asked, officer)["items"])


def _given(union: DemoUnion, officer: Principal, item_id: str, days: int) -> None:
    given = {"item_id": item_id, "given_on": today() - timedelta(days=days), "signed_by": "本人"}
    union.ask(f"care-given-{item_id}", contract.complete_care_item, given, officer)


def _of_units(union: DemoUnion, officer: Principal) -> list[str]:
    """Return people of the chair's unit and of two others, without the holders of posts."""
    chair_row = union.holder("chair")
    spared = {str(union.member_id(union.holder(account))) for account in ("officer", "chair", "member")}
    chosen: list[str] = []
    for place, unit_id in enumerate([union.units[chair_row], *union.units[:2]]):
        asked = {"unit_id": unit_id, "standing": "active", "limit": 20}
        rows = union.ask(f"care-unit-{place}", record.list_members, asked, officer)["items"]
        chosen += [row["id"] for row in rows if row["id"] not in {*spared, *chosen}][: _ON_DUTY // 3]
    return chosen
