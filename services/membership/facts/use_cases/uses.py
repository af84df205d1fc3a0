"""The log of uses of facts: one entry for each question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.contracts.membership.facts import FACT_REASONS, PURPOSES
from services.membership.facts.rules import KEPT_DAYS
from services.membership.facts.tables import FactUse


def note_use(tx: Transaction, request: Mapping[str, Any], members: int) -> None:
    """Store that a service was told facts of so many members, in the transaction that tells them."""
    use = FactUse(
        purpose=request["purpose"],
        service=tx.principal.name,
        facts=sorted(set(request["facts"])),
        members=members,
        about=request["about"],
        used_at=tx.now,
        correlation_id=tx.correlation_id,
    )
    tx.session.add(use)


def list_fact_uses(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of uses, newest first, and the registered purposes."""
    statement = sa.select(FactUse)
    if request["purpose"] is not None:
        statement = statement.where(FactUse.purpose == request["purpose"])
    page = page_of(tx, statement, request, [(FactUse.id, "desc")])
    purposes = [
        {"purpose": name, "why": FACT_REASONS.texts[name], **vars(purpose)} for name, purpose in PURPOSES.items()
    ]
    return page.reply(purposes=purposes)


def forget_old(tx: Transaction) -> None:
    """Delete uses whose retention period ended."""
    before = tx.now - timedelta(days=KEPT_DAYS)
    tx.session.execute(sa.delete(FactUse).where(FactUse.used_at < before))
