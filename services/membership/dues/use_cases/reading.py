"""Reading dues: one member's, sums by month and unit, consecutive unpaid months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.engine import Yuan
from services.chassis.database.transaction import Transaction
from services.chassis.security.unit_scope import in_seen_units
from services.membership.dues import rules
from services.membership.dues.tables import DuesAdjustment, DuesCharge
from services.membership.dues.use_cases import access, awaiting, bases, charging, figures

MONTHS_SHOWN = 36

_UNPAID = DuesCharge.paid < DuesCharge.due
_LACKING = DuesCharge.due - DuesCharge.paid


def get_member_dues(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A member's dues; a chair sees the state of the months, but no base and no amount."""
    person = access.require_member(tx, request["member_id"])
    amounts = access.sees_amounts(tx, person.id)
    statement = sa.select(DuesCharge).where(DuesCharge.member_id == person.id)
    months = tx.session.scalars(statement.order_by(DuesCharge.month.desc()).limit(MONTHS_SHOWN)).all()
    waiting = awaiting.months_awaiting(tx)
    sums = sa.select(*_unpaid_sums(waiting)).where(DuesCharge.member_id == person.id)
    unpaid = tx.session.execute(sums).one()
    known = bases.bases_of(tx, person.id) if amounts else []
    return {
        "member_id": person.id,
        "unit_id": person.unit_id,
        "bases": [bases.to_reply(tx, base, plain=amounts) for base in known],
        "exemptions": bases.exemptions_of(tx, person.id, reasons=amounts),
        "rules": figures.in_force(tx, tx.today).told(),
        "months": [charging.to_reply(charge, amounts=amounts, awaiting=waiting) for charge in months],
        "adjustments": _adjustments(tx, person.id) if amounts else [],
        "owed": (unpaid.owed or rules.NOTHING) if amounts else None,
        "months_owed": unpaid.members_owing,
        "waiting": (unpaid.waiting or rules.NOTHING) if amounts else None,
        "months_waiting": unpaid.members_waiting,
        "sees_amounts": amounts,
    }


def _adjustments(tx: Transaction, member_id: UUID) -> list[DuesAdjustment]:
    statement = sa.select(DuesAdjustment).where(DuesAdjustment.member_id == member_id)
    return list(tx.session.scalars(statement.order_by(DuesAdjustment.id.desc()).limit(MONTHS_SHOWN)))


def dues_by_month(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Sums of the months up to one, latest first; a month nobody was charged is left out."""
    until = request["until"] or rules.month_of(tx.today)
    since = rules.months_before(until, request["months"] - 1)
    waiting = awaiting.months_awaiting(tx)
    statement = _sums(waiting, DuesCharge.month).where(DuesCharge.month.between(since, until))
    statement = in_seen_units(statement, DuesCharge.unit_id, tx.principal, None)
    found = tx.session.execute(statement.group_by(DuesCharge.month).order_by(DuesCharge.month.desc()))
    return {"items": [_figures(tx, row, row.month, None, waiting) for row in found]}


def dues_by_unit(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Sums of one month by unit, the unit that owes most first."""
    waiting = awaiting.months_awaiting(tx)
    statement = _sums(waiting, DuesCharge.unit_id).where(DuesCharge.month == request["month"])
    statement = in_seen_units(statement, DuesCharge.unit_id, tx.principal, None)
    found = tx.session.execute(statement.group_by(DuesCharge.unit_id)).all()
    ordered = sorted(found, key=lambda row: (-row.owed, -row.waiting, str(row.unit_id)))
    return {"items": [_figures(tx, row, request["month"], row.unit_id, waiting) for row in ordered]}


def _sums(waiting: Collection[str], *columns: Any) -> sa.Select:
    return sa.select(
        *columns,
        sa.func.count().label("members"),
        sa.func.sum(DuesCharge.due).label("due"),
        sa.func.sum(DuesCharge.paid).label("paid"),
        *_unpaid_sums(waiting),
    )


def _unpaid_sums(waiting: Collection[str]) -> list[sa.ColumnElement[Any]]:
    """Return number and sum of the charges in arrears, and of those that await the payroll."""
    late = sa.and_(_UNPAID, DuesCharge.month.not_in(waiting))
    awaited = sa.and_(_UNPAID, DuesCharge.month.in_(waiting))
    return [
        sa.func.count(sa.case((late, 1))).label("members_owing"),
        _sum_of(late).label("owed"),
        sa.func.count(sa.case((awaited, 1))).label("members_waiting"),
        _sum_of(awaited).label("waiting"),
    ]


def _sum_of(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    lacking = sa.case((condition, _LACKING), else_=sa.literal(rules.NOTHING, Yuan()))
    return sa.func.sum(lacking, type_=Yuan())


def _figures(
    tx: Transaction, row: sa.Row, month: str, unit_id: UUID | None, waiting: Mapping[str, date]
) -> dict[str, Any]:
    amounts = access.sees_amounts(tx)
    state = "waiting" if month in waiting and row.members_waiting else "owing" if row.members_owing else "settled"
    return {
        "month": month,
        "unit_id": unit_id,
        "state": state,
        "arrears_from": waiting.get(month),
        **{name: getattr(row, name) for name in ("members", "members_owing", "members_waiting")},
        **{name: getattr(row, name) if amounts else None for name in ("due", "paid", "owed", "waiting")},
    }


def months_unpaid(tx: Transaction, member_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return for each member how many consecutive months are unpaid, up to the latest whose payroll ran.

    Used in decisions: six months unpaid and inactive may end a membership (中国工会章程).
    """
    if not member_ids:
        return {}
    statement = (
        sa.select(DuesCharge.member_id, DuesCharge.month, _UNPAID.label("owed"))
        .where(DuesCharge.member_id.in_(set(member_ids)), DuesCharge.due > 0)
        .where(DuesCharge.month.not_in(awaiting.months_awaiting(tx)))
        .order_by(DuesCharge.member_id, DuesCharge.month.desc())
    )
    months: dict[UUID, list[tuple[str, bool]]] = defaultdict(list)
    for member_id, month, owed in tx.session.execute(statement):
        months[member_id].append((month, bool(owed)))
    return {member_id: rules.unpaid_in_a_row(months[member_id]) for member_id in member_ids}
