"""`gonghui events`: what failed or died in the services' inboxes, listed, shown, replayed and discarded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from services.chassis import clock, inbox
from services.chassis.database import Database
from services.chassis.settings import SERVICES, settings


@contextmanager
def _inbox_of(service: str) -> Iterator[Database]:
    database = Database(settings().database_url_of(service), pool_size=1)
    try:
        yield database
    finally:
        database.close()


def failed() -> Iterator[str]:
    """Yield a line for every failed or dead event: consumer, id, status, attempts, when it is due, why."""
    for service in SERVICES:
        with _inbox_of(service) as database, database.session() as session:
            for row in inbox.open_events(session):
                due = row.next_at.isoformat(timespec="seconds") if row.next_at else "-"
                reason = (row.error or "").splitlines()[0] if row.error else ""
                yield f"{row.consumer}\t{row.event_id}\t{row.status}\t{row.attempts}\t{due}\t{reason}"


def show(consumer: str, event_id: UUID) -> str | None:
    """Return a failed or dead event as JSON, with its error and its body; None when there is none such."""
    with _inbox_of(_owner(consumer)) as database, database.session() as session:
        row = inbox.open_event(session, consumer, event_id)
        if row is None:
            return None
        facts = {
            "consumer": row.consumer,
            "id": str(row.event_id),
            "status": row.status,
            "attempts": row.attempts,
            "received_at": row.received_at.isoformat(timespec="seconds"),
            "next_at": row.next_at.isoformat(timespec="seconds") if row.next_at else None,
            "error": row.error,
            "event": _readable(row.body),
        }
    return json.dumps(facts, ensure_ascii=False, indent=2)


def _readable(body: str | None) -> Any:
    try:
        return json.loads(body or "null")
    except ValueError:
        return body


def replay(consumer: str, event_id: UUID) -> bool:
    """Make a failed or dead event due now, with all its attempts again; False when there is none such."""
    with _inbox_of(_owner(consumer)) as database, database.session() as session:
        return inbox.replay(session, consumer, event_id, clock.now())


def discard(consumer: str, event_id: UUID) -> bool:
    """Give up on a failed or dead event for good; False when there is none such."""
    with _inbox_of(_owner(consumer)) as database, database.session() as session:
        return inbox.discard(session, consumer, event_id)


def _owner(consumer: str) -> str:
    service = consumer.partition(".")[0]
    if service not in SERVICES:
        raise SystemExit(
            f"no service {service!r}; a consumer is named service.method, as `gonghui events failed` shows"
        )
    return service
