"""Visit types with days: the union's own beside the shipped ones; a visit keeps the one it was begun with.

The types known so far are taken over, as of a day before any visit. The old table stays as it is for replicas of the
release before.
"""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_TAKEN_OVER = (
    ("occasion", sa.String(30)), ("name", sa.String(60)), ("name_en", sa.String(100)), ("level", sa.String(8)),
    ("due_within_hours", sa.Integer()), ("escalate_after_hours", sa.Integer()), ("evidence_needed", sa.JSON()),
    ("evidence_to_close", sa.JSON()), ("benefit_key", sa.String(40)), ("relations", sa.JSON()),
    ("standings", sa.JSON()), ("ahead_days", sa.Integer()), ("apart_days", sa.Integer()), ("ruleset", sa.String(60)),
    ("position", sa.Integer()),
)  # fmt: skip
_SINCE = date(2000, 1, 1)


def upgrade() -> None:
    dated = op.create_table(
        "dated_visit_type",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in _TAKEN_OVER),
        sa.Column("title", sa.String(200), nullable=True),
        sa.Column("number", sa.String(100), nullable=True),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_dated_visit_type"),
    )
    op.create_index("ix_dated_visit_type_occasion", "dated_visit_type", ["occasion", "valid_from"])
    known = sa.table("visit_type", *(sa.column(name, kind) for name, kind in _TAKEN_OVER))
    rows = op.get_bind().execute(sa.select(known)).mappings().all()
    op.bulk_insert(dated, [{**row, "id": uuid4(), "offered": True, "valid_from": _SINCE} for row in rows])
    op.add_column("visit", sa.Column("type_id", sa.Text(), nullable=True))
