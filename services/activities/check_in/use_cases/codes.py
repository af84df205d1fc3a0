"""The codes of check-in: a member's own, good for some minutes; the one of a desk's list; the one of a certificate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.activities.calendar.use_cases.reading import activities_by_id, get_activity
from services.activities.check_in import rules
from services.activities.check_in.tables import Attendance
from services.activities.check_in.use_cases import store
from services.activities.registration.use_cases.lists import registration_of
from services.activities.registration.use_cases.reading import latest_of, own_member_id
from services.chassis.clock import day_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotFound, refuse_first
from services.chassis.security.codes import Code, NotGenuine, opened, signed

OWN, LIST, CERTIFICATE = "check_in", "desk_list", "attended"
_NO_END = datetime(2100, 1, 1, tzinfo=UTC)
_NOTHING = dict.fromkeys(("subject_id", "name", "number", "unit_id", "expires_at"))


def my_check_in_code(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the code that the caller shows at the desk; none for who has no registration, or is there already.

    Raises:
        Refused: the registration is not confirmed, or check-in is over.
    """
    activity, member_id = get_activity(tx, request), own_member_id(tx)
    refuse_first(rules.activity_takes_place(activity.state))
    row = latest_of(tx, activity.id, member_id)
    if row is None:
        raise NotFound("You are not registered for this activity.", rule="registration.member_is_registered")
    refuse_first(rules.registration_is_in_force(row.state, let_in=False))
    recorded = store.attendance_of(tx, activity.id, member_id)
    if recorded is not None and recorded.arrived_at is not None:
        there = {"code": None, "expires_at": None, "arrived_at": recorded.arrived_at}
        return {"activity_id": activity.id, **there}
    until = tx.now + timedelta(minutes=rules.CODE_MINUTES)
    code = signed(Code(OWN, row.id, 0, until))
    return {"activity_id": activity.id, "code": code, "expires_at": until, "arrived_at": None}


def opened_own(token: str, at: datetime) -> UUID:
    """Return the registration of a member's code.

    Args:
        token: the code, or the address in it.
        at: when it was scanned.

    Raises:
        InvalidInput: it is no code of a registration.
        Refused: it had ended.
    """
    try:
        code = opened(token.strip().rpartition("/")[2], OWN)
    except NotGenuine:
        raise InvalidInput(
            "This is no code of a registration.", field="code", rule="check_in.code_is_genuine"
        ) from None
    refuse_first(rules.code_is_in_time(code.until, at))
    return code.subject


def list_token(activity_id: UUID, made_at: datetime) -> str:
    """Return what proves when a desk's list was made."""
    return signed(Code(LIST, activity_id, 0, made_at + timedelta(hours=rules.LIST_HOURS)))


def list_made_at(token: str, activity_id: UUID, now: datetime) -> datetime:
    """Return when the list of a desk was made.

    Raises:
        InvalidInput: it is no list of this activity, or one that holds no more.
    """
    try:
        code = opened(token, LIST)
    except NotGenuine:
        code = None
    if code is None or code.subject != activity_id or now >= code.until:
        raise InvalidInput(
            "This is no list of this activity that still holds.", field="token", rule="check_in.list_holds"
        )
    return code.until - timedelta(hours=rules.LIST_HOURS)


def certificate_code(attendance_id: UUID) -> str:
    """Return the code by which anybody can verify a certificate of attendance."""
    return signed(Code(CERTIFICATE, attendance_id, 0, _NO_END))


def read_check_in_code(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the code of a registration tells: of which activity it is."""
    told = {**_NOTHING, "checked_at": tx.now}
    try:
        code = opened(request["token"], OWN)
    except NotGenuine as problem:
        return {**told, "state": problem.state}
    row = registration_of(tx, code.subject)
    if row is None:
        return {**told, "state": "revoked"}
    if tx.now >= code.until:
        return {**told, "state": "expired", "expires_at": code.until}
    activity = activities_by_id(tx, [row.activity_id])[row.activity_id]
    seen = {"subject_id": activity.id, "name": activity.title, "unit_id": row.unit_id, "expires_at": code.until}
    return {**told, **seen, "state": "good" if row.state == "confirmed" else "ended"}


def read_certificate_code(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return whether a certificate is genuine: what was attended, on which day and of which unit, and no name."""
    told = {**_NOTHING, "checked_at": tx.now}
    try:
        code = opened(request["token"], CERTIFICATE)
    except NotGenuine as problem:
        return {**told, "state": problem.state}
    row = tx.session.get(Attendance, code.subject)
    if row is None:
        return {**told, "state": "revoked"}
    activity = activities_by_id(tx, [row.activity_id])[row.activity_id]
    stands = row.state == "present" and activity.counted
    seen = {"name": activity.title, "number": day_of(activity.starts_at).isoformat(), "unit_id": row.unit_id}
    return {**told, **seen, "state": "good" if stands else "ended"}
