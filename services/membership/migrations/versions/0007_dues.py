"""The dues subject's tables; see the service's README."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime, Yuan

revision = "0007"
down_revision = "0006"

OWED = sa.text("paid < due")
ASKED = sa.text("state = 'asked'")
REMINDED = sa.text("settled_at IS NULL")


def upgrade() -> None:
    _what_is_owed()
    _what_was_paid()
    _files()


def _member(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=f"fk_{table}_member_id_member")


def _partial(name: str, table: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, table, columns, postgresql_where=where, sqlite_where=where)


def _what_is_owed() -> None:
    op.create_table(
        "dues_base",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("source", sa.String(8), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("set_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dues_base"),
        sa.UniqueConstraint("member_id", "starts_on", name="uq_dues_base_member_id_starts_on"),
        _member("dues_base"),
    )
    op.create_table(
        "dues_exemption",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(30), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("set_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dues_exemption"),
        _member("dues_exemption"),
    )
    op.create_index("ix_dues_exemption_member_id_starts_on", "dues_exemption", ["member_id", "starts_on"])
    op.create_table(
        "dues_charge",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("amount", Yuan(), nullable=False),
        sa.Column("due", Yuan(), nullable=False),
        sa.Column("paid", Yuan(), nullable=False),
        sa.Column("job_id", sa.Uuid()),
        sa.Column("charged_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "month", name="pk_dues_charge"),
        sa.CheckConstraint("due >= 0 AND paid >= 0", name="ck_dues_charge_not_negative"),
        _member("dues_charge"),
    )
    op.create_index("ix_dues_charge_month_unit_id", "dues_charge", ["month", "unit_id"])
    _partial("ix_dues_charge_owed", "dues_charge", ["unit_id", "month", "member_id"], OWED)
    op.create_table(
        "dues_adjustment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("old_due", Yuan(), nullable=False),
        sa.Column("new_due", Yuan(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dues_adjustment"),
    )
    op.create_index("ix_dues_adjustment_member_id_month", "dues_adjustment", ["member_id", "month"])


def _what_was_paid() -> None:
    op.create_table(
        "dues_payment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("channel", sa.String(8), nullable=False),
        sa.Column("amount", Yuan(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("posting_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid()),
        sa.Column("reverses", sa.Uuid()),
        sa.Column("note", sa.String(200)),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dues_payment"),
        sa.UniqueConstraint("reverses", name="uq_dues_payment_reverses"),
        sa.CheckConstraint("(kind = 'payment') = (amount > 0)", name="ck_dues_payment_sign_of_kind"),
        sa.ForeignKeyConstraint(["reverses"], ["dues_payment.id"], name="fk_dues_payment_reverses_dues_payment"),
    )
    op.create_index("ix_dues_payment_member_id_month", "dues_payment", ["member_id", "month"])
    op.create_index("ix_dues_payment_posting_id", "dues_payment", ["posting_id"])
    op.create_table(
        "dues_refund",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("amount", Yuan(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("asked_by", sa.String(64), nullable=False),
        sa.Column("decided_at", UtcDateTime()),
        sa.Column("decided_by", sa.String(64)),
        sa.Column("decision", sa.String(200)),
        sa.PrimaryKeyConstraint("id", name="pk_dues_refund"),
    )
    op.create_index("ix_dues_refund_state_id", "dues_refund", ["state", "id"])
    _partial("ix_dues_refund_open", "dues_refund", ["member_id", "month"], ASKED)
    op.create_table(
        "dues_reminder",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("reminded_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("member_id", name="pk_dues_reminder"),
        _member("dues_reminder"),
    )
    _partial("ix_dues_reminder_open", "dues_reminder", ["member_id"], REMINDED)


def _files() -> None:
    op.create_table(
        "dues_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("paid_on", sa.Date()),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("stored_id", sa.Uuid()),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("amount", Yuan(), nullable=False),
        sa.Column("check_job_id", sa.Uuid()),
        sa.Column("post_job_id", sa.Uuid()),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.Column("uploaded_by", sa.String(64), nullable=False),
        sa.Column("posted_at", UtcDateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_dues_file"),
    )
    op.create_index("ix_dues_file_kind_id", "dues_file", ["kind", "id"])
    op.create_table(
        "dues_file_row",
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Uuid()),
        sa.Column("amount", Yuan()),
        sa.Column("base", sa.Text()),
        sa.Column("verdict", sa.String(12), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("file_id", "row", name="pk_dues_file_row"),
        sa.ForeignKeyConstraint(["file_id"], ["dues_file.id"], name="fk_dues_file_row_file_id_dues_file"),
    )
    op.create_index("ix_dues_file_row_file_id_member_id", "dues_file_row", ["file_id", "member_id"])
    op.create_index("ix_dues_file_row_file_id_verdict", "dues_file_row", ["file_id", "verdict", "row"])
