"""`gonghui prepare`: the databases, vhost, users and rights of a real union, as files for the servers' own tools.

Each service gets a database that it owns and a broker user with the rights that it needs. The values of the platform
chart define these rights for all ways to run a union.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

from deploy.broker_policy import NAME as POLICY_NAME
from deploy.broker_policy import POLICY
from deploy.broker_users import rights_of
from services.chassis.process.settings import SERVICES

VHOST = "gonghui"
TOOLS = "tools"
"""The user of migrations, founding and other commands: has a broker user and access to every database."""


@dataclass(frozen=True)
class Places:
    """Addresses of the servers, as `host:port`; `scheme` is amqp or amqps."""

    database: str
    broker: str
    scheme: str = "amqp"


def prepare(folder: Path, places: Places) -> Iterator[str]:
    """Write the files of a new union into a folder readable by its owner only; yields a line for each.

    Args:
        folder: is created; it must not exist, because secrets are created only once.
        places: where the servers are.

    Raises:
        FileExistsError: there is such a folder.
    """
    folder.mkdir(mode=0o700, parents=True)
    passwords = {name: secrets.token_hex(24) for name in (*SERVICES, TOOLS)}
    written = {
        "databases.sql": databases_sql({name: passwords[name] for name in SERVICES}),
        "broker.json": broker_definitions(passwords),
        **environments(passwords, places),
    }
    for name, text in written.items():
        descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        yield f"written: {folder / name}"


def next_steps(folder: Path) -> Iterator[str]:
    """Yield the instructions for using the files, in order."""
    yield "Then, in this order:"
    yield f"  psql -v ON_ERROR_STOP=1 postgres < {folder}/databases.sql   # as a superuser of PostgreSQL"
    yield f"  rabbitmqctl import_definitions < {folder}/broker.json   # on the broker's host; adds, removes nothing"
    yield f"  set -a; . {folder}/tools.env; gonghui migrate && gonghui found"
    yield f"  set -a; . {folder}/membership.env; gonghui serve membership  # and each other service by its own file"
    yield f"Keep {folder}: without the keys in it what is encrypted can't be read."


def databases_sql(passwords: Mapping[str, str]) -> str:
    """Return SQL for psql: a role and a database for each service, without access for others. Safe to repeat."""
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


def broker_definitions(passwords: Mapping[str, str]) -> str:
    """Return definitions for RabbitMQ: vhost, policy, and a user with its rights for each. Safe to import again."""
    users = [
        {
            "name": name,
            "password_hash": _hash(password),
            "hashing_algorithm": "rabbit_password_hashing_sha256",
            "tags": "",
        }
        for name, password in passwords.items()
    ]
    document = {
        "vhosts": [{"name": VHOST, "default_queue_type": "quorum", "metadata": {"default_queue_type": "quorum"}}],
        "users": users,
        "permissions": [{"user": name, "vhost": VHOST, **rights_of(name)} for name in passwords],
        "policies": [{"vhost": VHOST, "name": POLICY_NAME, **POLICY}],
    }
    return json.dumps(document, indent=1) + "\n"


def _hash(password: str) -> str:
    """Return a password hash of RabbitMQ: a salt of four bytes, then SHA-256 of salt and password."""
    salt = secrets.token_bytes(4)
    return base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()


def environments(passwords: Mapping[str, str], places: Places) -> dict[str, str]:
    """Return the environment of each service and of the tools, as files for a shell or systemd."""
    keys = {
        "GONGHUI_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
        **{f"GONGHUI_{name}_KEY": secrets.token_urlsafe(32) for name in ("HASH", "SIGNING", "SECRET")},
    }
    of_scrutiny = {"GONGHUI_SCRUTINY_KEYS": Fernet.generate_key().decode()}
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
            **(of_scrutiny if name in ("scrutiny", TOOLS) else {}),
        }
        found[f"{name}.env"] = "".join(f"{variable}={value}\n" for variable, value in variables.items())
    return found
