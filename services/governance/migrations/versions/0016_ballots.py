"""Ballots: rolls, votes and results."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    _ballot()
    _beside()
    _roll_and_votes()


def _ballot() -> None:
    op.create_table(
        "ballot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("secrecy", sa.String(10), nullable=False),
        sa.Column("body", sa.String(20), nullable=False),
        sa.Column("origin_kind", sa.String(10), nullable=False),
        sa.Column("origin_id", sa.Uuid(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("options", sa.Integer(), nullable=False),
        sa.Column("counts", sa.String(10), nullable=False),
        sa.Column("electorate", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        *(sa.Column(name, UtcDateTime(), nullable=True) for name in ("opens_at", "closes_at", "opened_at")),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("presence_known", sa.Boolean(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=True),
        sa.Column("base", sa.String(10), nullable=True),
        sa.Column("comparator", sa.String(20), nullable=True),
        sa.Column("proxies_most", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(10), nullable=True),
        sa.Column("reached", sa.Uuid(), nullable=True),
        sa.Column("telling", sa.String(10), nullable=True),
        sa.Column("run_off_of", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ballot"),
        sa.ForeignKeyConstraint(["run_off_of"], ["ballot.id"], name="fk_ballot_run_off_of_ballot"),
        sa.UniqueConstraint("run_off_of", name="uq_ballot_run_off_of"),
    )
    op.create_index("ix_ballot_created_at", "ballot", ["created_at", "id"])
    op.create_index("ix_ballot_state", "ballot", ["state", "created_at", "id"])
    op.create_index("ix_ballot_origin", "ballot", ["origin_kind", "origin_id", "id"])
    for name, column, where in (
        ("ix_ballot_opens_at", "opens_at", "state = 'prepared'"),
        ("ix_ballot_closes_at", "closes_at", "state = 'open'"),
        ("ix_ballot_opening", "id", "state = 'opening'"),
        ("ix_ballot_telling", "id", "telling IS NOT NULL"),
    ):
        op.create_index(name, "ballot", [column], postgresql_where=sa.text(where), sqlite_where=sa.text(where))


def _beside() -> None:
    op.create_table(
        "ballot_terms",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(4000), nullable=True),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("unit_ids", "member_ids", "present", "rules")),
        sa.Column("least", sa.String(20), nullable=True),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("ballot_id", name="pk_ballot_terms"),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name="fk_ballot_terms_ballot_id_ballot"),
    )
    op.create_table(
        "ballot_option",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(200), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("ballot_id", "number", name="pk_ballot_option"),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name="fk_ballot_option_ballot_id_ballot"),
    )
    op.create_table(
        "ballot_result",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("counted_at", UtcDateTime(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("ballot_id", name="pk_ballot_result"),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name="fk_ballot_result_ballot_id_ballot"),
    )


def _roll_and_votes() -> None:
    op.create_table(
        "ballot_roll",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("present", sa.Boolean(), nullable=True),
        sa.Column("proxy_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("ballot_id", "member_id", name="pk_ballot_roll"),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name="fk_ballot_roll_ballot_id_ballot"),
    )
    op.create_index("ix_ballot_roll_member_id", "ballot_roll", ["member_id", "ballot_id"])
    op.create_index("ix_ballot_roll_unit_id", "ballot_roll", ["ballot_id", "unit_id", "member_id"])
    represented = sa.text("proxy_id IS NOT NULL")
    op.create_index(
        "ix_ballot_roll_proxy_id", "ballot_roll", ["ballot_id", "proxy_id"], postgresql_where=represented,
        sqlite_where=represented,
    )  # fmt: skip
    op.create_table(
        "ballot_vote",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("choices", sa.String(200), nullable=False),
        sa.Column("cast_at", UtcDateTime(), nullable=False),
        sa.Column("cast_by", sa.Uuid(), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("ballot_id", "member_id", name="pk_ballot_vote"),
    )
    untold = sa.text("NOT told")
    op.create_index(
        "ix_ballot_vote_untold", "ballot_vote", ["ballot_id", "member_id"], postgresql_where=untold,
        sqlite_where=untold,
    )  # fmt: skip
