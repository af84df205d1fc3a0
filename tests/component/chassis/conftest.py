"""The two services' surroundings: embedded, or a real broker and real databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from services.chassis.broker import embedded
from services.chassis.database.engine import Database
from services.chassis.process import settings
from tests.component.chassis import bells


@pytest.fixture(scope="module")
def unhurried() -> None:
    """The waits as they are: these tests are about them."""


@pytest.fixture(params=["embedded", "real"])
def databases(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[dict[str, Database]]:
    """Databases of `bell` and `book`, with settings that point to them and to a broker; empty for every test."""
    for name in ("HASH_KEY", "SIGNING_KEY"):
        monkeypatch.setenv(f"GONGHUI_{name}", name.lower() * 4)
    monkeypatch.setenv("GONGHUI_ENCRYPTION_KEYS", Fernet.generate_key().decode())
    if request.param == "embedded":
        urls = {name: f"sqlite:///{tmp_path}/{name}.sqlite3" for name in bells.BASES}
        monkeypatch.setenv("GONGHUI_AMQP_URL", "embedded://localhost/")
        yield from surroundings(urls, monkeypatch)
        return
    make: Callable[[str], str] = request.getfixturevalue("database_url")
    server = request.getfixturevalue("amqp_server")
    urls = {name: make(name).replace("postgresql://", "postgresql+psycopg2://") for name in bells.BASES}
    vhost = server.new_vhost()
    monkeypatch.setenv("GONGHUI_AMQP_URL", vhost)
    yield from surroundings(urls, monkeypatch)
    server.drop_vhost(vhost)  # hundreds of them slow the broker down


def surroundings(urls: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Database]]:
    """Point the settings at the databases, make the tables, and leave no trace."""
    settings.SERVICES = (*settings.SERVICES, *bells.BASES)
    for name, url in urls.items():
        monkeypatch.setenv(f"GONGHUI_{name.upper()}_DATABASE_URL", url)
    settings.reset()
    embedded.forget()
    bells.Book.stumbles = set()
    databases = bells.make_tables(urls)
    bells.declare()
    yield databases
    for database in databases.values():
        database.close()
    settings.SERVICES = settings.SERVICES[: -len(bells.BASES)]
    settings.reset()
    embedded.forget()
