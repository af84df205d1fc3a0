"""A member has one base of dues that is open; see the service's README."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

OPEN = sa.text("ends_on IS NULL")


def upgrade() -> None:
    _close_all_but_the_last()
    op.create_index(
        "uq_dues_base_open", "dues_base", ["member_id"], unique=True, postgresql_where=OPEN, sqlite_where=OPEN
    )


def _close_all_but_the_last() -> None:
    """End what was left open when two were set at once: each the day before the next one begins."""
    columns = sa.column("id", sa.Uuid()), sa.column("member_id", sa.Uuid()), sa.column("starts_on", sa.Date())
    bases = sa.table("dues_base", *columns, sa.column("ends_on", sa.Date()))
    later = bases.alias()
    next_one = (
        sa.select(sa.func.min(later.c.starts_on, type_=sa.Date()))
        .where(later.c.member_id == bases.c.member_id, later.c.starts_on > bases.c.starts_on)
        .scalar_subquery()
    )
    left_open = sa.select(bases.c.id, next_one.label("follows")).where(bases.c.ends_on.is_(None), next_one.is_not(None))
    for base_id, follows in op.get_bind().execute(left_open).all():
        ended = (
            sa.update(bases)
            .where(bases.c.id == base_id, bases.c.ends_on.is_(None))
            .values(ends_on=follows - timedelta(days=1))
        )
        op.get_bind().execute(ended)
