"""Members' children as a fact for decisions: an opaque key and the age, never the name or the day of birth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.security.encryption import blind_index
from services.membership.date_rules import age_on
from services.membership.family.rules import is_child
from services.membership.family.tables import FamilyMember


def children_of(tx: Transaction, member_ids: Collection[UUID], on: date) -> dict[UUID, list[dict[str, Any]]]:
    """Return the children members have stated who are born by a day, those below 14 with the guardian's consent only.

    Both parents who state a child by the same name and day of birth give it the same key.
    """
    stated = FamilyMember.member_id.in_(member_ids), FamilyMember.relation == "child"
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for child in tx.session.scalars(sa.select(FamilyMember).where(*stated).order_by(FamilyMember.id)):
        birth = child.birth_date
        if birth is None or birth > on or (is_child(birth, tx.today) and child.consent_id is None):
            continue
        key = blind_index(f"{child.name}/{birth.isoformat()}", scope="family.child")
        found[child.member_id].append({"key": key, "age": age_on(birth, on)})
    return found
