"""What members read of the use of their facts: for which activities, and who looked at a decision's basis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import activities_by_id
from services.activities.facts.tables import MemberFacts
from services.activities.facts.use_cases.keeping import looks_at
from services.chassis.database.history import accesses_of
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed


def my_fact_uses(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of the activities for which the own facts were used, the latest first."""
    columns = MemberFacts.activity_id, MemberFacts.names, MemberFacts.asked_at
    statement = sa.select(*columns).where(MemberFacts.member_id == _own(tx))
    page = page_of(tx, statement, request, [(MemberFacts.asked_at, "desc"), (MemberFacts.activity_id, "desc")])
    activities = activities_by_id(tx, {row.activity_id for row in page.rows})
    items = [
        {
            "activity_id": row.activity_id,
            "title": activities[row.activity_id].title,
            "title_en": activities[row.activity_id].title_en,
            "facts": row.names.split(","),
            "asked_at": row.asked_at,
        }
        for row in page.rows
    ]
    return page.reply(items)


def my_basis_looks(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of looks at what decisions about oneself were based on, the latest first."""
    page = accesses_of(tx, looks_at(_own(tx)), cursor=request["cursor"], limit=request["limit"])
    items = [{"at": entry.seen_at, "purpose": entry.purpose} for entry in page.rows]
    return page.reply(items)


def _own(tx: Transaction) -> UUID:
    member_id = tx.principal.member_id
    if member_id is None:
        raise NotAllowed("This account belongs to no member.", rule="registration.applicant_is_a_member")
    return member_id
