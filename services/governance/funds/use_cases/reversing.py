"""Reversing an entry. The caller checks before whether that is allowed."""

from __future__ import annotations

from services.contracts.governance.funds.events import ExpenseReversed
from services.governance.funds import entry_rules
from services.governance.funds.tables import BudgetLine, FundEntry
from services.governance.funds.use_cases import ledger
from services.governance.funds.use_cases.reserved import give_back


def undo(books: ledger.Books, wrong: FundEntry, reason: str, reason_en: str | None = None) -> FundEntry:
    """Enter the reversal, posted today; its amount is available again on its line, and an event is recorded."""
    tx = books.tx
    undone = books.add(_mirror(books, wrong, reason, reason_en))
    if wrong.line_id is not None:
        line = tx.session.get_one(BudgetLine, wrong.line_id, with_for_update=True, populate_existing=True)
        line.spent -= wrong.amount
        give_back(tx, wrong, line)
    tx.record(
        ExpenseReversed(
            entry_id=undone.id,
            number=undone.number,
            reverses=wrong.id,
            source_type=wrong.source_type,
            source_id=wrong.source_id,
            claim=wrong.claim,
            line_code=wrong.line_code,
            amount=wrong.amount,
        )
    )
    return undone


def _mirror(books: ledger.Books, wrong: FundEntry, reason: str, reason_en: str | None) -> ledger.Draft:
    return ledger.Draft(
        kind="reversal",
        amount=wrong.amount,
        sides=entry_rules.mirrored(ledger.sides_of(wrong)),
        description=reason,
        description_en=reason_en,
        posted_on=books.tx.today,
        spent_on=wrong.spent_on,
        funding_source=wrong.funding_source,
        source_type=wrong.source_type,
        source_id=wrong.source_id,
        claim=wrong.claim,
        line_id=wrong.line_id,
        line_code=wrong.line_code,
        unit_id=wrong.unit_id,
        form=wrong.form,
        benefit_key=wrong.benefit_key,
        reverses=wrong.id,
    )
