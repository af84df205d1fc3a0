"""Migrations on PostgreSQL: one process at a time, patient with traffic, all or nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.chassis.database import migrations
from services.chassis.database.engine import Database
from tests.support.schema_check import differences

FIRST = """
from services.chassis.database.migrations import chassis_tables

revision = "0001"
down_revision = None


def upgrade():
    chassis_tables()
    chassis_tables(2)
    chassis_tables(3)
    chassis_tables(4)
    chassis_tables(5)
    chassis_tables(6)
    chassis_tables(7)
    chassis_tables(8)
"""

SECOND = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.create_table("letter", sa.Column("id", sa.Integer(), primary_key=True))
    op.add_column("policy_rule", sa.Column("seal", sa.String(9)))
"""

RUN = """
import sys
from services.chassis.database import migrations
from pathlib import Path
migrations.migrations_of = lambda service: Path(sys.argv[1])
print(migrations.upgrade("post", sys.argv[2]))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Migrations of a service called post."""
    versions = tmp_path / "versions"
    versions.mkdir()
    (versions / "0001_first.py").write_text(FIRST)
    monkeypatch.setattr(migrations, "migrations_of", lambda service: tmp_path)
    return tmp_path


def test_the_chassis_s_steps_arrive_at_the_chassis_s_models(folder: Path, database_url: Callable[[str], str]) -> None:
    assert differences("post", sa.MetaData(), database_url("post")) == []


def test_of_two_processes_one_migrates_and_the_other_finds_it_done(
    folder: Path, database_url: Callable[[str], str]
) -> None:
    (folder / "versions" / "0002_second.py").write_text(SECOND)
    url = database_url("post")
    started = [
        subprocess.Popen([sys.executable, "-c", RUN, str(folder), url], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]

    said = sorted(process.communicate(timeout=60)[0].strip() for process in started)

    assert said == ["['0001', '0002']", "[]", "[]"]


@pytest.fixture
def busy(folder: Path, database_url: Callable[[str], str], monkeypatch: pytest.MonkeyPatch):
    """A database whose table is in use for as long as the connection's transaction is open."""
    url = database_url("post")
    migrations.upgrade("post", url)
    (folder / "versions" / "0002_second.py").write_text(SECOND)
    monkeypatch.setattr(migrations, "LOCK_TIMEOUT", "100ms")
    database = Database(url)
    with database.engine.connect() as user:
        user.execute(sa.text("SELECT * FROM policy_rule"))
        yield url, user
    database.close()


def test_a_table_in_use_is_waited_for_in_short_steps(busy, monkeypatch: pytest.MonkeyPatch) -> None:
    url, user = busy
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            user.rollback()

    monkeypatch.setattr(migrations.time, "sleep", pause)

    assert migrations.upgrade("post", url) == ["0002"]
    assert pauses == [1.0, 2.0]


def test_a_table_that_stays_in_use_leaves_the_database_as_it_was(busy, monkeypatch: pytest.MonkeyPatch) -> None:
    url, _user = busy
    monkeypatch.setattr(migrations.time, "sleep", lambda seconds: None)

    with pytest.raises(sa.exc.OperationalError, match="lock timeout"):
        migrations.upgrade("post", url)

    database = Database(url)
    assert migrations.pending("post", database) == ["0002"]
    assert "letter" not in sa.inspect(database.engine).get_table_names()
    with database.session() as session:
        held = session.scalar(
            sa.text(
                "SELECT count(*) FROM pg_locks JOIN pg_database ON oid = database"
                " WHERE locktype = 'advisory' AND datname = current_database()"
            )
        )
    assert held == 0
    database.close()
