"""Loading requests for a change, who may do what with them, and keeping each step with its event."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from services.chassis.clock import months_until
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.security.principal import Principal
from services.chassis.working_days import working_day_after
from services.contracts.welfare.requests.events import RequestMoved
from services.welfare.requests.tables import MemberRequest, RequestEntry
from services.welfare.requests.workflow import APPLICANT, REQUEST


def request_of(tx: Transaction, request_id: UUID, *, lock: bool = False) -> MemberRequest:
    """Return a request. Raises `NotFound`."""
    return tx.get(MemberRequest, request_id, "There is no such request.", field="request_id", lock=lock)


def roles_in(principal: Principal, one: MemberRequest) -> frozenset[str]:
    """Return in which roles the caller stands to a request: applicant, officer, its handler, auditor."""
    held = set(principal.roles & {"officer", "auditor"})
    if principal.member_id == one.member_id:
        held = {APPLICANT}  # nobody handles the own request
    elif principal.has("handler") and principal.member_id == one.handler_id and one.handler_id is not None:
        held.add("handler")
    return frozenset(held)


def require_sight(principal: Principal, one: MemberRequest) -> frozenset[str]:
    """Return the caller's roles in a request. Raises `NotAllowed` where there are none."""
    held = roles_in(principal, one)
    if not held:
        raise NotAllowed("Only the applicant and those who handle it see a request.", rule="requests.are_for_few")
    return held


def subject_of(one: MemberRequest) -> str:
    """Return the name under which a request's changes, looks and files are kept."""
    return f"member_request/{one.id}"


def move(tx: Transaction, one: MemberRequest, action: str, note: str | None = None) -> None:
    """Take a request on by an action of the caller, and keep who did it, with a note for the applicant.

    Raises:
        NotAllowed: the action is for others.
        Refused: the state does not allow it.
    """
    state = REQUEST.apply(one.state, action, roles=require_sight(tx.principal, one))
    note_change(tx, subject_of(one), {"state": (one.state, state)})
    one.state = state
    note_entry(tx, one, action, note)


def note_entry(tx: Transaction, one: MemberRequest, action: str, note: str | None = None) -> None:
    """Keep what was done, with the step in which it was."""
    step_name = one.steps[one.step - 1]["name"] if one.step else None
    tx.session.add(
        RequestEntry(
            request_id=one.id, action=action, step_name=step_name, note=note, at=tx.now, by=tx.principal.account_id
        )
    )


def begin_step(tx: Transaction, one: MemberRequest, step: int) -> None:
    """Begin a step, counted from 1."""
    one.step, one.due_on, one.overdue_told = step, working_day_after(tx.today, one.steps[step - 1]["days"]), False


def end(tx: Transaction, one: MemberRequest) -> None:
    """Note that nothing more is to be done, and until when the words are kept."""
    one.ended_at, one.due_on = tx.now, None
    one.forget_on = _months_later(tx.today, one.keep_months)


def announced(one: MemberRequest) -> dict[str, Any]:
    """Return what events tell of a request."""
    names = ("type_id", "member_id", "unit_id", "state", "step", "due_on")
    return {
        "request_id": one.id, "handler_member_id": one.handler_id, **{name: getattr(one, name) for name in names}
    }  # fmt: skip


def announce(tx: Transaction, one: MemberRequest) -> None:
    """Record that a request moved."""
    tx.record(RequestMoved(**announced(one)))


def _months_later(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 + months + 1
    return months_until(date(month // 12, month % 12 + 1, 1), 1)[0]
