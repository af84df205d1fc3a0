"""Gifts by what they are given for: looked up, locked, stored; and which kinds the union gives."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.rules.optional import rule_or_none
from services.chassis.security.encryption import blind_index
from services.welfare.care.tables import CareGift
from services.welfare.members.use_cases.member_copies import hold_death_of

KINDS = "care.kinds"
"""The rule that names the kinds of gifts given as standing care."""
MEMBER_DIED = "member_died"


def kinds_on(tx: Transaction, on: date) -> tuple[str, ...]:
    """Return the kinds of gifts given on a day; none where no rule names any."""
    rule = rule_or_none(tx, KINDS, on)
    return tuple(rule.value) if rule else ()


def index_of_kind(kind: str) -> str:
    """Return the keyed hash by which gifts of a kind are searched."""
    return blind_index(kind, scope="care.kind")


def index_of_source(source: str) -> str:
    """Return the keyed hash of what a gift is given for."""
    return blind_index(source, scope="care.source")


def gift_for(tx: Transaction, source: str) -> CareGift | None:
    """Return the gift for a source, locked; others that look for the same wait."""
    index = index_of_source(source)
    tx.lock(f"care-{index}")
    statement = sa.select(CareGift).where(CareGift.source_index == index)
    return tx.session.scalar(statement.with_for_update(), execution_options={"populate_existing": True})


def add_gift(
    tx: Transaction, kind: str, source: str, member_id: UUID, unit_id: UUID, due_on: date, sequence: int = 0
) -> CareGift:
    """Store a gift that is due; of a member who died it is withdrawn from the start, in case the death is undone."""
    died_on = hold_death_of(tx, member_id)
    gift = CareGift(
        kind=kind,
        kind_index=index_of_kind(kind),
        source_index=index_of_source(source),
        source_sequence=sequence,
        member_id=member_id,
        unit_id=unit_id,
        due_on=due_on,
        state="due" if died_on is None else "withdrawn",
        ended_by=None if died_on is None else MEMBER_DIED,
    )
    tx.session.add(gift)
    tx.session.flush()
    note_change(tx, subject_of(gift), {"state": (None, gift.state)})
    return gift


def move(tx: Transaction, gift: CareGift, state: str, ended_by: str | None = None) -> None:
    """Take a gift to a state, and keep the step."""
    note_change(tx, subject_of(gift), {"state": (gift.state, state)})
    gift.state, gift.ended_by = state, ended_by


def subject_of(gift: CareGift) -> str:
    """Return the name a gift's changes are kept under."""
    return f"care_gift/{gift.id}"
