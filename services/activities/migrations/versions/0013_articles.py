"""Articles with their revisions, files, readers' units and reads by day; the five categories every union has."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0013"
down_revision = "0012"

_CATEGORIES = (
    ("0190d5a0-0000-7000-8000-00000000c001", "通知", "Notices", 10),
    ("0190d5a0-0000-7000-8000-00000000c002", "公示", "Public disclosure", 20),
    ("0190d5a0-0000-7000-8000-00000000c003", "活动报道", "Activities", 30),
    ("0190d5a0-0000-7000-8000-00000000c004", "政策解读", "Policies explained", 40),
    ("0190d5a0-0000-7000-8000-00000000c005", "模范人物", "Model workers", 50),
)


def upgrade() -> None:
    _create_categories()
    _create_articles()
    _create_revisions()
    _create_files()
    op.create_table(
        "article_unit",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "unit_id", name="pk_article_unit"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_article_unit_article_id_article"),
    )
    op.create_index("ix_article_unit_unit_id", "article_unit", ["unit_id", "article_id"])
    op.create_table(
        "article_read",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "day", name="pk_article_read"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_article_read_article_id_article"),
    )


def _create_categories() -> None:
    table = op.create_table(
        "article_category",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("name_en", sa.String(60)),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("name", name="uq_article_category_name"),
    )
    rows = [
        {"id": UUID(key), "name": name, "name_en": english, "place": place, "offered": True}
        for key, name, english, place in _CATEGORIES
    ]
    op.bulk_insert(table, rows)


def _create_articles() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("unit_id", sa.Uuid()),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("title_en", sa.String(160)),
        sa.Column("summary", sa.String(200)),
        sa.Column("audience", sa.String(8), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("notify", sa.Boolean(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("published_at", UtcDateTime()),
        sa.Column("expires_at", UtcDateTime()),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["article_category.id"], name="fk_article_category_id_article_category"
        ),
    )
    shown = sa.text("state IN ('scheduled', 'published')")
    due, waits = sa.text("state = 'scheduled'"), sa.text("waits")
    news = ["pinned", "published_at", "id"]
    op.create_index("ix_article_news", "article", news, postgresql_where=shown, sqlite_where=shown)
    op.create_index("ix_article_due", "article", ["published_at"], postgresql_where=due, sqlite_where=due)
    op.create_index("ix_article_waits", "article", ["changed_at"], postgresql_where=waits, sqlite_where=waits)
    op.create_index("ix_article_changed_at", "article", ["changed_at", "id"])
    for name in ("state", "unit_id", "category_id"):
        op.create_index(f"ix_article_{name}", "article", [name, "changed_at", "id"])
    op.create_index("ix_article_title", "article", ["title", "id"])


def _create_revisions() -> None:
    op.create_table(
        "article_revision",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("title_en", sa.String(160)),
        sa.Column("summary", sa.String(200)),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(8), nullable=False),
        sa.Column("unit_ids", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("written_by", sa.Uuid()),
        sa.Column("writer_member_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_article_revision"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_article_revision_article_id_article"),
    )


def _create_files() -> None:
    op.create_table(
        "article_file",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("caption", sa.String(60)),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer()),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_article_file_article_id_article"),
    )
    op.create_index("ix_article_file_article_id", "article_file", ["article_id", "id"])
