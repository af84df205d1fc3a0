"""What a member's death does to gifts: what was not given is withdrawn, what was given after it is claimed back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.contracts.welfare.claim_events import ClaimWithdrawn
from services.welfare.care import rules
from services.welfare.care.tables import CareGift
from services.welfare.care.use_cases.store import MEMBER_DIED, move
from services.welfare.payments.use_cases.beneficiaries import beneficiary

_CLAIMED = ("pending", "recorded")


def end_with_death(tx: Transaction, member_id: UUID, died_on: date) -> None:
    """Withdraw gifts that were not given, and the claims of those given after the death."""
    for gift in _locked(tx, member_id, CareGift.state != rules.WITHDRAWN):
        if gift.state == rules.DUE:
            move(tx, gift, rules.WITHDRAWN, MEMBER_DIED)
        elif gift.given_on is not None and gift.given_on > died_on and gift.claim_state in _CLAIMED:
            _withdraw_claim(tx, gift, gift.given_on)


def undo_death(tx: Transaction, member_id: UUID) -> None:
    """Gifts that a mistaken death withdrew are due again; claims withdrawn with it are put again by giving out."""
    for gift in _locked(tx, member_id, CareGift.ended_by == MEMBER_DIED):
        move(tx, gift, rules.DUE)


def _withdraw_claim(tx: Transaction, gift: CareGift, given_on: date) -> None:
    tx.record(
        ClaimWithdrawn(
            source_type="benefit",
            source_id=gift.id,
            claim=gift.claim,
            unit_id=gift.unit_id,
            benefit_key=gift.kind,
            amount=gift.amount,
            form=gift.form,
            spent_on=given_on,
            beneficiary=beneficiary(gift.member_id, given_on.year),
            reason_code="after_death",
        )
    )


def _locked(tx: Transaction, member_id: UUID, condition: sa.ColumnElement[bool]) -> list[CareGift]:
    statement = sa.select(CareGift).where(CareGift.member_id == member_id, condition).order_by(CareGift.id)
    return list(tx.session.scalars(statement.with_for_update(), execution_options={"populate_existing": True}))
