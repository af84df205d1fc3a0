"""The payment of aid out of the funds: asking for it, and hearing the answer."""

from __future__ import annotations

from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.chassis.rules.rulebook import rule_in_force
from services.welfare.hardship.tables import AidApplication
from services.welfare.hardship.use_cases.store import announce, move, note_step
from services.welfare.payments.use_cases.answers import Answer, on_paid, on_payment_refused, on_payment_reversed
from services.welfare.payments.use_cases.paying import Payment, request_payment

SOURCE = "aid"
LINE = "aid.line"


def put_to_the_funds(tx: Transaction, application: AidApplication) -> None:
    """Ask the funds to pay what was granted, out of the line that the rule in force names.

    The event names neither the member nor the unit: with the line it would tell who is in hardship.

    Raises:
        NoRuleInForce: no rule names the budget line.
    """
    assert application.granted is not None
    assert application.decided_on is not None
    line = rule_in_force(tx, LINE, application.decided_on)
    application.claim_state = "pending"
    application.refused_rule = application.refused_code = None
    payment = Payment(
        source_type=SOURCE,
        source_id=application.id,
        amount=application.granted,
        funding_source="union",
        spent_on=application.decided_on,
        line_code=str(line.value),
        form="cash",
        evidence_kinds=["document"],
    )
    request_payment(tx, payment)
    announce(tx, application)


@on_paid(SOURCE)
def note_paid(tx: Transaction, answer: Answer) -> None:
    """The payment stands in the ledger."""
    found = _application(tx, answer.source_id)
    if found is None or found.state != "granted":
        return
    found.claim_state, found.entry_id = "recorded", answer.entry_id
    found.paid, found.paid_on = found.granted, tx.today
    found.refused_rule = found.refused_code = None
    move(tx, found, "record_payment", by_system=True, paid_on=(None, tx.today))


@on_payment_refused(SOURCE)
def note_refused(tx: Transaction, answer: Answer) -> None:
    """The funds refused: the payment is open again, with the rule; the grant stands."""
    found = _application(tx, answer.source_id)
    if found is None or found.state != "granted":
        return
    found.claim_state, found.refused_rule, found.refused_code = "refused", answer.rule, answer.reason_code
    note_step(tx, found, "payment_refused")
    announce(tx, found, payment_refused=True)


@on_payment_reversed(SOURCE)
def note_reversed(tx: Transaction, answer: Answer) -> None:
    """The entry was undone: the payment can be asked for again."""
    found = _application(tx, answer.source_id)
    if found is None:
        return
    paid_on = found.paid_on
    found.claim_state, found.entry_id, found.paid, found.paid_on = "reversed", None, None, None
    if found.state in ("paid", "closed"):
        move(tx, found, "reverse_payment", by_system=True, paid_on=(paid_on, None))
    announce(tx, found, payment_refused=True)


def _application(tx: Transaction, application_id: UUID) -> AidApplication | None:
    return tx.session.get(AidApplication, application_id, with_for_update=True, populate_existing=True)
