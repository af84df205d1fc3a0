"""Which charged months still await their payroll; what is unpaid of them is no arrears yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.rules.optional import rule_or_none
from services.membership.dues import arrears_rules, rules
from services.membership.dues.tables import DuesCharge, DuesFile

UNPAID = sa.text("paid < due")
"""In the words of the partial index, which serves it."""


def months_awaiting(tx: Transaction) -> dict[str, date]:
    """Return the months, at most two, whose unpaid dues await the payroll, with the day they would be arrears from."""
    months = arrears_rules.months_in_question(tx.today)
    statement = sa.select(DuesFile.month).where(
        DuesFile.kind == "payroll", DuesFile.state == "posted", DuesFile.month.in_(map(rules.month_of, months))
    )
    posted = {rules.first_day(month) for month in tx.session.scalars(statement)}
    days = {month: _day(tx, month) for month in months}
    found = arrears_rules.months_awaiting(days, posted, tx.today)
    return {rules.month_of(month): begins for month, begins in found.items()}


def _day(tx: Transaction, month: date) -> int:
    rule = rule_or_none(tx, arrears_rules.DAY_KEY, month)
    return rule.count if rule else arrears_rules.DEFAULT_DAY


def in_arrears(awaiting: Collection[str]) -> sa.ColumnElement[bool]:
    """Return the condition that dues of a month are in arrears.

    Args:
        awaiting: months that await the payroll.
    """
    return sa.and_(UNPAID, DuesCharge.month.not_in(awaiting)) if awaiting else sa.and_(UNPAID)
