"""Erases what the gateway keeps about former members whose retention period ended; ids and counts stay."""

from __future__ import annotations

import sqlalchemy as sa

from gateway.identity import accounts
from gateway.notices import forgetting as notices
from gateway.read_models.tables import TimelineEntry, TodoView
from services.chassis.database.history import erase_logs
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def forget(tx: Transaction, event: ReceivedEvent) -> None:
    """Erase what the gateway keeps about a person."""
    member_id = event.data["member_id"]
    account_id = accounts.anonymise(tx, member_id)
    for view in (TimelineEntry, TodoView):
        mine = view.member_id == member_id
        condition = mine if account_id is None else sa.or_(mine, view.account_id == account_id)
        tx.session.execute(sa.delete(view).where(condition))
    notices.erase(tx, member_id, account_id)
    if account_id is not None:
        erase_logs(tx, [accounts.history_of_account(account_id)])
