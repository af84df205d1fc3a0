"""Whether a broker drops what was returned often is found out without its management API, and a policy mends it."""

from __future__ import annotations

import secrets
import socket
from urllib.parse import urlsplit

import eventlet
import pytest
from kombu.utils.limits import TokenBucket

from deploy import broker_policy
from deploy.broker_users import rights_of
from services.chassis.broker import delivery_limit
from services.chassis.broker.delivery_limit import drops_returned
from services.chassis.events.consumer import EventConsumer
from services.chassis.process import metrics, settings
from tests.component.chassis import bells
from tests.component.chassis.test_outages import RINGS, worker_of
from tests.support.waiting import PATIENCE

pytestmark = pytest.mark.parametrize("databases", ["real"], indirect=True)

LOST = 30


@pytest.fixture
def url(databases) -> str:
    """The address of a vhost of its own."""
    return settings.settings().amqp_url


@pytest.fixture
def limited(amqp_server, url) -> None:
    """The vhost's queues drop a message after 20 returns, as they do by themselves on RabbitMQ 4."""
    policy = {"pattern": ".*", "definition": {"delivery-limit": 20}, "apply-to": "queues"}
    amqp_server.ask("PUT", f"/api/policies{urlsplit(url).path}/limited", policy)


def management_of(broker) -> str:
    return broker.management_url.replace("://", f"://{broker.user}:{broker.password}@")


def test_a_limit_is_found_out_and_nothing_is_left_behind(url, limited, amqp_server):
    assert drops_returned(url, "welfare")
    assert not [queue for queue in amqp_server.queues(url) if "probe" in queue["name"]]


def test_the_policy_lifts_it_in_queues_that_exist(url, limited, amqp_server):
    broker_policy.set_policy(management_of(amqp_server), url)
    broker_policy.set_policy(management_of(amqp_server), url)
    assert not drops_returned(url, "welfare")


@pytest.mark.parametrize("name", ["welfare", "tools"])
def test_the_rights_that_the_chart_gives_suffice_to_find_out(url, limited, amqp_server, name):
    vhost, user = urlsplit(url).path, f"{name}-{secrets.token_hex(4)}"
    rights = rights_of(name)
    amqp_server.ask("PUT", f"/api/users/{user}", {"password": "secret", "tags": ""})
    try:
        amqp_server.ask("PUT", f"/api/permissions{vhost}/{user}", rights)
        assert drops_returned(f"amqp://{user}:secret@{amqp_server.host}:{amqp_server.port}{vhost}", name)
    finally:
        amqp_server.ask("DELETE", f"/api/users/{user}")


def test_migrating_sets_the_policy_where_it_may_and_warns_where_it_is_missing(url, limited, amqp_server, monkeypatch):
    assert any("WARNING: it drops events" in line for line in broker_policy.put_in_force())
    wrong = management_of(amqp_server).replace(f":{amqp_server.password}@", ":wrong@")
    monkeypatch.setenv("GONGHUI_MANAGEMENT_URL", wrong)
    settings.reset()
    told = list(broker_policy.put_in_force())
    assert "could not be set" in told[0]
    assert "WARNING" in told[1]
    monkeypatch.setenv("GONGHUI_MANAGEMENT_URL", management_of(amqp_server))
    settings.reset()
    assert list(broker_policy.put_in_force()) == ["broker: the policy gonghui-events is set"]


def test_a_broker_that_cannot_be_asked_is_said_to_be_unknown(databases, monkeypatch):
    monkeypatch.setenv("GONGHUI_AMQP_URL", "amqp://nobody:wrong@127.0.0.1:1/none")
    settings.reset()
    assert ["could not be found out" in line for line in broker_policy.put_in_force()] == [True]


def test_a_service_says_in_log_and_figures_what_it_found(url, limited, caplog):
    looking = eventlet.spawn(delivery_limit.watch, "welfare")
    with eventlet.Timeout(PATIENCE):
        while "broker_drops_events" not in caplog.text:
            eventlet.sleep(0.05)
    looking.kill()
    assert 'gonghui_broker_drops_events{service="welfare"} 1.0' in metrics.exposition().decode()


def test_thirty_lost_connections_with_a_batch_in_hand_lose_nothing(databases, url, limited, amqp_server, monkeypatch):
    monkeypatch.setattr(EventConsumer, "restart_limit", TokenBucket(1000))
    broker_policy.set_policy(management_of(amqp_server), url)
    broken = None

    def hold(bodies: list[str], tried: int) -> bool:
        while worker.channel is broken:
            eventlet.sleep(0.01)
        return False

    with bells.running(bells.Bell), bells.running(bells.Book) as books, bells.visiting() as visitor:
        worker = worker_of(books)
        handle, worker.handle = worker.handle, hold
        for n in range(RINGS):
            visitor.ring(n)
        for _ in range(LOST):
            with eventlet.Timeout(PATIENCE):
                while not (worker.batch and worker.batch[0].message.channel is worker.channel is not broken):
                    eventlet.sleep(0.01)
            broken = worker.channel
            broken.connection.sock.shutdown(socket.SHUT_RDWR)
        worker.handle = handle
        assert sorted(visitor.wait_for(RINGS, seconds=60)) == list(range(RINGS))
