"""Hospitals, and what a campaign consists of before it is opened: packages and slots."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.clock import day_of
from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.chassis.rules.refusal import sourced
from services.chassis.rules.rulebook import rule_in_force
from services.welfare.examinations import rules
from services.welfare.examinations.tables import (
    Examination,
    ExaminationHospital,
    ExaminationPackage,
    ExaminationSlot,
)
from services.welfare.examinations.use_cases.store import (
    examination_detail,
    examination_of,
    examination_reply,
    move,
    packages_of,
    prepares,
)

MOST_PACKAGES = 30
MOST_SLOTS = 300
UNOPENED = ("draft", "cancelled")


def add_examination_hospital(tx: Transaction, request: dict[str, Any]) -> ExaminationHospital:
    """Add a hospital."""
    hospital = ExaminationHospital(name=request["name"], address=request["address"], in_use=True)
    tx.session.add(hospital)
    tx.session.flush()
    return hospital


def end_examination_hospital(tx: Transaction, request: dict[str, Any]) -> ExaminationHospital:
    """Use a hospital no more for new slots."""
    hospital = _hospital_of(tx, request, lock=True)
    note_change(tx, f"examination_hospital/{hospital.id}", {"in_use": (hospital.in_use, False)})
    hospital.in_use = False
    return hospital


def list_examination_hospitals(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A page of hospitals, newest first."""
    statement = sa.select(ExaminationHospital)
    if request["in_use"] is not None:
        statement = statement.where(ExaminationHospital.in_use.is_(request["in_use"]))
    return page_of(tx, statement, request, [(ExaminationHospital.id, "desc")]).reply()


def create_examination(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Begin a campaign.

    Raises:
        NoRuleInForce: no rule says who pays examinations.
        Refused: these funds do not pay them.
    """
    paid_by = rule_in_force(tx, "examinations.funding", tx.today)
    refuse_first(sourced(rules.funding_is_allowed(request["funding"], paid_by.value), paid_by))
    names = ("title", "year", "kind", "funding", "as_of", "book_until")
    counts = dict.fromkeys(("total", "done", "reminder_round"), 0)
    examination = Examination(**{name: request[name] for name in names}, **counts, state="draft")
    tx.session.add(examination)
    tx.session.flush()
    note_change(tx, f"examination/{examination.id}", {"state": (None, "draft")})
    return examination_detail(tx, examination)


def list_examinations(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A page of campaigns, newest first; those not opened are hidden from members."""
    statement = sa.select(Examination)
    if request["state"] is not None:
        statement = statement.where(Examination.state == request["state"])
    if request["ids"]:
        statement = statement.where(Examination.id.in_(request["ids"]))
    if not prepares(tx):
        statement = statement.where(Examination.state.not_in(UNOPENED))
    page = page_of(tx, statement, request, [(Examination.id, "desc")])
    return page.reply([examination_reply(one) for one in page.rows])


def get_examination(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A campaign with packages and slots."""
    examination = examination_of(tx, request["examination_id"])
    if examination.state in UNOPENED and not prepares(tx):
        raise NotAllowed("This examination was not opened.", rule="examinations.is_opened")
    return examination_detail(tx, examination)


def add_examination_package(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Add a package before the campaign is opened; one of a women's campaign is for women."""
    examination = examination_of(tx, request["examination_id"], lock=True)
    count = len(packages_of(tx, [examination.id]))
    refuse_first(rules.can_be_prepared(examination.state), rules.choices_are_few(count, MOST_PACKAGES))
    terms = {name: request[name] for name in ("name", "sex", "age_from", "age_to", "price")}
    if examination.kind == rules.WOMEN:
        terms["sex"] = "female"
    tx.session.add(ExaminationPackage(examination_id=examination.id, **terms))
    return examination_detail(tx, examination)


def add_examination_slot(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Add a slot for a day to come."""
    examination = examination_of(tx, request["examination_id"], lock=True)
    hospital = _hospital_of(tx, request)
    counted = sa.select(sa.func.count()).where(ExaminationSlot.examination_id == examination.id)
    refuse_first(
        rules.can_have_slots(examination.state),
        rules.choices_are_few(tx.session.scalar(counted) or 0, MOST_SLOTS),
        rules.hospital_is_in_use(hospital.in_use),
        rules.slot_is_ahead(request["starts_at"], tx.now, day_of(request["starts_at"])),
    )
    names = ("hospital_id", "starts_at", "ends_at", "capacity", "note")
    slot = ExaminationSlot(examination_id=examination.id, booked=0, **{name: request[name] for name in names})
    tx.session.add(slot)
    return examination_detail(tx, examination)


def set_slot_capacity(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set how many places a slot has."""
    slot = tx.get(ExaminationSlot, request["slot_id"], "There is no such slot.", field="slot_id", lock=True)
    examination = examination_of(tx, slot.examination_id)
    refuse_first(
        rules.can_have_slots(examination.state), rules.capacity_covers_booked(request["capacity"], slot.booked)
    )
    change = {f"capacity of {slot.id}": (slot.capacity, request["capacity"])}
    note_change(tx, f"examination/{examination.id}", change)
    slot.capacity = request["capacity"]
    return examination_detail(tx, examination)


def cancel_examination(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Cancel a campaign in preparation."""
    examination = examination_of(tx, request["examination_id"], lock=True)
    move(tx, examination, "cancel")
    return examination_detail(tx, examination)


def _hospital_of(tx: Transaction, request: dict[str, Any], *, lock: bool = False) -> ExaminationHospital:
    missing = "There is no such hospital."
    return tx.get(ExaminationHospital, request["hospital_id"], missing, field="hospital_id", lock=lock)
