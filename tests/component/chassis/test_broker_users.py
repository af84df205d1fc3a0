"""Broker users are made through the management API with the rights of the chart, and given new passwords."""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import kombu
import pytest
from amqp.exceptions import AccessRefused

from deploy import broker_users
from deploy.broker_users import rights_of, set_up
from tests.component.chassis.test_delivery_limit import management_of


@pytest.fixture
def vhost(amqp_server) -> Iterator[str]:
    """The address of a vhost of its own."""
    url = amqp_server.new_vhost("users")
    yield url
    there = {one["name"] for one in amqp_server.ask("GET", "/api/users")}
    for user in there & set(broker_users.USERS):
        amqp_server.ask("DELETE", f"/api/users/{user}")
    amqp_server.drop_vhost(url)


def url_of(vhost: str, user: str, password: str) -> str:
    parts = urlsplit(vhost)
    return f"amqp://{user}:{password}@{parts.hostname}:{parts.port}{parts.path}"


def test_each_user_may_do_its_own_and_nothing_else_and_a_new_password_holds(vhost, amqp_server):
    passwords = {user: secrets.token_hex(8) for user in broker_users.USERS}
    for _ in range(2):
        lines = list(set_up(management_of(amqp_server), vhost, passwords))
    assert lines[-1] == "broker: the policy gonghui-events is set"
    assert len(lines) == len(broker_users.USERS) + 1

    with kombu.Connection(url_of(vhost, "welfare", passwords["welfare"])) as connection:
        kombu.Exchange("welfare.events", "topic", channel=connection.channel()).declare()
        with pytest.raises(AccessRefused):
            kombu.Queue("rpc-membership", channel=connection.channel()).declare()

    assert list(set_up(management_of(amqp_server), vhost, {"welfare": "changed"}))
    with kombu.Connection(url_of(vhost, "welfare", "changed")) as connection:
        connection.connect()


def test_rights_are_those_of_the_kind_of_user():
    assert rights_of("keda") == {"configure": "^$", "write": "^$", "read": "^$"}
    assert r"welfare\.events" in rights_of("welfare")["write"]
    assert rights_of("campus-card")["configure"].startswith("^campus-card")


def test_what_is_missing_or_refused_is_said_in_a_sentence(vhost, amqp_server):
    def run(**env: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "deploy.broker_users"]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    named = {f"BROKER_PASSWORD_{user.upper()}": "x" for user in broker_users.USERS}
    assert run().stderr.splitlines()[-1] == "BROKER_PASSWORD_MEMBERSHIP is missing"
    wrong = management_of(amqp_server).replace(f":{amqp_server.password}@", ":wrong@")
    refused = run(GONGHUI_MANAGEMENT_URL=wrong, GONGHUI_AMQP_URL=vhost, **named)
    assert refused.returncode == 1
    assert "its users could not be set up" in refused.stderr
    assert "Traceback" not in refused.stderr
