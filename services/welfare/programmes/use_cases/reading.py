"""Lists of a cycle, its reconciliation, and what its codes tell a scanner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.engine import Yuan
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.security.codes import NotGenuine, opened
from services.chassis.security.unit_scope import in_seen_units
from services.contracts.welfare.programmes.vocabulary import GOODS_STATES
from services.welfare.decisions.use_cases.reading import list_refused
from services.welfare.programmes.tables import Cycle, GoodsEntitlement, HandOut, Package
from services.welfare.programmes.use_cases.own import CODE
from services.welfare.programmes.use_cases.store import entitlement_replies, load_cycle, packages_of

REFUSED = ("refused", "reversed")
"""Answers of the funds after which a claim can be put again."""
HOLDS = ("chosen", "collected")
"""States in which a package is taken from the stock."""


def list_goods_entitlements(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of a cycle's list by number; to a chair the own unit's."""
    cycle = load_cycle(tx, request["cycle_id"])
    statement = sa.select(GoodsEntitlement).where(GoodsEntitlement.cycle_id == cycle.id)
    if request["state"] is not None:
        statement = statement.where(GoodsEntitlement.state == request["state"])
    statement = in_seen_units(statement, GoodsEntitlement.unit_id, tx.principal, request["unit_id"])
    page = page_of(tx, statement, request, [(GoodsEntitlement.number, "asc")])
    return page.reply(entitlement_replies(tx, page.rows))


def list_exclusions(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of those who are not on the list, each with the rule."""
    cycle = load_cycle(tx, request["cycle_id"])
    return list_refused(tx, cycle.run_id or cycle.id, request)


def reconcile_cycle(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return stock, entitlements and hand-outs beside each other; they are counted, not taken from one another."""
    cycle = load_cycle(tx, request["cycle_id"])
    states, handed = _states(tx, cycle), _handed(tx, cycle)
    packages = _reconciled(tx, cycle, packages_of(tx, cycle.id), handed)
    hand_outs = sum(handed.values())
    total = sa.func.coalesce(sa.func.sum(HandOut.amount), sa.literal(Decimal(0), Yuan()))
    agrees = all(one["agrees"] for one in packages) and hand_outs == states["collected"]
    return {
        "cycle_id": cycle.id,
        "states": states,
        "hand_outs": hand_outs,
        "packages": packages,
        "amount": tx.session.scalar(sa.select(total).where(HandOut.cycle_id == cycle.id)),
        "claims": _claims(tx, cycle),
        "refused_claims": _refused_claims(tx, cycle),
        "agrees": agrees,
    }


def reconcile_packages(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of a cycle's packages with what is counted of each; see `reconcile_cycle`."""
    cycle = load_cycle(tx, request["cycle_id"])
    statement = sa.select(Package).where(Package.cycle_id == cycle.id)
    if request["q"]:
        statement = statement.where(Package.name.icontains(request["q"], autoescape=True))
    column = getattr(Package, request["sort"].removeprefix("-"))
    way = "desc" if request["sort"].startswith("-") else "asc"
    page = page_of(tx, statement, request, [(column, way), (Package.id, way)])
    return page.reply(_reconciled(tx, cycle, page.rows, _handed(tx, cycle)))


def read_goods_code(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return what a code of goods tells: its number, to who may hand it out; nothing else to anybody."""
    nothing = dict.fromkeys(("subject_id", "name", "number", "unit_id", "expires_at"))
    told = {**nothing, "checked_at": tx.now}
    try:
        code = opened(request["token"], CODE)
    except NotGenuine as problem:
        return {**told, "state": problem.state}
    row = tx.session.get(GoodsEntitlement, code.subject)
    standing = code.standing(0, tx.now)
    if row is None or standing != "good":
        return {**told, "state": "revoked" if row is None else standing, "expires_at": code.until}
    seen = tx.principal.has("officer") or row.unit_id in tx.principal.units("chair")
    seen = seen or row.member_id == tx.principal.member_id
    return {
        **told,
        "state": "good" if row.state == "chosen" else "ended",
        "subject_id": row.id if seen else None,
        "number": str(row.number) if seen else None,
        "unit_id": row.unit_id if seen else None,
        "expires_at": code.until,
    }


def _claims(tx: Transaction, cycle: Cycle) -> dict[str, int]:
    counted = sa.select(HandOut.claim_state, sa.func.count()).where(HandOut.cycle_id == cycle.id)
    return {state: int(count) for state, count in tx.session.execute(counted.group_by(HandOut.claim_state))}


def _refused_claims(tx: Transaction, cycle: Cycle) -> list[dict[str, Any]]:
    by = HandOut.claim_state, HandOut.refused_rule.label("rule")
    counted = sa.select(*by, sa.func.count().label("count"), sa.func.sum(HandOut.amount).label("amount"))
    refused = counted.where(HandOut.cycle_id == cycle.id, HandOut.claim_state.in_(REFUSED)).group_by(*by)
    return [dict(row) for row in tx.session.execute(refused.order_by(*by)).mappings()]


def _states(tx: Transaction, cycle: Cycle) -> dict[str, int]:
    counted = (
        sa.select(GoodsEntitlement.state, sa.func.count())
        .where(GoodsEntitlement.cycle_id == cycle.id)
        .group_by(GoodsEntitlement.state)
    )
    found = {state: int(count) for state, count in tx.session.execute(counted)}
    return {state: found.get(state, 0) for state in GOODS_STATES}


def _assigned(tx: Transaction, cycle: Cycle) -> dict[UUID | None, int]:
    counted = (
        sa.select(GoodsEntitlement.package_id, sa.func.count())
        .where(GoodsEntitlement.cycle_id == cycle.id, GoodsEntitlement.state.in_(HOLDS))
        .group_by(GoodsEntitlement.package_id)
    )
    return {package_id: int(count) for package_id, count in tx.session.execute(counted)}


def _handed(tx: Transaction, cycle: Cycle) -> dict[UUID, int]:
    counted = sa.select(HandOut.package_id, sa.func.count()).where(HandOut.cycle_id == cycle.id)
    return {one: int(count) for one, count in tx.session.execute(counted.group_by(HandOut.package_id))}


def _reconciled(
    tx: Transaction, cycle: Cycle, packages: Sequence[Package], handed: Mapping[UUID, int]
) -> list[dict[str, Any]]:
    assigned = _assigned(tx, cycle)
    return [_package(one, assigned.get(one.id, 0), handed.get(one.id, 0)) for one in packages]


def _package(package: Package, assigned: int, handed_out: int) -> dict[str, Any]:
    return {
        "package_id": package.id,
        "name": package.name,
        "stock": package.stock,
        "chosen": package.chosen,
        "assigned": assigned,
        "handed_out": handed_out,
        "left": package.stock - handed_out,
        "agrees": package.chosen == assigned and handed_out <= assigned,
    }
