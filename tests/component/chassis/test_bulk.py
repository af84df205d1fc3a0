"""Many rows written at once are stored as if each had been written alone, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.bulk import insert_new, insert_rows
from services.chassis.database.engine import ChassisBase, Database, UuidKey, declarative_base
from services.chassis.database.tables import OutboxEvent
from services.chassis.database.transaction import transaction
from services.chassis.identifiers import uuid7
from services.chassis.process import settings
from services.chassis.schema import Event, Schema
from services.chassis.security.encryption import EncryptedText

Base = declarative_base("cargo")
NOW = datetime(2026, 3, 1, 12, 30, 15, 250, tzinfo=UTC)
ODD = ['plain "quoted"', "back\\slash", "a,b {c}", "NULL", "", " 空 格 ", "new\nline\ttab", "it's %s"]


class Crate(Base):
    __tablename__ = "crate"

    id: Mapped[UuidKey]
    label: Mapped[str] = mapped_column(sa.String(20).with_variant(sa.String(20, collation="C"), "postgresql"))
    secret: Mapped[str | None] = mapped_column(EncryptedText)
    facts: Mapped[dict[str, Any]]
    weight: Mapped[Decimal | None]
    owner: Mapped[UUID | None]
    due: Mapped[date | None]
    packed_at: Mapped[datetime]
    fragile: Mapped[bool]
    layers: Mapped[int] = mapped_column(default=3)
    serial: Mapped[int] = mapped_column(server_default=sa.text("7"))


class _Ticked(Schema):
    """Nothing but the clock."""


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    for name in ("HASH_KEY", "SIGNING_KEY"):
        monkeypatch.setenv(f"GONGHUI_{name}", name.lower() * 4)
    monkeypatch.setenv("GONGHUI_ENCRYPTION_KEYS", Fernet.generate_key().decode())
    settings.reset()
    is_sqlite = request.param == "sqlite"
    make: Callable[[str], str] = (lambda name: f"sqlite:///{tmp_path}/{name}") if is_sqlite else (
        request.getfixturevalue("database_url")
    )  # fmt: skip
    database = Database(make("cargo"))
    for metadata in (ChassisBase.metadata, Base.metadata):
        metadata.create_all(database.engine)
    yield database
    database.close()
    settings.reset()


def columns(labels: list[str]) -> dict[str, list[Any]]:
    places = range(len(labels))
    return {
        "id": [uuid7() for _ in places],
        "label": labels,
        "secret": [None if place % 2 else label for place, label in enumerate(labels)],
        "facts": [{"label": label, "空": [1, None, True]} for label in labels],
        "weight": [Decimal("1.25") if place % 3 else None for place in places],
        "owner": [None for _ in places],
        "due": [date(2026, 1, 1 + place) for place in places],
        "fragile": [place % 2 == 0 for place in places],
    }


def test_every_kind_of_value_comes_back_as_it_was_given(database: Database):
    given = columns(ODD)
    with database.session() as session:
        insert_rows(session, Crate.__table__, given, {"packed_at": NOW})

    with database.session() as session:
        crates = list(session.scalars(sa.select(Crate).order_by(Crate.id)))

    for name, values in given.items():
        assert [getattr(crate, name) for crate in crates] == values, name
    assert {(crate.packed_at, crate.layers, crate.serial) for crate in crates} == {(NOW, 3, 7)}


def test_an_encrypted_column_holds_no_plain_text(database: Database):
    with database.session() as session:
        insert_rows(session, Crate.__table__, columns(["13912345678"]), {"packed_at": NOW})
        (stored,) = session.execute(sa.text("SELECT secret FROM crate")).scalars()

    assert stored.startswith("gAAAA")


def test_rows_that_are_there_are_passed_over(database: Database):
    given = columns(["a", "b", "c"])
    with database.session() as session:
        first = {name: values[:2] for name, values in given.items()}
        assert insert_new(session, Crate.__table__, first, {"packed_at": NOW}, key=("id",)) == 2
        assert insert_new(session, Crate.__table__, given, {"packed_at": NOW}, key=("id",)) == 1
        assert session.scalar(sa.select(sa.func.count()).select_from(Crate)) == 3


def test_a_text_that_is_too_long_is_never_cut_off(database: Database):
    labels: list[str] = []
    try:
        with database.session() as session:
            insert_rows(session, Crate.__table__, columns(["x" * 21]), {"packed_at": NOW})
            labels = list(session.scalars(sa.select(Crate.label)))
    except sa.exc.DataError:
        assert not database.is_sqlite

    # SQLite measures no texts.
    assert labels == (["x" * 21] if database.is_sqlite else [])


def test_events_are_numbered_within_their_subjects_in_the_order_they_were_recorded(database: Database):
    for _ in range(2):
        with transaction(database) as tx:
            tx.record(*(_tick(clock) for clock in ("b", "a", "b", "c", "b")))

    with database.session() as session:
        rows = session.execute(
            sa.select(OutboxEvent.subject, OutboxEvent.sequence, OutboxEvent.data).order_by(OutboxEvent.position)
        ).all()

    assert [(row.subject[-1], row.sequence) for row in rows] == [
        ("b", 1), ("a", 1), ("b", 2), ("c", 1), ("b", 3), ("b", 4), ("a", 2), ("b", 5), ("c", 2), ("b", 6),
    ]  # fmt: skip


def _tick(clock: str) -> Any:
    """Return an event of a clock; made without declaring a contract, which the documents would tell of."""
    event = Event.__new__(Event)
    event.values = {}
    for name, value in {"type": "ticked", "version": 1, "subject": f"clock/{clock}", "payload": dict}.items():
        setattr(event, name, value)
    return event
