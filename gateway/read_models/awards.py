"""Copies of awards, so that they can be found; never whose they are, which is asked of governance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from gateway.read_models import search_index
from gateway.read_models.tables import AwardView
from gateway.read_models.upserts import keep_newest
from gateway.runtime import gateway
from services.chassis import clock
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.governance.awards import AwardRevoked, list_awards

_FACTS = ("title", "level", "category", "document")
_A_PAGE = 100

SEARCHED = search_index.Indexed(
    "award",
    search_index.entries(AwardView.award_id, AwardView.title, None, AwardView.awarded_at, text=AwardView.document),
)
"""Awards are found by their name and document."""


def note(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Store awards that were granted or revoked."""
    rows = [
        {
            "award_id": event.data["award_id"],
            **{name: event.data[name] for name in _FACTS},
            "awarded_at": clock.start_of(event.data["awarded_on"]),
            "revoked": event.type == AwardRevoked.type,
            "sequence": event.sequence,
        }
        for event in events
    ]
    _keep(tx, rows)


def pages_of_owner(ask: Callable[..., dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    """Yield rows of all awards, page by page, as governance has them: those from before this view, or missed by it.

    Args:
        ask: calls an operation with a payload.
    """
    cursor = None
    while True:
        page = ask(list_awards, {"limit": _A_PAGE, "cursor": cursor})
        yield [_row(item) for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return


def keep_page(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store a page of `pages_of_owner`; what events told since stays."""
    _keep(tx, rows)


def several(award_ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return level, category, day and whether it was revoked of awards, by id."""
    columns = AwardView.level, AwardView.category, AwardView.awarded_at, AwardView.revoked
    statement = sa.select(AwardView.award_id, *columns).where(AwardView.award_id.in_(list(award_ids)))
    with gateway().database.session(readonly=True) as session:
        return {row["award_id"]: dict(row) for row in session.execute(statement).mappings()}


def _row(item: Mapping[str, Any]) -> dict[str, Any]:
    # An award has two events at most: it is granted, then revoked; its version counts them.
    return {
        "award_id": UUID(item["id"]),
        **{name: item[name] for name in _FACTS},
        "awarded_at": clock.start_of(date.fromisoformat(item["awarded_on"])),
        "revoked": item["state"] == "revoked",
        "sequence": item["version"],
    }


def _keep(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    keep_newest(tx, AwardView, rows, key=["award_id"])
    search_index.refresh(tx, SEARCHED, (row["award_id"] for row in rows))
