"""Migrations on SQLite: a table that others refer to is altered with its rows in it, and no reference breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from services.chassis.database import migrations
from services.chassis.database.engine import Database

FIRST = """
from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    op.execute("CREATE TABLE letter (id INTEGER PRIMARY KEY, kind TEXT NOT NULL)")
    op.execute("CREATE TABLE stamp (id INTEGER PRIMARY KEY, letter_id INTEGER REFERENCES letter (id))")
    op.execute("INSERT INTO letter VALUES (1, 'parcel')")
    op.execute("INSERT INTO stamp VALUES (7, 1)")
"""
ALTERING = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    with op.batch_alter_table("letter") as table:
        table.alter_column("kind", existing_type=sa.Text(), nullable=True)
"""
BREAKING = """
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    op.execute("DELETE FROM letter")
"""


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of a service called post."""
    folder = tmp_path / "versions"
    folder.mkdir()
    monkeypatch.setattr(migrations, "migrations_of", lambda _service: tmp_path)
    (folder / "0001.py").write_text(FIRST)
    return folder


def test_a_table_that_others_refer_to_is_altered_with_its_rows(versions: Path, tmp_path: Path):
    url = f"sqlite:///{tmp_path}/post.sqlite3"
    migrations.upgrade("post", url)
    (versions / "0002.py").write_text(ALTERING)

    assert migrations.upgrade("post", url) == ["0002"]
    database = Database(url)
    with database.session() as session:
        session.execute(sa.text("UPDATE letter SET kind = NULL"))
        assert session.execute(sa.text("SELECT letter_id FROM stamp")).all() == [(1,)]
        with pytest.raises(sa.exc.IntegrityError):
            session.execute(sa.text("DELETE FROM letter"))
    database.close()


def test_a_migration_that_breaks_references_changes_nothing(versions: Path, tmp_path: Path):
    url = f"sqlite:///{tmp_path}/post.sqlite3"
    (versions / "0002.py").write_text(ALTERING)
    migrations.upgrade("post", url)
    (versions / "0003.py").write_text(BREAKING)

    with pytest.raises(sa.exc.IntegrityError, match="stamp refer to rows"):
        migrations.upgrade("post", url)
    database = Database(url)
    with database.session() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM letter")) == 1
    assert migrations.pending("post", database) == ["0003"]
    database.close()
