"""What the days bring: that an opinion is overdue, and the erasure of ended notices."""

from __future__ import annotations

import sqlalchemy as sa

from services.chassis.database.history import erase_logs
from services.chassis.database.transaction import Transaction
from services.chassis.files.storage import erase_files
from services.chassis.rules.months import months_before
from services.chassis.rules.optional import count_or_none
from services.contracts.governance.dismissals.events import DismissalOpinionOverdue
from services.contracts.governance.dismissals.vocabulary import CLOCKED
from services.governance.dismissals.tables import DismissalEntry, DismissalNotice, DismissalPaper
from services.governance.dismissals.use_cases.store import subject_of
from services.governance.mediation.use_cases.store import tell

AT_ONCE = 100
KEEP = "dismissal.keep_months"


def tell_overdue(tx: Transaction) -> None:
    """Tell once of each notice whose last day for the union's opinion has passed.

    Of one without a clerk the to-do tells the officers.
    """
    over = sa.select(DismissalNotice).where(
        DismissalNotice.state.in_(CLOCKED), DismissalNotice.due_on < tx.today, DismissalNotice.overdue_told.is_(False)
    )
    ordered = over.order_by(DismissalNotice.due_on, DismissalNotice.id).limit(AT_ONCE)
    for notice in tx.session.scalars(ordered.with_for_update(skip_locked=True)):
        notice.overdue_told = True
        tx.record_uncorrelated(DismissalOpinionOverdue(case_id=notice.case_id, due_on=notice.due_on))
        if notice.clerk_id is not None:
            tell(tx, [notice.clerk_id])


def forget_ended(tx: Transaction) -> None:
    """Erase words, names, papers and looks of the next notices whose time of keeping is over; the counts stay.

    Without a rule everything is kept; the console lists the rule as missing.
    """
    months = count_or_none(tx, KEEP)
    if months is None:
        return
    ended = sa.select(DismissalNotice).where(
        DismissalNotice.closed_on <= months_before(tx.today, months),
        DismissalNotice.forgotten.is_(False),
    )
    ordered = ended.order_by(DismissalNotice.closed_on, DismissalNotice.id).limit(AT_ONCE)
    notices = list(tx.session.scalars(ordered.with_for_update(skip_locked=True)))
    for one in notices:
        one.person_name = one.member_id = one.member_key = one.reason = None
        one.opinion_text = one.violated = one.answer_text = None
        one.forgotten = True
    ids = [one.id for one in notices]
    if ids:
        for table in (DismissalEntry, DismissalPaper):
            gone = sa.delete(table).where(table.dismissal_id.in_(ids))
            tx.session.execute(gone.execution_options(synchronize_session=False))
        subjects = [subject_of(one) for one in notices]
        erase_files(tx, subjects)
        erase_logs(tx, subjects)
