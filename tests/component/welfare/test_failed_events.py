"""Failed events of a service on both kinds of database: pages, the index that serves them, two who decide at once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.tables import InboxEvent
from services.chassis.database.transaction import transaction
from services.chassis.errors import Refused
from services.chassis.events import failed_events
from services.chassis.identifiers import uuid7

CONSUMER = "welfare.on_member_joined"

pytestmark = pytest.mark.databases("postgresql", "sqlite")


def dead(database: Database, count: int) -> list[UUID]:
    ids = [uuid7() for _ in range(count)]
    with database.session() as session:
        for number, event_id in enumerate(ids):
            row = InboxEvent(consumer=CONSUMER, event_id=event_id, status="dead", attempts=7, body="{}")
            row.received_at = clock.now() - timedelta(seconds=number // 2)
            session.add(row)
    return ids


def test_every_one_is_on_exactly_one_page(database: Database):
    ids, seen, cursor = dead(database, 25), [], None
    while True:
        with transaction(database) as tx:
            page = failed_events.list_failed_events(tx, {"state": "dead", "cursor": cursor, "limit": 10})
        seen += [item["event_id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == sorted(ids)


def test_what_one_gave_up_another_cannot_replay(database: Database):
    (event_id,) = dead(database, 1)
    with transaction(database) as tx:
        failed_events.discard_event(tx, CONSUMER, event_id, "不再需要")
    with pytest.raises(Refused), transaction(database) as tx:
        failed_events.replay_event(tx, CONSUMER, event_id)
    with transaction(database) as tx:
        found = failed_events.get_failed_event(tx, CONSUMER, event_id)
    assert (found["status"], found["decisions"][0]["reason"]) == ("discarded", "不再需要")
