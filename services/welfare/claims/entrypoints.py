"""Events by which governance answers a claim; the visit or birthday grant of the claim is updated."""

from __future__ import annotations

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import on_event
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused, ExpenseReversed
from services.welfare.birthdays.use_cases import birthdays
from services.welfare.programmes.use_cases import claims as programmes
from services.welfare.visits.use_cases import claims as visits


class ClaimEntrypoints:
    """Reactions to the funds' answers."""

    @on_event(ExpenseRecorded)
    def on_expense_recorded(self, tx: Transaction, event: ReceivedEvent) -> None:
        """The claim was posted to the ledger."""
        if event.data["source_type"] == "visit":
            visits.on_recorded(tx, event)
        elif event.data["source_type"] == "birthday":
            birthdays.on_answer(tx, event, "recorded")
        elif event.data["source_type"] == "benefit":
            programmes.on_answer(tx, event, "recorded")

    @on_event(ExpenseRefused)
    def on_expense_refused(self, tx: Transaction, event: ReceivedEvent) -> None:
        """The claim was refused by a rule."""
        if event.data["source_type"] == "visit":
            visits.on_refused(tx, event)
        elif event.data["source_type"] == "birthday":
            birthdays.on_answer(tx, event, "refused")
        elif event.data["source_type"] == "benefit":
            programmes.on_answer(tx, event, "refused")

    @on_event(ExpenseReversed)
    def on_expense_reversed(self, tx: Transaction, event: ReceivedEvent) -> None:
        """The ledger entry was undone."""
        if event.data["source_type"] == "visit":
            visits.on_reversed(tx, event)
        elif event.data["source_type"] == "birthday":
            birthdays.on_answer(tx, event, "reversed")
        elif event.data["source_type"] == "benefit":
            programmes.on_answer(tx, event, "reversed")
