"""Claims that were refused and are not settled: which there are, and whether the rules would allow them now."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.governance.funds.tables import FundRefusal
from services.governance.funds.use_cases import expenses, ledger
from services.governance.funds.use_cases.claims import claim_again
from services.governance.funds.use_cases.sitting import Sitting


def of_benefit(tx: Transaction, benefit: str, most: int) -> Sequence[FundRefusal]:
    """Return the latest open refusals of a benefit's claims."""
    statement = sa.select(FundRefusal).where(FundRefusal.state == "open", FundRefusal.benefit_key == benefit)
    return tx.session.scalars(statement.order_by(FundRefusal.id.desc()).limit(most)).all()


def decided(tx: Transaction, refusals: Sequence[FundRefusal]) -> dict[UUID, str | None]:
    """Return, by the refusal, "allowed" or None, as the claim would be decided now; nothing is stored or locked."""
    claims = {refusal.id: claim_again(tx, refusal) for refusal in refusals}
    sitting = Sitting(ledger.Books(tx), locked=False)
    sitting.read(list(claims.values()))
    answers = {case: expenses.decide(sitting, claim) for case, claim in claims.items()}
    return {case: None if answer.refusal else "allowed" for case, answer in answers.items()}
