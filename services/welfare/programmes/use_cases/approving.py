"""Approving a cycle: all checks again, who left is taken off, and the year's accounts are charged, at once."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.engine import Yuan
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused, refuse_first
from services.contracts.welfare.programmes.events import CycleApproved
from services.welfare.entitlements.use_cases.bulk_uses import hold_benefit, note_uses_of
from services.welfare.members.use_cases.member_copies import known_to_have_left
from services.welfare.programmes import rules
from services.welfare.programmes.tables import Cycle, GoodsEntitlement
from services.welfare.programmes.use_cases.checks import checks, cycle_detail, still_entitled
from services.welfare.programmes.use_cases.money import reserve_for
from services.welfare.programmes.use_cases.store import load_cycle, move, packages_of, programme_of, slots_of


def approve_cycle(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Approve a computed cycle for the number of members that was read.

    Raises:
        Refused: it is not computed, the number has changed, or a check does not hold.
    """
    cycle = load_cycle(tx, request["cycle_id"], lock=True)
    move(tx, cycle, "approve")
    programme = programme_of(tx, cycle)
    hold_benefit(tx, programme.benefit_key, cycle.year)
    _withdraw_who_left(tx, cycle)
    entitled = still_entitled(tx, cycle)
    refuse_first(rules.approval_is_of_what_was_seen(request["entitled"], entitled))
    for check in checks(tx, cycle, entitled, packages_of(tx, cycle.id), slots_of(tx, cycle.id)):
        if not check["holds"] and not check["warning"]:
            raise Refused("A check of the approval does not hold.", rule=check["rule"], params=check["params"])
    cycle.entitled, cycle.approved_on = entitled, tx.today
    _charge(tx, cycle, programme.benefit_key)
    reserve_for(tx, cycle, programme)
    tx.record(
        CycleApproved(
            cycle_id=cycle.id,
            programme_id=programme.id,
            year=cycle.year,
            benefit_key=programme.benefit_key,
            entitled=entitled,
            amount=cycle.price * entitled,
        )
    )
    return cycle_detail(tx, cycle)


def _withdraw_who_left(tx: Transaction, cycle: Cycle) -> None:
    left = (
        sa.update(GoodsEntitlement)
        .where(GoodsEntitlement.cycle_id == cycle.id, GoodsEntitlement.state == "entitled")
        .where(GoodsEntitlement.member_id.in_(known_to_have_left()))
    )
    tx.session.execute(left.values(state="withdrawn", ended_on=tx.today).execution_options(synchronize_session=False))


def _charge(tx: Transaction, cycle: Cycle, benefit_key: str) -> None:
    uses = sa.select(
        GoodsEntitlement.id,
        GoodsEntitlement.member_id,
        sa.literal(cycle.year),
        sa.literal(benefit_key),
        sa.literal(cycle.price, Yuan()),
        sa.literal(tx.today, sa.Date()),
        GoodsEntitlement.id.label("source_id"),
        sa.literal(tx.today, sa.Date()).label("recorded_on"),
    ).where(GoodsEntitlement.cycle_id == cycle.id, GoodsEntitlement.state == "entitled")
    note_uses_of(tx, uses)
