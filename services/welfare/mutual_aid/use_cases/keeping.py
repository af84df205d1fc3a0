"""Erasing the documents of settled claims, when the time a rule gives is over; the claim stays."""

from __future__ import annotations

import sqlalchemy as sa

from services.chassis.clock import start_of
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.files.storage import erase_files, files_of_each
from services.chassis.rules.months import months_before
from services.chassis.rules.optional import count_or_none
from services.welfare.mutual_aid.tables import Claim
from services.welfare.mutual_aid.use_cases.claim_store import DOCUMENTS, subject_of

KEEP_MONTHS = "mutual_aid.claim_keep_months"
SETTLED = ("paid", "refused")
"""States in which the provider has decided; documents of a withdrawn claim are erased with it."""
AT_ONCE = 100


def erase_kept_documents(tx: Transaction) -> None:
    """Erase the documents of the next claims whose time of keeping is over, and note how many in their history.

    Without a rule all are kept; the console lists the rule as missing.
    """
    months = count_or_none(tx, KEEP_MONTHS)
    if months is None:
        return
    over = sa.select(Claim).where(
        Claim.documents_erased_on.is_(None),
        Claim.decided_at.is_not(None),
        Claim.decided_at < start_of(months_before(tx.today, months)),
        Claim.state.in_(SETTLED),
    )
    ordered = over.order_by(Claim.decided_at, Claim.id).limit(AT_ONCE)
    claims = tx.session.scalars(ordered.with_for_update(skip_locked=True)).all()
    files = files_of_each(tx, [subject_of(one) for one in claims], purpose=DOCUMENTS)
    for one in claims:
        one.documents_erased_on = tx.today
        note_change(tx, subject_of(one), {"documents": (len(files.get(subject_of(one), [])), 0)})
    erase_files(tx, [subject_of(one) for one in claims], purpose=DOCUMENTS)
