"""A day of a class: the list with who may collect each child, and who came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.activities.children_classes import rules
from services.activities.children_classes.tables import ChildAttendance, ChildRegistration
from services.activities.children_classes.use_cases import places
from services.activities.children_classes.use_cases.classes import class_of, term_of
from services.activities.children_classes.use_cases.reading import subject_of
from services.chassis.database.history import note_access
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first

_SHOWN = ("child_name", "phone", "pick_up", "health_note")


def open_class_day(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the children of a class on a day in plain, and keep the look for each of them.

    Raises:
        Refused: the day is not in the term.
    """
    found = class_of(tx, request["class_id"])
    term = term_of(tx, found.term_id)
    refuse_first(rules.day_is_of_the_term(request["day"], term.starts_on, term.ends_on))
    children = tx.session.scalars(
        sa.select(ChildRegistration)
        .where(ChildRegistration.class_id == found.id, ChildRegistration.state == "confirmed")
        .order_by(ChildRegistration.ticket)
    ).all()
    came = sa.select(ChildAttendance).where(
        ChildAttendance.day == request["day"], ChildAttendance.registration_id.in_([one.id for one in children])
    )
    recorded = {one.registration_id: one.attendance for one in tx.session.scalars(came)}
    for one in children:
        note_access(tx, subject_of(one.id), f"day {request['day'].isoformat()}", request["purpose"])
    return {
        "items": [
            {
                "registration_id": one.id, "age": one.age, "attendance": recorded.get(one.id, "none"),
                **{name: places.opened(one)[name] for name in _SHOWN},
            }
            for one in children
        ]
    }  # fmt: skip


def record_child_attendance(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Record who came on a day; what was recorded before is replaced, `none` takes it back.

    Raises:
        Refused: the day is not in the term or has not come, or a child has no place in the class.
    """
    found = class_of(tx, request["class_id"], lock=True)
    term, day = term_of(tx, found.term_id), request["day"]
    wanted = {entry["registration_id"]: entry["attendance"] for entry in request["entries"]}
    inside = sa.select(ChildRegistration.id).where(
        ChildRegistration.class_id == found.id, ChildRegistration.state == "confirmed",
        ChildRegistration.id.in_(wanted),
    )  # fmt: skip
    known = set(tx.session.scalars(inside))
    refuse_first(
        rules.day_is_of_the_term(day, term.starts_on, term.ends_on), rules.day_has_come(day, tx.today),
        rules.child_is_in_the_class(known == set(wanted)),
    )  # fmt: skip
    former = sa.delete(ChildAttendance).where(ChildAttendance.day == day, ChildAttendance.registration_id.in_(wanted))
    tx.session.execute(former)
    kept = {one: word for one, word in wanted.items() if word != "none"}
    tx.session.add_all(ChildAttendance(registration_id=one, day=day, attendance=word) for one, word in kept.items())
    tx.session.flush()
    return {"present": sum(word == "present" for word in kept.values())}
