"""The container path of tests.support.servers: both servers through testcontainers, where a Docker engine answers.

Run by `make test-containers` only; without an engine it fails and says so.
"""

from __future__ import annotations

import os
import time

import kombu
import psycopg2
import pytest

from tests.component.chassis import bells
from tests.component.chassis.conftest import surroundings
from tests.support import containers, servers

SETTINGS = {
    "GONGHUI_ENCRYPTION_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "GONGHUI_HASH_KEY": "hash-key-of-the-tests-32-bytes-long",
    "GONGHUI_SIGNING_KEY": "signing-key-of-the-tests-32-bytes",
}


@pytest.fixture(scope="module", autouse=True)
def engine() -> None:
    """Fail with the reason rather than pass with other servers than this test is about."""
    assert containers.engine_answers(), "no Docker engine answers: start one, or run `make test`, which needs none"


@pytest.fixture(scope="module", autouse=True)
def alone(engine: None, no_other_servers: None) -> None:
    """Addresses in the environment come first everywhere else."""


def test_a_broker_in_a_container_keeps_a_confirmed_message_over_its_own_crash(capsys):
    with servers.amqp_server() as broker:
        assert isinstance(broker, containers.RabbitContainer)
        url = broker.new_vhost("containers")
        queue = kombu.Queue("letters", durable=True, queue_arguments={"x-queue-type": "quorum"})

        with kombu.Connection(url, transport_options={"confirm_publish": True}) as connection:
            queue(connection).declare()
            connection.Producer().publish({"text": "你好"}, routing_key=queue.name, delivery_mode=2)
        time.sleep(2)  # a quorum queue that is younger than this when its node crashes may find no leader afterwards
        broker.kill()
        broker.start()
        with kombu.Connection(url) as connection:
            letter = _read_one(connection, queue)

        _say(capsys, f"RabbitMQ {broker.ask('GET', '/api/overview')['rabbitmq_version']}", broker)
    assert letter == {"text": "你好"}


def test_a_database_in_a_container_keeps_what_was_committed_over_its_own_crash(capsys):
    with servers.database_server() as server:
        assert isinstance(server, containers.PostgresContainer)
        url = server.new_database("containers")

        _run(url, "CREATE TABLE letter (text text)", "INSERT INTO letter VALUES ('你好')")
        server.kill()
        server.start()

        rows, version = _run(url, "SELECT text FROM letter"), _run(url, "SHOW server_version")[0][0]
        _say(capsys, f"PostgreSQL {version}", server)
    assert rows == [("你好",)]


def test_an_event_travels_from_commit_to_its_reader_through_both(capsys, monkeypatch):
    with servers.amqp_server() as broker, servers.database_server() as server:
        for name, value in SETTINGS.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("GONGHUI_AMQP_URL", broker.new_vhost("chassis"))
        urls = {name: server.new_database(name) for name in bells.BASES}

        for _databases in surroundings(urls, monkeypatch):
            with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
                visitor.ring(1)
                visitor.ring(2)
                lines = visitor.wait_for(2)

        _say(capsys, "Two services of the chassis", broker)
    assert sorted(lines) == [1, 2]


def _read_one(connection: kombu.Connection, queue: kombu.Queue) -> object:
    letters: list[object] = []

    def take(body: object, message: kombu.Message) -> None:
        letters.append(body)
        message.ack()

    with connection.Consumer([queue], callbacks=[take]):
        while not letters:
            connection.drain_events(timeout=30)
    return letters[0]


def _run(url: str, *statements: str) -> list[tuple]:
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def _say(
    capsys: pytest.CaptureFixture[str], version: str, server: containers.RabbitContainer | containers.PostgresContainer
):
    image = server.container.image
    with capsys.disabled():
        print(f"\n{version} ran in a container of {image} on {os.environ.get('DOCKER_HOST', 'the default engine')}")
