"""Which errors say that the database can't work now, which that a statement lost to others, and which are its own."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from services.chassis.database.engine import Database
from services.chassis.database.errors import is_away, is_busy
from tests.support.machine import free_port

AWAY, BUSY, ITS_OWN = "away", "busy", "its own"


def kind_of(error: BaseException) -> str:
    """What the error is taken for; never two things."""
    assert not (is_away(error) and is_busy(error))
    return AWAY if is_away(error) else BUSY if is_busy(error) else ITS_OWN


def error_of(database: Database, *statements: str) -> Exception:
    """The error that running the statements in one transaction raises."""
    try:
        with database.session() as session:
            for statement in statements:
                session.execute(sa.text(statement))
    except sa.exc.DBAPIError as error:
        return error
    raise AssertionError(f"no error of {statements}")


@pytest.fixture
def url(database_url) -> str:
    """The URL of an empty database."""
    return database_url("errors")


@pytest.fixture
def postgresql(url):
    """An empty database."""
    database = Database(url, pool_size=2)
    yield database
    database.close()


@pytest.fixture
def sqlite(tmp_path):
    """An empty SQLite database."""
    database = Database(f"sqlite:///{tmp_path}/errors.sqlite3")
    yield database
    database.close()


def connecting(url: str) -> Exception:
    """The error of a connection that can't be made."""
    database = Database(url, pool_size=1)
    try:
        return error_of(database, "SELECT 1")
    finally:
        database.close()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("08006", AWAY),  # connection failure
        ("25006", AWAY),  # read-only: the former leader after a fail-over
        ("28P01", AWAY),  # wrong password
        ("53100", AWAY),  # disk full
        ("53200", AWAY),  # out of memory
        ("53300", AWAY),  # too many connections
        ("57P01", AWAY),  # an administrator shuts down
        ("57P03", AWAY),  # starting up
        ("58030", AWAY),  # input or output error
        ("40001", BUSY),  # serialization failure
        ("40P01", BUSY),  # deadlock
        ("55P03", BUSY),  # lock time-out
        ("57014", BUSY),  # statement time-out
        ("22001", ITS_OWN),  # text too long
        ("23505", ITS_OWN),  # unique violation
        ("42P01", ITS_OWN),  # no such table
        ("42501", ITS_OWN),  # no right
        ("54001", ITS_OWN),  # statement too complex
    ],
)
def test_postgresql_s_codes_are_told_apart(postgresql, code, kind):
    raising = f"DO $$ BEGIN RAISE EXCEPTION 'as told' USING ERRCODE = '{code}'; END $$"
    assert kind_of(error_of(postgresql, raising)) == kind


def test_a_server_that_is_not_there_is_away(url):
    parts = urlsplit(url)
    assert kind_of(connecting(url.replace(f":{parts.port}/", f":{free_port()}/"))) == AWAY


def test_a_refused_sign_in_is_away(url):
    assert kind_of(connecting(url.replace("://", "://nobody:wrong@", 1).replace("gonghui@", "", 1))) == AWAY


def test_too_many_connections_are_away(url, database_server):
    role, password = f"crowded_{secrets.token_hex(4)}", secrets.token_hex(8)
    database_server.run(f"CREATE ROLE {role} LOGIN PASSWORD '{password}' CONNECTION LIMIT 0")
    try:
        host = url.rpartition("@")[2]
        assert kind_of(connecting(f"postgresql://{role}:{password}@{host}")) == AWAY
    finally:
        database_server.run(f"DROP ROLE {role}")


def test_a_database_that_takes_no_connections_is_away(url, database_server):
    database_server.run(f"ALTER DATABASE {urlsplit(url).path[1:]} ALLOW_CONNECTIONS false")
    assert kind_of(connecting(url)) == AWAY


def test_a_session_that_is_ended_is_away(postgresql):
    assert kind_of(error_of(postgresql, "SELECT pg_terminate_backend(pg_backend_pid())")) == AWAY


def test_a_read_only_server_is_away(postgresql):
    assert kind_of(error_of(postgresql, "SET TRANSACTION READ ONLY", "CREATE TABLE t ()")) == AWAY


def test_time_outs_of_statements_and_locks_are_busy(postgresql, url):
    error = error_of(postgresql, "SET LOCAL statement_timeout = 50", "SELECT pg_sleep(5)")
    assert kind_of(error) == BUSY
    with postgresql.session() as session:
        session.execute(sa.text("CREATE TABLE held (n int)"))
    other = Database(url, pool_size=1)
    with postgresql.session() as session:
        session.execute(sa.text("LOCK TABLE held"))
        assert kind_of(error_of(other, "SET LOCAL lock_timeout = 50", "SELECT * FROM held")) == BUSY
    other.close()


def test_a_pool_without_a_free_connection_is_away(url):
    crowded = Database(url, pool_size=1)
    crowded.engine.pool._timeout = 0.05
    with crowded.session() as session:
        session.execute(sa.text("SELECT 1"))
        with pytest.raises(sa.exc.TimeoutError) as caught, crowded.session() as second:
            second.execute(sa.text("SELECT 1"))
    assert kind_of(caught.value) == AWAY
    crowded.close()


def test_sqlite_full_or_read_only_is_away(sqlite):
    with sqlite.session() as session:
        session.execute(sa.text("CREATE TABLE page (content TEXT)"))
    with sqlite.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 3")
        with pytest.raises(sa.exc.DBAPIError) as full:
            connection.exec_driver_sql("INSERT INTO page VALUES (printf('%.100000c', 'x'))")
        assert kind_of(full.value) == AWAY
        connection.rollback()
    reader = sa.create_engine(sqlite.url)
    with reader.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(sa.exc.DBAPIError) as read_only:
            connection.exec_driver_sql("INSERT INTO page VALUES ('x')")
    assert kind_of(read_only.value) == AWAY
    reader.dispose()


def test_a_sqlite_file_that_cannot_be_opened_is_away(tmp_path):
    assert kind_of(connecting(f"sqlite:///{tmp_path}/no-such-folder/file.sqlite3")) == AWAY


def test_a_locked_sqlite_file_is_busy(sqlite, tmp_path):
    impatient = sa.create_engine(sqlite.url, connect_args={"timeout": 0.05})
    with sqlite.session() as session, impatient.connect() as other:
        session.execute(sa.text("CREATE TABLE held (n)"))
        with pytest.raises(sa.exc.DBAPIError) as caught:
            other.exec_driver_sql("BEGIN IMMEDIATE")
    assert kind_of(caught.value) == BUSY
    impatient.dispose()


def test_a_mistake_in_a_statement_is_its_own(sqlite, postgresql):
    for database in (sqlite, postgresql):
        assert kind_of(error_of(database, "SELECT no_such_column FROM no_such_table")) == ITS_OWN
    assert kind_of(ValueError("no database is concerned")) == ITS_OWN
