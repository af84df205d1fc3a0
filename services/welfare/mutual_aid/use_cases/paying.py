"""The fees of a period that the union or the administration pays: asked of the funds, and their answer."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.welfare.mutual_aid import rules
from services.welfare.mutual_aid.tables import CoverPeriod
from services.welfare.payments.use_cases.paying import Payment, payments_of, request_payment, request_payment_again

SOURCE = "mutual_aid"
"""The kind of source that payments for a period name."""
_NONE = {"payment_state": "none", "refused_rule": None}


def ask(tx: Transaction, period: CoverPeriod, line_code: str | None) -> None:
    """Ask for the payment of a closed list; nothing where members pay themselves or nothing is to be paid.

    Raises:
        Refused: no budget line is named.
    """
    if period.payer == "own" or not period.amount:
        return
    refuse_first(rules.line_is_named(line_code))
    request_payment(
        tx,
        Payment(
            SOURCE, period.id, period.amount, period.payer, tx.today, line_code=line_code, people=period.members or 1,
            evidence_kinds=["document"],
        ),
    )  # fmt: skip


def ask_again(tx: Transaction, period: CoverPeriod) -> None:
    """Ask for the payment once more. Raises `Refused` where it was neither refused nor reversed."""
    request_payment_again(tx, SOURCE, period.id)


def answers(tx: Transaction, period_ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return for each period what the funds answered."""
    known = payments_of(tx, SOURCE, period_ids)
    told = {one: {"payment_state": row.state, "refused_rule": row.refused_rule} for one, row in known.items()}
    return {one: told.get(one, _NONE) for one in period_ids}
