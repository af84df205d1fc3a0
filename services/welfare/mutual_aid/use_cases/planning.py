"""Plans and cover periods: adding, ending, opening, cancelling."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from services.chassis.database.bulk import insert_rows
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.welfare.mutual_aid.events import MutualAidCoverChanged
from services.welfare.mutual_aid import rules
from services.welfare.mutual_aid.tables import Claim, Cover, CoveredDay, CoverPeriod, MutualAidPlan
from services.welfare.mutual_aid.use_cases.reading import period_of, period_reply, plan_of
from services.welfare.mutual_aid.workflow import COVER, COVERED, PERIOD

MOST_DAYS = 1100
"""Three years, the longest cover that providers of mutual aid sell."""


def add_mutual_aid_plan(tx: Transaction, request: dict[str, Any]) -> MutualAidPlan:
    """Add a plan."""
    plan = MutualAidPlan(**request, offered=True)
    tx.session.add(plan)
    tx.session.flush()
    note_change(tx, f"mutual_aid_plan/{plan.id}", {"offered": (None, True)})
    return plan


def end_mutual_aid_plan(tx: Transaction, request: dict[str, Any]) -> MutualAidPlan:
    """Offer a plan no more."""
    plan = plan_of(tx, request["plan_id"], lock=True)
    note_change(tx, f"mutual_aid_plan/{plan.id}", {"offered": (plan.offered, False)})
    plan.offered = False
    return plan


def open_cover_period(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Open a period; its days are taken from the plan's calendar, so that no other period can have them.

    Raises:
        Refused: the plan was ended, the days are not in order, or another period has one of them.
    """
    plan = plan_of(tx, request["plan_id"], lock=True)
    days = {name: request[name] for name in ("starts_on", "ends_on", "enrol_from", "enrol_until")}
    refuse_first(
        rules.plan_is_offered(plan.offered),
        rules.days_are_in_order(**days),
        rules.period_is_short(days["starts_on"], days["ends_on"], MOST_DAYS),
    )
    refuse_first(rules.periods_are_apart(_other(tx, request)))
    period = CoverPeriod(**request, state="open")
    tx.session.add(period)
    tx.session.flush()
    length = (period.ends_on - period.starts_on).days + 1
    insert_rows(
        tx.session,
        CoveredDay.__table__,
        {"day": [period.starts_on + timedelta(days=number) for number in range(length)]},
        {"plan_id": plan.id, "period_id": period.id},
    )
    note_change(tx, f"mutual_aid_period/{period.id}", {"state": (None, "open")})
    return period_reply(tx, period)


def cancel_cover_period(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Cancel a period whose list is open: its covers are withdrawn, its days are free again."""
    period = period_of(tx, request["period_id"], lock=True)
    cancelled = PERIOD.apply(period.state, "cancel", roles=tx.principal.roles)
    of_period = Cover.period_id == period.id, Cover.state.in_(COVERED)
    covers = tx.session.scalars(sa.select(Cover).where(*of_period).order_by(Cover.id).with_for_update()).all()
    claims = sa.select(sa.func.count()).select_from(Claim).where(Claim.period_id == period.id)
    refuse_first(rules.nobody_claimed(tx.session.scalar(claims) or 0))
    note_change(tx, f"mutual_aid_period/{period.id}", {"state": (period.state, cancelled)})
    period.state = cancelled
    for cover in covers:
        state = COVER.apply(cover.state, "cancel_period", roles=None)
        note_change(tx, f"mutual_aid_cover/{cover.id}", {"state": (cover.state, state)})
        cover.state, cover.end_reason = state, None
        tx.record(changed(cover))
    tx.session.execute(sa.delete(CoveredDay).where(CoveredDay.period_id == period.id))
    tx.session.flush()
    return period_reply(tx, period)


def changed(cover: Cover) -> MutualAidCoverChanged:
    """Return the event that tells how a cover stands."""
    return MutualAidCoverChanged(
        cover_id=cover.id, period_id=cover.period_id, member_id=cover.member_id, unit_id=cover.unit_id,
        state=cover.state, starts_on=cover.starts_on, ends_on=cover.ends_on,
    )  # fmt: skip


def _other(tx: Transaction, request: dict[str, Any]) -> Any:
    """Return first and last day of another period of the plan that has one of the days."""
    statement = sa.select(CoverPeriod.starts_on, CoverPeriod.ends_on).where(
        CoverPeriod.plan_id == request["plan_id"],
        CoverPeriod.state != "cancelled",
        CoverPeriod.starts_on <= request["ends_on"],
        CoverPeriod.ends_on >= request["starts_on"],
    )
    row = tx.session.execute(statement.limit(1)).first()
    return (row.starts_on, row.ends_on) if row else None
