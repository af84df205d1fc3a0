"""The short copy of facts: keeping what was told, reading it in a transaction, forgetting it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity
from services.activities.facts.rules import FRESH, USES_KEPT
from services.activities.facts.rules import facts_needed as facts_needed
from services.activities.facts.tables import MemberFacts
from services.chassis.clock import day_of
from services.chassis.database.bulk import columns_of, is_among, prepared_insert
from services.chassis.database.history import erase_logs
from services.chassis.database.transaction import Transaction
from services.chassis.process.settings import settings


@dataclass(frozen=True)
class Told:
    """What membership told of a member: the facts by name, for which day, and when."""

    facts: Mapping[str, Any]
    day: date
    asked_at: datetime


def kept(tx: Transaction, activity: Activity, member_ids: Collection[UUID]) -> dict[UUID, Told]:
    """Return what is known of members for an activity; members of whom too little or nothing recent is known are not
    in it. Reads nothing where the audience needs no facts.
    """
    names = facts_needed(activity.audience)
    if not names or not member_ids:
        return {}
    usable = tx.now - timedelta(hours=settings().facts_usable_hours)
    columns = MemberFacts.member_id, MemberFacts.facts, MemberFacts.day, MemberFacts.asked_at
    known = _known(tx, activity, names, member_ids, since=usable)
    return {
        row.member_id: Told(json.loads(row.facts), row.day, row.asked_at)
        for row in tx.session.execute(sa.select(*columns).where(*known))
    }


def not_fresh(tx: Transaction, activity: Activity, member_ids: Collection[UUID]) -> list[UUID]:
    """Return of whom membership should be asked, in the order given."""
    names = facts_needed(activity.audience)
    if not names or not member_ids:
        return []
    known = _known(tx, activity, names, member_ids, since=tx.now - FRESH)
    fresh = set(tx.session.scalars(sa.select(MemberFacts.member_id).where(*known)))
    return [one for one in dict.fromkeys(member_ids) if one not in fresh]


def keep(
    tx: Transaction, activity_id: UUID, names: Sequence[str], day: date, told: Sequence[Mapping[str, Any]]
) -> None:
    """Store what was told of members for an activity, in one statement."""
    if not told:
        return
    rows = [
        {"member_id": UUID(one["member_id"]), "facts": json.dumps({name: one[name] for name in names})} for one in told
    ]
    same = {"activity_id": activity_id, "day": day, "names": ",".join(names), "asked_at": tx.now}
    statement, parameters = prepared_insert(tx.session, MemberFacts.__table__, columns_of(rows), same)
    new = {name: statement.excluded[name] for name in ("facts", "day", "names", "asked_at")}
    stored = statement.on_conflict_do_update(index_elements=["activity_id", "member_id"], set_=new)
    tx.session.connection().execute(stored, parameters)


def drop(tx: Transaction, member_id: UUID) -> None:
    """Empty what was told of a member: the record has changed."""
    theirs = MemberFacts.member_id == member_id, MemberFacts.facts.is_not(None)
    tx.session.execute(sa.update(MemberFacts).where(*theirs).values(facts=None))


def forget(tx: Transaction, member_id: UUID) -> None:
    """Delete everything about a former member, with the log of looks."""
    tx.session.execute(sa.delete(MemberFacts).where(MemberFacts.member_id == member_id))
    erase_logs(tx, [looks_at(member_id)])


def forget_old(tx: Transaction) -> None:
    """Empty facts that may not be used any more, and delete old uses."""
    usable = tx.now - timedelta(hours=settings().facts_usable_hours)
    old = MemberFacts.asked_at < usable, MemberFacts.facts.is_not(None)
    tx.session.execute(sa.update(MemberFacts).where(*old).values(facts=None))
    tx.session.execute(sa.delete(MemberFacts).where(MemberFacts.asked_at < tx.now - USES_KEPT))


def looks_at(member_id: UUID) -> str:
    """Return the subject of the log of looks at what decisions about a member were based on."""
    return f"decision-basis/{member_id}"


def _known(
    tx: Transaction, activity: Activity, names: Sequence[str], member_ids: Collection[UUID], *, since: datetime
) -> tuple[sa.ColumnElement[bool], ...]:
    """The condition of the rows that hold these facts, for the day of the activity, told since a moment."""
    return (
        MemberFacts.activity_id == activity.id,
        is_among(tx.session, [MemberFacts.member_id], set(member_ids)),
        MemberFacts.facts.is_not(None),
        MemberFacts.names == ",".join(names),
        MemberFacts.day == day_of(activity.starts_at),
        MemberFacts.asked_at > since,
    )
