"""Members choose by which calendar their birthday is celebrated."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

_CHOSE_CALENDAR = sa.text("birthday_calendars IS NOT NULL")


def upgrade() -> None:
    op.add_column("member", sa.Column("birthday_calendars", sa.String(60), nullable=True))
    op.create_index(
        "ix_member_birthday_calendars", "member", ["birth_day", "id"],
        postgresql_where=_CHOSE_CALENDAR, sqlite_where=_CHOSE_CALENDAR,
    )  # fmt: skip
