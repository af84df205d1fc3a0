"""What time brings: anonymous suggestions are announced, answers are overdue, old texts are erased."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.rules.months import months_before
from services.chassis.rules.optional import count_or_none
from services.contracts.governance.suggestions.events import SuggestionOverdue, SuggestionReceived
from services.governance.suggestions.tables import Suggestion, SuggestionEntry
from services.governance.suggestions.use_cases.store import announced

AT_ONCE = 100
KEEP = "suggestions.keep_months"


def announce_anonymous(tx: Transaction) -> None:
    """Tell those who answer of the anonymous suggestions since the last turn, in the order of their random ids."""
    for one in _next(tx, Suggestion.announced.is_(False), Suggestion.id):
        one.announced = True
        if one.state == "received":
            tx.record_uncorrelated(SuggestionReceived(**announced(one)))


def tell_overdue(tx: Transaction) -> None:
    """Tell once of each suggestion whose last day for an answer has passed."""
    late = sa.and_(
        Suggestion.state == "received", Suggestion.due_on < tx.today, Suggestion.overdue_told.is_(False),
    )  # fmt: skip
    for one in _next(tx, late, Suggestion.due_on, Suggestion.id):
        one.overdue_told = True
        tx.record_uncorrelated(SuggestionOverdue(**announced(one)))


def forget_ended(tx: Transaction) -> None:
    """Erase the words of the next suggestions whose time of keeping is over; what all may read stays.

    Without a rule everything is kept.
    """
    months = count_or_none(tx, KEEP)
    if months is None:
        return
    ended = sa.and_(Suggestion.ended_on <= months_before(tx.today, months), Suggestion.forgotten.is_(False))
    ids = []
    for one in _next(tx, ended, Suggestion.ended_on, Suggestion.id):
        one.text, one.reason, one.forgotten, one.member_id, one.code_hash = None, None, True, None, None
        if not one.published:
            one.title, one.answer, one.question = "", None, None
        ids.append(one.id)
    if ids:
        words = sa.update(SuggestionEntry).where(SuggestionEntry.suggestion_id.in_(ids)).values(note=None)
        tx.session.execute(words.execution_options(synchronize_session=False))


def _next(tx: Transaction, which: sa.ColumnElement[bool], *order: Any) -> list[Suggestion]:
    ordered = sa.select(Suggestion).where(which).order_by(*order).limit(AT_ONCE)
    return list(tx.session.scalars(ordered.with_for_update(skip_locked=True)))
