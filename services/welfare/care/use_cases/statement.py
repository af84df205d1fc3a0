"""Standing care as lines of a statement: gifts given until a day, by the day they were given."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.welfare.care.tables import CareGift
from services.welfare.statement.use_cases.lines import MOST_LINES, StatementLine, statement_source


@statement_source("care")
def lines_of(tx: Transaction, member_id: UUID, year_from: int, as_of: date) -> list[StatementLine]:
    """Return a line for each gift that was given until the end of the day; a gift once given stays."""
    given = CareGift.member_id == member_id, CareGift.given_on >= date(year_from, 1, 1), CareGift.given_on <= as_of
    statement = sa.select(CareGift).where(*given).order_by(CareGift.given_on, CareGift.id).limit(MOST_LINES)
    return [
        StatementLine(
            "care", gift.id, "given", None, gift.amount, gift.given_on,
            params={"benefit_key": gift.kind, "year": gift.due_on.year},
        )
        for gift in tx.session.scalars(statement)
    ]  # fmt: skip
