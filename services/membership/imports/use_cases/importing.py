"""Carrying an import out: people join, records are corrected, a part of the roster in each transaction.

What changed since the dry run is judged again, and a row on which storing breaks is set aside: such rows are named, the
others go on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bad_rows import do_or_set_aside
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Problem
from services.chassis.identifiers import uuid7
from services.chassis.jobs.jobs import Job
from services.chassis.process import logs
from services.chassis.rules.refusal import Refusal
from services.contracts.membership.imports import RosterImported
from services.membership.imports import rules
from services.membership.imports.tables import RosterImport, RosterPart, RosterProblem
from services.membership.imports.use_cases import imports, parts, updating
from services.membership.imports.use_cases.row_validation import column_of
from services.membership.organisation.use_cases import directory
from services.membership.record.use_cases import admission, roster

log = logs.get_logger(__name__)

REASON = "imported from a roster"
_OUTCOMES = ("joined", "updated", "skipped", "refused")
_DAYS = ("birth_date", "hired_on", "joined_on")
Late = list[tuple[dict[str, Any], Refusal]]


@dataclass
class Outcome:
    """What became of some rows of a part."""

    joined: int = 0
    updated: int = 0
    late: Late = field(default_factory=list)


def import_part(tx: Transaction, job: Job) -> bool:
    """Carry out one part; True after the last."""
    batch = imports.import_for_work(tx, job, imports.IMPORT)
    number = job.position["part"] if job.position else 0
    rows = tx.session.scalar(sa.select(RosterPart.rows).where(_is_part(batch, number))) or 0
    entries = parts.people_of(tx, batch.id, number)
    stated = updating.stated_fields(tx, batch, number)
    done, broken = do_or_set_aside(tx, entries, lambda some: _carried_out(tx, batch.choices, stated, some))
    late = [one for outcome in done for one in outcome.late] + [_set_aside(batch, *one) for one in broken]
    if late:
        tx.session.execute(sa.insert(RosterProblem), [_kept(batch, number, *one) for one in late])
    refused = rows - len(entries) + len(late)
    counts = {name: sum(getattr(outcome, name) for outcome in done) for name in ("joined", "updated")}
    _count(batch, {**counts, "refused": refused, "skipped": rows - sum(counts.values()) - refused})
    job.position, job.done, job.problems = {"part": number + 1}, job.done + rows, job.problems + refused
    if number + 1 < batch.parts:
        return False
    _finish(tx, batch, job)
    return True


def _carried_out(
    tx: Transaction, choices: dict[str, str], stated: updating.Stated, entries: Sequence[dict[str, Any]]
) -> Outcome:
    by_action: dict[str, list[dict[str, Any]]] = {"create": [], "update": [], "skip": []}
    for entry in entries:
        by_action[choices[entry["kind"]] if entry["kind"] else "create"].append(_typed(entry))
    joined, late = _admit(tx, by_action["create"])
    updated, not_updated = updating.correct(tx, by_action["update"], stated, REASON)
    return Outcome(joined, updated, late + not_updated)


def _set_aside(batch: RosterImport, entry: dict[str, Any], error: Exception) -> tuple[dict[str, Any], Refusal]:
    """Return a row that could not be stored, with a reason; the error's own text may contain data of the row."""
    log.warning("roster_row_set_aside", import_id=str(batch.id), row=entry["row"], error=type(error).__name__)
    if isinstance(error, Problem) and error.rule:
        return entry, Refusal(error.rule, error.detail, error.field, error.params)
    return entry, rules.row_can_be_stored()


def _is_part(batch: RosterImport, number: int) -> sa.ColumnElement[bool]:
    return sa.and_(RosterPart.import_id == batch.id, RosterPart.part == number)


def _typed(entry: dict[str, Any]) -> dict[str, Any]:
    person = dict(entry["person"])
    for name in _DAYS:
        person[name] = date.fromisoformat(person[name]) if person.get(name) else None
    for name in ("unit_id", "group_id"):
        person[name] = _id_of(person[name]) if person.get(name) else None
    member_id = UUID(entry["member_id"]) if entry["member_id"] else None
    return {**entry, "person": person, "member_id": member_id}


@lru_cache(maxsize=1024)
def _id_of(text: str) -> UUID:
    return UUID(text)


def _admit(tx: Transaction, entries: list[dict[str, Any]]) -> tuple[int, Late]:
    if not entries:
        return 0, []
    people = [entry["person"] for entry in entries]
    places = {person[name] for person in people for name in ("unit_id", "group_id") if person[name]}
    units = directory.units_by_id(tx, places, lock=True)
    admission.hold_series(tx)
    indexes = {person["id_number_index"] for person in people}
    hr_ids = set(roster.taken_hr_ids(tx, {person["hr_id"] for person in people if person.get("hr_id")}))
    taken, former = set(roster.standing_persons(tx, indexes)), roster.former_persons(tx, indexes)
    sound, late = [], []
    for entry in entries:
        person = entry["person"]
        person["joined_on"] = person["joined_on"] or tx.today
        refusals = admission.refusals(person, units.get(person["unit_id"]), taken, tx.today)
        refusals += _meanwhile(person, units, former)
        refusals += [answer for answer in [roster.refusal_of_taken_hr_id(person.get("hr_id"), hr_ids)] if answer]
        taken.add(person["id_number_index"])
        hr_ids.add(person.get("hr_id"))
        if refusals:
            late.append((entry, refusals[0]))
        else:
            sound.append(person)
    return len(admission.admit(tx, sound, REASON)), late


def _meanwhile(
    person: dict[str, Any], units: Mapping[UUID, directory.Unit], former: Mapping[str, str]
) -> list[Refusal]:
    """Return what else may have changed since the dry run: the group has ended, the person joined and left."""
    answers = []
    if person["group_id"]:
        answers.append(directory.refusal_of_group(units.get(person["group_id"]), person["unit_id"]))
    answers.append(rules.person_never_left(former.get(person["id_number_index"])))
    return [answer for answer in answers if answer is not None]


def _kept(batch: RosterImport, number: int, entry: dict[str, Any], refusal: Refusal) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "import_id": batch.id,
        "part": number,
        "row": entry["row"],
        "kind": "late",
        "field": column_of(refusal),
        "value": entry["person"]["name"],
        "rule": refusal.rule,
        "detail": refusal.detail,
        "params": refusal.params,
    }


def _count(batch: RosterImport, done: dict[str, int]) -> None:
    total = Counter(batch.result)
    total.update(done)
    batch.result = {name: total[name] for name in _OUTCOMES}


def _finish(tx: Transaction, batch: RosterImport, job: Job) -> None:
    """Announce the end; of the rows only those with problems are kept, to be downloaded."""
    batch.imported_at = tx.now
    batch.version += 1
    job.result = dict(batch.result)
    with_problems = sa.select(RosterProblem.part).where(RosterProblem.import_id == batch.id)
    of_import = RosterPart.import_id == batch.id
    tx.session.execute(sa.delete(RosterPart).where(of_import, RosterPart.part.not_in(with_problems)))
    tx.session.execute(sa.update(RosterPart).where(of_import).values(people=None, keys=None))
    tx.record(RosterImported(import_id=batch.id, rows=batch.rows, **batch.result))
