"""Enrolling members of a unit in a cover period: who is meant, what is known of them, what becomes of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bulk import columns_of, insert_rows, is_among
from services.chassis.database.history import note_same_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.identifiers import uuid7
from services.chassis.process.runtime import Call
from services.chassis.rules.refusal import Refusal, Verdict, number_is_as_seen
from services.chassis.security.principal import require_unit
from services.contracts.membership.facts import facts_of_members
from services.contracts.welfare.mutual_aid.requests import MOST_AT_ONCE
from services.welfare.decisions.use_cases.deciders import decider
from services.welfare.decisions.use_cases.deciding import Case, decide_many, verdict_on
from services.welfare.members.use_cases.member_copies import people, standings_of, units_of
from services.welfare.mutual_aid import rules
from services.welfare.mutual_aid.tables import Cover, CoverPeriod, MutualAidPlan
from services.welfare.mutual_aid.use_cases.planning import changed
from services.welfare.mutual_aid.use_cases.reading import period_of, plan_of
from services.welfare.mutual_aid.workflow import COVER, COVERED

KIND = "mutual_aid.enrolment"
PURPOSE = "mutual_aid"

Facts = Mapping[UUID, Mapping[str, Any]]
Request = Mapping[str, Any]

decider(KIND)(rules.enrolled)


@dataclass(frozen=True)
class _Asked:
    """A list as it was asked for: the members meant, how many more there are, what membership told of them."""

    member_ids: list[UUID]
    left: int
    facts: Facts


@dataclass(frozen=True)
class _Sorted:
    """A list sorted: who is covered already, who is no member of the unit, and the cases to be decided."""

    duplicates: list[UUID]
    strangers: dict[UUID, Refusal]
    cases: list[Case]


def check_cover_list(call: Call, request: Request) -> dict[str, Any]:
    """Tell what would become of each member of a list; nothing is stored."""
    asked = _ask(call, request)
    with call.transaction(readonly=True) as tx:
        period = _open_period(tx, request)
        sorted_ = _sort(tx, period, request["unit_id"], asked)
    verdicts = {case.member_id: verdict_on(KIND, {}, case.inputs) for case in sorted_.cases}
    return _reply(sorted_, verdicts, asked.left)


def enrol_members(call: Call, request: Request) -> dict[str, Any]:
    """Enrol who can be covered, each once; what is decided of all others but duplicates is stored too.

    Raises:
        NotAllowed: another unit's list.
        Refused: the list is closed, units do not enrol now, or there are more members than were seen.
    """
    asked = _ask(call, request)
    with call.transaction() as tx:
        period = _open_period(tx, request, lock=True)
        sorted_ = _sort(tx, period, request["unit_id"], asked)
        decided = decide_many(tx, KIND, tx.today, {}, sorted_.cases)
        granted = {one.case.member_id: one.id for one in decided if one.verdict.refusal is None}
        _cover(tx, period, request["unit_id"], granted)
        verdicts = {one.case.member_id: one.verdict for one in decided}
    return _reply(sorted_, verdicts, asked.left)


def _ask(call: Call, request: Request) -> _Asked:
    """Return the list with the facts about those of it who are not covered; membership is asked once."""
    with call.transaction(readonly=True) as tx:
        period = _open_period(tx, request)
        member_ids, left = _meant(tx, period, request)
        units = units_of(tx, member_ids)
        covered = _covered(tx, period.id, member_ids)
        open_ones = [one for one in member_ids if units.get(one) == request["unit_id"] and one not in covered]
        about, on = f"mutual_aid_period/{period.id}", period.starts_on.isoformat()
        wanted = ["age", *(["sex"] if plan_of(tx, period.plan_id).kind == rules.WOMEN else [])]
    facts: dict[UUID, Mapping[str, Any]] = {}
    if open_ones:
        asked = {
            "purpose": PURPOSE, "facts": wanted, "on": on, "about": about,
            "member_ids": [str(one) for one in open_ones],
        }  # fmt: skip
        facts = {UUID(str(item["member_id"])): item for item in call.rpc(facts_of_members, asked)["items"]}
    return _Asked(member_ids, left, facts)


def _open_period(tx: Transaction, request: Request, *, lock: bool = False) -> CoverPeriod:
    """Return the period, when the caller may change the unit's list today."""
    require_unit(tx.principal, request["unit_id"], also=("officer",))
    period = period_of(tx, request["period_id"], lock=lock)
    officer = tx.principal.has("officer")
    refuse_first(
        rules.list_is_open(period.state),
        rules.units_enrol_now(tx.today, period.enrol_from, period.enrol_until, officer=officer),
    )
    return period


def _meant(tx: Transaction, period: CoverPeriod, request: Request) -> tuple[list[UUID], int]:
    """Return who is meant, each once, at most as many as are taken at once, and how many are left."""
    if request["member_ids"] is not None:
        return list(dict.fromkeys(request["member_ids"])), 0
    person = people()
    of_unit = sa.select(person.c.member_id).where(person.c.unit_id == request["unit_id"])
    here = sa.select(Cover.member_id).where(Cover.period_id == period.id, Cover.state.in_(COVERED))
    statement = of_unit.where(person.c.member_id.not_in(here))
    if request["from_period_id"] is not None:
        before = period_of(tx, request["from_period_id"])
        refuse_first(rules.earlier_period_is_of_the_plan(before.plan_id == period.plan_id and before.id != period.id))
        was = sa.select(Cover.member_id).where(Cover.period_id == before.id, Cover.state == "covered")
        statement = statement.where(person.c.member_id.in_(was))
    found = int(tx.session.scalar(sa.select(sa.func.count()).select_from(statement.subquery())) or 0)
    refuse_first(number_is_as_seen(found, request["expected"]))
    taken = list(tx.session.scalars(statement.order_by(person.c.member_id).limit(MOST_AT_ONCE)))
    return taken, found - len(taken)


def _covered(tx: Transaction, period_id: UUID, member_ids: Collection[UUID]) -> set[UUID]:
    if not member_ids:
        return set()
    among = is_among(tx.session, [Cover.member_id], member_ids)
    covered = Cover.period_id == period_id, Cover.state.in_(COVERED), among
    return set(tx.session.scalars(sa.select(Cover.member_id).where(*covered)))


def _sort(tx: Transaction, period: CoverPeriod, unit_id: UUID, asked: _Asked) -> _Sorted:
    """Sort a list by how things stand now."""
    plan = plan_of(tx, period.plan_id)
    covered = _covered(tx, period.id, asked.member_ids)
    units, standings = units_of(tx, asked.member_ids), standings_of(tx, asked.member_ids)
    strangers: dict[UUID, Refusal] = {}
    cases = []
    for member_id in asked.member_ids:
        refusal = rules.member_is_of_the_unit(units.get(member_id), unit_id)
        if refusal is not None:
            strangers[member_id] = refusal
        elif member_id not in covered:
            inputs = _inputs(plan, standings[member_id], asked.facts.get(member_id, {}))
            cases.append(Case(period.id, member_id, inputs))
    duplicates = [one for one in asked.member_ids if one in covered and one not in strangers]
    return _Sorted(duplicates, strangers, cases)


def _inputs(plan: MutualAidPlan, standing: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    women_only = plan.kind == rules.WOMEN
    return {
        "plan_document": plan.document,
        "standing": standing,
        "takes_retired": not plan.ends_with_retirement,
        "women_only": women_only,
        "woman": facts.get("sex") == "female" if women_only else None,
        "age": facts.get("age"),
        "age_from": plan.age_from,
        "age_to": plan.age_to,
    }


def _cover(tx: Transaction, period: CoverPeriod, unit_id: UUID, granted: Mapping[UUID, UUID]) -> None:
    """Cover members, by decision; who was taken off the list before is put on it again."""
    if not granted:
        return
    among = is_among(tx.session, [Cover.member_id], list(granted))
    before = list(tx.session.scalars(sa.select(Cover).where(Cover.period_id == period.id, among).with_for_update()))
    fixed = {
        "period_id": period.id, "plan_id": period.plan_id, "unit_id": unit_id, "state": "covered",
        "starts_on": period.starts_on, "ends_on": period.ends_on, "enrolled_at": tx.now,
    }  # fmt: skip
    for cover in before:
        COVER.apply(cover.state, "enrol", roles=None)
        for name, value in {**fixed, "decision_id": granted[cover.member_id], "end_reason": None}.items():
            setattr(cover, name, value)
    known = {cover.member_id for cover in before}
    rows = [
        {"id": uuid7(), "member_id": member_id, "decision_id": decision_id, "end_sequence": 0}
        for member_id, decision_id in granted.items()
        if member_id not in known
    ]
    if rows:
        insert_rows(tx.session, Cover.__table__, columns_of(rows), fixed)
    added = [Cover(**row, **fixed) for row in rows]
    for covers, old in ((before, "withdrawn"), (added, None)):
        note_same_change(tx, [f"mutual_aid_cover/{one.id}" for one in covers], {"state": (old, "covered")})
        tx.record(*(changed(one) for one in covers))


def _reply(sorted_: _Sorted, verdicts: Mapping[UUID, Verdict], left: int) -> dict[str, Any]:
    refusals = {
        **sorted_.strangers,
        **{one: verdict.refusal for one, verdict in verdicts.items() if verdict.refusal is not None},
    }
    new = [one for one, verdict in verdicts.items() if verdict.refusal is None]
    return {
        "items": [
            *_lines(sorted_.duplicates, "duplicate"),
            *(_refused(one, refusal) for one, refusal in refusals.items()),
            *_lines(new, "new"),
        ],
        "new": len(new),
        "duplicates": len(sorted_.duplicates),
        "refused": len(refusals),
        "left": left,
    }


def _lines(member_ids: Sequence[UUID], outcome: str) -> list[dict[str, Any]]:
    return [{"member_id": one, "outcome": outcome} for one in member_ids]


def _refused(member_id: UUID, refusal: Refusal) -> dict[str, Any]:
    told = {"rule": refusal.rule, "detail": refusal.detail, "params": refusal.params}
    return {"member_id": member_id, "outcome": "refused", **told}
