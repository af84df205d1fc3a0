"""The opening of registration is told; those that have opened before are not."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0023"
down_revision = "0022"

TO_OPEN = sa.text("opened_at IS NULL AND state = 'scheduled'")


def upgrade() -> None:
    op.add_column("activity", sa.Column("opened_at", UtcDateTime(), nullable=True))
    times = sa.column("opened_at", UtcDateTime()), sa.column("registration_opens_at", UtcDateTime())
    activity = sa.table("activity", *times)
    opened = activity.c.registration_opens_at <= datetime.now(UTC)
    op.execute(sa.update(activity).where(opened).values(opened_at=activity.c.registration_opens_at))
    op.create_index(
        "ix_activity_to_open", "activity", ["registration_opens_at"], postgresql_where=TO_OPEN, sqlite_where=TO_OPEN
    )
    op.create_table(
        "opening_reminder",
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("activity_id", "member_id", name="pk_opening_reminder"),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_opening_reminder_activity_id_activity"),
    )
    op.create_index("ix_opening_reminder_member_id", "opening_reminder", ["member_id"])
