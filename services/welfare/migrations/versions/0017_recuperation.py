"""Recuperation: routes, rounds with their draws, trips, applications."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime, Yuan

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    _routes()
    _rounds()
    _trips()
    _applications()


def _routes() -> None:
    op.create_table(
        "recuperation_route",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("destination", sa.String(12), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("price", Yuan(), nullable=False),
        sa.Column("agency", sa.String(100), nullable=False),
        sa.Column("insured", Yuan(), nullable=False),
        sa.Column("about", sa.String(1000), nullable=True),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recuperation_route"),
    )
    op.create_index("ix_recuperation_route_offered_id", "recuperation_route", ["offered", "id"])


def _rounds() -> None:
    op.create_table(
        "recuperation_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("period_from", sa.Integer(), nullable=False),
        sa.Column("period_to", sa.Integer(), nullable=False),
        sa.Column("apply_from", sa.Date(), nullable=False),
        sa.Column("apply_until", sa.Date(), nullable=False),
        sa.Column("most_choices", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("entries_sha256", sa.String(64), nullable=True),
        sa.Column("seed_sha256", sa.String(64), nullable=True),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("committed_on", sa.Date(), nullable=True),
        sa.Column("public_source", sa.String(200), nullable=True),
        sa.Column("public_day", sa.Date(), nullable=True),
        sa.Column("first_value", sa.String(100), nullable=True),
        sa.Column("first_by", sa.Uuid(), nullable=True),
        sa.Column("public_value", sa.String(100), nullable=True),
        sa.Column("drawn_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_recuperation_round"),
    )
    op.create_index("ix_recuperation_round_state_id", "recuperation_round", ["state", "id"])


def _trips() -> None:
    op.create_table(
        "trip",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("route_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=True),
        sa.Column("quotas", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("cost", Yuan(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_trip"),
        sa.ForeignKeyConstraint(["round_id"], ["recuperation_round.id"], name="fk_trip_round_id_recuperation_round"),
        sa.ForeignKeyConstraint(["route_id"], ["recuperation_route.id"], name="fk_trip_route_id_recuperation_route"),
    )
    op.create_index("ix_trip_round_id_starts_on", "trip", ["round_id", "starts_on", "id"])
    op.create_index("ix_trip_starts_on", "trip", ["starts_on", "id"])
    op.create_index("ix_trip_state_starts_on", "trip", ["state", "starts_on", "id"])


def _applications() -> None:
    op.create_table(
        "trip_application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("family", sa.Text(), nullable=True),
        sa.Column("grounds", sa.Text(), nullable=True),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("lots", sa.Integer(), nullable=False),
        sa.Column("amount", Yuan(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("applied_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("entered", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("trip_id", sa.Uuid(), nullable=True),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("cost", Yuan(), nullable=True),
        sa.Column("own_cost", Yuan(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_trip_application"),
        sa.UniqueConstraint("round_id", "member_id", name="uq_trip_application_round_id_member_id"),
        sa.ForeignKeyConstraint(
            ["round_id"], ["recuperation_round.id"], name="fk_trip_application_round_id_recuperation_round"
        ),
        sa.ForeignKeyConstraint(["trip_id"], ["trip.id"], name="fk_trip_application_trip_id_trip"),
    )
    for name, columns in (
        ("member_id_applied_at", ["member_id", "applied_at", "id"]),
        ("round_id_state", ["round_id", "state", "position"]),
        ("trip_id_state", ["trip_id", "state", "position"]),
        ("unit_id_round_id", ["unit_id", "round_id", "id"]),
    ):
        op.create_index(f"ix_trip_application_{name}", "trip_application", columns)
