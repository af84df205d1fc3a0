"""Lists signed on paper: each line is recorded once, also after the last day, for the day it was signed on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

import sqlalchemy as sa

from services.chassis.clock import SHANGHAI, day_of
from services.chassis.database.transaction import Transaction
from services.chassis.rules.refusal import Refusal
from services.chassis.security.principal import require_unit
from services.welfare.entitlements.use_cases.accounts import note_uses
from services.welfare.members.use_cases.member_copies import deaths_of, standings_of
from services.welfare.programmes import rules
from services.welfare.programmes.tables import Cycle, GoodsEntitlement, Package
from services.welfare.programmes.use_cases.handing_out import DESK, handed_out_once, record
from services.welfare.programmes.use_cases.stock import take_stock
from services.welfare.programmes.use_cases.store import hand_outs_of, load_cycle, packages_of, programme_of

Lines = list[tuple[GoodsEntitlement, datetime]]
_EVENING = time(18)


def sync_signed_list(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Record the lines of a signed list; what was handed out before comes first in the answer and counts once.

    A line without a time was signed now, after the last day on that day. Goods that went back to stock at the end of
    the last day are taken from it again.
    """
    cycle = load_cycle(tx, request["cycle_id"])
    untold = min(tx.now, datetime.combine(cycle.collect_until, _EVENING, SHANGHAI))
    untold = tx.now if tx.today <= cycle.collect_until else untold
    times = {line["number"]: line["handed_at"] or untold for line in request["lines"]}
    rows = _rows_for_update(tx, cycle, sorted(times))
    for unit_id in {row.unit_id for row in rows.values()}:
        require_unit(tx.principal, unit_id, also=DESK)
    of_members = [row.member_id for row in rows.values()]
    standings, deaths = standings_of(tx, of_members), deaths_of(tx, of_members)
    before = hand_outs_of(tx, [row.id for row in rows.values()])
    duplicates, refused = [], []
    taken: Lines = []
    for number, at in sorted(times.items()):
        row = rows.get(number)
        if row is None:
            refused.append({"number": number, "rule": "programmes.line_is_known", "params": {}})
        elif row.id in before:
            duplicates.append(_line(number, handed_out_once(before[row.id])))
        elif refusal := rules.line_counts(
            cycle.state, row.state, (cycle.collect_from, cycle.collect_until), day_of(at), at <= tx.now,
            standings.get(row.member_id), deaths.get(row.member_id),
        ):  # fmt: skip
            refused.append(_line(number, refusal))
        else:
            taken.append((row, at))
    taken, used_up = _take_again(tx, cycle, taken)
    refused += used_up
    record(tx, cycle, taken, method="signed_list", signature=None, sheet=request["sheet"])
    return {"duplicates": duplicates, "refused": refused, "recorded": len(taken)}


def _take_again(tx: Transaction, cycle: Cycle, taken: Lines) -> tuple[Lines, list[dict[str, Any]]]:
    """Take what expired from the stock again, and charge the accounts; return the lines that hold, and the others."""
    expired = [(row, at) for row, at in taken if row.state == "expired"]
    if not expired:
        return taken, []
    counts = sorted(Counter(row.package_id for row, _ in expired if row.package_id is not None).items())
    used_up = {package_id for package_id, count in counts if not take_stock(tx, package_id, count)}
    again = [(row, at) for row, at in expired if row.package_id not in used_up]
    _charge_again(tx, cycle, again, packages_of(tx, cycle.id))
    missing = Refusal("programmes.package_is_in_stock", "This package is used up.")
    refused = [_line(row.number, missing) for row, _ in expired if row.package_id in used_up]
    held = {row.id for row, _ in again}
    return [(row, at) for row, at in taken if row.state != "expired" or row.id in held], refused


def _charge_again(tx: Transaction, cycle: Cycle, lines: Lines, packages: Sequence[Package]) -> None:
    prices = {package.id: package.price for package in packages}
    benefit_key = programme_of(tx, cycle).benefit_key
    note_uses(
        tx,
        (
            {
                "member_id": row.member_id,
                "year": cycle.year,
                "benefit_key": benefit_key,
                "amount": prices[row.package_id],
                "used_on": day_of(at),
                "source_id": row.id,
            }
            for row, at in lines
            if row.package_id is not None
        ),
    )


def _line(number: int, refusal: Refusal) -> dict[str, Any]:
    return {"number": number, "rule": refusal.rule, "params": refusal.params}


def _rows_for_update(tx: Transaction, cycle: Cycle, numbers: Sequence[int]) -> dict[int, GoodsEntitlement]:
    statement = (
        sa.select(GoodsEntitlement)
        .where(GoodsEntitlement.cycle_id == cycle.id, GoodsEntitlement.number.in_(numbers))
        .order_by(GoodsEntitlement.number)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.number: row for row in tx.session.scalars(statement)}
