"""Lists of action items, and one with its history and what the caller may do."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.security.unit_scope import sees_all_units
from services.governance.meetings.tables import ActionItem, ActionStep, Meeting
from services.governance.meetings.use_cases.reading import seen_meetings
from services.governance.meetings.use_cases.store import meeting_of, roles_in
from services.governance.meetings.workflow import ACTION, OWNER

_ROW = ("id", "number", "meeting_id", "item_id", "text", "owner_id", "due_on", "percent", "state", "done_on")


def list_action_items(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of action items in sight, by their day."""
    statement = _narrowed(_in_sight(tx, request["mine"]), request, tx)
    direction = "desc" if request["sort"].startswith("-") else "asc"
    page = page_of(tx, statement, request, [(ActionItem.due_on, direction), (ActionItem.id, direction)])
    wanted = sa.select(Meeting.id, Meeting.title).where(Meeting.id.in_({one.meeting_id for one in page.rows}))
    titles = {found.id: found.title for found in tx.session.execute(wanted)}
    return page.reply([_row(tx, one, titles[one.meeting_id]) for one in page.rows])


def get_action_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one action item, to its owner and those who see its meeting."""
    one = tx.get(ActionItem, request["action_item_id"], "There is no such action item.", field="action_item_id")
    if not roles_of(tx, one, meeting_of(tx, one.meeting_id)):
        raise NotAllowed("This is another member's.", rule="meetings.action_items_are_for_their_owner")
    return action_detail(tx, one)


def action_detail(tx: Transaction, one: ActionItem) -> dict[str, Any]:
    """Return an action item whole."""
    meeting = meeting_of(tx, one.meeting_id)
    of_item = sa.select(ActionStep).where(ActionStep.action_item_id == one.id)
    roles = roles_of(tx, one, meeting)
    return {
        **_row(tx, one, meeting.title),
        "history": list(tx.session.scalars(of_item.order_by(ActionStep.id))),
        "actions": list(ACTION.legal(one.state, roles)) if roles else [],
    }


def roles_of(tx: Transaction, one: ActionItem, meeting: Meeting) -> frozenset[str]:
    """Return who the caller is for an action item: its owner, and who somebody is in its meeting."""
    held = set(roles_in(tx, meeting))
    if tx.principal.member_id == one.owner_id:
        held.add(OWNER)
    return frozenset(held)


def _row(tx: Transaction, one: ActionItem, meeting_title: str) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in _ROW}
    return {**told, "meeting_title": meeting_title, "overdue": one.state == "open" and one.due_on < tx.today}


def _in_sight(tx: Transaction, mine: bool) -> sa.Select[Any]:
    statement, principal = sa.select(ActionItem), tx.principal
    own = ActionItem.owner_id == principal.member_id
    if mine:
        return statement.where(own)
    if sees_all_units(principal):
        return statement
    of_units = ActionItem.unit_id.in_(principal.units("chair"))
    return statement.where(sa.or_(own, of_units, ActionItem.meeting_id.in_(seen_meetings(tx))))


def _narrowed(statement: sa.Select[Any], request: dict[str, Any], tx: Transaction) -> sa.Select[Any]:
    for name in ("meeting_id", "body_id", "owner_id", "state"):
        if request[name] is not None:
            statement = statement.where(getattr(ActionItem, name) == request[name])
    if request["ids"] is not None:
        return statement.where(ActionItem.id.in_(request["ids"]))
    if request["q"]:
        statement = statement.where(ActionItem.text.contains(request["q"], autoescape=True))
    if request["state"] is None and request["show"] != "all":
        statement = statement.where(ActionItem.state == "open")
    if request["show"] == "overdue":
        statement = statement.where(ActionItem.state == "open", ActionItem.due_on < tx.today)
    return statement
