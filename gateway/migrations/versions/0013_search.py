"""What can be found by searching. The gateway fills it from its views, at the first run of `keep_search_index`."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("title_en", sa.String(300), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("sort_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reader", sa.String(60), nullable=False),
        sa.Column("folded_title", sa.Text(), nullable=False),
        sa.Column("folded_text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject_id", name="pk_search_entry"),
    )
    op.create_table(
        "search_gram",
        sa.Column("gram", sa.String(2), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("gram", "kind", "subject_id", name="pk_search_gram"),
    )
