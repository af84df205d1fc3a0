"""Events by which governance answers claims, payments and reservations; the source's own subject is told."""

from __future__ import annotations

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import on_event
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused, ExpenseReversed
from services.contracts.governance.funds.reservations import FundingCommitted, FundingRefused
from services.welfare.birthdays.use_cases import birthdays
from services.welfare.care.use_cases import giving as care
from services.welfare.payments.use_cases import answers
from services.welfare.programmes.use_cases import claims as programmes
from services.welfare.visits.use_cases import claims as visits

_OF_VISITS = {"recorded": visits.on_recorded, "refused": visits.on_refused, "reversed": visits.on_reversed}


class ClaimEntrypoints:
    """Reactions to the funds' answers."""

    @on_event(ExpenseRecorded)
    def on_expense_recorded(self, tx: Transaction, event: ReceivedEvent) -> None:
        """It was posted to the ledger."""
        _hear(tx, event, "recorded")

    @on_event(ExpenseRefused)
    def on_expense_refused(self, tx: Transaction, event: ReceivedEvent) -> None:
        """It was refused by a rule."""
        _hear(tx, event, "refused")

    @on_event(ExpenseReversed)
    def on_expense_reversed(self, tx: Transaction, event: ReceivedEvent) -> None:
        """The ledger entry was undone."""
        _hear(tx, event, "reversed")

    @on_event(FundingCommitted)
    def on_funding_committed(self, tx: Transaction, event: ReceivedEvent) -> None:
        """Money was reserved."""
        answers.hear_funding(tx, event, "committed")

    @on_event(FundingRefused)
    def on_funding_refused(self, tx: Transaction, event: ReceivedEvent) -> None:
        """No money was reserved."""
        answers.hear_funding(tx, event, "refused")


def _hear(tx: Transaction, event: ReceivedEvent, state: str) -> None:
    """Tell the subject of the answer's source; sources of other services have no payment here."""
    source = event.data["source_type"]
    if source == "visit":
        _OF_VISITS[state](tx, event)
    elif source == "birthday":
        birthdays.on_answer(tx, event, state)
    elif source == "benefit":
        programmes.on_answer(tx, event, state)
        care.on_answer(tx, event, state)
    else:
        answers.hear_payment(tx, event, state)
