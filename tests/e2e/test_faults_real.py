"""Services, broker and database go away under load and come back: nothing is lost and nothing doubled."""

from __future__ import annotations

import time

import pytest

from tests.e2e.crowd import Crowd
from tests.support.api import Api, eventually
from tests.support.deliveries import Deliveries
from tests.support.stack import SERVICES, real_stack

LIMITS = {"GONGHUI_RPC_DEADLINE": "5", "GONGHUI_DRAIN_SECONDS": "6"}


@pytest.fixture(scope="module")
def stack(tmp_path_factory, own_amqp_server, own_database_server):
    """A real union with a broker and a database server of its own, which may be stopped."""
    folder = tmp_path_factory.mktemp("faults")
    with real_stack(folder, own_amqp_server, own_database_server, members=60, **LIMITS) as made:
        yield made


@pytest.fixture
def deliveries(stack):
    """Reads its tables."""
    urls = {service: stack.env[f"GONGHUI_{service.upper()}_DATABASE_URL"] for service in SERVICES}
    found = Deliveries(urls)
    yield found
    found.close()


def checked(crowd, deliveries, seconds=90):
    """Everybody got an answer, every event was handled once, and what was answered stands."""
    crowd.stop()
    deliveries.wait_until_complete(seconds)
    crowd.everything_stands()
    assert crowd.made


def test_a_service_that_is_down_costs_its_part_of_the_page(stack):
    chair = Api(stack.url).sign_in("chair")
    stack.processes["welfare"].stop()
    try:
        home = chair.get("/me/home")
        problem = chair.get("/welfare/visits", status=504)
        assert home["next_activities"]
        assert problem["params"]["service"] == "welfare" or "welfare" in problem["detail"]
        assert chair.get("/membership/members", limit=1)["items"]
    finally:
        stack.processes["welfare"].start()
    eventually(lambda: chair.send("GET", "/welfare/visits").ok)


@pytest.mark.parametrize("service", ["activities", "gateway", "welfare"])
def test_a_killed_service_catches_up(stack, deliveries, service):
    crowd = Crowd(stack)
    crowd.start()
    time.sleep(1)
    stack.processes[service].kill()
    time.sleep(0.5)
    stack.processes[service].start()
    stack.wait_for_http()
    time.sleep(3)
    checked(crowd, deliveries)


def test_a_broker_that_restarts_loses_nothing(stack, deliveries, own_amqp_server):
    crowd = Crowd(stack)
    crowd.start()
    time.sleep(1)
    own_amqp_server.stop()
    time.sleep(1)
    own_amqp_server.start()
    time.sleep(4)
    checked(crowd, deliveries, seconds=120)


def test_a_killed_broker_loses_nothing_it_confirmed(stack, deliveries, own_amqp_server):
    crowd = Crowd(stack)
    crowd.start()
    time.sleep(1)
    own_amqp_server.kill()
    own_amqp_server.start()
    time.sleep(4)
    checked(crowd, deliveries, seconds=120)


def test_a_database_that_restarts_loses_nothing(stack, deliveries, own_database_server):
    crowd = Crowd(stack)
    crowd.start()
    time.sleep(1)
    own_database_server.stop()
    time.sleep(2)
    own_database_server.start()
    time.sleep(4)
    checked(crowd, deliveries, seconds=120)


def test_without_broker_and_database_sigterm_still_ends_every_service(stack, own_amqp_server, own_database_server):
    own_amqp_server.kill()
    own_database_server.kill()
    time.sleep(1)
    try:
        for process in stack.processes.values():
            process.process.terminate()
        ended = {name: process.stop(seconds=30) for name, process in stack.processes.items()}
        assert not {name: status for name, status in ended.items() if status not in (0, 1)}
    finally:
        own_amqp_server.start()
        own_database_server.start()
