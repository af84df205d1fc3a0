"""Birthday care as lines of a statement: vouchers given, to be collected, or lapsed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import day_of
from services.chassis.database.transaction import Transaction
from services.welfare.birthdays.tables import BirthdayGrant
from services.welfare.birthdays.use_cases.listing import BENEFIT
from services.welfare.entitlements.use_cases.dated_uses import Use, uses_on
from services.welfare.statement.use_cases.lines import StatementLine, statement_source


@statement_source("birthday")
def lines_of(tx: Transaction, member_id: UUID, year_from: int, as_of: date) -> list[StatementLine]:
    """Return a line for each voucher that stood at the end of the day."""
    uses = [use for use in uses_on(tx, member_id, year_from, as_of) if use.benefit_key == BENEFIT]
    of_these = sa.select(BirthdayGrant).where(BirthdayGrant.id.in_([use.source_id for use in uses]))
    grants = {grant.id: grant for grant in tx.session.scalars(of_these)}
    return [_line(use, grants[use.source_id], as_of) for use in uses if use.source_id in grants]


def _line(use: Use, grant: BirthdayGrant, as_of: date) -> StatementLine:
    state, on, until = "given", use.used_on, grant.collect_by
    if grant.collected_at is not None and day_of(grant.collected_at) <= as_of:
        on, until = day_of(grant.collected_at), None
    elif until is not None:
        state = "expiring" if as_of <= until else "lapsed"
    return StatementLine(
        "birthday", grant.id, state, None, use.amount, on, until, params={"benefit_key": BENEFIT, "year": grant.year}
    )
