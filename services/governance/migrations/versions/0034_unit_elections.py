"""Elections of delegates by ballot."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

_TABLE = "congress_unit_election"
_GOES_ON = sa.text("state IN ('voting', 'round_due')")


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("congress_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(16), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("filled", sa.Integer(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.Column("refused_by", sa.String(60), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_congress_unit_election"),
        sa.ForeignKeyConstraint(
            ["congress_id"], ["congress.id"], name="fk_congress_unit_election_congress_id_congress"
        ),
        sa.UniqueConstraint("ballot_id", name="uq_congress_unit_election_ballot_id"),
    )
    op.create_index(
        "uq_congress_unit_election_open", _TABLE, ["congress_id", "body", "unit_id"], unique=True,
        postgresql_where=_GOES_ON, sqlite_where=_GOES_ON,
    )  # fmt: skip
    op.create_index("ix_congress_unit_election_congress_id", _TABLE, ["congress_id", "id"])
    op.create_index("ix_congress_unit_election_unit_id", _TABLE, ["unit_id", "congress_id", "id"])
    op.create_index(
        "ix_congress_unit_election_open", _TABLE, ["id"], postgresql_where=_GOES_ON, sqlite_where=_GOES_ON
    )  # fmt: skip
