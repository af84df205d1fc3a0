"""Submitting, accepting, advancing, ending and withdrawing requests."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.engine import rows_changed
from services.chassis.database.history import note_change
from services.chassis.database.numbering import next_number_of_year
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.security.principal import require_member
from services.chassis.working_days import working_day_after
from services.contracts.welfare.requests.events import RequestSubmitted
from services.welfare.members.use_cases.member_copies import member_of
from services.welfare.requests import rules
from services.welfare.requests.tables import Appointment, CounsellingSlot, MemberRequest
from services.welfare.requests.use_cases.reading import missing_of, row
from services.welfare.requests.use_cases.store import (
    announce,
    announced,
    begin_step,
    end,
    move,
    note_entry,
    request_of,
    subject_of,
)
from services.welfare.requests.use_cases.types import type_of
from services.welfare.requests.workflow import OPEN_STATES


def submit_request(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep a request of an offered type; its steps and documents are those of now.

    Raises:
        Refused: the type is not offered, or is done by appointment only.
    """
    member_id = require_member(tx.principal, "Only a member asks.", rule="requests.caller_is_a_member")
    wanted = type_of(tx, request["type_id"])
    refuse_first(rules.type_is_offered(wanted.offered), rules.type_takes_requests(wanted.counted_only))
    one = MemberRequest(
        number=next_number_of_year(tx, MemberRequest.number, "request-number", 6),
        type_id=wanted.id,
        member_id=member_id,
        unit_id=member_of(tx, member_id).unit_id,
        handler_id=wanted.handler_id,
        text=request["text"],
        state="submitted",
        step=0,
        steps=wanted.steps,
        documents=wanted.documents,
        keep_months=wanted.keep_months,
        submitted_at=tx.now,
        due_on=working_day_after(tx.today, wanted.accept_days),
        overdue_told=False,
    )
    tx.session.add(one)
    tx.session.flush()
    note_change(tx, subject_of(one), {"state": (None, "submitted")})
    note_entry(tx, one, "submit")
    tx.record(RequestSubmitted(**announced(one)))
    return row(one, wanted.name, tx.today)


def accept_request(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Accept a request; its first step begins."""
    one = request_of(tx, request["request_id"], lock=True)
    move(tx, one, "accept", request["note"])
    refuse_first(rules.documents_are_there(missing_of(tx, one)))
    begin_step(tx, one, 1)
    return _moved(tx, one)


def advance_request(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """End the step of a request; the next one begins."""
    one = request_of(tx, request["request_id"], lock=True)
    move(tx, one, "advance", request["note"])
    refuse_first(rules.step_follows(one.step, len(one.steps)))
    begin_step(tx, one, one.step + 1)
    return _moved(tx, one)


def finish_request(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """End a request in its last step, with what came of it."""
    one = request_of(tx, request["request_id"], lock=True)
    move(tx, one, "finish", request["outcome"])
    refuse_first(rules.last_step_is_reached(one.step, len(one.steps)))
    end(tx, one)
    return _moved(tx, one)


def decline_request(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """End a request with the reason why it is not granted."""
    one = request_of(tx, request["request_id"], lock=True)
    move(tx, one, "decline", request["reason"])
    end(tx, one)
    return _moved(tx, one)


def withdraw_request(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """End one's own request."""
    one = request_of(tx, request["request_id"], lock=True)
    move(tx, one, "withdraw")
    end(tx, one)
    return _moved(tx, one)


def withdraw_all(tx: Transaction, member_id: UUID) -> None:
    """End the open requests of who left the union, and cancel the appointments."""
    of_member = sa.select(MemberRequest).where(
        MemberRequest.member_id == member_id, MemberRequest.state.in_(OPEN_STATES)
    )
    for one in tx.session.scalars(of_member.order_by(MemberRequest.id).with_for_update()):
        note_change(tx, subject_of(one), {"state": (one.state, "withdrawn")})
        one.state = "withdrawn"
        note_entry(tx, one, "withdraw")
        end(tx, one)
        announce(tx, one)
    forget_appointments(tx, member_id)


def forget_appointments(tx: Transaction, member_id: UUID) -> None:
    """Delete the appointments of a member, and give the places back. Slots are locked first, as by all who book."""
    own = sa.select(Appointment.slot_id).where(Appointment.member_id == member_id)
    slots = sa.select(CounsellingSlot).where(CounsellingSlot.id.in_(own)).order_by(CounsellingSlot.id).with_for_update()
    for slot in tx.session.scalars(slots.execution_options(populate_existing=True)).all():
        booked = sa.delete(Appointment).where(Appointment.slot_id == slot.id, Appointment.member_id == member_id)
        slot.taken -= rows_changed(tx.session, booked.execution_options(synchronize_session=False))


def _moved(tx: Transaction, one: MemberRequest) -> dict[str, Any]:
    tx.session.flush()
    announce(tx, one)
    return row(one, type_of(tx, one.type_id).name, tx.today)
