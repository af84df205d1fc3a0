"""Who may see whose dues: amounts are for officers, auditors and the member; chairs see the state of their own unit."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, NotFound
from services.chassis.security.principal import require_unit
from services.membership.record.use_cases import roster


def require_member(tx: Transaction, member_id: UUID) -> sa.Row:
    """Return (id, name, unit_id, standing) of a member the asker may look at. Raises `NotFound`, `NotAllowed`."""
    person = roster.people_by_id(tx, {member_id}).get(member_id)
    if person is None:
        raise NotFound("There is no such member.", field="member_id")
    if tx.principal.member_id != member_id:
        require_unit(tx.principal, person.unit_id)
    return person


def sees_amounts(tx: Transaction, member_id: UUID | None = None) -> bool:
    """Whether amounts are shown: to officers, auditors, services, and members for their own dues."""
    principal = tx.principal
    own = member_id is not None and principal.member_id == member_id
    return own or principal.kind == "service" or principal.has("officer", "auditor")


def require_amounts(tx: Transaction, member_id: UUID) -> None:
    """Raise `NotAllowed` unless the asker may see what the member pays."""
    require_member(tx, member_id)
    if not sees_amounts(tx, member_id):
        raise NotAllowed("Only the own payments can be seen.", rule="own_record")
