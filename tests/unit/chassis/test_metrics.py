"""Figures: what is counted, timed and shown."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from services.chassis.database.engine import Database
from services.chassis.process import metrics


def value(name: str, **labels: str) -> float:
    return metrics.REGISTRY.get_sample_value(name, labels) or 0.0


def test_a_call_is_counted_by_its_outcome_and_timed() -> None:
    with metrics.rpc("post", "send") as outcome:
        outcome.set("ok")
    with metrics.rpc("post", "send") as outcome:
        outcome.set("refused")

    assert value("gonghui_rpc_calls_total", service="post", operation="send", outcome="ok") == 1
    assert value("gonghui_rpc_calls_total", service="post", operation="send", outcome="refused") == 1
    assert value("gonghui_rpc_call_seconds_count", service="post", operation="send") == 2


def test_a_call_that_raises_is_a_defect() -> None:
    with pytest.raises(KeyError), metrics.rpc("post", "lose"):
        raise KeyError

    assert value("gonghui_rpc_calls_total", service="post", operation="lose", outcome="defect") == 1


def test_a_batch_is_at_work_until_it_ends_even_when_it_fails() -> None:
    before = value("gonghui_event_handlers_at_work")

    def fail() -> None:
        with metrics.handling("post.on_sent", 7):
            assert value("gonghui_event_handlers_at_work") == before + 1
            raise KeyError

    with pytest.raises(KeyError):
        fail()

    assert value("gonghui_event_handlers_at_work") == before
    assert value("gonghui_events_taken_total", consumer="post.on_sent") == 7
    assert value("gonghui_event_handling_seconds_count", consumer="post.on_sent") == 1


def test_failures_and_further_attempts_are_counted_by_consumer() -> None:
    metrics.event_failed("post.on_lost", "failed")
    metrics.event_failed("post.on_lost", "dead")
    metrics.retried("post.on_lost")

    assert value("gonghui_events_failed_total", consumer="post.on_lost", status="dead") == 1
    assert value("gonghui_events_retried_total", consumer="post.on_lost") == 1


def test_the_state_of_outbox_and_inbox_is_shown() -> None:
    metrics.outbox_state("post", depth=12, age_seconds=3.5)
    metrics.inbox_state("post", failed=2, dead=1)

    assert value("gonghui_outbox_depth", service="post") == 12
    assert value("gonghui_outbox_age_seconds", service="post") == 3.5
    assert value("gonghui_inbox_failed", service="post") == 2
    assert value("gonghui_inbox_dead", service="post") == 1


def test_requests_are_counted_by_route_and_status() -> None:
    metrics.http("GET", "/letters/<id>", 404, 0.02)

    assert value("gonghui_http_requests_total", method="GET", route="/letters/<id>", status="404") == 1
    assert value("gonghui_http_request_seconds_sum", method="GET", route="/letters/<id>") == pytest.approx(0.02)


def test_connections_in_use_are_read_when_asked(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/pool.sqlite3")
    metrics.watch_pool("post", database.engine)

    with database.session() as session:
        session.execute(sa.text("SELECT 1"))
        assert value("gonghui_database_pool_used", service="post") == 1
    assert value("gonghui_database_pool_used", service="post") == 0
    assert value("gonghui_database_pool_size", service="post") >= 1
    database.close()


def test_the_exposition_is_prometheus_text() -> None:
    metrics.outbox_state("shown", depth=4, age_seconds=0)

    text = metrics.exposition().decode()

    assert 'gonghui_outbox_depth{service="shown"} 4.0' in text
    assert "# TYPE gonghui_rpc_call_seconds histogram" in text
    assert "process_resident_memory_bytes" in text
