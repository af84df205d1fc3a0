"""What the chassis's parts promise on SQLite holds on PostgreSQL: pages, rotation, rules, history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import ChassisBase, Database, UuidKey, declarative_base
from services.chassis.database.history import history_of, note_change
from services.chassis.database.pagination import paginate
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.errors import Conflict
from services.chassis.process import settings
from services.chassis.rpc.context import CallContext
from services.chassis.rules.rulebook import load_rules, rule_in_force
from services.chassis.security.encryption import EncryptedText
from services.chassis.security.key_rotation import rotate

Base = declarative_base("parcels")
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


class Parcel(Base):
    __tablename__ = "parcel"

    id: Mapped[UuidKey]
    number: Mapped[int]
    name: Mapped[str]
    amount: Mapped[Decimal]
    sent_at: Mapped[datetime]
    due: Mapped[date]
    phone: Mapped[str | None] = mapped_column(EncryptedText)


@pytest.fixture(autouse=True)
def use_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    monkeypatch.setenv("GONGHUI_HASH_KEY", "hash-key-of-the-tests-32-bytes-long")
    monkeypatch.setenv("GONGHUI_SIGNING_KEY", "signing-key-of-the-tests-32-bytes")

    def use(*keys: str) -> None:
        monkeypatch.setenv("GONGHUI_ENCRYPTION_KEYS", ",".join(keys))
        settings.reset()

    use(OLD)
    yield use
    settings.reset()


@pytest.fixture(scope="module")
def database(database_url: Callable[[str], str]) -> Iterator[Database]:
    database = Database(database_url("parcels"))
    for metadata in (ChassisBase.metadata, Base.metadata):
        metadata.create_all(database.engine)
    yield database
    database.close()


@pytest.fixture
def tx(database: Database) -> Iterator[Transaction]:
    """A transaction that leaves nothing behind."""
    with database.sessions() as session:
        yield Transaction(session, CallContext())
        session.rollback()


def arrive(tx: Transaction, count: int) -> None:
    begin = datetime(2023, 3, 1, tzinfo=UTC)
    names = ["王", "李娜", "li", "Li", "Åsa"]
    tx.session.add_all(
        Parcel(
            number=number,
            name=names[number % 5],
            amount=Decimal(number % 7) / 4,
            sent_at=begin + timedelta(microseconds=number % 4),
            due=date(2023, 1, 1) + timedelta(days=number % 6),
        )
        for number in range(count)
    )
    tx.session.flush()


@pytest.mark.parametrize("first", ["name", "amount", "sent_at", "due"])
def test_every_row_comes_exactly_once_and_in_order(tx: Transaction, first: str) -> None:
    arrive(tx, 50)
    for directions in product(["asc", "desc"], repeat=3):
        columns = (getattr(Parcel, first), Parcel.due if first == "name" else Parcel.name, Parcel.id)
        keys = list(zip(columns, directions, strict=True))
        rows, cursor = [], None
        while True:
            page = paginate(tx, sa.select(Parcel), keys=keys, cursor=cursor, limit=7)
            rows += page.rows
            cursor = page.next_cursor
            if cursor is None:
                break

        order = [getattr(column, direction)() for column, direction in keys]
        assert rows == tx.session.scalars(sa.select(Parcel).order_by(*order)).all()


def test_a_far_page_is_read_from_the_index_not_by_sorting(tx: Transaction) -> None:
    tx.session.execute(sa.text("CREATE INDEX ON parcel (name, number)"))
    arrive(tx, 2_000)
    tx.session.execute(sa.text("ANALYZE parcel"))
    keys = [(Parcel.name, "asc"), (Parcel.number, "asc")]
    statements: list[tuple[str, object]] = []
    cursor = paginate(tx, sa.select(Parcel.number), keys=keys, limit=100).next_cursor
    connection = tx.session.connection()
    listener = lambda _c, _cur, text, values, *_: statements.append((text, values))  # noqa: E731
    sa.event.listen(connection, "before_cursor_execute", listener)
    paginate(tx, sa.select(Parcel.number), keys=keys, cursor=cursor, limit=20)
    sa.event.remove(connection, "before_cursor_execute", listener)

    text, values = statements[0]
    plan = "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {text}", values))

    assert "Index" in plan
    assert "Sort" not in plan


def test_rotation_leaves_every_value_readable_with_the_new_key_alone(
    database: Database, use_keys: Callable[..., None]
) -> None:
    phones = [f"1380000{number:04}" for number in range(23)]
    with transaction(database) as tx:
        arrive(tx, 23)
        for parcel in tx.session.scalars(sa.select(Parcel)):
            parcel.phone = phones[parcel.number]
    use_keys(NEW, OLD)

    with database.sessions() as session:
        assert rotate(session, Parcel.phone, batch=10) == 23

    use_keys(NEW)
    with transaction(database) as tx:
        assert tx.session.scalars(sa.select(Parcel.phone).order_by(Parcel.number)).all() == phones
        tx.session.execute(sa.delete(Parcel))


def test_rules_are_loaded_once_and_found_by_day_and_scope(tx: Transaction) -> None:
    rule = {"key": "cap", "value": {"most": "300.00"}, "unit": "yuan", "title": "t", "valid_from": "2022-01-01"}

    assert load_rules(tx, [rule, rule | {"scope": "henan", "value": "1"}], "demo") == 2
    assert load_rules(tx, [rule], "demo") == 0
    assert rule_in_force(tx, "cap", date(2023, 1, 1)).value == {"most": "300.00"}
    assert rule_in_force(tx, "cap", date(2023, 1, 1), "henan").amount == 1
    with pytest.raises(Conflict):
        load_rules(tx, [rule | {"valid_from": "2023-01-01"}], "demo")
    assert load_rules(tx, [rule | {"value": "2", "valid_from": "2023-01-01"}], "henan") == 1
    assert rule_in_force(tx, "cap", date(2023, 1, 1)).amount == 2
    assert rule_in_force(tx, "cap", date(2022, 12, 31)).value == {"most": "300.00"}


def test_history_is_kept_as_json_and_comes_newest_first(tx: Transaction) -> None:
    for number in range(3):
        note_change(tx, "parcel/1", {"number": (number, number + 1)})

    assert [entry.changes["number"]["new"] for entry in history_of(tx, "parcel/1").rows] == [3, 2, 1]
