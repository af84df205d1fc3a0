"""Validates rows of a file: matches each with a member and the amount owed, before posting and again when posting."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.membership.dues import rules
from services.membership.dues.tables import DuesCharge, DuesFile, DuesFileRow
from services.membership.dues.use_cases import bases, paying
from services.membership.dues.use_cases.file_rows import FileRow
from services.membership.record.use_cases import roster

JUDGED_AT_ONCE = 1000
POSTED_AT_ONCE = 5000
"""Rows of one posting, which is one entry of the ledger; in statements of a thousand."""
_NOBODY: tuple[UUID | None, str] = (None, "")
_OF_NOBODY = ("conflict", "beyond", "ambiguous", "bad")
"""Verdicts that identify no member: a later valid row of the same member does not count as its second."""


def judge(tx: Transaction, file: DuesFile, rows: Sequence[FileRow]) -> int:
    """Store the verdict of each row; return how many rows can't be posted."""
    if not rows:
        return 0
    members = _members(tx, rows)
    whose = {row.row: members.get(row.number or row.person or "", _NOBODY)[0] for row in rows}
    torn = {row.row for row in rows if _names_two(row, members)}
    ids = {member_id for member_id in whose.values() if member_id}
    seen = set(
        tx.session.scalars(
            sa.select(DuesFileRow.member_id).where(DuesFileRow.file_id == file.id, DuesFileRow.member_id.in_(ids))
        )
    )
    verdict_for = _of_payroll(tx, file, ids) if file.kind == "payroll" else _of_bases(tx, file, ids)
    stored = []
    for row in rows:
        member_id = whose[row.row]
        verdict = "conflict" if row.row in torn else _verdict(row, member_id, seen, verdict_for)
        if member_id and verdict not in _OF_NOBODY:
            seen.add(member_id)
        stored.append(_stored(file, row, member_id, verdict))
    tx.session.execute(sa.insert(DuesFileRow), stored)
    return sum(row["verdict"] not in rules.GOOD for row in stored)


def _verdict(row: FileRow, member_id: UUID | None, seen: set[Any], verdict_for: Any) -> str:
    if row.fault is not None or row.amount is None or not (row.number or row.person):
        return row.fault or "bad"
    if member_id is None:
        return "unknown"
    return "twice" if member_id in seen else str(verdict_for(member_id, row.amount))


def _stored(file: DuesFile, row: FileRow, member_id: UUID | None, verdict: str) -> dict[str, Any]:
    is_base = file.kind == "bases"
    return {
        "file_id": file.id,
        "row": row.row,
        "member_id": None if verdict in _OF_NOBODY else member_id,
        "amount": None if is_base else row.amount,
        "base": str(row.amount) if is_base and row.amount is not None else None,
        "verdict": verdict,
        "done": False,
    }


def _names_two(row: FileRow, members: Mapping[str, tuple[UUID | None, str]]) -> bool:
    """Tell whether a row's number is one member's and its identity number another person's."""
    if row.fault is not None or row.number is None or row.person is None or row.number not in members:
        return False
    return members[row.number][1] != row.person


def numbers_of(tx: Transaction, persons: Collection[str]) -> dict[str, str]:
    """Return member numbers by the keyed hash of the person; of several memberships of one person the latest."""
    people = roster.everybody().c
    statement = sa.select(people.id_number_index, people.number).where(people.id_number_index.in_(persons))
    return {row.id_number_index: row.number for row in tx.session.execute(statement.order_by(people.joined_on))}


def _members(tx: Transaction, rows: Sequence[FileRow]) -> dict[str, tuple[UUID | None, str]]:
    """Return (member, person) by number and by person; of several memberships of one person the latest."""
    people = roster.everybody().c
    numbers = {row.number for row in rows if row.number}
    persons = {row.person for row in rows if row.person and not row.number}
    statement = (
        sa.select(people.id, people.number, people.id_number_index)
        .where(sa.or_(people.number.in_(numbers), people.id_number_index.in_(persons)))
        .order_by(people.joined_on)
    )
    found: dict[str, tuple[UUID | None, str]] = {}
    for member_id, number, person in tx.session.execute(statement):
        found[number] = found[person] = (member_id, person)
    return found


def _of_payroll(tx: Transaction, file: DuesFile, ids: set[UUID]) -> Any:
    charges, posted = _charges(tx, file.month, ids), paying.paid_by_same_file(tx, file, ids)

    def verdict(member_id: UUID, amount: Decimal) -> str:
        charge = charges.get(member_id)
        due, paid = (charge.due, charge.paid) if charge else (None, rules.NOTHING)
        return rules.verdict_of(amount, due, paid, posted=member_id in posted)

    return verdict


def _of_bases(tx: Transaction, file: DuesFile, ids: set[UUID]) -> Any:
    known = bases.latest(tx, list(ids))
    starts_on = rules.first_day(file.month)
    charged = bases.charged_since(tx, ids, starts_on)

    def verdict(member_id: UUID, base: Decimal) -> str:
        return rules.verdict_of_base(starts_on, known.get(member_id), base, charged=member_id in charged)

    return verdict


def _charges(tx: Transaction, month: str, ids: set[UUID], *, lock: bool = False) -> Mapping[UUID, DuesCharge]:
    """Return charges of a month by member, in key order where they are held, so that two postings never cross."""
    statement = sa.select(DuesCharge).where(DuesCharge.month == month, DuesCharge.member_id.in_(ids))
    if lock:
        statement = statement.order_by(DuesCharge.member_id).with_for_update()
    statement = statement.execution_options(populate_existing=True)
    return {charge.member_id: charge for charge in tx.session.scalars(statement)}


def post(tx: Transaction, file: DuesFile, rows: Sequence[DuesFileRow], good: Collection[str] = rules.GOOD) -> int:
    """Post rows by the present charges; a row no longer `good` gets its new verdict. Returns how many were posted."""
    fitting: list[DuesFileRow] = []
    for start in range(0, len(rows), JUDGED_AT_ONCE):
        part = rows[start : start + JUDGED_AT_ONCE]
        fitting += _post_bases(tx, file, part) if file.kind == "bases" else _fitting(tx, file, part, good)
    if fitting and file.kind == "payroll":
        posting = paying.Posting(file.month, file.paid_on or tx.today, "payroll", file_id=file.id)
        units = _units(tx, file.month, [row.member_id for row in fitting if row.member_id])
        incoming = [
            paying.Incoming(row.member_id, units[row.member_id], row.amount or rules.NOTHING)
            for row in fitting
            if row.member_id
        ]
        paying.post(tx, posting, incoming)
    _mark_done(tx, file, fitting)
    return len(fitting)


def _fitting(tx: Transaction, file: DuesFile, rows: Sequence[DuesFileRow], good: Collection[str]) -> list[DuesFileRow]:
    ids = {row.member_id for row in rows if row.member_id}
    charges = _charges(tx, file.month, ids, lock=True)
    # Once the charges are held: the same file may be posted elsewhere at this moment.
    posted = paying.paid_by_same_file(tx, file, ids)
    fitting = []
    for row in rows:
        charge = charges.get(row.member_id) if row.member_id else None
        due, paid = (charge.due, charge.paid) if charge else (None, rules.NOTHING)
        verdict = rules.verdict_of(row.amount or rules.NOTHING, due, paid, posted=row.member_id in posted)
        if verdict in good:
            fitting.append(row)
        else:
            row.verdict = verdict
    return fitting


def _units(tx: Transaction, month: str, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    units: dict[UUID, UUID] = {}
    for start in range(0, len(ids), JUDGED_AT_ONCE):
        part = ids[start : start + JUDGED_AT_ONCE]
        units |= {one.member_id: one.unit_id for one in _charges(tx, month, set(part)).values()}
    return units


def _post_bases(tx: Transaction, file: DuesFile, rows: Sequence[DuesFileRow]) -> list[DuesFileRow]:
    starts_on = rules.first_day(file.month)
    bases.hold(tx)
    ids = [row.member_id for row in rows if row.member_id]
    known, charged = bases.latest(tx, ids), bases.charged_since(tx, ids, starts_on)
    fitting, new = [], []
    for row in rows:
        if row.member_id is None or row.base is None:
            continue
        base = Decimal(row.base)
        latest = known.get(row.member_id)
        verdict = rules.verdict_of_base(starts_on, latest, base, charged=row.member_id in charged)
        if verdict in rules.GOOD:
            fitting.append(row)
            new.append((row.member_id, base))
        else:
            row.verdict = verdict
    if new:
        bases.store(tx, new, starts_on, "file", f"dues file {file.id}")
    return fitting


def _mark_done(tx: Transaction, file: DuesFile, rows: Sequence[DuesFileRow]) -> None:
    for start in range(0, len(rows), JUDGED_AT_ONCE):
        numbers = [row.row for row in rows[start : start + JUDGED_AT_ONCE]]
        tx.session.execute(
            sa.update(DuesFileRow)
            .where(DuesFileRow.file_id == file.id, DuesFileRow.row.in_(numbers))
            .values(done=True)
            .execution_options(synchronize_session=False)
        )
