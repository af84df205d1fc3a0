"""Updates the progress of the plan from activities, visits and examinations, and when an officer marks an item.

Events of one activity come from several queues and may overtake each other; each fact has a sequence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.transaction import Transaction
from services.contracts.governance.plan.events import PlanItemProgressed
from services.governance.plan import rules
from services.governance.plan.tables import CountedExamination, CountedVisit, LinkedActivity, Plan, PlanItem


def learn_of_activity(tx: Transaction, event: Any) -> None:
    """Store the data of `event_scheduled` or `event_rescheduled`; a changed link counts for the new item only."""
    link = _link(tx, event.data["activity_id"])
    before = link.item_id
    if event.sequence > link.facts_sequence:
        link.facts_sequence = event.sequence
        link.item_id = event.data["plan_item_id"]
        link.starts_at = event.data["starts_at"]
    _recount(tx, {before, link.item_id})


def end_activity(tx: Transaction, event: Any, state: str, held_on: date | None = None) -> None:
    """Store that an activity was `held` or `cancelled`."""
    link = _link(tx, event.data["activity_id"])
    before = link.item_id
    if event.sequence > link.state_sequence:
        link.state_sequence, link.state, link.held_on = event.sequence, state, held_on
    if event.sequence > link.facts_sequence:
        link.facts_sequence, link.item_id = event.sequence, event.data["plan_item_id"]
    _recount(tx, {before, link.item_id})


def learn_of_campaign(tx: Transaction, event: Any) -> None:
    """Store a care campaign that fulfils an item: it counts as an activity of it."""
    if event.data["plan_item_id"] is None:
        return
    link = _link(tx, event.data["campaign_id"])
    if event.sequence > link.facts_sequence:
        link.facts_sequence = event.sequence
        link.item_id = event.data["plan_item_id"]
        link.starts_at = clock.start_of(event.data["starts_on"])
    _recount(tx, {link.item_id})


def end_campaign(tx: Transaction, event: Any) -> None:
    """Store that a care campaign that fulfils an item was held or cancelled."""
    if event.data["plan_item_id"] is None:
        return
    link = _link(tx, event.data["campaign_id"])
    if event.sequence > link.state_sequence:
        link.state_sequence = event.sequence
        link.state, link.held_on = ("held", event.data["ended_on"]) if event.data["held"] else ("cancelled", None)
    if event.sequence > link.facts_sequence:
        link.facts_sequence, link.item_id = event.sequence, event.data["plan_item_id"]
    _recount(tx, {link.item_id})


def learn_of_visit(tx: Transaction, event: Any, state: str, on: date | None = None) -> None:
    """Store that a visit is `due`, `done` or `cancelled`, and count it for the plan in force on that day."""
    visit_id = event.data["visit_id"]
    tx.lock(f"plan_visit/{visit_id}")
    visit = tx.session.get(CountedVisit, visit_id)
    if visit is None:
        day = on or tx.today
        visit = CountedVisit(visit_id=visit_id, year=day.year, plan_year=_plan_year(tx, day), state=state, sequence=0)
        tx.session.add(visit)
    if event.sequence <= visit.sequence:
        return
    visit.sequence, visit.state = event.sequence, state
    tx.session.flush()
    count_visits(tx, visit.plan_year)


def adopt_visits(tx: Transaction, year: int) -> None:
    """Count visits for a plan that was published after they had been made, and no longer for the plan before it."""
    earlier = sa.or_(CountedVisit.plan_year.is_(None), CountedVisit.plan_year < year)
    left = tx.session.scalars(
        sa.select(CountedVisit.plan_year).where(CountedVisit.year >= year, earlier).distinct()
    ).all()
    tx.session.execute(
        sa.update(CountedVisit).where(CountedVisit.year >= year, earlier).values(plan_year=year),
        execution_options={"synchronize_session": False},
    )
    for counted_year in {*left, year}:
        count_visits(tx, counted_year)


def count_visits(tx: Transaction, plan_year: int | None) -> None:
    """Recount the visits of a plan into the items that are measured by them."""
    if plan_year is None:
        return
    items = _measured_by(tx, "visits", plan_year)
    if not items:
        return
    counts = dict(
        tx.session.execute(
            sa.select(CountedVisit.state, sa.func.count())
            .where(CountedVisit.plan_year == plan_year)
            .group_by(CountedVisit.state)
        ).all()
    )
    for item in items:
        item.visits_done = counts.get("done", 0)
        item.visits_due = counts.get("done", 0) + counts.get("due", 0)
        settle(tx, item)


def learn_of_examination(tx: Transaction, event: Any) -> None:
    """Store how far a year's examination is; the special one of women does not count for everybody's."""
    data = event.data
    if data["kind"] != "general":
        return
    tx.lock(f"plan_examination/{data['examination_id']}")
    known = tx.session.get(CountedExamination, data["examination_id"])
    if known is None:
        known = CountedExamination(examination_id=data["examination_id"], sequence=0)
        tx.session.add(known)
    elif event.sequence <= known.sequence:
        return
    known.year, known.eligible, known.attended = data["year"], data["eligible"], data["attended"]
    known.sequence = event.sequence
    tx.session.flush()
    count_examinations(tx, data["year"])


def count_examinations(tx: Transaction, year: int) -> None:
    """Recount the coverage of a year's examinations into the items that are measured by it."""
    items = _measured_by(tx, "examinations", year)
    if not items:
        return
    eligible, attended = sa.func.sum(CountedExamination.eligible), sa.func.sum(CountedExamination.attended)
    of_year = sa.select(eligible, attended).where(CountedExamination.year == year)
    found = tx.session.execute(of_year).one()
    for item in items:
        item.visits_due, item.visits_done = int(found[0] or 0), int(found[1] or 0)
        settle(tx, item)


def count_measured(tx: Transaction, year: int, items: Iterable[PlanItem]) -> None:
    """Recount what these items of a year are measured by, where that is not activities."""
    measures = {item.measure for item in items}
    if "visits" in measures:
        count_visits(tx, year)
    if "examinations" in measures:
        count_examinations(tx, year)


def settle(tx: Transaction, item: PlanItem) -> None:
    """Recalculate state and percent, and record an event for a change of a published plan.

    That an item was dropped is told as its removal (`plan.drop_plan_item`).
    """
    reached = rules.progress_of(
        rules.Tally(
            target=item.target,
            scheduled=item.scheduled,
            held=item.held,
            counts_visits=item.measure in ("visits", "examinations"),
            visits_due=item.visits_due,
            visits_done=item.visits_done,
            declared_done=item.completed_on is not None,
            dropped=item.dropped_on is not None,
        )
    )
    if (item.state, item.progress) == (reached.state, reached.percent):
        return
    item.state, item.progress = reached.state, reached.percent
    if (
        reached.state != "dropped"
        and tx.session.scalar(sa.select(Plan.state).where(Plan.id == item.plan_id)) == "published"
    ):
        tx.record(PlanItemProgressed(item_id=item.id, year=item.year, progress=item.progress, state=item.state))


def count_activities(tx: Transaction, item: PlanItem) -> None:
    """Recount an item's activities; the item must be locked."""
    counts = dict(
        tx.session.execute(
            sa.select(LinkedActivity.state, sa.func.count())
            .where(LinkedActivity.item_id == item.id)
            .group_by(LinkedActivity.state)
        ).all()
    )
    item.held, item.scheduled = counts.get("held", 0), counts.get("scheduled", 0)
    settle(tx, item)


def _measured_by(tx: Transaction, measure: str, year: int) -> Sequence[PlanItem]:
    statement = sa.select(PlanItem).where(PlanItem.year == year, PlanItem.measure == measure).order_by(PlanItem.id)
    return tx.session.scalars(statement.with_for_update().execution_options(populate_existing=True)).all()


def _link(tx: Transaction, activity_id: UUID) -> LinkedActivity:
    tx.lock(f"plan_activity/{activity_id}")
    link = tx.session.get(LinkedActivity, activity_id)
    if link is None:
        link = LinkedActivity(
            activity_id=activity_id, item_id=None, state="scheduled", facts_sequence=0, state_sequence=0
        )
        tx.session.add(link)
    return link


def _recount(tx: Transaction, item_ids: set[UUID | None]) -> None:
    tx.session.flush()
    wanted = sorted(item_id for item_id in item_ids if item_id is not None)
    for item_id in wanted:
        item = tx.session.get(PlanItem, item_id, with_for_update=True, populate_existing=True)
        if item is not None:
            count_activities(tx, item)


def _plan_year(tx: Transaction, on: date) -> int | None:
    published = tx.session.scalars(sa.select(Plan.year).where(Plan.state == "published")).all()
    return rules.plan_in_force(on, published)
