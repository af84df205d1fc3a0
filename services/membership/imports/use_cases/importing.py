"""Carrying an import out: people join, records are corrected, a part of the roster in each transaction.

What changed since the dry run is judged again: such a row is refused and named, the others go on.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.identifiers import uuid7
from services.chassis.jobs import Job
from services.chassis.refusal import Refusal
from services.chassis.transaction import Transaction
from services.contracts.membership.imports import RosterImported
from services.membership.imports.tables import RosterImport, RosterPart, RosterProblem
from services.membership.imports.use_cases import imports, parts
from services.membership.imports.use_cases.judging import column_of
from services.membership.organisation.use_cases import directory
from services.membership.record.use_cases import admission, roster
from services.membership.record.use_cases.bulk_changes import correct_members

REASON = "imported from a roster"
_OUTCOMES = ("joined", "updated", "skipped", "refused")
_DAYS = ("birth_date", "hired_on", "joined_on")
Late = list[tuple[dict[str, Any], Refusal]]


def import_part(tx: Transaction, job: Job) -> bool:
    """Carry out one part; True after the last."""
    batch = imports.held_for_work(tx, job, imports.IMPORT)
    number = job.position["part"] if job.position else 0
    rows = tx.session.scalar(sa.select(RosterPart.rows).where(_is_part(batch, number))) or 0
    entries = [_typed(entry) for entry in parts.people_of(tx, batch.id, number)]
    by_action: dict[str, list[dict[str, Any]]] = {"create": [], "update": [], "skip": []}
    for entry in entries:
        by_action[batch.choices[entry["kind"]] if entry["kind"] else "create"].append(entry)
    joined, late = _admit(tx, by_action["create"])
    updated, not_updated = _correct(tx, by_action["update"])
    late += not_updated
    if late:
        tx.session.execute(sa.insert(RosterProblem), [_kept(batch, number, *one) for one in late])
    refused = rows - len(entries) + len(late)
    done = {"joined": joined, "updated": updated, "refused": refused}
    _count(batch, {**done, "skipped": rows - sum(done.values())})
    job.position, job.done, job.problems = {"part": number + 1}, job.done + rows, job.problems + refused
    if number + 1 < batch.parts:
        return False
    _finish(tx, batch, job)
    return True


def _is_part(batch: RosterImport, number: int) -> sa.ColumnElement[bool]:
    return sa.and_(RosterPart.import_id == batch.id, RosterPart.part == number)


def _typed(entry: dict[str, Any]) -> dict[str, Any]:
    person = entry["person"]
    for name in _DAYS:
        person[name] = date.fromisoformat(person[name]) if person.get(name) else None
    for name in ("unit_id", "group_id"):
        person[name] = _id_of(person[name]) if person.get(name) else None
    if entry["member_id"]:
        entry["member_id"] = UUID(entry["member_id"])
    return entry


@lru_cache(maxsize=1024)
def _id_of(text: str) -> UUID:
    return UUID(text)


def _admit(tx: Transaction, entries: list[dict[str, Any]]) -> tuple[int, Late]:
    if not entries:
        return 0, []
    people = [entry["person"] for entry in entries]
    units = directory.units_by_id(tx, {person["unit_id"] for person in people}, hold=True)
    admission.hold_series(tx)
    taken = set(roster.standing_persons(tx, {person["id_number_index"] for person in people}))
    sound, late = [], []
    for entry in entries:
        person = entry["person"]
        person["joined_on"] = person["joined_on"] or tx.today
        refusals = admission.refusals(person, units.get(person["unit_id"]), taken, tx.today)
        taken.add(person["id_number_index"])
        if refusals:
            late.append((entry, refusals[0]))
        else:
            sound.append(person)
    return len(admission.admit(tx, sound, REASON)), late


def _correct(tx: Transaction, entries: list[dict[str, Any]]) -> tuple[int, Late]:
    if not entries:
        return 0, []
    by_member = {entry["member_id"]: entry for entry in entries}
    stated = {member_id: entry["person"] for member_id, entry in by_member.items()}
    changed, refused = correct_members(tx, stated, REASON)
    return len(changed), [(by_member[member_id], refusal) for member_id, refusal in refused.items()]


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
