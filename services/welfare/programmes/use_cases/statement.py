"""Goods as lines of a statement: what was fetched, is to be fetched or lapsed, and who was not on a list and why."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import day_of
from services.chassis.database.transaction import Transaction
from services.welfare.decisions.use_cases.dated import refusals_on
from services.welfare.programmes.tables import Cycle, GoodsEntitlement, HandOut, Programme
from services.welfare.programmes.use_cases.computing import DECISION
from services.welfare.programmes.workflow import GIVEN_STATES
from services.welfare.statement.use_cases.lines import MOST_LINES, StatementLine, statement_source


@statement_source("goods")
def lines_of(tx: Transaction, member_id: UUID, year_from: int, as_of: date) -> list[StatementLine]:
    """Return a line for each cycle approved until the day, whether the member was on its list or not."""
    approved = _approved(year_from, as_of)
    listed = (
        sa.select(GoodsEntitlement, Cycle, Programme, HandOut)
        .join(Cycle, Cycle.id == GoodsEntitlement.cycle_id)
        .join(Programme, Programme.id == Cycle.programme_id)
        .outerjoin(HandOut, HandOut.entitlement_id == GoodsEntitlement.id)
        .where(GoodsEntitlement.member_id == member_id, GoodsEntitlement.state != "withdrawn", *approved)
        .order_by(GoodsEntitlement.id.desc())
        .limit(MOST_LINES)
    )
    return [_line(*row, as_of) for row in tx.session.execute(listed)] + _refused(tx, member_id, year_from, as_of)


def _approved(year_from: int, as_of: date) -> tuple[sa.ColumnElement[bool], ...]:
    on = sa.func.coalesce(Cycle.approved_on, Cycle.as_of)
    return Cycle.state.in_(GIVEN_STATES), Cycle.year >= year_from, on <= as_of


def _line(
    one: GoodsEntitlement, cycle: Cycle, programme: Programme, hand_out: HandOut | None, as_of: date
) -> StatementLine:
    state, amount, on, until = "expiring", cycle.price, cycle.approved_on, cycle.collect_until
    if hand_out is not None and day_of(hand_out.recorded_at) <= as_of:
        state, amount, on = "given", hand_out.amount, day_of(hand_out.handed_at)
    elif (ended_on := _ended_on(one, cycle)) is not None and ended_on <= as_of:
        state, on = "lapsed", one.ended_on
    return StatementLine(
        "goods", one.id, state, cycle.title, amount, on, until if state != "given" else None, one.decision_id,
        params={"benefit_key": programme.benefit_key},
    )  # fmt: skip


def _ended_on(one: GoodsEntitlement, cycle: Cycle) -> date | None:
    """Return the day goods lapsed, also those of which a signed list was recorded later."""
    return one.ended_on or (cycle.collect_until if one.state == "expired" else None)


def _refused(tx: Transaction, member_id: UUID, year_from: int, as_of: date) -> list[StatementLine]:
    refusals = {one.subject_id: one for one in refusals_on(tx, DECISION, member_id, as_of, MOST_LINES)}
    cycles = sa.select(Cycle).where(Cycle.run_id.in_(list(refusals)), *_approved(year_from, as_of))
    return [
        StatementLine(
            "goods", cycle.id, "refused", cycle.title, None, cycle.approved_on, None, refusals[cycle.run_id].id,
            refusals[cycle.run_id].reason, refusals[cycle.run_id].params,
        )
        for cycle in tx.session.scalars(cycles)
        if cycle.run_id is not None
    ]  # fmt: skip
