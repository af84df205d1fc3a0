"""Action items: given to one person with a day, reported on, done, dropped, taken up again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.contracts.governance.meetings.actions import MOST_ACTIONS
from services.contracts.governance.meetings.events import ActionItemAssigned, ActionItemClosed
from services.governance.meetings import rules
from services.governance.meetings.tables import ActionItem, ActionStep, Meeting
from services.governance.meetings.use_cases.action_lists import action_detail, roles_of
from services.governance.meetings.use_cases.store import item_of, managed, meeting_of, seat_of
from services.governance.meetings.workflow import ACTION
from services.governance.members.use_cases.copies import units_of


def add_action_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Give somebody something to do.

    Raises:
        Refused: the meeting has not begun, the day has passed, or nobody is known by the owner's id.
    """
    meeting = managed(tx, request["meeting_id"])
    last = tx.session.scalar(sa.select(sa.func.max(ActionItem.number)).where(ActionItem.meeting_id == meeting.id)) or 0
    if request["item_id"] is not None:
        item_of(tx, meeting, request["item_id"])
    refuse_first(rules.is_held(meeting.state), rules.action_items_are_few(last, MOST_ACTIONS))
    _require_owner(tx, meeting, request)
    names = ("item_id", "text", "owner_id", "due_on")
    one = ActionItem(
        meeting_id=meeting.id, body_id=meeting.body_id, unit_id=meeting.unit_id, number=last + 1, percent=0,
        state="open", reminded=False, overdue_told=False, **{name: request[name] for name in names},
    )  # fmt: skip
    tx.session.add(one)
    tx.session.flush()
    _step(tx, one, "assign")
    tx.record(ActionItemAssigned(**told(one)))
    return action_detail(tx, one)


def change_action_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Give it another owner or day; who had it before has it no more."""
    one, meeting = _moved(tx, request, "change", request["reason"])
    _require_owner(tx, meeting, request)
    if one.due_on != request["due_on"]:
        one.reminded = one.overdue_told = False
    one.owner_id, one.due_on = request["owner_id"], request["due_on"]
    tx.session.flush()
    tx.record(ActionItemAssigned(**told(one)))
    return action_detail(tx, one)


def report_progress(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Say how far it is."""
    one, _ = _moved(tx, request, "progress", request["note"], request["percent"])
    one.percent = request["percent"]
    tx.session.flush()
    return action_detail(tx, one)


def finish_action_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Say that it is done, and what came of it."""
    one, _ = _moved(tx, request, "finish", request["note"], 100)
    one.percent, one.done_on = 100, tx.today
    return _closed(tx, one)


def drop_action_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Let it rest."""
    one, _ = _moved(tx, request, "drop", request["reason"])
    one.done_on = tx.today
    return _closed(tx, one)


def reopen_action_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take it up again; its owner is told anew."""
    one, _ = _moved(tx, request, "reopen", request["reason"])
    one.percent, one.done_on = min(one.percent, 99), None
    one.reminded = one.overdue_told = False
    tx.session.flush()
    tx.record(ActionItemAssigned(**told(one)))
    return action_detail(tx, one)


def told(one: ActionItem) -> dict[str, Any]:
    """Return what events tell of an action item."""
    names = ("meeting_id", "owner_id", "due_on", "state")
    return {"action_item_id": one.id, **{name: getattr(one, name) for name in names}}


def _closed(tx: Transaction, one: ActionItem) -> dict[str, Any]:
    tx.session.flush()
    tx.record(ActionItemClosed(**told(one)))
    return action_detail(tx, one)


def _moved(
    tx: Transaction, request: dict[str, Any], action: str, note: str, percent: int | None = None
) -> tuple[ActionItem, Meeting]:
    one = tx.get(ActionItem, request["action_item_id"], "There is no such action item.", lock=True)
    meeting = meeting_of(tx, one.meeting_id)
    roles = roles_of(tx, one, meeting)
    if not roles:
        raise NotAllowed("This is another member's.", rule="meetings.action_items_are_for_their_owner")
    one.state = ACTION.apply(one.state, action, roles=roles)
    _step(tx, one, action, note, percent)
    return one, meeting


def _step(tx: Transaction, one: ActionItem, step: str, note: str | None = None, percent: int | None = None) -> None:
    tx.session.add(
        ActionStep(
            action_item_id=one.id, step=step, percent=percent, note=note, at=tx.now,
            account_id=tx.principal.account_id, member_id=tx.principal.member_id,
        )
    )  # fmt: skip


def _require_owner(tx: Transaction, meeting: Meeting, request: dict[str, Any]) -> None:
    owner_id: UUID = request["owner_id"]
    known = seat_of(tx, meeting.id, owner_id) is not None or bool(units_of(tx, [owner_id]))
    refuse_first(rules.member_is_known(known, "owner_id"), rules.due_day_is_ahead(request["due_on"], tx.today))
