"""Who came: marked by the scanned card or by the slot's list; closing a campaign; who leaves the union."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import SHANGHAI, day_of
from services.chassis.database.history import note_access, note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused, refuse_first
from services.welfare.examinations import rules
from services.welfare.examinations.tables import (
    Examination,
    ExaminationHospital,
    ExaminationMark,
    ExaminationPackage,
    ExaminationSlot,
    Examinee,
)
from services.welfare.examinations.use_cases.booking import release
from services.welfare.examinations.use_cases.funding import pay
from services.welfare.examinations.use_cases.store import (
    examination_detail,
    examination_of,
    examinee_of,
    examinee_reply,
    held_examination,
    move,
)
from services.welfare.examinations.use_cases.telling import tell_progress_of
from services.welfare.examinations.workflow import EXAMINEE, HOLDS


def look_up_examinee(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the appointment of a member at the desk."""
    return examinee_reply(tx, examinee_of(tx, request["examination_id"], request["member_id"]))


def mark_examinee(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Mark that a member came or did not; a later mark corrects an earlier one.

    Raises:
        Refused: the day has not come, the member has no appointment, or the campaign is closed.
    """
    examination = _going_on(tx, request["examination_id"])
    one = examinee_of(tx, examination.id, request["member_id"], lock=True)
    state = EXAMINEE.apply(one.state, request["mark"], roles=None)
    assert one.slot_id is not None
    slot = tx.session.get_one(ExaminationSlot, one.slot_id)
    refuse_first(rules.slot_has_begun(day_of(slot.starts_at), tx.today))
    _mark(tx, [one], state)
    return examinee_reply(tx, one)


def mark_examination_slot(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Mark by a slot's list who came, and on request that all others did not.

    Raises:
        Refused: the day has not come, or somebody is named who has no appointment in this slot.
    """
    slot = tx.get(ExaminationSlot, request["slot_id"], "There is no such slot.", field="slot_id")
    _going_on(tx, slot.examination_id)
    refuse_first(rules.slot_has_begun(day_of(slot.starts_at), tx.today))
    of_slot = Examinee.slot_id == slot.id, Examinee.state.in_(HOLDS)
    statement = sa.select(Examinee).where(*of_slot).order_by(Examinee.id).with_for_update()
    rows = tx.session.scalars(statement.execution_options(populate_existing=True)).all()
    named = set(request["attended"])
    if not named <= {row.member_id for row in rows}:
        raise Refused("Somebody has no appointment here.", rule="examinations.members_are_of_slot", field="attended")
    came = [row for row in rows if row.member_id in named]
    absent = [row for row in rows if row.member_id not in named and row.state == "booked"]
    absent = absent if request["rest_absent"] else []
    _mark(tx, came, "attended")
    _mark(tx, absent, "no_show")
    return {"attended": len(came), "no_show": len(absent)}


def close_examination(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Close a campaign; the administration's funds are asked to pay for who came.

    Raises:
        Refused: of somebody it is not known yet whether they came.
    """
    examination = examination_of(tx, request["examination_id"], lock=True)
    unmarked = sa.select(sa.func.count()).where(Examinee.examination_id == examination.id, Examinee.state == "booked")
    move(tx, examination, "close")
    refuse_first(rules.all_are_marked(tx.session.scalar(unmarked) or 0))
    tell_progress_of(tx, examination)
    pay(tx, examination)
    return examination_detail(tx, examination)


def read_hospital_list(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return who comes to a hospital on a day; the look is logged."""
    examination = examination_of(tx, request["examination_id"])
    note_access(tx, f"examination/{examination.id}", "hospital_list", request["purpose"])
    begins = datetime.combine(request["day"], time(), SHANGHAI)
    statement = (
        sa.select(Examinee, ExaminationSlot.starts_at, ExaminationPackage.name, ExaminationHospital.name)
        .join(ExaminationSlot, ExaminationSlot.id == Examinee.slot_id)
        .join(ExaminationHospital, ExaminationHospital.id == ExaminationSlot.hospital_id)
        .join(ExaminationPackage, ExaminationPackage.id == Examinee.package_id)
        .where(Examinee.examination_id == examination.id, ExaminationHospital.id == request["hospital_id"])
        .where(Examinee.state.in_(HOLDS), ExaminationSlot.starts_at >= begins)
        .where(ExaminationSlot.starts_at < begins + timedelta(days=1))
        .order_by(ExaminationSlot.starts_at, Examinee.unit_id, Examinee.id)
    )
    return {
        "items": [
            {
                "member_id": one.member_id,
                "unit_id": one.unit_id,
                "package": package,
                "starts_at": starts_at,
                "hospital": hospital,
                "state": one.state,
            }
            for one, starts_at, package, hospital in tx.session.execute(statement)
        ]
    }


def withdraw_from_lists(tx: Transaction, member_id: UUID) -> None:
    """Take a member who left off the lists of campaigns that go on; an appointment's place is given back."""
    statement = (
        sa.select(Examinee)
        .join(Examination, Examination.id == Examinee.examination_id)
        .where(Examinee.member_id == member_id, Examinee.state.not_in(("attended", "withdrawn")))
        .where(Examination.state.in_(("listing", "open")))
        .with_for_update(of=Examinee)
        .execution_options(populate_existing=True)
    )
    for one in tx.session.scalars(statement).all():
        release(tx, one)
        one.state = EXAMINEE.apply(one.state, "leave", roles=None)


def forget(tx: Transaction, member_id: UUID) -> None:
    """Erase sex and age of a former member; appointments and who came stay."""
    own = sa.update(Examinee).where(Examinee.member_id == member_id).values(facts=None)
    tx.session.execute(own.execution_options(synchronize_session=False))


def _going_on(tx: Transaction, examination_id: UUID) -> Examination:
    examination = held_examination(tx, examination_id)
    if examination.state not in ("open", "listing"):
        raise Refused("The campaign does not go on.", rule="examinations.goes_on")
    return examination


def _mark(tx: Transaction, rows: Sequence[Examinee], state: str) -> None:
    for one in rows:
        if one.state != state:
            note_change(tx, f"examinee/{one.id}", {"state": (one.state, state)})
            one.state, one.marked_at = EXAMINEE.apply(one.state, state, roles=None), tx.now
            tx.session.add(ExaminationMark(examinee_id=one.id, state=state, marked_at=tx.now))
