"""Finding and listing plans, periods and covers, and how answers tell them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.security.principal import require_member
from services.chassis.security.unit_scope import in_seen_units
from services.welfare.members.use_cases.member_copies import people
from services.welfare.mutual_aid.tables import Cover, CoverPeriod, MutualAidPlan
from services.welfare.mutual_aid.use_cases.paying import answers
from services.welfare.mutual_aid.workflow import COVERED

_OF_PERIOD = (
    "id", "plan_id", "title", "starts_on", "ends_on", "enrol_from", "enrol_until", "payer", "state",
)  # fmt: skip


def list_mutual_aid_plans(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A page of plans, newest first."""
    statement = sa.select(MutualAidPlan)
    if request["offered"] is not None:
        statement = statement.where(MutualAidPlan.offered.is_(request["offered"]))
    return page_of(tx, statement, request, [(MutualAidPlan.id, "desc")]).reply()


def get_mutual_aid_plan(tx: Transaction, request: dict[str, Any]) -> MutualAidPlan:
    """One plan."""
    return plan_of(tx, request["plan_id"])


def list_cover_periods(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A page of periods, latest first."""
    statement = sa.select(CoverPeriod)
    for name in ("plan_id", "state"):
        if request[name] is not None:
            statement = statement.where(getattr(CoverPeriod, name) == request[name])
    page = page_of(tx, statement, request, [(CoverPeriod.starts_on, "desc"), (CoverPeriod.id, "desc")])
    return page.reply(period_replies(tx, page.rows))


def get_cover_period(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """One period."""
    return period_reply(tx, period_of(tx, request["period_id"]))


def list_covers(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A page of the covers of a period, by unit."""
    statement = sa.select(Cover).where(Cover.period_id == request["period_id"])
    if request["state"] is not None:
        statement = statement.where(Cover.state == request["state"])
    statement = in_seen_units(statement, Cover.unit_id, tx.principal, request["unit_id"])
    return page_of(tx, statement, request, [(Cover.unit_id, "asc"), (Cover.id, "asc")]).reply()


def list_cover_candidates(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A page of the members of units, each with the cover in the period where there is one."""
    person = people()
    of_period = sa.and_(Cover.member_id == person.c.member_id, Cover.period_id == request["period_id"])
    columns = person.c.member_id, person.c.unit_id, Cover.state, Cover.id.label("cover_id")
    statement = sa.select(*columns).select_from(person).outerjoin(Cover, of_period)
    is_covered = sa.func.coalesce(Cover.state, "withdrawn").in_(COVERED)
    if request["covered"] is not None:
        statement = statement.where(is_covered if request["covered"] else sa.not_(is_covered))
    statement = in_seen_units(statement, person.c.unit_id, tx.principal, request["unit_id"])
    page = page_of(tx, statement, request, [(person.c.member_id, "asc")])
    total = None
    if request["with_total"]:
        total = tx.session.scalar(sa.select(sa.func.count()).select_from(statement.subquery()))
    return page.reply([dict(row._mapping) for row in page.rows], total=total)


def my_covers(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """One's own covers, latest first."""
    statement = (
        sa.select(Cover, CoverPeriod, MutualAidPlan)
        .join(CoverPeriod, CoverPeriod.id == Cover.period_id)
        .join(MutualAidPlan, MutualAidPlan.id == Cover.plan_id)
        .where(Cover.member_id == own_member_id(tx))
    )
    page = page_of(tx, statement, request, [(Cover.starts_on, "desc"), (Cover.id, "desc")])
    return page.reply(
        [
            {**cover_reply(cover), "title": period.title, "payer": period.payer, "plan": plan}
            for cover, period, plan in page.rows
        ]
    )


def plan_of(tx: Transaction, plan_id: UUID, *, lock: bool = False) -> MutualAidPlan:
    """Return a plan. Raises `NotFound`."""
    return tx.get(MutualAidPlan, plan_id, "There is no such plan.", field="plan_id", lock=lock)


def period_of(tx: Transaction, period_id: UUID, *, lock: bool = False) -> CoverPeriod:
    """Return a period. Raises `NotFound`."""
    return tx.get(CoverPeriod, period_id, "There is no such period.", field="period_id", lock=lock)


def own_member_id(tx: Transaction) -> UUID:
    """Return the caller's id as a member."""
    return require_member(tx.principal, "Only a member can do this.", rule="mutual_aid.caller_is_a_member")


def period_reply(tx: Transaction, period: CoverPeriod) -> dict[str, Any]:
    """Return a period as answers tell it."""
    return period_replies(tx, [period])[0]


def period_replies(tx: Transaction, periods: Sequence[CoverPeriod]) -> list[dict[str, Any]]:
    """Return periods as answers tell them, with their plans and how many are covered."""
    wanted = sa.select(MutualAidPlan).where(MutualAidPlan.id.in_({one.plan_id for one in periods}))
    plans = {plan.id: plan for plan in tx.session.scalars(wanted)}
    paid = answers(tx, [one.id for one in periods])
    counts = members_in(tx, [one.id for one in periods if one.members is None])
    replies = []
    for one in periods:
        members = counts.get(one.id, 0) if one.members is None else one.members
        amount = plans[one.plan_id].fee * members if one.amount is None else one.amount
        told = {"plan": plans[one.plan_id], "members": members, "amount": Decimal(amount), **paid[one.id]}
        replies.append({**{name: getattr(one, name) for name in _OF_PERIOD}, **told})
    return replies


def members_in(tx: Transaction, period_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return how many are covered in each period."""
    if not period_ids:
        return {}
    statement = (
        sa.select(Cover.period_id, sa.func.count().label("members"))
        .where(Cover.period_id.in_(period_ids), Cover.state.in_(COVERED))
        .group_by(Cover.period_id)
    )
    return {row.period_id: int(row.members) for row in tx.session.execute(statement)}


def cover_reply(cover: Cover) -> dict[str, Any]:
    """Return a cover as answers tell it."""
    names = (
        "id", "period_id", "member_id", "unit_id", "state", "starts_on", "ends_on", "end_reason", "enrolled_at",
        "fee_paid_on", "decision_id",
    )  # fmt: skip
    return {name: getattr(cover, name) for name in names}
