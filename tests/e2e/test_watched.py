"""The real stack as operations see it: broker users and queues as the chart makes them, Prometheus, traces."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import kombu
import pytest
import yaml
from amqp.exceptions import AccessRefused

from deploy.broker_users import rights_of
from tests.e2e.stories import newcomer, unit_of
from tests.support.api import Api, eventually
from tests.support.prometheus import Prometheus
from tests.support.rabbitmq import Broker
from tests.support.spans import Collector, Span, collecting
from tests.support.stack import SERVICES, RealStack

ROOT = Path(__file__).resolve().parents[2]
ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yaml"
OUTSIDER = "campus-card"
MEMBERSHIP = "membership.events"
REACT = {"gateway", "activities", "welfare"}
"""Services that a newcomer's approval moves."""


class Watched(NamedTuple):
    stack: RealStack
    prometheus: Prometheus
    collector: Collector
    broker_urls: dict[str, str]


@pytest.fixture(scope="module")
def watched(amqp_server: Broker, database_url, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """A real stack whose processes are broker users of their own, watched by Prometheus and a collector."""
    folder = tmp_path_factory.mktemp("watched")
    vhost = amqp_server.new_vhost(queue_type="quorum")
    databases = {service: database_url(service) for service in SERVICES}
    with _users(amqp_server, vhost) as urls, collecting() as collector:
        stack = RealStack(folder, urls["tools"], databases)
        for service in SERVICES:
            told = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.url, "OTEL_BSP_SCHEDULE_DELAY": "200"}
            told |= {"GONGHUI_AMQP_URL": urls[service], "OTEL_SERVICE_NAME": service}
            stack.processes[service].env.update(told)
        targets = {service: f"127.0.0.1:{port}" for service, port in stack.ops_ports.items()}
        prometheus = Prometheus(targets, ALERTS)
        try:
            stack.start()
            prometheus.start()
            stack.run("demo", "--members", "60")
            yield Watched(stack, prometheus, collector, urls)
        finally:
            prometheus.stop()
            stack.stop()
            amqp_server.drop_vhost(vhost)


class _users:  # noqa: N801  a context manager read as a word
    """Broker users with the rights that the platform chart gives, as AMQP URLs by their names."""

    def __init__(self, broker: Broker, vhost_url: str) -> None:
        self.broker, self.vhost = broker, urlsplit(vhost_url).path.removeprefix("/")
        self.mark = secrets.token_hex(4)
        self.names = (*SERVICES, "tools", OUTSIDER)

    def __enter__(self) -> dict[str, str]:
        urls = {}
        for name in self.names:
            password = secrets.token_hex(8)
            self.broker.ask("PUT", f"/api/users/{self._user(name)}", {"password": password, "tags": ""})
            self.broker.ask("PUT", f"/api/permissions/{self.vhost}/{self._user(name)}", rights_of(name))
            urls[name] = f"amqp://{self._user(name)}:{password}@{self.broker.host}:{self.broker.port}/{self.vhost}"
        return urls

    def __exit__(self, *_: object) -> None:
        for name in self.names:
            self.broker.ask("DELETE", f"/api/users/{self._user(name)}")

    def _user(self, name: str) -> str:
        return quote(f"{name}-{self.mark}")


def test_the_story_of_a_newcomer_is_one_trace_over_all_services(watched: Watched):
    trace = secrets.token_hex(16)
    told = {"traceparent": f"00-{trace}-{secrets.token_hex(8)}-01"}
    chair, officer = (Api(watched.stack.url).sign_in(name) for name in ("chair", "officer"))
    application = Api(watched.stack.url).post("/membership/applications", newcomer(unit_of(chair)), status=201)
    path = f"/membership/applications/{application['id']}"
    chair.post(f"{path}/review", {"decision": "accept"})
    officer.post(f"{path}/approve", headers=told)

    outside = told["traceparent"].split("-")[2]
    eventually(lambda: _reacting(watched.collector.of(trace), outside) >= REACT)
    # What a reaction announces belongs under it: the gateway hears of the account that welfare opened.
    below = {span.id for span in watched.collector.of(trace) if span.service == "welfare"}
    eventually(
        lambda: [span for span in watched.collector.of(trace) if span.service == "gateway" and span.parent in below]
    )
    spans = watched.collector.of(trace)
    known = {outside, *(span.id for span in spans)}
    assert [span.name for span in spans if span.parent not in known] == []


def _reacting(spans: list[Span], outside: str) -> set[str]:
    """Services that react to what the call announced, which the request from outside led to."""
    requests = {span.id for span in spans if span.service == "gateway" and span.parent == outside}
    approve = "membership.approve_application"
    calls = {span.id for span in spans if span.name == approve and span.parent in requests}
    return {span.service for span in spans if span.parent in calls}


def test_prometheus_finds_every_figure_that_an_alert_uses(watched: Watched):
    rules = [rule for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]]
    wanted = {name for rule in rules for name in re.findall(r"\bgonghui_[a-z_]+\b|\bup\b", rule["expr"])}

    assert len(wanted) > 12
    eventually(lambda: not [name for name in wanted if not watched.prometheus.query(f'{{__name__="{name}"}}')])


def test_every_process_is_scraped_every_rule_is_evaluated_and_no_alert_fires(watched: Watched):
    eventually(lambda: {one["metric"]["instance"] for one in watched.prometheus.query("up == 1")} == set(SERVICES))
    rules = eventually(
        lambda: (found := watched.prometheus.rules()) and all(rule["health"] == "ok" for rule in found) and found
    )

    assert [rule["name"] for rule in rules if rule["state"] == "firing"] == []


def test_every_queue_that_lasts_survives_a_node(watched: Watched, amqp_server: Broker):
    queues = amqp_server.ask("GET", f"/api/queues{urlsplit(watched.broker_urls['tools']).path}")

    assert {f"rpc-{service}" for service in SERVICES if service != "gateway"} <= {queue["name"] for queue in queues}
    assert [queue["name"] for queue in queues if queue["durable"] and queue["type"] != "quorum"] == []


def test_an_outsider_may_listen_and_nothing_else(watched: Watched):
    with kombu.Connection(watched.broker_urls[OUTSIDER]) as connection:
        events = kombu.Exchange(MEMBERSHIP, type="topic", passive=True)
        queue = kombu.Queue(OUTSIDER, events, "member_joined", queue_arguments={"x-queue-type": "quorum"})
        queue(connection.default_channel).declare()
        for forbidden in (
            lambda channel: kombu.Producer(channel, auto_declare=False).publish("x", exchange="nameko-rpc"),
            lambda channel: kombu.Queue("rpc-membership")(channel).purge(),
            lambda channel: kombu.Exchange(MEMBERSHIP)(channel).delete(),
        ):
            _is_refused(connection, forbidden)


def test_a_service_may_not_speak_for_another(watched: Watched):
    with kombu.Connection(watched.broker_urls["welfare"]) as connection:
        _is_refused(
            connection, lambda channel: kombu.Producer(channel, auto_declare=False).publish("x", exchange=MEMBERSHIP)
        )


def _is_refused(connection: kombu.Connection, forbidden: Callable[[Any], object]) -> None:
    def try_it() -> None:
        channel = connection.channel()
        forbidden(channel)
        # A publication has no answer of its own: whatever is asked next brings the refusal.
        channel.basic_qos(0, 1, False)

    with pytest.raises(AccessRefused):
        try_it()
