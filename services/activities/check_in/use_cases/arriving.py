"""Recording who came, once: by a member's own code, by a card, or by who it is.

A second scan finds the row of the first. Where two devices scan at the same moment, the unique key lets one insert,
and the other reads what the first wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, lock_activity
from services.activities.check_in import rules
from services.activities.check_in.tables import Attendance
from services.activities.check_in.use_cases import codes, store
from services.activities.check_in.workflow import ATTENDANCE
from services.activities.participants.use_cases.reading import participants_of
from services.activities.registration.use_cases.lists import registration_of
from services.activities.registration.use_cases.reading import latest_of
from services.chassis.database.bulk import columns_of, insert_new
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused, refuse_first
from services.chassis.identifiers import uuid7
from services.chassis.rules.refusal import Refusal, first_refusal

ARRIVAL = (
    "activity_id", "member_id", "unit_id", "companions", "expected_companions", "arrived_at", "desk", "by_member",
    "walk_in", "flag",
)  # fmt: skip


@dataclass(frozen=True)
class Coming:
    """Who comes, and how it was noted.

    Args:
        activity: to what.
        setting: of its check-in.
        member_id: who.
        registration: the latest of the member, None for none.
        at: when.
        let_in: whether somebody without a confirmed seat is let in.
        noted: `companions` (None for all registered), `method`, `desk` and `scan`.
        without_network: whether the desk could not know what happened since it got its list.
    """

    activity: Activity
    setting: Mapping[str, Any]
    member_id: UUID
    registration: Any
    at: datetime
    let_in: bool
    noted: Mapping[str, Any]
    without_network: bool = False

    @property
    def needs_a_seat(self) -> bool:
        """Whether a free seat must be found: for who has no registration, and for who waits."""
        waits = self.registration is None or self.registration.state == "waitlisted"
        return waits and not self.without_network

    @property
    def walks_in(self) -> bool:
        return self.registration is None

    @property
    def most_companions(self) -> int:
        return self.activity.most_companions if self.walks_in else self.registration.companions

    @property
    def companions(self) -> int:
        said: int | None = self.noted["companions"]
        return said if said is not None else (0 if self.walks_in else self.registration.companions)


def check_in(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Record that somebody came; who came before is told when, and at which desk.

    Raises:
        NotAllowed: the caller runs no desk of the activity.
        Refused: a rule refuses, such as the time, a seat, or a registration that has ended.
    """
    activity = store.at_the_desk(tx, request["activity_id"])
    refuse_first(rules.person_is_named(request["code"], request["member_id"]))
    tx.lock(store.list_lock(activity.id), shared=True)
    setting = store.setting_of(tx, activity.id)
    if request["code"] is not None:
        row = registration_of(tx, codes.opened_own(request["code"], tx.now))
        refuse_first(rules.code_belongs_here(row is not None and row.activity_id == activity.id))
        assert row is not None
        member_id, method = row.member_id, "code"
    else:
        member_id, method = request["member_id"], "card" if request["by_card"] else "hand"
        row = latest_of(tx, activity.id, member_id)
    noted = {"companions": request["companions"], "method": method, "desk": request["desk"], "scan": request["scan"]}
    coming = Coming(activity, setting, member_id, row, tx.now, request["let_in"], noted)
    arrival = arrive(tx, coming)
    if isinstance(arrival, Refusal):
        raise Refused.by(arrival)
    outcome, recorded = arrival
    return reply(coming, outcome, recorded)


def reply(coming: Coming, outcome: str, row: Attendance) -> dict[str, Any]:
    """Return an arrival as the contract has it."""
    told = {name: getattr(row, name) for name in ARRIVAL}
    state = coming.registration.state if coming.registration is not None else None
    return {"outcome": outcome, "attendance_id": row.id, "registration_state": state, **told}


def arrive(tx: Transaction, coming: Coming) -> Refusal | tuple[str, Attendance]:
    """Record an arrival; return `recorded` or `already` with the row, or the first refusal."""
    if coming.needs_a_seat:
        lock_activity(tx, coming.activity.id)
    recorded = store.attendance_of(tx, coming.activity.id, coming.member_id, lock=True)
    if recorded is not None and recorded.state == "present":
        return _correct(tx, coming, recorded) or (_once_more(coming, recorded), recorded)
    refusal = _refusal(tx, coming, recorded)
    if refusal is not None:
        return refusal
    values = _values(tx, coming, recorded)
    if recorded is not None:
        for name, value in values.items():
            setattr(recorded, name, value)
        tx.session.flush()
        return "recorded", recorded
    new = {"id": uuid7(), "activity_id": coming.activity.id, "member_id": coming.member_id, **values}
    if insert_new(tx.session, Attendance.__table__, columns_of([new]), {}, ["activity_id", "member_id"]):
        return "recorded", Attendance(**new)
    row = store.attendance_of(tx, coming.activity.id, coming.member_id)
    assert row is not None
    return _once_more(coming, row), row


def _correct(tx: Transaction, coming: Coming, row: Attendance) -> Refusal | None:
    """Take over another number of companions than was recorded; without a number nothing changes."""
    said, before = coming.noted["companions"], row.companions
    if said is None or said == before or coming.without_network:
        return None
    if refusal := rules.companions_as_registered(said, coming.most_companions):
        return refusal
    if refusal := rules.list_is_open(coming.setting["closed_at"]):
        return refusal
    row.companions = said
    tx.session.flush()
    note_change(tx, store.subject_of(row.id), {"companions": (before, said)})
    return None


def _once_more(coming: Coming, row: Attendance) -> str:
    """The same scan that is sent again, because its answer was lost, is no second one."""
    return "recorded" if row.scan is not None and row.scan == coming.noted["scan"] else "already"


def _refusal(tx: Transaction, coming: Coming, recorded: Attendance | None) -> Refusal | None:
    activity, registration = coming.activity, coming.registration
    member = participants_of(tx, [coming.member_id]).get(coming.member_id)
    standing = member.standing if member else None
    return first_refusal(
        [
            rules.activity_takes_place(activity.state),
            rules.list_is_open(coming.setting["closed_at"]),
            rules.check_in_is_open(store.window(activity, dict(coming.setting)), coming.at),
            rules.member_belongs(standing, registered=registration is not None),
            rules.not_taken_back_since(recorded.undone_at if recorded else None, coming.at),
            rules.registration_is_in_force(registration.state, coming.let_in) if registration else None,
            rules.companions_as_registered(coming.companions, coming.most_companions),
        ]
    ) or (_no_seat(tx, coming) if coming.needs_a_seat else None)


def _no_seat(tx: Transaction, coming: Coming) -> Refusal | None:
    """Return why somebody without a seat is not let in; the activity is locked."""
    walk_ins = coming.setting["walk_ins"]
    if refusal := rules.walk_ins_are_allowed(walk_ins):
        return refusal
    activity = coming.activity
    came = sa.select(sa.func.coalesce(sa.func.sum(1 + Attendance.companions), 0)).where(
        Attendance.activity_id == activity.id, Attendance.state == "present",
        sa.or_(Attendance.walk_in, Attendance.flag.is_not(None)),
    )  # fmt: skip
    room = rules.Room(activity.capacity, activity.seats_taken, int(tx.session.scalar(came) or 0))
    return rules.walk_in_finds_a_seat(walk_ins, room, 1 + coming.companions)


def _values(tx: Transaction, coming: Coming, recorded: Attendance | None) -> dict[str, Any]:
    registration, noted = coming.registration, coming.noted
    was = recorded.state if recorded is not None else ATTENDANCE.initial
    member_unit = recorded.unit_id if recorded is not None else None
    if registration is None and recorded is None:
        member = participants_of(tx, [coming.member_id]).get(coming.member_id)
        member_unit = member.unit_id if member else None
    return {
        "unit_id": registration.unit_id if registration else member_unit,
        "registration_id": registration.id if registration else None,
        "state": ATTENDANCE.apply(was, "arrive", roles=None),
        "expected_companions": registration.companions if registration else 0,
        "companions": coming.companions,
        "walk_in": coming.walks_in,
        "flag": rules.flag_of(registration.state) if registration else None,
        "method": noted["method"],
        "arrived_at": coming.at,
        "desk": noted["desk"],
        "scan": noted["scan"],
        "undone_at": None,
        "recorded_at": tx.now,
        "recorded_by": tx.principal.actor,
        "by_member": tx.principal.member_id,
    }
