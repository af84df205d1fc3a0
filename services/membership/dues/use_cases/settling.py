"""Reminding members of what they owe, and noting when a reminded one owes nothing any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.jobs.jobs import Job, start_job
from services.chassis.rules.refusal import number_is_as_seen
from services.contracts.membership.dues.events import DuesReminded, DuesSettled
from services.membership.dues.tables import DuesCharge, DuesReminder
from services.membership.dues.use_cases import arrears, awaiting

KIND = "remind_of_dues"
REMINDED_AT_ONCE = 500


def settle(tx: Transaction, member_ids: Sequence[UUID]) -> None:
    """Announce the members who were reminded and are no longer in arrears."""
    owes = sa.select(DuesCharge.member_id).where(
        DuesCharge.member_id == DuesReminder.member_id, awaiting.in_arrears(awaiting.months_awaiting(tx))
    )
    statement = (
        sa.update(DuesReminder)
        .where(DuesReminder.member_id.in_(member_ids), DuesReminder.settled_at.is_(None), ~owes.exists())
        .values(settled_at=tx.now)
        .returning(DuesReminder.member_id)
        .execution_options(synchronize_session=False)
    )
    settled = sorted(tx.session.scalars(statement))
    tx.record_uncorrelated(*(DuesSettled(member_id=member_id) for member_id in settled))


def remind_of_dues(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for everybody in arrears to be reminded."""
    statement, _ = arrears.members_in_arrears(tx, request["unit_id"], request["months"])
    count = tx.session.scalar(sa.select(sa.func.count()).select_from(statement.subquery())) or 0
    refuse_first(number_is_as_seen(count, request["expected"]))
    unit_id = str(request["unit_id"]) if request["unit_id"] else None
    return {"job_id": start_job(tx, KIND, {"unit_id": unit_id, "months": request["months"]}, total=count).id}


def remind_part(tx: Transaction, job: Job) -> bool:
    """Remind the next five hundred; True when there is none left."""
    unit_id = UUID(job.params["unit_id"]) if job.params["unit_id"] else None
    members, member_id = arrears.members_in_arrears(tx, unit_id, job.params["months"])
    statement = members.order_by(member_id).limit(REMINDED_AT_ONCE)
    if job.position:
        statement = statement.where(member_id > UUID(job.position["after"]))
    found = list(tx.session.scalars(statement))
    if found:
        table = DuesReminder.__table__
        new = upsert(tx.session, table)
        again = {"reminded_at": tx.now, "settled_at": None}
        statement = new.on_conflict_do_update(index_elements=["member_id"], set_=again)
        tx.session.connection().execute(statement, [{"member_id": one, **again} for one in found])
        tx.record(*(DuesReminded(member_id=one) for one in found))
        job.done += len(found)
        job.position = {"after": str(found[-1])}
    if len(found) == REMINDED_AT_ONCE:
        return False
    job.result = {"members": job.done}
    return True
