"""Forgetting what applications said about people whose time is over; that there was one stays."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from services.chassis.files import erase_files
from services.chassis.transaction import Transaction
from services.membership.joining.tables import Application

_SAID = (
    "name", "gender", "birth_date", "original_age", "id_number", "id_number_index", "phone", "email", "hired_on",
    "statement", "account_id",
)  # fmt: skip


def forget_applications(tx: Transaction, application_ids: Collection[UUID]) -> None:
    """Empty what applications say about a person, and erase their files."""
    if not application_ids:
        return
    said = dict.fromkeys(_SAID)
    tx.session.execute(sa.update(Application).where(Application.id.in_(application_ids)).values(said))
    for application_id in application_ids:
        erase_files(tx, f"application/{application_id}")
