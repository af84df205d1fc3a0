"""The dry run: checks every row, finds duplicates in the file and among the members. Changes no member."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.identifiers import uuid7
from services.chassis.jobs.jobs import Job
from services.chassis.process import logs
from services.chassis.rules.refusal import Refusal
from services.chassis.security.encryption import fingerprint
from services.membership.imports import rules
from services.membership.imports.tables import RosterImport, RosterPart, RosterProblem
from services.membership.imports.use_cases import imports, parts
from services.membership.imports.use_cases.row_validation import (
    Places,
    Reading,
    column_of,
    judged,
    shown_value,
    surplus_shown,
)
from services.membership.imports.use_cases.table_files import TableRow
from services.membership.organisation.use_cases import directory
from services.membership.person.use_cases import persons as details
from services.membership.record.use_cases import roster
from services.membership.record.use_cases.roster import STANDS

log = logs.get_logger(__name__)

REASONS = {
    "member": ("imports.person_is_no_member", "This person is a member already."),
    "other_unit": ("imports.member_stays_in_unit", "A member of another unit; a roster doesn't move members."),
    "former": ("imports.person_never_left", "This person was a member; rejoining is decided one by one."),
    "namesake": ("imports.no_namesake_in_unit", "A member of this unit has the same name and date of birth."),
    "repeated": ("imports.person_stands_once", "This person stands in the file already."),
    "namesake_in_file": ("imports.no_namesake_in_file", "Name, date of birth and unit stand in the file already."),
}


@dataclass
class Sound:
    """A row that breaks no rule: the person, and which duplicate it is of whom."""

    row: int
    person: dict[str, Any]
    keys: tuple[bytes, bytes]
    derived: list[str]
    kind: str | None = None
    member_id: UUID | None = None
    params: dict[str, Any] = field(default_factory=dict)
    reason: str | None = None


def check_part(tx: Transaction, job: Job) -> bool:
    """Judge the rows of one part; True after the last."""
    batch = imports.import_for_work(tx, job, imports.CHECK)
    number = job.position["part"] if job.position else 0
    if number == 0:
        _begin_anew(tx, batch)
    rows = parts.rows_of(tx, batch.id, number)
    sound, problems, notes = _judged(tx, batch, rows)
    _find_duplicates(tx, batch.id, number, sound)
    clashes = _staff_number_clashes(tx, batch.id, number, sound)
    problems += [_clash(one, refusal) for one, refusal in clashes]
    clashing = {one.row for one, _ in clashes}
    sound = [one for one in sound if one.row not in clashing]
    notes = [note for note in notes if note["row"] not in clashing]
    problems += [*notes, *(_duplicate(one) for one in sound if one.kind)]
    if problems:
        stored = [{"id": uuid7(), "import_id": batch.id, "part": number, **problem} for problem in problems]
        tx.session.execute(sa.insert(RosterProblem), stored)
    _keep(tx, batch, number, sound)
    counts = Counter(batch.counts)
    counts.update(one.kind or "sound" for one in sound)
    counts["bad"] += len(rows) - len(sound)
    counts.update("noted" for _ in {note["row"] for note in notes})
    batch.counts = dict(counts)
    job.position, job.done = {"part": number + 1}, job.done + len(rows)
    job.problems += len(rows) - len(sound)
    return number + 1 >= batch.parts


def _begin_anew(tx: Transaction, batch: RosterImport) -> None:
    """Forget what an earlier dry run with other columns found."""
    tx.session.execute(sa.delete(RosterProblem).where(RosterProblem.import_id == batch.id))
    tx.session.execute(
        sa.update(RosterPart).where(RosterPart.import_id == batch.id).values(people=None, keys=None, staff_keys=None)
    )
    batch.counts = {}


def _judged(
    tx: Transaction, batch: RosterImport, rows: list[TableRow]
) -> tuple[list[Sound], list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the sound rows, what is wrong with the bad ones, and what is to be noted about sound ones."""
    columns = [(place, batch.mapping[heading]) for place, heading in enumerate(batch.headings)]
    places = Places.of(directory.all_units(tx))
    sound: list[Sound] = []
    problems: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for row in rows:
        texts = {name: row.cells[place] for place, name in columns if name}
        reading = _judged_alone(batch, row, texts, places, tx.today)
        if not reading.refusals:
            sound.append(_sound(row.number, reading))
            notes += [_told(row, "noted", note, texts) for note in reading.notes]
        problems += [_told(row, "bad", refusal, texts) for refusal in reading.refusals]
    return sound, problems, notes


def _told(row: TableRow, kind: str, refusal: Refusal, texts: dict[str, str]) -> dict[str, Any]:
    column = column_of(refusal)
    value = shown_value(column, texts) if column else surplus_shown(row.beyond)
    told = {"rule": refusal.rule, "detail": refusal.detail, "params": refusal.params}
    return {"row": row.number, "kind": kind, "field": column, "value": value, **told}


def _judged_alone(batch: RosterImport, row: TableRow, texts: dict[str, str], places: Places, today: date) -> Reading:
    """Validate a row; a row whose check itself fails is bad, and the others are still checked."""
    surplus = rules.row_fits_the_headings(row.beyond)
    if surplus is not None:
        return Reading({}, [surplus])
    try:
        return judged(texts, places, today)
    except Exception as error:
        log.warning("roster_row_set_aside", import_id=str(batch.id), row=row.number, error=type(error).__name__)
        return Reading({}, [rules.row_can_be_read()])


def _sound(row: int, reading: Reading) -> Sound:
    person = reading.person
    index = details.index_of(person["id_number"])
    person["id_number_index"] = index
    same = fingerprint(f"{person['name']}|{person['birth_date']}|{person['unit_id']}", "imports")
    return Sound(row, person, (bytes.fromhex(index)[:16], bytes.fromhex(same)[:16]), reading.derived)


def _find_duplicates(tx: Transaction, import_id: UUID, number: int, sound: list[Sound]) -> None:
    _among_members(tx, sound)
    # From the last to the first, so that the first row of a person is the one that stays.
    earlier = list(parts.earlier_keys(tx, import_id, number))[::-1]
    people = {person: row for row, person, _ in earlier}
    names = {name: row for row, _, name in earlier}
    for one in sound:
        person, name = one.keys
        if person in people:
            one.kind, one.reason, one.params = "repeated", "repeated", {"row": people[person]}
        elif one.kind is None and name in names:
            one.kind, one.reason, one.params = "namesake_in_file", "namesake_in_file", {"row": names[name]}
        people.setdefault(person, one.row)
        names.setdefault(name, one.row)


def _staff_number_clashes(
    tx: Transaction, import_id: UUID, number: int, sound: list[Sound]
) -> list[tuple[Sound, Refusal]]:
    """Return the rows whose staff number another member has, or another person in a row before; the first keeps it."""
    numbered = [one for one in sound if _has_staff_number(one)]
    if not numbered:
        return []
    holders = roster.holders_of_hr_ids(tx, {one.person["hr_id"] for one in numbered})
    rows = {key: row for row, key in parts.earlier_staff_keys(tx, import_id, number)}
    clashes: list[tuple[Sound, Refusal]] = []
    for one in numbered:
        holder, key = holders.get(one.person["hr_id"]), _staff_key(one)
        refusal = rules.staff_number_stands_once(rows.get(key))
        if holder is not None and holder.id != one.member_id:
            refusal = roster.refusal_of_held_hr_id(holder.number)
        if refusal is not None:
            clashes.append((one, refusal))
        else:
            rows[key] = one.row
    return clashes


def _has_staff_number(one: Sound) -> bool:
    """Whether a row would give somebody a staff number; one that repeats a person gives none."""
    return bool(one.person.get("hr_id")) and one.kind != "repeated"


def _staff_key(one: Sound) -> bytes:
    return bytes.fromhex(fingerprint(one.person["hr_id"], "imports"))[:16]


def _clash(one: Sound, refusal: Refusal) -> dict[str, Any]:
    told = {"rule": refusal.rule, "detail": refusal.detail, "params": refusal.params}
    return {"row": one.row, "kind": "bad", "field": refusal.field, "value": one.person["hr_id"], **told}


def _among_members(tx: Transaction, sound: list[Sound]) -> None:
    known: dict[str, sa.Row] = {}
    for found in roster.memberships_of(tx, {one.person["id_number_index"] for one in sound}):
        if found.id_number_index not in known or found.standing in STANDS:
            known[found.id_number_index] = found
    new = [one for one in sound if one.person["id_number_index"] not in known]
    same = roster.namesakes_of(tx, {(one.person["name"], one.person["birth_date"]) for one in new})
    namesakes: dict[tuple[str, date, UUID], sa.Row] = {(row.name, row.birth_date, row.unit_id): row for row in same}
    for one in sound:
        stands = known.get(one.person["id_number_index"])
        namesake = namesakes.get((one.person["name"], one.person["birth_date"], one.person["unit_id"]))
        if stands is not None:
            one.kind = "member" if stands.standing in STANDS else "former"
            moved = one.kind == "member" and stands.unit_id != one.person["unit_id"]
            one.reason = "other_unit" if moved else one.kind
            one.member_id, one.params = stands.id, {"number": stands.number}
        elif namesake is not None:
            one.kind, one.reason = "namesake", "namesake"
            one.member_id, one.params = namesake.id, {"number": namesake.number}


def _duplicate(one: Sound) -> dict[str, Any]:
    rule, detail = REASONS[one.reason or one.kind or ""]
    told = {"rule": rule, "detail": detail, "params": one.params}
    return {"row": one.row, "kind": one.kind, "field": None, "value": one.person["name"], **told}


def _keep(tx: Transaction, batch: RosterImport, number: int, sound: Sequence[Sound]) -> None:
    people = [
        {
            "row": one.row,
            "kind": one.kind,
            "member_id": _text(one.member_id),
            "person": {name: _text(value) for name, value in one.person.items()},
            "derived": one.derived,
        }
        for one in sound
    ]
    keys = parts.packed_keys((one.row, *one.keys) for one in sound)
    staff_keys = parts.packed_staff_keys((one.row, _staff_key(one)) for one in sound if _has_staff_number(one))
    part = sa.update(RosterPart).where(RosterPart.import_id == batch.id, RosterPart.part == number)
    tx.session.execute(part.values(people=parts.seal(people), keys=keys, staff_keys=staff_keys))


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
