"""Erasing the papers of decided applications, when the time a rule gives is over; the application stays."""

from __future__ import annotations

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.rules.months import months_before
from services.chassis.rules.optional import count_or_none
from services.welfare.hardship.tables import AidApplication
from services.welfare.hardship.use_cases.applying import erase_papers
from services.welfare.hardship.use_cases.store import note_step

KEEP_MONTHS = "aid.keep_months"
ENDED = ("refused", "paid", "closed")
"""States after which nobody needs the papers of an application; one that was granted is still to be paid."""
AT_ONCE = 100


def erase_kept_papers(tx: Transaction) -> None:
    """Erase the papers of the next applications whose time of keeping is over, and note that in their history.

    Without a rule all are kept; the console lists the rule as missing.
    """
    months = count_or_none(tx, KEEP_MONTHS)
    if months is None:
        return
    over = sa.select(AidApplication).where(
        AidApplication.papers_erased_on.is_(None),
        AidApplication.decided_on.is_not(None),
        AidApplication.decided_on <= months_before(tx.today, months),
        AidApplication.state.in_(ENDED),
    )
    ordered = over.order_by(AidApplication.decided_on, AidApplication.id).limit(AT_ONCE)
    applications = tx.session.scalars(ordered.with_for_update(skip_locked=True)).all()
    for one in applications:
        one.papers_erased_on = tx.today
        note_step(tx, one, "papers_erased")
    erase_papers(tx, [one.id for one in applications])
