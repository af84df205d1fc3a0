"""Charging a month: preview, charging part by part, correcting a single charge."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bulk import insert_new
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.jobs.jobs import Job, start_job
from services.contracts.membership.dues.events import DuesCharged
from services.membership.dues import rules
from services.membership.dues.tables import DuesAdjustment, DuesBase, DuesCharge
from services.membership.dues.use_cases import access, bases, crediting, figures, settling
from services.membership.dues.use_cases.awaiting import months_awaiting

CHARGED_AT_ONCE = 5000
"""Members of one step: three statements of its own, whatever their number."""
KIND = "charge_dues"
_BEHIND_ALL = UUID(int=2**128 - 1)


def preview_dues_charge(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """What charging a month would do."""
    month = request["month"]
    refuse_first(rules.month_has_begun(month, tx.today))
    in_force = figures.in_force(tx, rules.first_day(month))
    payers = figures.Payers(month, in_force.standings)
    amounts = [in_force.dues_of(Decimal(base)) for base in tx.session.scalars(payers.to_charge(DuesBase.base))]
    charged = sa.select(sa.func.count()).select_from(DuesCharge).where(DuesCharge.month == month)
    return {
        "month": month,
        "to_charge": len(amounts),
        "amount": sum(amounts, rules.NOTHING),
        "charged_already": tx.session.scalar(charged),
        "without_base": tx.session.scalar(payers.without_base(sa.func.count())),
        "exempt": tx.session.scalar(payers.exempt(sa.func.count())),
        "rules": in_force.told(),
    }


def charge_dues(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for a month to be charged; asked again, it charges only members not yet charged."""
    month = request["month"]
    refuse_first(rules.month_has_begun(month, tx.today))
    payers = figures.Payers(month, figures.in_force(tx, rules.first_day(month)).standings)
    total = tx.session.scalar(payers.to_charge(sa.func.count()))
    return {"job_id": start_job(tx, KIND, {"month": month}, total=total).id}


def charge_part(tx: Transaction, job: Job) -> bool:
    """Charge those who owe among the next five thousand members; True when there is none left."""
    month = job.params["month"]
    bases.hold(tx)
    position = job.position or {"after": None, "members": 0}
    in_force = figures.in_force(tx, rules.first_day(month))
    payers = figures.Payers(month, in_force.standings)
    people = payers.people
    after = UUID(position["after"]) if position["after"] else UUID(int=0)
    following = sa.select(people.id).where(people.id > after).order_by(people.id)
    next_step = tx.session.scalar(following.offset(CHARGED_AT_ONCE - 1).limit(1))
    last = next_step or _BEHIND_ALL
    # A range of member ids, so that a step reads its own rows only, however large the union is.
    statement = payers.to_charge(people.id, people.unit_id, DuesBase.base).where(people.id > after, people.id <= last)
    found = tx.session.execute(statement.order_by(people.id)).all()
    charged = _charge(tx, job, found, in_force)
    crediting.carry(tx, month, after, last)
    members = position["members"] + charged
    job.done += charged
    if next_step is not None:
        job.position = {"after": str(last), "members": members}
        return False
    job.result = {"month": month, "members": members}
    if members:
        tx.record(DuesCharged(job_id=job.id, month=month, members=members))
    return True


def _charge(tx: Transaction, job: Job, found: Any, in_force: figures.InForce) -> int:
    """Store the charges of members; members charged meanwhile are skipped. Returns how many are new."""
    if not found:
        return 0
    amounts = [in_force.dues_of(Decimal(base)) for _, _, base in found]
    columns = {
        "member_id": [row.id for row in found],
        "unit_id": [row.unit_id for row in found],
        "amount": amounts,
        "due": amounts,
    }
    fixed = {"month": job.params["month"], "paid": rules.NOTHING, "job_id": job.id, "charged_at": tx.now}
    return insert_new(tx.session, DuesCharge.__table__, columns, fixed, key=("member_id", "month"))


def list_members_without_base(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of those who should pay for a month but have no base, by name."""
    month = request["month"]
    payers = figures.Payers(month, figures.in_force(tx, rules.first_day(month)).standings)
    people = payers.people
    statement = payers.without_base(people.id.label("member_id"), people.number, people.name, people.unit_id)
    if request["unit_id"] is not None:
        statement = statement.where(people.unit_id == request["unit_id"])
    page = page_of(tx, statement, request, [(people.pinyin, "asc"), (people.id, "asc")])
    return page.reply([row._asdict() for row in page.rows])


def adjust_dues(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Change what a member owes for a month; nothing waives it. What was charged stays on record."""
    charge = get_for_update(tx, request["member_id"], request["month"])
    refuse_first(rules.due_is_another(charge.due, request["due"]))
    tx.session.add(
        DuesAdjustment(
            member_id=charge.member_id,
            month=charge.month,
            old_due=charge.due,
            new_due=request["due"],
            reason=request["reason"],
            made_at=tx.now,
            made_by=tx.principal.actor,
        )
    )
    charge.due = request["due"]
    tx.session.flush()
    settling.settle(tx, [charge.member_id])
    return to_reply(charge, amounts=True, awaiting=months_awaiting(tx))


def get_for_update(tx: Transaction, member_id: UUID, month: str) -> DuesCharge:
    """Return a member's charge of a month, locked until the transaction ends. Raises `NotFound`."""
    access.require_member(tx, member_id)
    key = {"member_id": member_id, "month": month}
    return tx.get(
        DuesCharge,
        key,
        "This month was not charged to the member.",
        field="month",
        rule="dues.month_is_charged",
        lock=True,
    )


def to_reply(charge: DuesCharge, *, amounts: bool, awaiting: Collection[str]) -> dict[str, Any]:
    """Return a charge as the contract's `DuesMonth`.

    Args:
        charge: what one member owes for one month.
        amounts: whether the caller sees amounts.
        awaiting: months that await their payroll.
    """
    return {
        "member_id": charge.member_id,
        "month": charge.month,
        "unit_id": charge.unit_id,
        "state": rules.state_of(charge.due, charge.paid, awaiting=charge.month in awaiting),
        **{name: getattr(charge, name) if amounts else None for name in ("amount", "due", "paid")},
        "owed": max(charge.due - charge.paid, rules.NOTHING) if amounts else None,
    }
