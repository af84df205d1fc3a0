"""Honours as governance announces them: the newest announcement of an award wins, in whatever order they come."""

from __future__ import annotations

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.membership.honours.tables import Honour

_COPIED = ("member_id", "unit_id", "title", "level", "category", "awarded_on", "document")


def note_award(tx: Transaction, event: ReceivedEvent, state: str) -> None:
    """Keep an award as its newest announcement leaves it: `stands` or `revoked`."""
    award_id = event.data["award_id"]
    tx.lock(f"award-{award_id}")
    honour = tx.session.scalar(sa.select(Honour).where(Honour.award_id == award_id))
    if honour is not None and honour.sequence >= event.sequence:
        return
    if honour is None:
        honour = Honour(award_id=award_id, source="award", state="unknown", noted_at=tx.now)
        tx.session.add(honour)
    before = honour.state
    for name in _COPIED:
        setattr(honour, name, event.data[name])
    honour.state, honour.sequence = state, event.sequence
    if honour.member_id is not None and before != state:
        old, new = (None, honour.title) if state == "stands" else (honour.title, None)
        note_change(tx, f"member/{honour.member_id}", {"honour": (old, new)})
