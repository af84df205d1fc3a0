"""Migrations: the chassis's schema equals its models, runs once, and knows what is left to do."""

from __future__ import annotations

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
    code = sa.Column("code", sa.String(9), unique=True)
    op.create_table("letter", sa.Column("id", sa.Integer(), primary_key=True), code)
"""

BROKEN = """
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    op.create_table("half", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("SELECT * FROM nowhere")
"""


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Keep migrations for a service called post."""
    versions = tmp_path / "100% post" / "migrations" / "versions"
    versions.mkdir(parents=True)
    monkeypatch.setattr(migrations, "migrations_of", lambda service: versions.parent)
    return lambda name, text: (versions / name).write_text(text) and None


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/post.sqlite3"


def tables(url: str) -> set[str]:
    return set(sa.inspect(Database(url).engine).get_table_names())


def test_the_chassis_s_steps_arrive_at_the_chassis_s_models(write) -> None:
    write("0001_first.py", FIRST)

    assert differences("post", sa.MetaData()) == []


def test_a_difference_between_models_and_migrations_is_found(write) -> None:
    write("0001_first.py", FIRST)
    write("0002_second.py", SECOND)
    metadata = sa.MetaData()
    sa.Table("letter", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("code", sa.String(9)))

    found = str(differences("post", metadata))

    assert "uq_letter_code" in found


def test_migrations_run_once_in_order(write, url: str) -> None:
    write("0001_first.py", FIRST)
    write("0002_second.py", SECOND)

    assert migrations.pending("post", Database(url)) == ["0001", "0002"]
    assert migrations.upgrade("post", url) == ["0001", "0002"]
    assert migrations.pending("post", Database(url)) == []
    assert migrations.upgrade("post", url) == []


def test_a_later_migration_runs_on_a_database_that_has_the_earlier_ones(write, url: str) -> None:
    write("0001_first.py", FIRST)
    migrations.upgrade("post", url)
    write("0002_second.py", SECOND)

    assert migrations.pending("post", Database(url)) == ["0002"]
    assert migrations.upgrade("post", url) == ["0002"]
    assert {"outbox", "letter"} <= tables(url)


def test_a_migration_that_fails_leaves_nothing_behind(write, url: str) -> None:
    write("0001_first.py", FIRST)
    write("0002_second.py", SECOND)
    migrations.upgrade("post", url)
    write("0003_broken.py", BROKEN)

    with pytest.raises(sa.exc.OperationalError, match="nowhere"):
        migrations.upgrade("post", url)

    assert "half" not in tables(url)
    assert migrations.pending("post", Database(url)) == ["0003"]


def test_constraints_without_a_name_get_the_house_s(write, url: str) -> None:
    write("0001_first.py", FIRST)
    write("0002_second.py", SECOND)
    migrations.upgrade("post", url)

    unique = sa.inspect(Database(url).engine).get_unique_constraints("letter")

    assert [constraint["name"] for constraint in unique] == ["uq_letter_code"]


def test_a_service_without_migrations_is_named() -> None:
    with pytest.raises(LookupError, match="laundry keeps no migrations"):
        migrations.upgrade("laundry", "sqlite://")


def test_there_is_no_step_the_chassis_does_not_know() -> None:
    with pytest.raises(ValueError, match="no step 99"):
        migrations.chassis_tables(99)
