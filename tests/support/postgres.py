"""PostgreSQL for tests: a server that gives out databases, and a private cluster of it on loopback."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg2
from psycopg2 import sql

from tests.support.machine import Missing, Program, find_program, free_port, give_to_unprivileged, unprivileged
from tests.support.waiting import wait_until

DEBIAN_PACKAGES = ("postgresql",)

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "400",
    "shared_buffers": "256MB",
    # Tests need what is committed to survive a killed server process, which it does without these; only a lost machine
    # would lose it.
    "fsync": "off",
    "full_page_writes": "off",
    "timezone": "UTC",
    "log_min_messages": "warning",
}


@dataclass
class DatabaseServer:
    """A PostgreSQL server on which databases may be made and dropped."""

    address: str  # postgresql://user:password@host:port, without a database
    maintenance: str = "postgres"

    @classmethod
    def at(cls, url: str) -> DatabaseServer:
        """The server at a URL; its database, or `postgres`, is connected to for making others."""
        parts = urlsplit(url)
        server = cls(f"postgresql://{parts.netloc}", parts.path.lstrip("/") or "postgres")
        if not server.answers():
            raise Missing(f"no PostgreSQL answers at {parts.hostname}:{parts.port or 5432} as TEST_DATABASE_URL says")
        return server

    def url(self, database: str) -> str:
        """The URL of one database, as SQLAlchemy and psycopg2 take it."""
        return f"{self.address}/{database}"

    def new_database(self, label: str = "test", *, template: str | None = None) -> str:
        """Make a database, empty or copied from the database named by the URL `template`, and return its URL."""
        name = f"{label}_{uuid4().hex[:12]}"
        source = urlsplit(template).path.lstrip("/") if template else "template1"
        self.run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source)),
        )
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Remove the database of `url`, ending what is still connected to it."""
        name = urlsplit(url).path.lstrip("/")
        self.run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def run(self, statement: str | sql.Composable) -> None:
        """Run one statement outside a transaction in the maintenance database."""
        with self._connection() as connection, connection.cursor() as cursor:
            cursor.execute(statement)

    def answers(self) -> bool:
        """Whether the server takes connections."""
        try:
            with self._connection():
                return True
        except psycopg2.OperationalError:
            return False

    @contextmanager
    def _connection(self) -> Iterator[psycopg2.extensions.connection]:
        connection = psycopg2.connect(self.url(self.maintenance), connect_timeout=5)
        connection.autocommit = True
        try:
            yield connection
        finally:
            connection.close()


def find_postgres() -> str | None:
    """The server program; its companions lie in the same folder."""
    return find_program("postgres", folders=["/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/usr/pgsql-*/bin"])


class PostgresCluster(DatabaseServer):
    """A private cluster with a port and data of its own; may be stopped and started again."""

    def __init__(self) -> None:
        server = find_postgres()
        if not server:
            raise Missing("no postgres on this machine")
        self._server = Path(server)
        self.port = free_port()
        super().__init__(f"postgresql://gonghui@127.0.0.1:{self.port}")
        self._folder = Path(tempfile.mkdtemp(prefix="gonghui-postgres-"))
        self._program: Program | None = None
        self._addresses = _SETTINGS["listen_addresses"]
        self._prepare()

    def listen_also(self, address: str) -> None:
        """Before the first start: take connections to this address of ours too, from wherever it is reached."""
        self._addresses += f",{address}"
        with (self._folder / "data" / "pg_hba.conf").open("a") as rules:
            rules.write("host all all samenet trust\n")

    def ask_for_passwords(self) -> None:
        """Before the first start: ask everybody over TCP for a password, except our own superuser."""
        rules = "host all gonghui 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
        (self._folder / "data" / "pg_hba.conf").write_text(rules)

    def start(self) -> PostgresCluster:
        """Start the cluster and wait until it answers."""
        command = [str(self._server), "-D", str(self._folder / "data"), "-k", str(self._folder), "-p", str(self.port)]
        for name, value in {**_SETTINGS, "listen_addresses": self._addresses}.items():
            command += ["-c", f"{name}={value}"]
        program = self._program = Program(command, log=self._folder / "out.log")
        wait_until(self.answers, what="PostgreSQL", failed=program.why_ended)
        return self

    def stop(self) -> None:
        """Shut down at once but in good order: open connections are ended; data stay."""
        if self._program:
            self._program.stop(signal.SIGINT)

    def kill(self) -> None:
        """End all server processes at once without a checkpoint: the next start recovers as after a crash."""
        if self._program:
            self._program.stop(signal.SIGQUIT)

    def remove(self) -> None:
        """Stop the cluster and remove the data."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _prepare(self) -> None:
        give_to_unprivileged(self._folder)
        command = [str(self._server.with_name("initdb")), "-D", str(self._folder / "data"), "-U", "gonghui"]
        command += ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        done = subprocess.run(
            command,
            cwd="/",
            env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(self._folder)},
            capture_output=True,
            text=True,
            check=False,
            **unprivileged(),  # type: ignore[call-overload]
        )
        if done.returncode != 0:
            raise RuntimeError(f"initdb failed: {done.stderr}")
