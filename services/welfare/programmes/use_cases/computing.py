"""Computing the list of a cycle: everybody is decided about, page by page, by the facts and rules of its day.

A computation is a run with an id of its own. The job stores with each page how far it is, so that it goes on from there
after a crash; a new run deletes what the one before had listed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bulk import columns_of, insert_rows
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.identifiers import uuid7
from services.chassis.jobs.jobs import OPEN, Job, cancel_job, start_job
from services.chassis.process.runtime import Call
from services.chassis.rules.rulebook import RuleInForce, rule_in_force
from services.contracts.membership.facts import MOST_MEMBERS, facts_of_members
from services.contracts.vocabulary import EMPLOYMENTS
from services.welfare.decisions.use_cases.deciders import decider
from services.welfare.decisions.use_cases.deciding import Case, Decided, decide_many
from services.welfare.members.use_cases import member_copies as members
from services.welfare.programmes import rules
from services.welfare.programmes.tables import Cycle, GoodsEntitlement, Programme
from services.welfare.programmes.use_cases.checks import cycle_detail
from services.welfare.programmes.use_cases.store import load_cycle, move, programme_of
from services.welfare.rulebook.use_cases import rules_in_force as rulebook

KIND = "compute_goods_list"
DECISION = "programmes.entitlement"
PURPOSE = "goods_list"
FORM = "goods"
PAGE = MOST_MEMBERS

_SCOPES = {f"items_{one}": one for one in EMPLOYMENTS}

decider(DECISION, version=1)(rules.entitled)


def compute_cycle(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Begin to compute the list, anew where there is one.

    Raises:
        NoRuleInForce: a rule that decides by it is missing on the day of the cycle.
        Refused: the price is above the cap, the form is not allowed, or the cycle is approved.
    """
    cycle = load_cycle(tx, request["cycle_id"], lock=True)
    move(tx, cycle, "compute")
    stop_computing(tx, cycle)
    programme = programme_of(tx, cycle)
    if programme.festival is not None:
        listed = rule_in_force(tx, "holiday.festivals", cycle.as_of)
        refuse_first(rules.festival_is_traditional(programme.festival, listed.value))
    facts = {"festival": programme.festival} if programme.festival else {}
    cap = rulebook.require_gift_allowed(tx, programme.benefit_key, cycle.price, FORM, cycle.as_of, facts=facts)
    grounds = _rules(tx, cycle)
    cycle.rules = [rule.explain() for rule in {rule.rule_id: rule for rule in (cap, *grounds.values())}.values()]
    cycle.run_id, cycle.total = uuid7(), members.count_of_members(tx)
    cycle.done = cycle.entitled = cycle.excluded = 0
    params = {"cycle_id": str(cycle.id), "run_id": str(cycle.run_id)}
    cycle.job_id = start_job(tx, KIND, params, total=cycle.total).id
    return cycle_detail(tx, cycle)


def stop_computing(tx: Transaction, cycle: Cycle) -> None:
    """End a computation that goes on, and delete what was listed."""
    if cycle.job_id is not None:
        job = tx.session.get(Job, cycle.job_id)
        if job is not None and job.state in OPEN and not job.cancelling:
            cancel_job(tx, job.id)
    tx.session.execute(sa.delete(GoodsEntitlement).where(GoodsEntitlement.cycle_id == cycle.id))
    cycle.run_id = cycle.job_id = None


def ask_facts(call: Call, job: Job) -> dict[str, Any]:
    """Return the next page of members with their facts; membership is asked only for what the copy here lacks."""
    with call.transaction(readonly=True) as tx:
        cycle = tx.session.get(Cycle, UUID(job.params["cycle_id"]))
        page = [dict(row._mapping) for row in members.page_of_members(tx, _after(job), PAGE)]
        joined_by = cycle.audience["joined_by"] if cycle else None
        about, on = (f"cycle/{cycle.id}", cycle.as_of.isoformat()) if cycle else ("", "")
    if not page or joined_by is None:
        return {"page": page, "joined_on": {}}
    request = {
        "purpose": PURPOSE, "facts": ["joined_on"], "on": on, "about": about,
        "member_ids": [str(row["member_id"]) for row in page],
    }  # fmt: skip
    items = call.rpc(facts_of_members, request)["items"]
    return {"page": page, "joined_on": {item["member_id"]: item["joined_on"] for item in items}}


def compute_part(tx: Transaction, job: Job, facts: Mapping[str, Any]) -> bool:
    """Decide about a page of members and list who is entitled; True at the end, or when another run took its place."""
    cycle = tx.session.get(Cycle, UUID(job.params["cycle_id"]), with_for_update=True, populate_existing=True)
    if cycle is None or str(cycle.run_id) != job.params["run_id"] or cycle.state != "draft":
        return True
    page: Sequence[Mapping[str, Any]] = facts["page"]
    if page:
        _decide(tx, cycle, page, facts["joined_on"])
        job.position = {"after": str(page[-1]["member_id"])}
        cycle.done += len(page)
        job.done = cycle.done
    if len(page) == PAGE:
        return False
    move(tx, cycle, "finish")
    return True


def _decide(
    tx: Transaction, cycle: Cycle, page: Sequence[Mapping[str, Any]], joined_on: Mapping[str, str | None]
) -> None:
    programme = programme_of(tx, cycle)
    cases = [_case(cycle, programme, row, joined_on.get(str(row["member_id"]))) for row in page]
    decided = decide_many(tx, DECISION, cycle.as_of, _rules(tx, cycle), cases, _SCOPES)
    granted = [one for one in decided if one.verdict.refusal is None]
    if granted:
        units = {row["member_id"]: row["unit_id"] for row in page}
        insert_rows(
            tx.session,
            GoodsEntitlement.__table__,
            columns_of([_row(one, units, cycle.entitled + place) for place, one in enumerate(granted, 1)]),
            {"cycle_id": cycle.id, "state": "entitled"},
        )
    cycle.entitled += len(granted)
    cycle.excluded += len(decided) - len(granted)


def _row(decided: Decided, units: Mapping[UUID, UUID], number: int) -> dict[str, Any]:
    member_id = decided.case.member_id
    return {
        "id": uuid7(),
        "number": number,
        "member_id": member_id,
        "unit_id": units[member_id],
        "decision_id": decided.id,
    }


def _case(cycle: Cycle, programme: Programme, row: Mapping[str, Any], joined_on: str | None) -> Case:
    audience = cycle.audience
    units = audience["unit_ids"]
    inputs = {
        "standing": row["standing"],
        "employment": row["employment"],
        "unit_listed": not units or str(row["unit_id"]) in units,
        "joined_on": joined_on,
        "standings": audience["standings"],
        "employments": audience["employments"],
        "joined_by": audience["joined_by"],
        "benefit": programme.benefit_key,
        "price": f"{cycle.price:.2f}",
    }
    assert cycle.run_id is not None
    return Case(cycle.run_id, row["member_id"], inputs)


def _rules(tx: Transaction, cycle: Cycle) -> dict[str, RuleInForce]:
    """Return the rules that list the benefits of members, by form of employment."""
    named = {f"items_{one}": rule_in_force(tx, rulebook.ITEMS, cycle.as_of, one) for one in EMPLOYMENTS}
    return {"items": rule_in_force(tx, rulebook.ITEMS, cycle.as_of), **named}


def _after(job: Job) -> UUID | None:
    return UUID(job.position["after"]) if job.position else None
