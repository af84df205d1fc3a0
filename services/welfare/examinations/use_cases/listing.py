"""Making the list of a campaign: everybody is decided about, page by page, by sex, age and standing.

A making is a run with an id of its own. The job stores with each page how far it is, so that it goes on from there
after a crash. Made again, it adds who is new and leaves those on the list as they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bulk import columns_of, insert_rows
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.identifiers import uuid7
from services.chassis.jobs.jobs import Job, start_job
from services.chassis.process.runtime import Call
from services.chassis.rules.rulebook import RuleInForce, rule_in_force
from services.contracts.membership.facts import MOST_MEMBERS, facts_of_members
from services.welfare.decisions.use_cases.deciders import decider
from services.welfare.decisions.use_cases.deciding import Case, Decided, decide_many
from services.welfare.decisions.use_cases.reading import list_refused
from services.welfare.examinations import rules
from services.welfare.examinations.tables import Examination, ExaminationPackage, ExaminationSlot, Examinee
from services.welfare.examinations.use_cases.funding import reserve_cost
from services.welfare.examinations.use_cases.reminding import tell_new
from services.welfare.examinations.use_cases.store import (
    examination_detail,
    examination_of,
    fits,
    move,
    packages_of,
)
from services.welfare.members.use_cases import member_copies as members

KIND = "list_examinees"
DECISION = "examinations.eligibility"
PURPOSE = "examinations"
PAGE = MOST_MEMBERS

decider(DECISION)(rules.eligible)


def open_examination(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Begin to make the list; at its end the campaign is open for booking.

    Raises:
        NoRuleInForce: a figure that decides is missing.
        Refused: there is nothing to choose from, or the campaign is over.
    """
    examination = examination_of(tx, request["examination_id"], lock=True)
    slots = sa.select(sa.func.count()).where(ExaminationSlot.examination_id == examination.id)
    has_slots = tx.session.scalar(slots) or 0
    move(tx, examination, "list")
    refuse_first(rules.has_packages_and_slots(len(packages_of(tx, [examination.id])), has_slots))
    _rules(tx, examination)
    examination.run_id, examination.total, examination.done = uuid7(), members.count_of_members(tx), 0
    examination.runs = [*(examination.runs or ()), str(examination.run_id)]
    params = {"examination_id": str(examination.id), "run_id": str(examination.run_id)}
    examination.job_id = start_job(tx, KIND, params, total=examination.total).id
    return examination_detail(tx, examination)


def list_not_eligible(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A page of who is not on the list, by which rule, as of its latest making."""
    examination = examination_of(tx, request["examination_id"])
    return list_refused(tx, examination.run_id or examination.id, request)


def ask_facts(call: Call, job: Job) -> dict[str, Any]:
    """Return the next page of members with sex and age; membership is asked outside of any transaction."""
    with call.transaction(readonly=True) as tx:
        examination = examination_of(tx, UUID(job.params["examination_id"]))
        page = [dict(row._mapping) for row in members.page_of_members(tx, _after(job), PAGE)]
        about, on = f"examination/{examination.id}", examination.as_of.isoformat()
    if not page:
        return {"page": page, "facts": {}}
    request = {
        "purpose": PURPOSE, "facts": ["sex", "age"], "on": on, "about": about,
        "member_ids": [str(row["member_id"]) for row in page],
    }  # fmt: skip
    items = call.rpc(facts_of_members, request)["items"]
    return {
        "page": page,
        "facts": {item["member_id"]: {"sex": item.get("sex"), "age": item.get("age")} for item in items},
    }


def list_part(tx: Transaction, job: Job, told: Mapping[str, Any]) -> bool:
    """Decide about a page of members; True at the end, or when another run took its place."""
    examination = examination_of(tx, UUID(job.params["examination_id"]), lock=True)
    if str(examination.run_id) != job.params["run_id"] or examination.state != "listing":
        return True
    page: Sequence[Mapping[str, Any]] = told["page"]
    if page:
        _decide(tx, examination, page, told["facts"])
        job.position = {"after": str(page[-1]["member_id"])}
        examination.done += len(page)
        job.done = examination.done
    if len(page) == PAGE:
        return False
    move(tx, examination, "open")
    reserve_cost(tx, examination)
    tell_new(tx, examination)
    return True


def _decide(
    tx: Transaction, examination: Examination, page: Sequence[Mapping[str, Any]], facts: Mapping[str, Any]
) -> None:
    ids = [row["member_id"] for row in page]
    listed = _on_list(tx, examination, ids)
    packages, last = packages_of(tx, [examination.id]), _last_years(tx, examination, ids)
    new = [row for row in page if row["member_id"] not in listed]
    known = {row["member_id"]: facts.get(str(row["member_id"]), {"sex": None, "age": None}) for row in new}
    cases = [_case(examination, row, known[row["member_id"]], packages, last) for row in new]
    decided = decide_many(tx, DECISION, examination.as_of, _rules(tx, examination), cases)
    granted = [one for one in decided if one.verdict.refusal is None]
    if granted:
        units = {row["member_id"]: row["unit_id"] for row in new}
        rows = columns_of([_row(one, units, known) for one in granted])
        same = {"examination_id": examination.id, "state": "listed", "reminded": 0, "listed_at": tx.now}
        insert_rows(tx.session, Examinee.__table__, rows, same)


def _on_list(tx: Transaction, examination: Examination, ids: Sequence[UUID]) -> set[UUID]:
    """Return who of these is on the list already; their units are brought up to date, and who came back is listed."""
    of_these = Examinee.examination_id == examination.id, Examinee.member_id.in_(ids)
    unit = members.unit_of(Examinee.member_id)
    state = sa.case((Examinee.state == "withdrawn", "listed"), else_=Examinee.state)
    stale = sa.or_(Examinee.unit_id != unit, Examinee.state == "withdrawn")
    renewed = sa.update(Examinee).where(*of_these, stale).values(unit_id=unit, state=state)
    tx.session.execute(renewed.execution_options(synchronize_session=False))
    return set(tx.session.scalars(sa.select(Examinee.member_id).where(*of_these)))


def _case(
    examination: Examination,
    row: Mapping[str, Any],
    facts: dict[str, Any],
    packages: Sequence[ExaminationPackage],
    last: Mapping[UUID, int],
) -> Case:
    inputs = {
        "standing": row["standing"],
        "kind": examination.kind,
        "year": examination.year,
        "sex": facts["sex"],
        "package_fits": any(fits(facts, package) for package in packages),
        "last_year": last.get(row["member_id"]),
    }
    assert examination.run_id is not None
    return Case(examination.run_id, row["member_id"], inputs)


def _row(decided: Decided, units: Mapping[UUID, UUID], facts: Mapping[UUID, Any]) -> dict[str, Any]:
    member_id = decided.case.member_id
    return {
        "id": uuid7(),
        "member_id": member_id,
        "unit_id": units[member_id],
        "decision_id": decided.id,
        "facts": json.dumps(facts[member_id]),
    }


def _last_years(tx: Transaction, examination: Examination, ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return in which year each came to the last special examination; asked for a campaign of that kind only."""
    if examination.kind != rules.WOMEN:
        return {}
    statement = (
        sa.select(Examinee.member_id, sa.func.max(Examination.year).label("year"))
        .join(Examination, Examination.id == Examinee.examination_id)
        .where(Examinee.member_id.in_(ids), Examinee.state == "attended")
        .where(Examination.kind == rules.WOMEN, Examination.id != examination.id)
        .group_by(Examinee.member_id)
    )
    return {row.member_id: row.year for row in tx.session.execute(statement)}


def _rules(tx: Transaction, examination: Examination) -> dict[str, RuleInForce]:
    keys = ["standings", *(["women_interval"] if examination.kind == rules.WOMEN else [])]
    return {key: rule_in_force(tx, f"examinations.{key}", examination.as_of) for key in keys}


def _after(job: Job) -> UUID | None:
    return UUID(job.position["after"]) if job.position else None
