"""The member list as rows for a file: same filters as the list, sensitive fields masked, the export logged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_access
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.membership.organisation.use_cases import directory
from services.membership.person.use_cases import persons as details
from services.membership.record.tables import Member
from services.membership.record.use_cases.search import filtered, sort_keys

COLUMNS = (
    "number", "name", "gender", "birth_date", "unit_code", "unit", "group", "employment", "standing", "joined_on",
    "id_number", "phone", "email",
)  # fmt: skip
_MOST_ROWS = 1000


def export_members(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A part of the member list as rows of text; the export is logged with its purpose."""
    statement = filtered(sa.select(Member), request, tx.principal)
    page = page_of(tx, statement, request, sort_keys("number"), most=_MOST_ROWS)
    rows = rows_of(tx, page.rows)
    note_access(tx, "member-list", f"{len(page.rows)} rows", request["purpose"])
    return {
        "columns": list(COLUMNS),
        "rows": rows,
        "next_cursor": page.next_cursor,
    }


def rows_of(tx: Transaction, members: Sequence[Member]) -> list[list[str | None]]:
    """Return members as rows of text in the order of `COLUMNS`, sensitive fields masked."""
    units = directory.units_by_id(tx, {one for member in members for one in (member.unit_id, member.group_id)})
    return [_row(member, units) for member in members]


def _row(member: Member, units: Mapping[Any, Any]) -> list[str | None]:
    unit, group = units[member.unit_id], units.get(member.group_id)
    return [
        member.number,
        member.name,
        member.gender,
        member.birth_date.isoformat(),
        unit.code,
        unit.name,
        group.name if group else None,
        member.employment,
        member.standing,
        member.joined_on.isoformat(),
        *(details.masked(field, getattr(member, field)) for field in ("id_number", "phone", "email")),
    ]
