"""What the approval of a cycle looks at, computed anew each time, and the cycle in whole for pages and programs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce
from services.chassis.rules.optional import rule_or_none
from services.chassis.rules.rulebook import RuleInForce, rule_in_force
from services.welfare.entitlements.use_cases.bulk_uses import members_above
from services.welfare.members.use_cases.member_copies import known_to_have_left
from services.welfare.procurement.use_cases.costs import bought_for
from services.welfare.programmes import rules
from services.welfare.programmes.tables import Cycle, GoodsEntitlement, Package, PickUpSlot
from services.welfare.programmes.use_cases.store import (
    cycle_reply,
    package_reply,
    packages_of,
    programme_of,
    slot_reply,
    slots_of,
)

PAIRED_AID = "holiday.paired_aid_share"
"""The share of the money that is to be spent on products of paired-aid regions."""


def listed(cycle: Cycle) -> sa.Select[Any]:
    """Return the select of the members on a cycle's list who have not left since."""
    return sa.select(GoodsEntitlement.member_id).where(
        GoodsEntitlement.cycle_id == cycle.id,
        GoodsEntitlement.state == "entitled",
        GoodsEntitlement.member_id.not_in(known_to_have_left()),
    )


def cycle_detail(tx: Transaction, cycle: Cycle) -> dict[str, Any]:
    """Return a cycle with packages, slots, checks and rules. `entitled` leaves out who has left since."""
    packages, slots = packages_of(tx, cycle.id), slots_of(tx, cycle.id)
    entitled = staying(tx, cycle) if cycle.state == "computed" else cycle.entitled
    bought = bought_for(tx, cycle.id)
    return {
        **cycle_reply(cycle),
        "entitled": entitled,
        "gone": cycle.entitled - entitled,
        "programme": programme_of(tx, cycle),
        "packages": [package_reply(one) for one in packages],
        "slots": [slot_reply(one) for one in slots],
        "checks": checks(tx, cycle, entitled, packages, slots) if cycle.state == "computed" else [],
        "rules": [_rule(one) for one in cycle.rules],
        "paired_aid_percent": _percent(packages),
        "bought": [_cost(one, bought.packages[one.id]) for one in packages if one.id in bought.packages],
        "bought_paired_aid_percent": bought.paired_aid_percent,
    }


def _cost(package: Package, bought: Decimal) -> dict[str, Any]:
    """Return a package's planned price beside what was bought for it, spread over its stock."""
    a_head = (bought / package.stock).quantize(Decimal("0.01"))
    return {"package_id": package.id, "planned": package.price, "bought": a_head, "differs": a_head != package.price}


def staying(tx: Transaction, cycle: Cycle) -> int:
    """Return how many on the list have not left or died since it was computed."""
    return int(tx.session.scalar(sa.select(sa.func.count()).select_from(listed(cycle).subquery())) or 0)


def still_entitled(tx: Transaction, cycle: Cycle) -> int:
    """Return how many are on the list after those who left were taken off it."""
    rows = sa.select(sa.func.count()).where(GoodsEntitlement.cycle_id == cycle.id, GoodsEntitlement.state == "entitled")
    return int(tx.session.scalar(rows) or 0)


def checks(
    tx: Transaction, cycle: Cycle, entitled: int, packages: list[Package], slots: list[PickUpSlot]
) -> list[dict[str, Any]]:
    """Return what approval looks at; each holds or not, and what only warns does not stop it."""
    stock, places = sum(one.stock for one in packages), sum(one.capacity for one in slots)
    gone = cycle.entitled - entitled
    return [
        _check("programmes.somebody_is_entitled", entitled > 0),
        _check("programmes.days_are_ahead", cycle.collect_until >= tx.today),
        _check("programmes.one_package_is_default", sum(one.is_default for one in packages) == 1),
        _check("programmes.stock_suffices", stock >= entitled, stock=stock, entitled=entitled),
        _cap_check(tx, cycle),
        _check("programmes.list_is_current", gone == 0, warning=True, gone=gone),
        _check("programmes.places_suffice", not slots or places >= entitled, warning=True, places=places,
               entitled=entitled),
        *_paired_aid_check(tx, cycle, packages),
    ]  # fmt: skip


def cap_of(tx: Transaction, cycle: Cycle) -> RuleInForce:
    """Return the cap in force for the cycle's benefit and festival on its day. Raises `NoRuleInForce`."""
    programme = programme_of(tx, cycle)
    facts = {"festival": programme.festival} if programme.festival else {}
    return rule_in_force(tx, f"benefit.{programme.benefit_key}.cap", cycle.as_of, **facts)


def _cap_check(tx: Transaction, cycle: Cycle) -> dict[str, Any]:
    """Nobody passes the cap of the year, with what all programmes of the benefit gave before."""
    name = "programmes.cap_of_year_is_kept"
    try:
        cap = cap_of(tx, cycle)
    except NoRuleInForce as missing:
        return _check(name, False, members=0, cap="0.00", missing=missing.rule)
    if cap.basis != "per_member_year":
        return _check(name, cycle.price <= cap.amount, members=0, cap=f"{cap.amount:.2f}")
    benefit = programme_of(tx, cycle).benefit_key
    above = members_above(tx, listed(cycle), benefit, cycle.year, cycle.price, cap.amount)
    return _check(name, above == 0, members=above, cap=f"{cap.amount:.2f}")


def _paired_aid_check(tx: Transaction, cycle: Cycle, packages: list[Package]) -> list[dict[str, Any]]:
    share = rule_or_none(tx, PAIRED_AID, cycle.as_of)
    if share is None:
        return []
    percent = _percent(packages)
    reached = rules.share_is_reached(percent, share.share)
    least = int(share.share * 100)
    return [_check("programmes.share_of_paired_aid", reached, warning=True, percent=percent, least=least)]


def _percent(packages: list[Package]) -> int:
    return rules.paired_aid_percent([(one.price, one.paired_aid, one.stock) for one in packages])


def _check(rule: str, holds: bool, *, warning: bool = False, **params: Any) -> dict[str, Any]:
    told = {name: str(value) if isinstance(value, Decimal) else value for name, value in params.items()}
    return {"rule": rule, "holds": holds, "warning": warning, "params": told}


def _rule(stored: dict[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(stored[name]) if stored.get(name) else None for name in ("valid_from", "valid_to")}
    return {**stored, **days}
