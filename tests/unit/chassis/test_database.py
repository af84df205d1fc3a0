"""SQLite: one writer at a time, readers beside it; a reader can't write."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from services.chassis.database.engine import Database


@pytest.fixture
def numbers(database: Database) -> sa.Table:
    table = sa.Table("number", sa.MetaData(), sa.Column("value", sa.Integer, primary_key=True))
    table.create(database.engine)
    return table


def _all(database: Database, table: sa.Table) -> list[int]:
    with database.session(readonly=True) as session:
        return list(session.scalars(sa.select(table.c.value).order_by(table.c.value)))


def test_a_reader_sees_the_last_commit_while_a_writer_is_at_work(database: Database, numbers: sa.Table) -> None:
    with database.session() as session:
        session.execute(sa.insert(numbers).values(value=1))
    with database.session() as writing:
        writing.execute(sa.insert(numbers).values(value=2))
        assert _all(database, numbers) == [1]
        assert database.answers()
    assert _all(database, numbers) == [1, 2]


def test_a_writer_commits_while_a_reader_keeps_what_it_sees(database: Database, numbers: sa.Table) -> None:
    with database.session(readonly=True) as reading:
        assert reading.scalar(sa.select(sa.func.count()).select_from(numbers)) == 0
        with database.session() as session:
            session.execute(sa.insert(numbers).values(value=1))
        assert reading.scalar(sa.select(sa.func.count()).select_from(numbers)) == 0
    assert _all(database, numbers) == [1]


def test_a_read_only_transaction_cannot_write(database: Database, numbers: sa.Table) -> None:
    with pytest.raises(sa.exc.OperationalError, match="readonly"), database.session(readonly=True) as session:
        session.execute(sa.insert(numbers).values(value=1))
    assert _all(database, numbers) == []


def test_a_database_in_memory_is_read_by_its_only_connection() -> None:
    database = Database("sqlite://")
    with database.session() as session:
        session.execute(sa.text("CREATE TABLE number (value INTEGER)"))
    with database.session(readonly=True) as session:
        assert session.scalar(sa.text("SELECT count(*) FROM number")) == 0
