"""Members state and erase their own family; erasing deletes at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.engine import rows_changed
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, NotFound, refuse_first
from services.contracts.membership.family import MOST
from services.membership.consents.use_cases import consents
from services.membership.family import rules
from services.membership.family.tables import FamilyMember
from services.membership.family.use_cases.reading import to_reply
from services.membership.person.use_cases import persons as details
from services.membership.record.use_cases import roster

GUARDIAN = "guardian"


def add_family_member(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """State a family member of one's own; a child below 14 with the guardian's consent in the wording in force."""
    member_id = _own(tx)
    stated = details.in_written_form({"name": request["name"]})
    details.require_sound(stated, tx.today)
    birth, relation = request["birth_date"], request["relation"]
    child = rules.is_child(birth, tx.today)
    tx.lock(f"family-{member_id}")
    count = tx.session.scalar(_of(sa.select(sa.func.count()), member_id)) or 0
    refuse_first(
        rules.birth_date_is_past(birth, tx.today),
        rules.birth_date_of_child_is_stated(relation, birth),
        rules.small_child_is_own(relation, child),
        rules.guardian_consents(child, request["guardian_consent"]),
        rules.family_has_room(count, MOST),
    )
    consent = consents.give(tx, member_id, GUARDIAN, request["guardian_consent"]) if child else None
    person = FamilyMember(
        member_id=member_id,
        relation=relation,
        name=stated["name"],
        birth_date_text=birth.isoformat() if birth else None,
        consent_id=consent,
        stated_at=tx.now,
    )
    tx.session.add(person)
    tx.session.flush()
    note_change(tx, f"member/{member_id}", {"family": (None, relation)})
    return to_reply(tx, [person])[0]


def remove_family_member(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Erase a family member of one's own; the guardian's consent, if any, is withdrawn with it."""
    member_id = _own(tx)
    person = tx.session.get(FamilyMember, request["family_member_id"], with_for_update=True)
    if person is None or person.member_id != member_id:
        raise NotFound("There is no such family member.", field="family_member_id")
    if person.consent_id is not None:
        consents.mark_withdrawn(tx, person.consent_id)
    note_change(tx, f"member/{member_id}", {"family": (person.relation, None)})
    tx.session.delete(person)
    return {}


def erase_covered_by(tx: Transaction, consent_id: UUID) -> int:
    """Erase the children a withdrawn consent covers; return how many."""
    return rows_changed(tx.session, sa.delete(FamilyMember).where(FamilyMember.consent_id == consent_id))


def erase_of(tx: Transaction, member_ids: list[UUID]) -> int:
    """Erase the families of members whose retention period has ended; return how many people."""
    return rows_changed(tx.session, sa.delete(FamilyMember).where(FamilyMember.member_id.in_(member_ids)))


def _own(tx: Transaction) -> UUID:
    member_id = tx.principal.member_id
    if member_id is None or not roster.people_by_id(tx, [member_id]):
        raise NotAllowed("Only members state their family.", rule="own_record")
    return member_id


def _of(statement: sa.Select[Any], member_id: UUID) -> sa.Select[Any]:
    return statement.select_from(FamilyMember).where(FamilyMember.member_id == member_id)
