"""Charity drives: drives, pledges, gifts, counts of cash."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime, Yuan

revision = "0025"
down_revision = "0024"

_ONE_DEDUCTION = sa.text("way = 'payroll' AND state <> 'withdrawn'")
_ONE_REFERENCE = sa.text("reference IS NOT NULL AND state <> 'withdrawn'")
_OPEN_COUNT = sa.text("second_by IS NULL")


def upgrade() -> None:
    _drives()
    _pledges()
    _gifts()
    _counts()


def _drives() -> None:
    op.create_table(
        "drive",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(500), nullable=False),
        sa.Column("charity_name", sa.String(100), nullable=True),
        sa.Column("credit_code", sa.String(18), nullable=True),
        sa.Column("certificate", sa.String(60), nullable=True),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("wording", sa.String(1000), nullable=False),
        sa.Column("wording_version", sa.String(20), nullable=False),
        sa.Column("plan_item_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("totals", sa.JSON(), nullable=True),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("handed_amount", Yuan(), nullable=True),
        sa.Column("difference", sa.String(500), nullable=True),
        sa.Column("charity_receipt", sa.String(60), nullable=True),
        sa.Column("receipt_file_id", sa.Uuid(), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("disclosed_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(300), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_drive"),
    )
    op.create_index("ix_drive_opens_on_id", "drive", ["opens_on", "id"])
    op.create_index("ix_drive_state_opens_on", "drive", ["state", "opens_on", "id"])


def _pledges() -> None:
    op.create_table(
        "pledge",
        sa.Column("drive_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(10), nullable=True),
        sa.Column("amount", Yuan(), nullable=True),
        sa.PrimaryKeyConstraint("drive_id", "member_id", name="pk_pledge"),
        sa.ForeignKeyConstraint(["drive_id"], ["drive.id"], name="fk_pledge_drive_id_drive"),
    )
    op.create_index("ix_pledge_member_id", "pledge", ["member_id"])


def _gifts() -> None:
    op.create_table(
        "gift",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("drive_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("giver", sa.String(32), nullable=True),
        sa.Column("claim", sa.String(64), nullable=True),
        sa.Column("way", sa.String(10), nullable=False),
        sa.Column("amount", Yuan(), nullable=True),
        sa.Column("goods", sa.String(100), nullable=True),
        sa.Column("quantity", sa.String(40), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(60), nullable=True),
        sa.Column("wording_version", sa.String(20), nullable=True),
        sa.Column("consented_at", UtcDateTime(), nullable=True),
        sa.Column("listed_at", UtcDateTime(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("receipt", sa.String(8), nullable=False),
        sa.Column("receipt_title", sa.Text(), nullable=True),
        sa.Column("receipt_number", sa.String(60), nullable=True),
        sa.Column("receipt_on", sa.Date(), nullable=True),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_gift"),
        sa.ForeignKeyConstraint(["drive_id"], ["drive.id"], name="fk_gift_drive_id_drive"),
        sa.CheckConstraint("amount IS NULL OR amount > 0", name=op.f("ck_gift_amount_is_positive")),
    )
    for name, columns, where in (
        ("uq_gift_drive_id_giver", ["drive_id", "giver"], _ONE_DEDUCTION),
        ("uq_gift_drive_id_reference", ["drive_id", "reference"], _ONE_REFERENCE),
        ("uq_gift_claim", ["claim"], None),
    ):
        op.create_index(name, "gift", columns, unique=True, postgresql_where=where, sqlite_where=where)
    for name, columns in (
        ("drive_id_given_on", ["drive_id", "given_on", "id"]),
        ("drive_id_entered_at", ["drive_id", "entered_at", "id"]),
        ("drive_id_unit_id", ["drive_id", "unit_id", "way", "state"]),
        ("drive_id_way_state", ["drive_id", "way", "state"]),
        ("giver", ["giver", "id"]),
        ("member_id", ["member_id"]),
    ):
        op.create_index(f"ix_gift_{name}", "gift", columns)


def _counts() -> None:
    op.create_table(
        "cash_count",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("drive_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("gifts", sa.Integer(), nullable=False),
        sa.Column("counted", Yuan(), nullable=False),
        sa.Column("first_by", sa.Uuid(), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("second_by", sa.Uuid(), nullable=True),
        sa.Column("second_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_cash_count"),
        sa.ForeignKeyConstraint(["drive_id"], ["drive.id"], name="fk_cash_count_drive_id_drive"),
        sa.CheckConstraint("second_by IS NULL OR second_by <> first_by", name=op.f("ck_cash_count_counted_by_two")),
    )
    op.create_index(
        "uq_cash_count_drive_id_unit_id",
        "cash_count",
        ["drive_id", "unit_id"],
        unique=True,
        postgresql_where=_OPEN_COUNT,
        sqlite_where=_OPEN_COUNT,
    )
    op.create_index("ix_cash_count_drive_id", "cash_count", ["drive_id", "id"])
