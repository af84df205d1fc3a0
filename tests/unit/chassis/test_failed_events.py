"""What operators see and decide of events that failed."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.chassis.database.tables import InboxEvent
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, Refused
from services.chassis.events import failed_events as desk

CONSUMER = "bell.on_rung"
ANY = {"cursor": None, "limit": 20}


def kept(tx: Transaction, status: str = "dead", body: str | None = None) -> UUID:
    row = InboxEvent(consumer=CONSUMER, event_id=uuid4(), status=status, attempts=7, received_at=tx.now)
    row.error, row.body = "ValueError: broken", body if body is not None else envelope()
    tx.session.add(row)
    tx.session.flush()
    return row.event_id


def envelope(**changes: Any) -> str:
    data = {"member_id": str(uuid4()), "name": "张三", "unit_id": None, "count": 3}
    told = {"source": "/bell", "type": "rung", "subject": "bell/1", "correlationid": "story", "data": data}
    return json.dumps({**told, **changes})


def test_only_what_failed_or_died_is_listed_latest_first(tx):
    kept(tx, "handled"), kept(tx, "discarded")
    failed, dead = kept(tx, "failed"), kept(tx, "dead")
    found = desk.list_failed_events(tx, ANY)["items"]
    assert {row["event_id"] for row in found} == {failed, dead}
    assert [row["event_id"] for row in desk.list_failed_events(tx, {**ANY, "state": "dead"})["items"]] == [dead]


def test_pages_follow_each_other(tx):
    ids = {kept(tx) for _ in range(5)}
    first = desk.list_failed_events(tx, {"cursor": None, "limit": 3})
    second = desk.list_failed_events(tx, {"cursor": first["next_cursor"], "limit": 3})
    assert {row["event_id"] for row in first["items"] + second["items"]} == ids
    assert second["next_cursor"] is None


def test_of_the_body_only_ids_and_the_story_are_shown(tx):
    found = desk.get_failed_event(tx, CONSUMER, kept(tx))
    assert (found["source"], found["type"], found["subject"], found["correlation_id"]) == (
        "bell", "rung", "bell/1", "story",
    )  # fmt: skip
    assert set(found["ids"]) == {"member_id"}
    assert "张三" not in str(found)


@pytest.mark.parametrize("body", ["", "no json", "[1]", '{"data": []}', '{"type": 5}'])
def test_what_cannot_be_read_is_shown_without_its_story(tx, body):
    found = desk.get_failed_event(tx, CONSUMER, kept(tx, body=body))
    assert found["type"] is None
    assert found["ids"] == {}


def test_replaying_makes_it_due_and_is_kept(tx):
    event_id = kept(tx)
    found = desk.replay_event(tx, CONSUMER, event_id, "配置已改正")
    assert (found["status"], found["attempts"], found["next_at"]) == ("failed", 1, tx.now)
    assert [(one["became"], one["reason"]) for one in found["decisions"]] == [("replayed", "配置已改正")]


def test_discarding_is_for_good_and_keeps_the_reason(tx):
    event_id = kept(tx, "failed")
    found = desk.discard_event(tx, CONSUMER, event_id, "不再需要")
    assert found["status"] == "discarded"
    assert found["decisions"][0]["reason"] == "不再需要"
    with pytest.raises(Refused) as refused:
        desk.replay_event(tx, CONSUMER, event_id)
    assert refused.value.rule == "events.is_open"


def test_what_was_never_seen_is_not_found(tx):
    with pytest.raises(NotFound):
        desk.discard_event(tx, CONSUMER, uuid4(), "warum")
