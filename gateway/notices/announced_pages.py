"""Announcements of pages of the portal that come and go by events, in whatever order these arrive."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from gateway.notices import announcements
from gateway.notices.tables import AnnouncedPage
from gateway.read_models.upserts import keep_newest
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent


def announce(tx: Transaction, event: ReceivedEvent, page_id: UUID, link: str, **told: Any) -> None:
    """Announce a page, unless a later event took it away or it is announced already.

    Args:
        tx: the transaction.
        event: by which the page came.
        page_id: what stands on it.
        link: its path.
        told: texts, `audience` and `send_at` of the announcement.
    """
    page = _if_newest(tx, event, page_id)
    if page is not None and not announcements.stands(tx, page.announcement_id):
        page.announcement_id = announcements.plan_linked(tx, link, **told)


def take_back(tx: Transaction, event: ReceivedEvent, page_id: UUID) -> None:
    """Tell nobody more of a page that is gone, unless a later event brought it back."""
    page = _if_newest(tx, event, page_id)
    if page is not None and announcements.stands(tx, page.announcement_id):
        announcements.take_back(tx, {"announcement_id": page.announcement_id})


def _if_newest(tx: Transaction, event: ReceivedEvent, page_id: UUID) -> AnnouncedPage | None:
    """Note the event and return the page, locked by that; None where a later event is known."""
    keep_newest(tx, AnnouncedPage, [{"page_id": page_id, "sequence": event.sequence}], key=["page_id"])
    page = tx.session.get_one(AnnouncedPage, page_id, populate_existing=True)
    return page if page.sequence == event.sequence else None
