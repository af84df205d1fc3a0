"""Surroundings of the chassis's own tests: keys that mean nothing, and a database of its tables alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.chassis.database.engine import ChassisBase, Database
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.process import settings as settings_module


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("GONGHUI_ENCRYPTION_KEYS", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
    monkeypatch.setenv("GONGHUI_HASH_KEY", "hash-key-of-the-tests-32-bytes-long")
    monkeypatch.setenv("GONGHUI_SIGNING_KEY", "signing-key-of-the-tests-32-bytes")
    settings_module.reset()
    yield
    settings_module.reset()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/chassis.sqlite3")
    ChassisBase.metadata.create_all(database.engine)
    yield database
    database.close()


@pytest.fixture
def tx(database: Database) -> Iterator[Transaction]:
    with transaction(database) as opened:
        yield opened
