"""Updating and reading the copy of members."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.copies import keep_newest
from services.chassis.database.engine import rows_changed
from services.chassis.database.history import erase_logs, note_change, values_on
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.welfare.members.tables import KnownMember

DECEASED = "deceased"
STANDS = frozenset({"active", "transferring", "retained"})
"""Standings of members."""
_PARTS = {"unit_sequence": ("unit_id",), "standing_sequence": ("standing", "employment")}


def keep_joined(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Store new members; newer data from events that arrived before are kept."""
    latest = {event.data["member_id"]: event for event in sorted(events, key=lambda event: event.sequence)}
    rows = [
        _row(member_id, event.data["unit_id"], event.sequence, "active", event.sequence, event.data["employment"])
        for member_id, event in sorted(latest.items())
    ]
    _keep(tx, rows)


def keep_units(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Store that members moved to other units."""
    latest = {event.data["member_id"]: event for event in sorted(events, key=lambda event: event.sequence)}
    rows = [
        _row(member_id, event.data["to_unit_id"], event.sequence, "active", 0)
        for member_id, event in sorted(latest.items())
    ]
    _keep(tx, rows)


def keep_standing(tx: Transaction, event: ReceivedEvent) -> None:
    """Store a member's unit and standing from the corrected record."""
    data, member_id = event.data, event.data["member_id"]
    before = employment_of(tx, member_id)
    _keep(tx, [_row(member_id, data["unit_id"], event.sequence, data["standing"], event.sequence, data["employment"])])
    if before is not None:
        note_change(tx, _subject(member_id), {"employment": (before, employment_of(tx, member_id))})


def keep_death(tx: Transaction, event: ReceivedEvent, died_on: date | None) -> bool:
    """Store the day of a member's death, or None to remove it, and lock the row; False when a newer event is known."""
    data = event.data
    _keep(tx, [_row(data["member_id"], data["unit_id"], 0, "active", 0)])
    statement = (
        sa.update(KnownMember)
        .where(KnownMember.member_id == data["member_id"], KnownMember.end_sequence < event.sequence)
        .values(died_on=died_on, end_sequence=event.sequence)
        .execution_options(synchronize_session=False)
    )
    return rows_changed(tx.session, statement) > 0


def hold_death_of(tx: Transaction, member_id: UUID) -> date | None:
    """Return the day of a member's death, or None; the row is locked until the transaction ends."""
    statement = sa.select(KnownMember.died_on).where(KnownMember.member_id == member_id)
    return tx.session.scalar(statement.with_for_update(read=True))


def member_of(tx: Transaction, member_id: UUID, field: str = "member_id", *, lock: bool = False) -> KnownMember:
    """Return the copy of a member. Raises `NotFound` when no event of membership named the member."""
    return tx.get(KnownMember, member_id, "There is no such member.", field=field, lock=lock)


def units_of(tx: Transaction, member_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the unit of each known member."""
    statement = sa.select(KnownMember.member_id, KnownMember.unit_id).where(KnownMember.member_id.in_(member_ids))
    return {row.member_id: row.unit_id for row in tx.session.execute(statement)}


def standings_of(tx: Transaction, member_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the standing of each known member; a death counts even before the event of the new standing arrives."""
    standing = sa.case((KnownMember.died_on.is_not(None), DECEASED), else_=KnownMember.standing).label("standing")
    statement = sa.select(KnownMember.member_id, standing).where(KnownMember.member_id.in_(member_ids))
    return {row.member_id: row.standing for row in tx.session.execute(statement)}


def deaths_of(tx: Transaction, member_ids: Collection[UUID]) -> dict[UUID, date]:
    """Return the days of death of those of the members who died."""
    died = KnownMember.member_id.in_(member_ids), KnownMember.died_on.is_not(None)
    statement = sa.select(KnownMember.member_id, KnownMember.died_on).where(*died)
    return {row.member_id: row.died_on for row in tx.session.execute(statement)}


def members_of_units(tx: Transaction, unit_ids: Collection[UUID], most: int) -> list[UUID]:
    """Return the members of units whose membership has not ended, `most` of them, unit by unit."""
    of_units = sa.select(KnownMember.member_id).where(KnownMember.unit_id.in_(unit_ids), _BELONGS)
    return list(tx.session.scalars(of_units.order_by(KnownMember.unit_id, KnownMember.member_id).limit(most)))


def known_to_have_left() -> sa.Select:
    """Return the select of the ids of members whose membership has ended."""
    return sa.select(KnownMember.member_id).where(
        sa.or_(KnownMember.standing.not_in(STANDS), KnownMember.died_on.is_not(None))
    )


def without_account(tx: Transaction, year: int, standings: Collection[str], most: int) -> list[UUID]:
    """Return members of these standings whose latest account is of an earlier year."""
    statement = (
        sa.select(KnownMember.member_id)
        .where(KnownMember.account_year < year, KnownMember.standing.in_(standings), KnownMember.died_on.is_(None))
        .order_by(KnownMember.account_year, KnownMember.member_id)
        .limit(most)
    )
    return list(tx.session.scalars(statement))


def note_account_year(tx: Transaction, member_ids: Collection[UUID], year: int) -> None:
    """Store that these members have an account of the year."""
    statement = (
        sa.update(KnownMember)
        .where(KnownMember.member_id.in_(member_ids), KnownMember.account_year < year)
        .values(account_year=year)
        .execution_options(synchronize_session=False)
    )
    tx.session.execute(statement)


def employment_of(tx: Transaction, member_id: UUID) -> str | None:
    """Return a member's form of employment, None if unknown."""
    return tx.session.scalar(sa.select(KnownMember.employment).where(KnownMember.member_id == member_id))


def employment_on(tx: Transaction, member_id: UUID, on: date) -> str | None:
    """Return a member's form of employment as it was known at the end of a day, None if unknown."""
    subject = _subject(member_id)
    known: str | None = values_on(tx, {subject: employment_of(tx, member_id)}, "employment", on)[subject]
    return known


def forget(tx: Transaction, member_id: UUID) -> None:
    """Erase how a former member's form of employment changed, and who read the statement."""
    erase_logs(tx, [_subject(member_id), f"statement/{member_id}"])


def _subject(member_id: UUID) -> str:
    return f"known_member/{member_id}"


def _row(
    member_id: UUID, unit_id: UUID, unit_seen: int, standing: str, standing_seen: int, employment: str | None = None
) -> dict[str, Any]:
    return {
        "member_id": member_id,
        "unit_id": unit_id,
        "unit_sequence": unit_seen,
        "standing": standing,
        "standing_sequence": standing_seen,
        "employment": employment,
        "account_year": 0,
    }


def _keep(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    keep_newest(tx.session, KnownMember, rows, "member_id", _PARTS)


def employed_as(employments: Collection[str]) -> sa.Select[Any]:
    """Return a select of the members with one of these forms of employment."""
    return sa.select(KnownMember.member_id).where(KnownMember.employment.in_(sorted(employments)))


def unit_of(member_id: Any) -> sa.ScalarSelect[UUID]:
    """Return a subquery of the unit of the member whose id is in a column."""
    return sa.select(KnownMember.unit_id).where(KnownMember.member_id == member_id).scalar_subquery()


def page_of_members(tx: Transaction, after: UUID | None, most: int) -> Sequence[Any]:
    """Return unit, standing and employment of members whose membership has not ended, in the order of their ids."""
    columns = KnownMember.member_id, KnownMember.unit_id, KnownMember.standing, KnownMember.employment
    statement = sa.select(*columns).where(_BELONGS)
    if after is not None:
        statement = statement.where(KnownMember.member_id > after)
    return tx.session.execute(statement.order_by(KnownMember.member_id).limit(most)).all()


def count_of_members(tx: Transaction) -> int:
    """Return how many members there are whose membership has not ended."""
    return int(tx.session.scalar(sa.select(sa.func.count()).select_from(KnownMember).where(_BELONGS)) or 0)


_BELONGS = sa.and_(KnownMember.standing.in_(STANDS), KnownMember.died_on.is_(None))


def people() -> sa.Subquery:
    """Return members whose membership has not ended, as other subjects may join them: member_id, unit_id."""
    return sa.select(KnownMember.member_id, KnownMember.unit_id).where(_BELONGS).subquery("people")
