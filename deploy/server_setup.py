"""`gonghui prepare`: the databases, vhost, users and rights of a real union, as files for the servers' own tools.

Each service gets a database it owns and a broker user that may do what it needs; the rights stand in the values of the
platform chart, whichever way a union is run.
"""

from __future__ import annotations

import json
import os
import secrets
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

from deploy.broker_policy import NAME as POLICY_NAME
from deploy.broker_policy import POLICY
from deploy.broker_users import rights_of
from services.chassis.settings import SERVICES

VHOST = "gonghui"
TOOLS = "tools"
"""Who migrates, founds and asks: a broker user of its own, and every database."""


@dataclass(frozen=True)
class Places:
    """Where the servers are, as `host:port`; `scheme` is amqp or amqps."""

    database: str
    broker: str
    scheme: str = "amqp"


def prepare(folder: Path, places: Places) -> Iterator[str]:
    """Write the files of a new union into a folder that only its owner can read; yields a line for each.

    Args:
        folder: made here; secrets are made once, so it must not exist.
        places: where the servers are.

    Raises:
        FileExistsError: there is such a folder.
    """
    folder.mkdir(mode=0o700, parents=True)
    passwords = {name: secrets.token_hex(24) for name in (*SERVICES, TOOLS)}
    written = {
        "databases.sql": databases_sql({name: passwords[name] for name in SERVICES}),
        "broker.sh": broker_script(passwords),
        **environments(passwords, places),
    }
    for name, text in written.items():
        descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        yield f"written: {folder / name}"


def next_steps(folder: Path) -> Iterator[str]:
    """Yield what is done with the files, in order."""
    yield "Then, in this order:"
    yield f"  psql -v ON_ERROR_STOP=1 -f {folder}/databases.sql postgres   # as a superuser of PostgreSQL"
    yield f"  sh {folder}/broker.sh                                        # where rabbitmqctl reaches the broker"
    yield f"  set -a; . {folder}/tools.env; gonghui migrate && gonghui found"
    yield f"  set -a; . {folder}/membership.env; gonghui serve membership  # and each other service by its own file"
    yield f"Keep {folder}: without the keys in it what is encrypted can't be read."


def databases_sql(passwords: Mapping[str, str]) -> str:
    """Return SQL for psql: a role and a database it owns for each service, closed to all others. Safe to repeat."""
    lines = ["-- For psql, as a superuser: a role and a database for each service. Safe to repeat."]
    for service, password in passwords.items():
        database = f"gonghui_{service}"
        lines += [
            f"SELECT 'CREATE ROLE {service}'",
            f"  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{service}') \\gexec",
            f"ALTER ROLE {service} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '{password}';",
            f"SELECT 'CREATE DATABASE {database} OWNER {service} ENCODING ''UTF8'' TEMPLATE template0'",
            f"  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \\gexec",
            f"REVOKE ALL ON DATABASE {database} FROM PUBLIC;",
        ]
    return "\n".join(lines) + "\n"


def broker_script(passwords: Mapping[str, str]) -> str:
    """Return a shell script of rabbitmqctl: vhost, policy, and a user with its rights for each. Safe to repeat."""
    pattern, definition = shlex.quote(str(POLICY["pattern"])), shlex.quote(json.dumps(POLICY["definition"]))
    policy = f"--priority {POLICY['priority']} --apply-to {POLICY['apply-to']} {POLICY_NAME} {pattern} {definition}"
    lines = [
        "#!/bin/sh",
        "# Vhost, users and rights, by rabbitmqctl. Safe to repeat.",
        "set -e",
        f"rabbitmqctl -q list_vhosts name | grep -qx {VHOST} \\",
        f"  || rabbitmqctl -q add_vhost {VHOST} --default-queue-type quorum",
        f"rabbitmqctl -q set_policy -p {VHOST} {policy}",
        "user() {",
        '  rabbitmqctl -q add_user "$1" "$2" 2> /dev/null || rabbitmqctl -q change_password "$1" "$2"',
        f'  rabbitmqctl -q set_permissions -p {VHOST} "$1" "$3" "$4" "$5"',
        "}",
    ]
    for name, password in passwords.items():
        rights = rights_of(name)
        given = " ".join(shlex.quote(rights[what]) for what in ("configure", "write", "read"))
        lines.append(f"user {name} {password} {given}")
    return "\n".join(lines) + "\n"


def environments(passwords: Mapping[str, str], places: Places) -> dict[str, str]:
    """Return the environment of each service and of the tools, as files for a shell or systemd."""
    keys = {
        "GONGHUI_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
        **{f"GONGHUI_{name}_KEY": secrets.token_urlsafe(32) for name in ("HASH", "SIGNING", "SECRET")},
    }
    databases = {
        service: f"postgresql://{service}:{passwords[service]}@{places.database}/gonghui_{service}"
        for service in SERVICES
    }
    found = {}
    for name in (*SERVICES, TOOLS):
        urls = databases if name == TOOLS else {name: databases[name]}
        variables = {
            "GONGHUI_AMQP_URL": f"{places.scheme}://{name}:{passwords[name]}@{places.broker}/{VHOST}",
            **{f"GONGHUI_{service.upper()}_DATABASE_URL": url for service, url in urls.items()},
            **keys,
        }
        found[f"{name}.env"] = "".join(f"{variable}={value}\n" for variable, value in variables.items())
    return found
