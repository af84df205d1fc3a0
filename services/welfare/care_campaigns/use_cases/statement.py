"""Care campaigns as lines of a statement: what a member was given, as it was recorded until a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.welfare.care_campaigns.tables import CareCampaign, CareItem
from services.welfare.statement.use_cases.lines import MOST_LINES, StatementLine, statement_source


@statement_source("campaign")
def lines_of(tx: Transaction, member_id: UUID, year_from: int, as_of: date) -> list[StatementLine]:
    """Return a line for each gift from a year on; that somebody is on a list is told when something was given."""
    given = (
        sa.select(CareItem, CareCampaign.title)
        .join(CareCampaign, CareCampaign.id == CareItem.campaign_id)
        .where(
            CareItem.member_id == member_id,
            CareItem.state == "given",
            CareItem.recorded_on <= as_of,
            CareItem.given_on >= date(year_from, 1, 1),
        )
        .order_by(CareItem.id.desc())
        .limit(MOST_LINES)
    )
    return [
        StatementLine("campaign", one.id, "given", title, one.value or None, one.given_on)
        for one, title in tx.session.execute(given)
    ]
