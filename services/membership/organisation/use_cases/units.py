"""Units: found, change, list, count. Posts are in `posts`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.security.unit_scope import in_seen_units
from services.contracts.membership.organisation import operations as contract
from services.membership.joining.use_cases import queue
from services.membership.organisation import rules
from services.membership.organisation.tables import Post, Unit
from services.membership.organisation.use_cases import directory, unit_history
from services.membership.record.use_cases import roster
from services.membership.transfer.use_cases import ending as transfers
from services.membership.versions import require_version

MOST_UNITS = 500


def list_units(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of units by code."""
    statement = sa.select(Unit)
    for field in ("kind", "parent_id", "active"):
        if request[field] is not None:
            statement = statement.where(getattr(Unit, field) == request[field])
    if request["q"]:
        wanted = request["q"]
        statement = statement.where(
            sa.or_(
                Unit.name.contains(wanted, autoescape=True),
                Unit.name_en.icontains(wanted, autoescape=True),
                Unit.code.startswith(wanted, autoescape=True),
            )
        )
    return page_of(tx, statement, request, [(Unit.code, "asc")], most=MOST_UNITS).reply()


def get_unit(tx: Transaction, unit_id: UUID) -> Unit:
    """One unit. Raises `NotFound`."""
    return tx.get(Unit, unit_id, "There is no such unit.", field="unit_id")


def create_unit(tx: Transaction, request: Mapping[str, Any]) -> Unit:
    """Found a unit, group or committee."""
    tx.lock("organisation")
    parent = get_unit(tx, request["parent_id"]) if request["parent_id"] else None
    code_taken = tx.session.scalar(sa.select(Unit.id).where(Unit.code == request["code"])) is not None
    refuse_first(
        rules.parent_fits_kind(request["kind"], parent.kind if parent else None),
        rules.committee_fits_kind(request["kind"], request["committee"]),
        rules.committee_stands_at_union(request["committee"], parent.kind if parent else None),
        rules.parent_is_open(parent is None or parent.active),
        rules.union_is_one(request["kind"] == "union" and _union_exists(tx)),
        rules.code_is_free(code_taken),
    )
    unit = store_unit(tx, dict(request), "founded")
    unit_history.note(tx, unit, "founded", unit.founded_on or tx.today)
    return unit


def store_unit(tx: Transaction, fields: Mapping[str, Any], reason: str) -> Unit:
    """Store a new unit that was judged before, and announce it."""
    unit = Unit(**fields, active=True, version=1)
    tx.session.add(unit)
    tx.session.flush()
    note_change(tx, f"unit/{unit.id}", {"name": (None, unit.name)}, reason)
    tx.record(contract.UnitCreated(**facts(unit)))
    return unit


def update_unit(tx: Transaction, request: Mapping[str, Any]) -> Unit:
    """Rename, close or open a unit."""
    tx.lock("organisation")
    unit = tx.get(Unit, request["unit_id"], "There is no such unit.", field="unit_id", lock=True)
    require_version(unit, request["version"])
    if unit.active and request.get("active") is False:
        refuse_first(_emptiness(tx, unit))
    if not unit.active and request.get("active") and unit.parent_id:
        refuse_first(rules.parent_is_open(get_unit(tx, unit.parent_id).active))
    given = {field: request[field] for field in ("name", "name_en", "active", "founded_on") if field in request}
    changed = {field: value for field, value in given.items() if getattr(unit, field) != value}
    kinds = _told(changed)
    on = request["on"] or tx.today
    if kinds:
        last = unit_history.last_day_of_change(tx, unit.id)
        refuse_first(rules.change_day_is_possible(on, last if request["on"] else None, tx.today))
    if not change(tx, unit, changed, request["reason"]):
        return unit
    if "active" in changed:
        unit.closed_on = None if unit.active else on
    for kind in kinds:
        unit_history.note(tx, unit, kind, on, reason=request["reason"])
    return unit


def _told(changed: Mapping[str, Any]) -> list[str]:
    """Return the words under which a change of fields stands in the unit's history."""
    renamed = ["renamed"] if {"name", "name_en"} & changed.keys() else []
    return renamed + ([] if "active" not in changed else ["reopened" if changed["active"] else "closed"])


def change(tx: Transaction, unit: Unit, fields: Mapping[str, Any], reason: str) -> bool:
    """Change fields of a unit and announce it; return whether anything differed."""
    changes = {field: (getattr(unit, field), value) for field, value in fields.items()}
    if note_change(tx, f"unit/{unit.id}", changes, reason) is None:
        return False
    for field, value in fields.items():
        setattr(unit, field, value)
    unit.version += 1
    tx.record(contract.UnitUpdated(**facts(unit)))
    return True


def unit_figures(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Members in figures of each unit the asker may see, in four statements."""
    statement = sa.select(Unit).where(Unit.kind == "unit").order_by(Unit.code)
    statement = in_seen_units(statement, Unit.id, tx.principal, request["unit_id"])
    units = list(tx.session.scalars(statement))
    ids = [unit.id for unit in units]
    by_gender: dict[UUID, Counter[str]] = defaultdict(Counter)
    by_employment: dict[UUID, Counter[str]] = defaultdict(Counter)
    for row in roster.active_by_unit(tx, ids):
        by_gender[row.unit_id][row.gender] += row.members
        by_employment[row.unit_id][row.employment] += row.members
    groups = _groups_below(tx, ids)
    chaired = directory.chaired_units(tx, ids)
    bodies = directory.bodies_of(tx, ids)
    return {
        "items": [
            {
                **_figures(one, by_gender[one], by_employment[one]),
                "groups": groups.get(one, 0),
                "has_chair": one in chaired,
                "has_committee": "executive" in bodies[one],
                "has_women_committee": "women" in bodies[one],
            }
            for one in ids
        ]
    }


def _figures(unit_id: UUID, by_gender: Counter[str], by_employment: Counter[str]) -> dict[str, Any]:
    members, women = by_gender.total(), by_gender["female"]
    return {
        "unit_id": unit_id,
        "members": members,
        "women": women,
        "by_employment": dict(by_employment),
        "needs_committee": rules.needs_committee(members),
        "needs_women_committee": rules.needs_women_committee(women),
    }


def _groups_below(tx: Transaction, unit_ids: list[UUID]) -> dict[UUID | None, int]:
    statement = (
        sa.select(Unit.parent_id, sa.func.count().label("units"))
        .where(Unit.parent_id.in_(unit_ids), Unit.kind == "group", Unit.active)
        .group_by(Unit.parent_id)
    )
    return {row.parent_id: row.units for row in tx.session.execute(statement)}


def _emptiness(tx: Transaction, unit: Unit) -> Any:
    parts = sa.select(sa.func.count()).where(Unit.parent_id == unit.id, Unit.active)
    posts = sa.select(sa.func.count()).where(Post.unit_id == unit.id, Post.last_day >= tx.today)
    return rules.unit_is_empty(
        roster.count_in(tx, unit.id),
        tx.session.scalar(parts) or 0,
        tx.session.scalar(posts) or 0,
        queue.open_in(tx, unit.id),
        transfers.open_into(tx, unit.id),
    )


def _union_exists(tx: Transaction) -> bool:
    return tx.session.scalar(sa.select(Unit.id).where(Unit.kind == "union").limit(1)) is not None


def facts(unit: Unit) -> dict[str, Any]:
    """Return what is announced about a unit."""
    names = ("code", "name", "name_en", "kind", "committee", "parent_id", "active")
    return {"unit_id": unit.id, **{name: getattr(unit, name) for name in names}}
