"""Commands whose broker or database is away, refuses, or does not fit: a sentence, a status, a prompt end."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from deploy.demo.people import identity_number
from tests.support.machine import free_port
from tests.support.stack import SERVICES, RealStack
from tests.support.waiting import wait_until

NOWHERE = "127.0.0.1:1"


@pytest.fixture(scope="module")
def amqp_url(amqp_server) -> Iterator[str]:
    vhost = amqp_server.new_vhost("away")
    yield vhost
    amqp_server.drop_vhost(vhost)


@pytest.fixture(scope="module")
def databases(database_server) -> Iterator[dict[str, str]]:
    urls = {service: database_server.new_database(service) for service in SERVICES}
    yield urls
    for url in urls.values():
        database_server.drop_database(url)


@pytest.fixture
def stack(tmp_path: Path, amqp_url: str, databases: dict[str, str]) -> RealStack:
    """A union whose processes a test starts itself; its servers are there unless the test says otherwise."""
    return RealStack(tmp_path, amqp_url, databases)


def at(url: str, place: str) -> str:
    """The same address at another host and port."""
    parts = urlsplit(url)
    return parts._replace(netloc=f"{parts.netloc.rpartition('@')[0]}@{place}").geturl()


@pytest.mark.parametrize(
    "command", [("migrate", "--wait", "0"), ("serve", "welfare", "--wait", "0"), ("events", "failed")], ids=" ".join
)
def test_a_database_that_is_away_is_named_with_the_setting(stack, command):
    for service in SERVICES:
        stack.env[f"GONGHUI_{service.upper()}_DATABASE_URL"] = f"postgresql://gonghui:secret-one@{NOWHERE}/x"

    told = stack.fails(*command)

    assert f"{NOWHERE}/x" in told
    assert "_DATABASE_URL names" in told
    assert "refused" in told
    assert "secret-one" not in told


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda url: url.rpartition("/")[0] + "/no_such_database", "does not exist"),
        (lambda url: f"{url}?sslmode=require", "SSL"),
        (lambda url: url.replace("postgresql://", "postgresql://no_such_user:x@").replace("@gonghui@", "@"), "exist"),
        (lambda url: "no address at all", "no address of a database"),
    ],
    ids=["unknown database", "no TLS", "unknown user", "no address"],
)
def test_a_database_that_refuses_is_not_waited_for(stack, databases, change, words):
    stack.env["GONGHUI_WELFARE_DATABASE_URL"] = change(databases["welfare"])

    told = stack.fails("serve", "welfare", "--wait", "3600")

    assert words in told
    assert "GONGHUI_WELFARE_DATABASE_URL" in told


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda url: at(url, NOWHERE), "refused"),
        (lambda url: url.replace(f":{urlsplit(url).password}@", ":wrong@"), "ACCESS_REFUSED"),
        (lambda url: url.rpartition("/")[0] + "/no-such-vhost", "vhost no-such-vhost not found"),
        (lambda url: url.replace("amqp://", "amqps://"), "does this port speak TLS"),
        (lambda url: "http://broker/", "no address of a broker"),
    ],
    ids=["away", "password", "vhost", "no TLS", "no address"],
)
def test_a_broker_that_is_away_or_refuses_is_named_with_the_setting(stack, amqp_url, change, words):
    stack.run("migrate", "--no-topology")
    stack.env["GONGHUI_AMQP_URL"] = change(amqp_url)

    for command in (("serve", "welfare", "--wait", "0"), ("found", *FOUNDERS)):
        told = stack.fails(*command)
        assert words in told
        assert "GONGHUI_AMQP_URL" in told
        assert ":wrong@" not in told


FOUNDERS = [
    *("--union", "试验大学工会", "--unit", "机关分工会", "--name", "王立", "--gender", "male"),
    *("--birth-date", "1980-03-04", "--id-number", identity_number(date(1980, 3, 4), 1), "--phone", "13800001111"),
    *("--username", "wangli", "--password", "a-long-passphrase"),
]


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port that takes connections and never says a word, as a host does that hangs."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.mark.parametrize(
    ("setting", "place", "number"),
    [
        ("GONGHUI_AMQP_URL", "silent", signal.SIGTERM),
        ("GONGHUI_AMQP_URL", "away", signal.SIGINT),
        ("GONGHUI_WELFARE_DATABASE_URL", "silent", signal.SIGTERM),
        ("GONGHUI_WELFARE_DATABASE_URL", "away", signal.SIGTERM),
    ],
)
def test_a_process_that_waits_for_its_servers_ends_when_asked_to(stack, silent_port, setting, place, number):
    stack.run("migrate", "--no-topology")
    port = silent_port if place == "silent" else free_port()
    stack.env[setting] = at(
        stack.env[setting].replace("postgresql://gonghui@", "postgresql://gonghui:x@"), f"127.0.0.1:{port}"
    )
    waiting = stack.process("waiting", "serve", "welfare", "--wait", "3600")
    waiting.start()
    wait_until(lambda: "service_starting" in waiting.tail(), what="the start", failed=waiting.why_ended)

    # Processes that do not end are killed by `stop`, and then tell so by their status.
    assert waiting.stop(number) in (1, 128 + signal.SIGTERM)
    assert "Traceback" not in waiting.tail()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_process_in_the_background_of_a_script_ends_when_asked_to(stack, number):
    """Such a process is started with SIGINT ignored (POSIX, asynchronous lists)."""
    stack.run("migrate", "--no-topology")
    stack.env["GONGHUI_AMQP_URL"] = at(stack.env["GONGHUI_AMQP_URL"], f"127.0.0.1:{free_port()}")
    waiting = stack.process("waiting", "serve", "welfare", "--wait", "3600")
    waiting.command = ("sh", "-c", "trap '' INT; exec \"$@\"", "sh", *waiting.command)
    waiting.start()
    wait_until(lambda: "service_starting" in waiting.tail(), what="the start", failed=waiting.why_ended)

    assert waiting.stop(number) == 128 + signal.SIGTERM
    assert "Traceback" not in waiting.tail()


def test_a_process_waits_for_a_broker_that_comes_later(stack, amqp_server, amqp_url):
    stack.run("migrate")
    port = free_port()
    stack.env["GONGHUI_AMQP_URL"] = at(amqp_url, f"127.0.0.1:{port}")
    waiting = stack.process("waiting", "serve", "welfare", "--wait", "3600")
    waiting.start()
    wait_until(lambda: "service_starting" in waiting.tail(), what="the start", failed=waiting.why_ended)
    assert waiting.why_ended() is None
    command = [sys.executable, "-m", "tests.support.forwarder", str(port), str(amqp_server.port)]
    with subprocess.Popen(command) as forwarder:
        try:
            wait_until(lambda: "service_started" in waiting.tail(9000), what="it", failed=waiting.why_ended)
            assert waiting.stop() == 0
        finally:
            waiting.kill()
            forwarder.kill()


def test_what_a_service_starts_with_is_said_without_secrets(stack, amqp_url):
    stack.run("migrate")
    welfare = stack.processes["welfare"]
    welfare.start()
    try:
        wait_until(lambda: "service_started" in welfare.tail(9000), what="it", failed=welfare.why_ended)
        told = welfare.tail(9000)
    finally:
        assert welfare.stop() == 0
    assert f"127.0.0.1:{stack.ops_ports['welfare']}" in told
    assert '"release"' in told
    assert urlsplit(amqp_url).path in told
    for name in ("ENCRYPTION_KEYS", "HASH_KEY", "SIGNING_KEY", "SECRET_KEY"):
        assert f"GONGHUI_{name}=***" in told
        assert stack.env[f"GONGHUI_{name}"] not in told


def test_keys_are_tried_at_the_start(stack):
    stack.run("migrate")
    stack.env["GONGHUI_ENCRYPTION_KEYS"] = "abc"
    told = stack.fails("serve", "membership")
    assert "GONGHUI_ENCRYPTION_KEYS" in told
    assert "abc" not in told


def test_a_database_that_was_not_migrated_is_told_so(stack, database_server):
    url = database_server.new_database("bare")
    try:
        stack.env["GONGHUI_WELFARE_DATABASE_URL"] = url
        assert "run `gonghui migrate` first" in stack.fails("serve", "welfare")
        assert "run `gonghui migrate` first" in stack.fails("events", "failed")
    finally:
        database_server.drop_database(url)


def test_a_taken_port_is_named_with_its_setting(stack):
    stack.run("migrate")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        stack.env["GONGHUI_PORT"] = str(taken.getsockname()[1])
        assert "GONGHUI_PORT" in stack.fails("serve", "gateway")
        stack.env |= {"GONGHUI_PORT": str(free_port()), "GONGHUI_OPS_PORT": str(taken.getsockname()[1])}
        assert "GONGHUI_OPS_PORT" in stack.fails("serve", "gateway")
