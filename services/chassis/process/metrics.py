"""Metrics for Prometheus: rate, errors and duration of requests and events, sizes of queues. One registry per process.

Labels are names from the code (routes, operations, consumers), never ids. Alerts and dashboards use these names.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from sqlalchemy import Engine
from sqlalchemy.pool import QueuePool

CONTENT_TYPE = CONTENT_TYPE_LATEST
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Other methods are counted under one label, so that clients can't fill the registry."""

_http_requests = Counter(
    "gonghui_http_requests", "HTTP requests answered.", ["method", "route", "status"], registry=REGISTRY
)
_http_seconds = Histogram(
    "gonghui_http_request_seconds", "Time to answer.", ["method", "route"], registry=REGISTRY, buckets=_SECONDS
)
_rpc_calls = Counter(
    "gonghui_rpc_calls",
    "Calls answered; ok or the code of the problem.",
    ["service", "operation", "outcome"],
    registry=REGISTRY,
)
_rpc_seconds = Histogram(
    "gonghui_rpc_call_seconds", "Time to answer.", ["service", "operation"], registry=REGISTRY, buckets=_SECONDS
)
_events = Counter(
    "gonghui_events_taken", "Events taken from a queue, repeats included.", ["consumer"], registry=REGISTRY
)
_events_failed = Counter(
    "gonghui_events_failed", "Events not handled, by what became of them.", ["consumer", "status"], registry=REGISTRY
)
_events_retried = Counter("gonghui_events_retried", "Further attempts.", ["consumer"], registry=REGISTRY)
_events_reconciled = Counter(
    "gonghui_events_reconciled", "Events that never came and were fetched from their source.", ["consumer"],
    registry=REGISTRY,
)  # fmt: skip
_events_missing = Gauge(
    "gonghui_events_missing", "Events that never came and could not be fetched.", ["consumer"], registry=REGISTRY
)
_events_unannounced = Gauge(
    "gonghui_events_unannounced", "Events taken that their source does not know.", ["consumer"], registry=REGISTRY
)
_reconciliation_at = Gauge(
    "gonghui_events_reconciliation_timestamp_seconds",
    "When a consumer was last compared with its source, in seconds since 1970.",
    ["consumer"],
    registry=REGISTRY,
)
_handling_seconds = Histogram(
    "gonghui_event_handling_seconds", "Time to handle one batch.", ["consumer"], registry=REGISTRY, buckets=_SECONDS
)
_at_work = Gauge("gonghui_event_handlers_at_work", "Batches being handled now.", registry=REGISTRY)
_outbox_depth = Gauge("gonghui_outbox_depth", "Events not yet published.", ["service"], registry=REGISTRY)
_outbox_age = Gauge("gonghui_outbox_age_seconds", "Age of the oldest of them.", ["service"], registry=REGISTRY)
_relay_lag = Histogram(
    "gonghui_relay_lag_seconds",
    "From an event's commit until the broker has it; the oldest of each batch.",
    ["service"],
    registry=REGISTRY,
    buckets=(0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 300.0, 1800.0),
)
_relay_leads = Gauge(
    "gonghui_relay_leads", "1 in the replica that publishes the service's events.", ["service"], registry=REGISTRY
)
_inbox_failed = Gauge("gonghui_inbox_failed", "Events that wait for a further attempt.", ["service"], registry=REGISTRY)
_inbox_dead = Gauge("gonghui_inbox_dead", "Events that nobody tries again.", ["service"], registry=REGISTRY)
_drops_events = Gauge(
    "gonghui_broker_drops_events", "1 when the broker drops what was returned often.", ["service"], registry=REGISTRY
)
_pool_size = Gauge("gonghui_database_pool_size", "Connections the pool may hold.", ["service"], registry=REGISTRY)
_pool_used = Gauge("gonghui_database_pool_used", "Connections in use.", ["service"], registry=REGISTRY)

_files_unreadable = Counter(
    "gonghui_files_unreadable",
    "Foreign files whose reader broke, or took too much memory or time.",
    ["reading"],
    registry=REGISTRY,
)
_files_scanned = Counter(
    "gonghui_files_scanned", "Uploaded files the scanner was asked about, by its verdict.", ["verdict"],
    registry=REGISTRY,
)  # fmt: skip
for _verdict in ("clean", "harmful", "no_verdict"):
    _files_scanned.labels(_verdict)
_jobs_ended = Counter("gonghui_jobs_ended", "Long work that ended, by how.", ["kind", "state"], registry=REGISTRY)


class Outcome:
    """The outcome of something; a defect unless it is set."""

    def __init__(self) -> None:
        self.value = "defect"

    def set(self, value: str) -> None:
        """Set the outcome: `ok`, or the code of a problem."""
        self.value = value


def http(method: str, route: str, status: int, seconds: float) -> None:
    """Count an answered HTTP request.

    Args:
        method: the HTTP method; unknown ones are counted under one label.
        route: the pattern of the path (`/activities/<id>`), one label for all paths without route.
        status: the HTTP status.
        seconds: how long it took.
    """
    counted, timed = _http_figures(method if method in _METHODS else "other", route, status)
    counted.inc()
    timed.observe(seconds)


@cache
def _http_figures(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    return _http_requests.labels(method, route, str(status)), _http_seconds.labels(method, route)


@contextmanager
def rpc(service: str, operation: str) -> Iterator[Outcome]:
    """Count and time one call in the block, which sets the outcome."""
    outcome, begin = Outcome(), time.perf_counter()
    try:
        yield outcome
    finally:
        _rpc_calls.labels(service, operation, outcome.value).inc()
        _rpc_seconds.labels(service, operation).observe(time.perf_counter() - begin)


@contextmanager
def handling(consumer: str, events: int = 1) -> Iterator[None]:
    """Count and time the handling of a batch in the block; meanwhile it is counted as in progress.

    Args:
        consumer: `service.method`.
        events: how many events the batch holds.
    """
    begin = time.perf_counter()
    _at_work.inc()
    try:
        yield
    finally:
        _at_work.dec()
        _events.labels(consumer).inc(events)
        _handling_seconds.labels(consumer).observe(time.perf_counter() - begin)


def expect_consumer(consumer: str) -> None:
    """Export a consumer's counters from the start, so that the first failure is seen as an increase."""
    for status in ("failed", "dead"):
        _events_failed.labels(consumer, status)
    _events_retried.labels(consumer)
    _events_reconciled.labels(consumer)


def expect_job(kind: str) -> None:
    """Export the counters of a kind of job from the start."""
    for state in ("done", "failed", "cancelled"):
        _jobs_ended.labels(kind, state)


def expect_reading(reading: str) -> None:
    """Export the counters of a kind of reading untrusted files from the start."""
    _files_unreadable.labels(reading)


def event_failed(consumer: str, status: str) -> None:
    """Count an event that was not handled: `failed` when it is tried again, `dead` when not."""
    _events_failed.labels(consumer, status).inc()


def retried(consumer: str) -> None:
    """Count a further attempt at an event that failed."""
    _events_retried.labels(consumer).inc()


def file_unreadable(reading: str) -> None:
    """Count an untrusted file whose reader failed or took too much memory or time."""
    _files_unreadable.labels(reading).inc()


def file_scanned(verdict: str) -> None:
    """Count an uploaded file that the scanner was asked about: `clean`, `harmful` or `no_verdict`."""
    _files_scanned.labels(verdict).inc()


def reconciled(consumer: str, events: int) -> None:
    """Count events that were missing and have been passed to the consumer."""
    _events_reconciled.labels(consumer).inc(events)


def reconciliation_state(consumer: str, *, missing: int, unannounced: int, at: float) -> None:
    """Set how many events are missing or unknown, and when the last complete comparison ended (seconds since 1970)."""
    _events_missing.labels(consumer).set(missing)
    _events_unannounced.labels(consumer).set(unannounced)
    _reconciliation_at.labels(consumer).set(at)


def job_ended(kind: str, state: str) -> None:
    """Count a job that ended: `done`, `failed` or `cancelled`."""
    _jobs_ended.labels(kind, state).inc()


def outbox_state(service: str, *, depth: int, age_seconds: float) -> None:
    """Set how many events wait for publication, and how long the oldest has waited."""
    _outbox_depth.labels(service).set(depth)
    _outbox_age.labels(service).set(age_seconds)


def relayed(service: str, lag_seconds: float) -> None:
    """Count a batch of events that the broker confirmed, and how long the oldest of them had waited."""
    _relay_lag.labels(service).observe(lag_seconds)


def watch_relay(service: str, leads: Callable[[], bool]) -> None:
    """Export whether this replica publishes its service's events, evaluated whenever the metrics are read."""
    _relay_leads.labels(service).set_function(leads)


def inbox_state(service: str, *, failed: int, dead: int) -> None:
    """Set how many events wait for another attempt, and how many are dead."""
    _inbox_failed.labels(service).set(failed)
    _inbox_dead.labels(service).set(dead)


def broker_drops_events(service: str, drops: bool) -> None:
    """Set whether the broker drops an event that was returned to it often."""
    _drops_events.labels(service).set(drops)


def watch_pool(service: str, engine: Engine) -> None:
    """Export the use of an engine's connection pool, evaluated whenever the metrics are read."""
    pool = engine.pool
    if isinstance(pool, QueuePool):
        _pool_size.labels(service).set(pool.size())
        _pool_used.labels(service).set_function(pool.checkedout)


def exposition() -> bytes:
    """Return all metrics in Prometheus's text format; `CONTENT_TYPE` is its media type."""
    return generate_latest(REGISTRY)
