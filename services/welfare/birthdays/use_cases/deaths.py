"""Effects of a member's death on birthday care, and undoing them when the death was a mistake."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import day_of
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.contracts.welfare.claim_events import ClaimWithdrawn
from services.welfare.birthdays import rules
from services.welfare.birthdays.tables import BirthdayGrant
from services.welfare.birthdays.use_cases.listing import BENEFIT
from services.welfare.entitlements.use_cases.accounts import drop_uses
from services.welfare.payments.use_cases.beneficiaries import beneficiary

MEMBER_DIED = "member_died"
_STANDING = ("listed", "issued", "collected")


def end_with_death(tx: Transaction, member_id: UUID, died_on: date) -> None:
    """Withdraw grants for a birthday after the death that were not given before it, with their claims."""
    for grant in _grants_for_update(
        tx, member_id, BirthdayGrant.state.in_(_STANDING), BirthdayGrant.celebrated_on > died_on
    ):
        issued_on = day_of(grant.issued_at) if grant.issued_at else None
        if not rules.ends_with_death(issued_on, died_on):
            continue
        if issued_on is not None and grant.amount is not None:
            _withdraw(tx, grant, issued_on)
        _take_to(tx, grant, "withdrawn", MEMBER_DIED)


def undo_death(tx: Transaction, member_id: UUID) -> None:
    """Restore grants that were withdrawn because of a mistaken death; vouchers are issued again."""
    for grant in _grants_for_update(
        tx, member_id, BirthdayGrant.state == "withdrawn", BirthdayGrant.ended_by == MEMBER_DIED
    ):
        _take_to(tx, grant, "listed", None)


def _withdraw(tx: Transaction, grant: BirthdayGrant, issued_on: date) -> None:
    drop_uses(tx, [grant.id])
    grant.claim = max(grant.claim, 1)
    tx.record(
        ClaimWithdrawn(
            source_type="birthday",
            source_id=grant.id,
            claim=grant.claim,
            unit_id=grant.unit_id,
            benefit_key=BENEFIT,
            amount=grant.amount,
            form=grant.form,
            spent_on=issued_on,
            beneficiary=beneficiary(grant.member_id, issued_on.year),
            reason_code="after_death",
        )
    )


def _take_to(tx: Transaction, grant: BirthdayGrant, state: str, ended_by: str | None) -> None:
    note_change(tx, f"birthday_grant/{grant.id}", {"state": (grant.state, state)})
    grant.state, grant.ended_by = state, ended_by
    grant.run_id = grant.code = grant.code_index = None
    if state == "listed":
        grant.issued_at = grant.collect_by = grant.collected_at = grant.collected_by = None


def _grants_for_update(tx: Transaction, member_id: UUID, *conditions: sa.ColumnElement[bool]) -> list[BirthdayGrant]:
    statement = sa.select(BirthdayGrant).where(BirthdayGrant.member_id == member_id, *conditions)
    ordered = statement.order_by(BirthdayGrant.id).with_for_update().execution_options(populate_existing=True)
    return list(tx.session.scalars(ordered))
