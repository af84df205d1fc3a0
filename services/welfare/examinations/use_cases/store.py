"""Loading campaigns and members on their lists, places of slots, and how answers tell them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.engine import rows_changed
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.contracts.welfare.examinations.shapes import OLDEST
from services.welfare.examinations import rules
from services.welfare.examinations.tables import (
    Examination,
    ExaminationHospital,
    ExaminationPackage,
    ExaminationSlot,
    Examinee,
)
from services.welfare.examinations.workflow import EXAMINATION
from services.welfare.payments.use_cases.paying import payments_of, show_payment
from services.welfare.payments.use_cases.reserving import fundings_of, show_funding

SOURCE = "examination"
"""The kind of source that payments for a campaign name."""

_OF_EXAMINATION = (
    "id", "title", "year", "kind", "funding", "as_of", "book_until", "state", "job_id", "done", "total",
    "reminder_round", "reminded_on",
)  # fmt: skip
_OF_EXAMINEE = (
    "id", "examination_id", "member_id", "unit_id", "state", "package_id", "slot_id", "decision_id", "reminded",
)  # fmt: skip


def examination_of(tx: Transaction, examination_id: UUID, *, lock: bool = False) -> Examination:
    """Return a campaign. Raises `NotFound`."""
    return tx.get(Examination, examination_id, "There is no such examination.", field="examination_id", lock=lock)


def held_examination(tx: Transaction, examination_id: UUID) -> Examination:
    """Return a campaign that is not closed, nor its list made, before the transaction ends. Raises `NotFound`.

    It is locked before members on its list, and these before slots, everywhere.
    """
    examination = examination_of(tx, examination_id)
    tx.session.refresh(examination, with_for_update={"read": True})
    return examination


def move(tx: Transaction, examination: Examination, action: str) -> None:
    """Take a campaign on by an action, and keep the step. Raises `Refused` where its state does not allow it."""
    state = EXAMINATION.apply(examination.state, action, roles=None)
    note_change(tx, f"examination/{examination.id}", {"state": (examination.state, state)})
    examination.state = state


def examinee_of(tx: Transaction, examination_id: UUID, member_id: UUID, *, lock: bool = False) -> Examinee:
    """Return a member on a campaign's list. Raises `NotFound` when the member is not on it."""
    statement = sa.select(Examinee).where(
        Examinee.examination_id == examination_id, Examinee.member_id == member_id, Examinee.state != "withdrawn"
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = tx.session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound(
            "The member is not on the list of this examination.", rule="examinations.member_is_listed",
            field="member_id",
        )  # fmt: skip
    return found


def packages_of(tx: Transaction, examination_ids: Iterable[UUID]) -> list[ExaminationPackage]:
    """Return the packages of campaigns in the order they were added."""
    of_these = ExaminationPackage.examination_id.in_(list(examination_ids))
    return list(tx.session.scalars(sa.select(ExaminationPackage).where(of_these).order_by(ExaminationPackage.id)))


def slots_of(tx: Transaction, examination_ids: Iterable[UUID]) -> list[dict[str, Any]]:
    """Return the slots of campaigns by time, as answers have them."""
    statement = (
        sa.select(ExaminationSlot, ExaminationHospital)
        .join(ExaminationHospital, ExaminationHospital.id == ExaminationSlot.hospital_id)
        .where(ExaminationSlot.examination_id.in_(list(examination_ids)))
        .order_by(ExaminationSlot.starts_at, ExaminationHospital.name, ExaminationSlot.id)
        .execution_options(populate_existing=True)
    )
    return [_slot(slot, hospital) for slot, hospital in tx.session.execute(statement)]


def take_places(tx: Transaction, slot_id: UUID, count: int) -> bool:
    """Take so many places of a slot in one statement, or give back for a negative count.

    Returns whether there were enough: never more are booked than there are, also where several book at the same time.
    """
    booked = ExaminationSlot.booked + count
    enough = ExaminationSlot.id == slot_id, booked <= ExaminationSlot.capacity, booked >= 0
    statement = sa.update(ExaminationSlot).where(*enough).values(booked=booked)
    return rows_changed(tx.session, statement.execution_options(synchronize_session=False)) == 1


def exchange(tx: Transaction, before: UUID | None, after: UUID | None) -> bool:
    """Give back a place and take another one; returns whether there was one."""
    return all(take_places(tx, slot_id, count) for slot_id, count in rules.in_lock_order(before, after))


def facts_of(examinee: Examinee) -> dict[str, Any]:
    """Return sex and age of a member on a list; both None once they were erased."""
    return json.loads(examinee.facts) if examinee.facts else {"sex": None, "age": None}


def fits(facts: dict[str, Any], package: ExaminationPackage) -> bool:
    """Whether a package is for somebody of this sex and age."""
    return rules.is_for(facts["sex"], facts["age"], package_terms(package))


def package_terms(package: ExaminationPackage) -> dict[str, Any]:
    """Return for whom a package is, as the rules read it."""
    return {
        "sex": package.sex,
        "age_from": package.age_from,
        "age_to": package.age_to,
        "every_age": package.age_from == 0 and package.age_to == OLDEST,
    }


def examination_reply(examination: Examination) -> dict[str, Any]:
    """Return a campaign as lists have it."""
    return {name: getattr(examination, name) for name in _OF_EXAMINATION}


def examination_detail(tx: Transaction, examination: Examination) -> dict[str, Any]:
    """Return a campaign with its packages and slots."""
    tx.session.flush()
    return {
        **examination_reply(examination),
        "packages": [package_reply(one) for one in packages_of(tx, [examination.id])],
        "slots": slots_of(tx, [examination.id]),
        **(_funds(tx, examination) if prepares(tx) else {"reserved": None, "payment": None}),
    }


def prepares(tx: Transaction) -> bool:
    """Whether the caller sees campaigns in preparation, and what the funds say of them."""
    return tx.principal.kind == "service" or tx.principal.has("officer", "auditor")


def _funds(tx: Transaction, examination: Examination) -> dict[str, Any]:
    source = (SOURCE, [examination.id])
    return {
        "reserved": show_funding(fundings_of(tx, *source).get(examination.id)),
        "payment": show_payment(payments_of(tx, *source).get(examination.id)),
    }


def package_reply(package: ExaminationPackage) -> dict[str, Any]:
    """Return a package as answers have it."""
    return {name: getattr(package, name) for name in ("id", "name", "sex", "age_from", "age_to", "price")}


def examinee_replies(tx: Transaction, rows: Sequence[Examinee]) -> list[dict[str, Any]]:
    """Return members on lists as answers have them, with the names of package and hospital."""
    slots = _by_id(tx, ExaminationSlot, {one.slot_id for one in rows})
    packages = _by_id(tx, ExaminationPackage, {one.package_id for one in rows})
    hospitals = _by_id(tx, ExaminationHospital, {slot.hospital_id for slot in slots.values()})
    replies = []
    for one in rows:
        slot, package = slots.get(one.slot_id), packages.get(one.package_id)
        replies.append(
            {
                **{name: getattr(one, name) for name in _OF_EXAMINEE},
                "package": package.name if package else None,
                "hospital": hospitals[slot.hospital_id].name if slot else None,
                "starts_at": slot.starts_at if slot else None,
            }
        )
    return replies


def examinee_reply(tx: Transaction, examinee: Examinee) -> dict[str, Any]:
    """Return a member on a list as answers have it."""
    tx.session.flush()
    return examinee_replies(tx, [examinee])[0]


def _slot(slot: ExaminationSlot, hospital: ExaminationHospital) -> dict[str, Any]:
    names = ("id", "hospital_id", "starts_at", "ends_at", "capacity", "booked", "note")
    return {
        **{name: getattr(slot, name) for name in names},
        "hospital": hospital.name,
        "address": hospital.address,
        "free": slot.capacity - slot.booked,
    }


def _by_id(tx: Transaction, table: Any, ids: Iterable[UUID | None]) -> dict[UUID | None, Any]:
    wanted = [one for one in ids if one is not None]
    if not wanted:
        return {}
    return {row.id: row for row in tx.session.scalars(sa.select(table).where(table.id.in_(wanted)))}
