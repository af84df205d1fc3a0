"""Reminders of action items: before their day, by the rule's number of days, and once it has passed."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.rules.optional import count_or_none
from services.contracts.governance.meetings.events import ActionItemDue
from services.governance.meetings.tables import ActionItem
from services.governance.meetings.use_cases.actions import told

_AT_ONCE = 200
REMINDER_DAYS = "meeting.action_reminder_days"


def tell_due_action_items(tx: Transaction) -> None:
    """Tell of open action items whose day is near, and of those whose day has passed; each once for its day.

    Without a rule on the days before, they are told of on the day itself.
    """
    near = ActionItem.due_on <= tx.today + timedelta(days=_days_before(tx)), ActionItem.reminded.is_(False)
    past = ActionItem.due_on < tx.today, ActionItem.overdue_told.is_(False)
    due = sa.select(ActionItem).where(ActionItem.state == "open", sa.or_(sa.and_(*near), sa.and_(*past)))
    ordered = due.order_by(ActionItem.due_on, ActionItem.id).limit(_AT_ONCE).with_for_update(skip_locked=True)
    for one in tx.session.scalars(ordered):
        overdue = one.due_on < tx.today
        one.reminded, one.overdue_told = True, overdue
        tx.record(ActionItemDue(**told(one), overdue=overdue))


def _days_before(tx: Transaction) -> int:
    return count_or_none(tx, REMINDER_DAYS) or 0
