"""A broker user for each service and for the tools, with the rights the platform chart gives; `python -m` sets them up.

Compose runs it before anything else, with `GONGHUI_MANAGEMENT_URL` (an administrator's), `GONGHUI_AMQP_URL` (for its
vhost) and a `BROKER_PASSWORD_NAME` for each. So no long-running process has the administrator's password.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from deploy import broker_policy
from deploy.broker_management import put, vhost_of
from services.chassis.process.settings import SERVICES

USERS = (*SERVICES, "tools")
RIGHTS = Path(__file__).parent / "kubernetes" / "platform" / "values.yaml"
"""The rights of broker users, defined in one place for charts, Compose and `gonghui prepare`."""


def rights_of(user: str) -> dict[str, str]:
    """Return what a user may configure, write and read, as RabbitMQ's regular expressions.

    Args:
        user: a service, `tools`, `keda`, or the name of an outside system that subscribes.
    """
    kinds = yaml.safe_load(RIGHTS.read_text(encoding="utf-8"))["broker"]["rights"]
    kind = "service" if user in SERVICES else user if user in kinds else "subscriber"
    return {what: told.replace("NAME", user) for what, told in kinds[kind].items()}


def set_up(management_url: str, amqp_url: str, passwords: Mapping[str, str]) -> Iterator[str]:
    """Create users or set their passwords; set their rights, and the policy of event queues.

    Safe to repeat; yields a line for each thing done.

    Args:
        management_url: `http://user:password@host:15672` of an administrator.
        amqp_url: the URL with the vhost.
        passwords: of each user, by name.

    Raises:
        OSError: the management API cannot be reached, or refuses.
    """
    for user, password in passwords.items():
        put(management_url, f"users/{user}", {"password": password, "tags": ""})
        put(management_url, f"permissions/{vhost_of(amqp_url)}/{user}", rights_of(user))
        yield f"broker: {user} may do its own"
    broker_policy.set_policy(management_url, amqp_url)
    yield f"broker: the policy {broker_policy.NAME} is set"


def main() -> None:
    """Set up the users of `USERS` with the passwords in the environment."""
    try:
        passwords = {user: os.environ[f"BROKER_PASSWORD_{user.upper()}"] for user in USERS}
        management_url, amqp_url = os.environ["GONGHUI_MANAGEMENT_URL"], os.environ["GONGHUI_AMQP_URL"]
    except KeyError as error:
        raise SystemExit(f"{error.args[0]} is missing") from None
    try:
        for line in set_up(management_url, amqp_url, passwords):
            print(line, flush=True)
    except OSError as error:
        raise SystemExit(f"broker: its users could not be set up: {error}") from None


if __name__ == "__main__":
    main()
