"""Importing a plan file: compares it with the stored plan, and updates items that no officer has edited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.chassis.database.transaction import Transaction
from services.contracts.governance.plan.events import PlanItemUpdated
from services.governance.plan import rules
from services.governance.plan.tables import Plan, PlanItem
from services.governance.plan.use_cases import store
from services.governance.plan.use_cases.planfile import read_plan
from services.governance.plan.use_cases.progress import count_measured, settle

GAP = 10
"""Distance of two items' positions, so that another one can be inserted between them."""

_COMPARED = (
    "part", "month", "month_to", "title", "title_en", "owner", "owner_en", "kind", "measure", "target", "position",
    "default_capacity", "default_duration_minutes",
)  # fmt: skip


def import_plan(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Update a plan from a file; repeating it changes nothing.

    Items edited by an officer and items that are not in the file are not changed; the answer names both.

    Raises:
        InvalidInput: the file is not valid.
    """
    document = read_plan(request["document"])
    year = request["year"] or document["year"]
    tx.lock("plan")
    plan = store.find_plan(tx, year)
    standing = {item.key: item for item in store.items_of(tx, plan, for_change=True)} if plan else {}
    wanted = {
        item["key"]: {**item, **titles_in(year, item, document["year"]), "position": GAP * place}
        for place, item in enumerate(document["items"], 1)
    }
    outcome = _compare(standing, wanted) | {"year": year, "dry_run": request["dry_run"]}
    if not request["dry_run"]:
        plan = plan or _begin(tx, year, document)
        _take_over(tx, plan, standing, wanted, outcome)
    return outcome


def _compare(standing: dict[str, PlanItem], wanted: dict[str, dict[str, Any]]) -> dict[str, Any]:
    changed: list[dict[str, Any]] = []
    kept: list[str] = []
    unchanged = 0
    for key in wanted.keys() & standing.keys():
        differing = _differences(standing[key], wanted[key])
        if not differing:
            unchanged += 1
        elif standing[key].edited:
            kept.append(key)
        else:
            changed.extend(differing)
    return {
        "added": [key for key in wanted if key not in standing],
        "changed": sorted(changed, key=lambda difference: (difference["key"], difference["field"])),
        "unchanged": unchanged,
        "kept": sorted(kept),
        "not_in_file": sorted(standing.keys() - wanted.keys()),
    }


def _differences(item: PlanItem, fields: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"key": item.key, "field": name, "before": _text(getattr(item, name)), "after": _text(fields[name])}
        for name in _COMPARED
        if getattr(item, name) != fields[name]
    ]


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def titles_in(year: int, named: Mapping[str, Any], own_year: int) -> dict[str, str]:
    """Return both titles of a plan or an item of `own_year` as they read in another year."""
    return {name: rules.of_another_year(named[name], year - own_year) for name in ("title", "title_en")}


def _begin(tx: Transaction, year: int, document: dict[str, Any]) -> Plan:
    titles = titles_in(year, document, document["year"])
    plan = Plan(year=year, **titles, state="draft", created_at=tx.now)
    tx.session.add(plan)
    tx.session.flush()
    return plan


def _take_over(
    tx: Transaction,
    plan: Plan,
    standing: dict[str, PlanItem],
    wanted: dict[str, dict[str, Any]],
    outcome: dict[str, Any],
) -> None:
    touched = []
    for key in outcome["added"]:
        item = PlanItem(plan_id=plan.id, year=plan.year, **wanted[key])
        tx.session.add(item)
        touched.append(item)
    for key in dict.fromkeys(difference["key"] for difference in outcome["changed"]):
        item = standing[key]
        for name in _COMPARED:
            setattr(item, name, wanted[key][name])
        item.version += 1
        touched.append(item)
    tx.session.flush()
    for item in touched:
        settle(tx, item)
    count_measured(tx, plan.year, touched)
    if plan.state == "published":
        tx.record(
            *(
                PlanItemUpdated(**store.show_item_in_event(item), removed=item.dropped_on is not None)
                for item in touched
            )
        )
