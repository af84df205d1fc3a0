"""Reading families: one's own in plain, a member's masked, or in plain for a purpose that is logged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_access
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.security.encryption import mask_name
from services.membership.consents.use_cases import consents
from services.membership.family import rules
from services.membership.family.tables import FamilyMember
from services.membership.record.use_cases import reading


def list_family(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """One's own family in plain, a member's masked for an officer; chairs see only their own."""
    member_id = request["member_id"]
    own = tx.principal.member_id == member_id
    if not own and not tx.principal.has("officer"):
        raise NotAllowed("Only the own family can be seen.", rule="own_record")
    return {"items": _people(tx, member_id, masked=not own), "masked": not own}


def view_family(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A member's family in plain, for an officer's stated purpose; the member can see that it was read."""
    member = reading.visible_member(tx, request["member_id"])
    note_access(tx, f"member/{member.id}", "family", request["purpose"])
    return {"items": _people(tx, member.id, masked=False), "masked": False}


def people_of(tx: Transaction, member_id: UUID) -> list[dict[str, Any]]:
    """Return a member's family in plain, for the member's own data."""
    return _people(tx, member_id, masked=False)


def to_reply(tx: Transaction, people: Sequence[FamilyMember], *, masked: bool = False) -> list[dict[str, Any]]:
    """Return family members as they may be shown."""
    versions = consents.versions_of(tx, [person.consent_id for person in people if person.consent_id is not None])
    return [
        {
            "id": person.id,
            "relation": person.relation,
            "name": mask_name(person.name) if masked else person.name,
            "birth_date": None if masked else person.birth_date,
            "child": rules.is_child(person.birth_date, tx.today),
            "consent_id": person.consent_id,
            "consent_version": versions.get(person.consent_id) if person.consent_id else None,
            "stated_at": person.stated_at,
        }
        for person in people
    ]


def _people(tx: Transaction, member_id: UUID, *, masked: bool) -> list[dict[str, Any]]:
    statement = sa.select(FamilyMember).where(FamilyMember.member_id == member_id).order_by(FamilyMember.id)
    return to_reply(tx, tx.session.scalars(statement).all(), masked=masked)
