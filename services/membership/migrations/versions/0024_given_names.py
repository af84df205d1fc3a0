"""The given name's part of the pinyin, by which members are found. `complete_given_names` fills it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

_NONE = sa.text("given_pinyin IS NULL OR substr(pinyin, length(pinyin) - length(given_pinyin) + 1) <> given_pinyin")


def upgrade() -> None:
    key = sa.String(100).with_variant(sa.String(100, collation="C"), "postgresql")
    op.add_column("member", sa.Column("given_pinyin", key, nullable=True))
    op.create_index("ix_member_given_pinyin", "member", ["given_pinyin"])
    op.create_index("ix_member_no_given_pinyin", "member", ["id"], postgresql_where=_NONE, sqlite_where=_NONE)
