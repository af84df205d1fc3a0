"""Joining again (重新入会): a former member gets the former record, with its number and history.

A person is recognised by the keyed hash of the identity number, which is kept longer than all other fields.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bulk import is_among
from services.chassis.database.history import note_same_change
from services.chassis.database.transaction import Transaction
from services.membership.base import is_one_of
from services.membership.record.rules import ENDED
from services.membership.record.tables import Member
from services.membership.standing.use_cases import changes

_CLEARED: dict[str, None] = dict.fromkeys(("left_on", "retired_on", "approved_month", "anonymised_at"))


def former_members(tx: Transaction, id_number_indexes: Collection[str]) -> dict[str, sa.Row]:
    """Return (id, number, standing, unit_id, version) of the ended record of each person who has one, held.

    Call it after `hold_series`: nobody else revives one meanwhile. Of several records the latest counts.
    """
    columns = (Member.id_number_index, Member.id, Member.number, Member.standing, Member.unit_id, Member.version)
    statement = (
        sa.select(*columns)
        .where(
            is_among(tx.session, [Member.id_number_index], set(id_number_indexes)), is_one_of(Member.standing, ENDED)
        )
        .order_by(Member.id)
        .with_for_update()
    )
    return {row.id_number_index: row for row in tx.session.execute(statement)}


def revive(tx: Transaction, former: Collection[sa.Row], rows: Mapping[UUID, dict[str, Any]], reason: str) -> None:
    """Write people's new statements into their former records, active again; each row gets the former id.

    What was stated anew replaces what stood there; what was not stated stays. The change of standing and the history
    are kept, in as many statements for one as for many.
    """
    if not rows:
        return
    by_standing: dict[str, list[str]] = {}
    for old in former:
        row = rows[old.id]
        row["id"], row["version"] = old.id, old.version + 1
        by_standing.setdefault(old.standing, []).append(f"member/{old.id}")
    written = [{name: value for name, value in row.items() if value is not None} | _CLEARED for row in rows.values()]
    tx.session.execute(sa.update(Member), written)
    for standing, subjects in sorted(by_standing.items()):
        note_same_change(tx, subjects, {"standing": (standing, "active")}, reason)
    changes.note_many(
        tx,
        [
            changes.row(
                tx, old.id, rows[old.id]["unit_id"], "rejoining", old.standing, "active", rows[old.id]["joined_on"]
            )
            for old in former
        ],
    )
