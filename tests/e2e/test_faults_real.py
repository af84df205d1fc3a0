"""Services, broker and database go away under load and come back: nothing is lost and nothing doubled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.e2e.conftest import MEMBERS
from tests.e2e.crowd import SHORT_DEADLINE, Crowd
from tests.support.api import Api, eventually
from tests.support.deliveries import Deliveries
from tests.support.stack import SERVICES, Stack, real_stack
from tests.support.waiting import wait_until


@pytest.fixture(scope="module")
def stack(tmp_path_factory, own_amqp_server, own_database_server, loaded_demo):
    """A real union with a broker and a database server of its own, which may be stopped."""
    folder = tmp_path_factory.mktemp("faults")
    limits = {**SHORT_DEADLINE, "GONGHUI_DRAIN_SECONDS": "6"}
    loaded = loaded_demo(MEMBERS)
    with real_stack(folder, own_amqp_server, own_database_server, loaded=loaded, **limits) as made:
        yield made


@pytest.fixture
def deliveries(stack):
    """Reads its tables."""
    urls = {service: stack.env[f"GONGHUI_{service.upper()}_DATABASE_URL"] for service in SERVICES}
    found = Deliveries(urls)
    yield found
    found.close()


@contextmanager
def under_load(stack: Stack, deliveries: Deliveries) -> Iterator[Crowd]:
    """A crowd at work, before and after what the block does; all it was promised must stand, every event be handled."""
    with Crowd(stack) as crowd:
        crowd.wait_for_more(3)
        yield crowd
        stack.wait_for_http()
        crowd.wait_for_more(3)
    deliveries.wait_until_complete()
    crowd.everything_stands()


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
    with under_load(stack, deliveries):
        stack.processes[service].kill()
        stack.processes[service].start()


def test_a_broker_that_restarts_loses_nothing(stack, deliveries, own_amqp_server):
    with under_load(stack, deliveries) as crowd:
        own_amqp_server.stop()
        crowd.wait_for_trouble()
        own_amqp_server.start()


def test_a_killed_broker_loses_nothing_it_confirmed(stack, deliveries, own_amqp_server):
    with under_load(stack, deliveries):
        own_amqp_server.kill()
        own_amqp_server.start()


def test_a_database_that_restarts_loses_nothing(stack, deliveries, own_database_server):
    with under_load(stack, deliveries) as crowd:
        own_database_server.stop()
        crowd.wait_for_trouble()
        own_database_server.start()


def test_without_broker_and_database_sigterm_still_ends_every_service(stack, own_amqp_server, own_database_server):
    own_amqp_server.kill()
    own_database_server.kill()
    wait_until(lambda: not stack.is_ready("gateway"), what="the loss to be noticed")
    try:
        for process in stack.processes.values():
            process.process.terminate()
        ended = {name: process.stop() for name, process in stack.processes.items()}
        assert not {name: status for name, status in ended.items() if status not in (0, 1)}
    finally:
        own_amqp_server.start()
        own_database_server.start()
