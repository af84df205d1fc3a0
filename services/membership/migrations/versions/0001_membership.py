"""Units, posts, members with their number series, applications with their steps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.migrations import chassis_tables

revision = "0001"
down_revision = None

STANDS = sa.text("standing IN ('active', 'transferring', 'retained')")
ACTIVE = sa.text("standing = 'active'")
IN_GROUP = sa.text("group_id IS NOT NULL")
OPEN = sa.text("state IN ('submitted', 'unit_reviewed', 'returned')")
SUBMITTED = sa.text("submitted_at IS NOT NULL")


def upgrade() -> None:
    chassis_tables()
    _organisation()
    _record()
    _posts()
    _joining()


def _key(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _index(name: str, table: str, columns: list[str], where: sa.TextClause | None = None, unique: bool = False) -> None:
    op.create_index(name, table, columns, unique=unique, postgresql_where=where, sqlite_where=where)


def _organisation() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.UniqueConstraint("code", name="uq_unit_code"),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name="fk_unit_parent_id_unit"),
    )
    op.create_index("ix_unit_parent_id", "unit", ["parent_id"])


def _record() -> None:
    op.create_table(
        "member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", _key(20), nullable=False),
        sa.Column("name", _key(50), nullable=False),
        sa.Column("pinyin", _key(100), nullable=False),
        sa.Column("initials", _key(100), nullable=False),
        sa.Column("gender", sa.String(8), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("birth_month", sa.SmallInteger(), nullable=False),
        sa.Column("birth_day", sa.SmallInteger(), nullable=False),
        sa.Column("id_number", sa.Text(), nullable=False),
        sa.Column("id_number_index", sa.String(64), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("employment", sa.String(12), nullable=False),
        sa.Column("original_age", sa.String(3), nullable=True),
        sa.Column("hired_on", sa.Date(), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("standing", sa.String(20), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        _moment("updated_at"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
        sa.UniqueConstraint("number", name="uq_member_number"),
        sa.UniqueConstraint("application_id", name="uq_member_application_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_member_unit_id_unit"),
        sa.ForeignKeyConstraint(["group_id"], ["unit.id"], name="fk_member_group_id_unit"),
    )
    _index("uq_member_standing_person", "member", ["id_number_index"], STANDS, unique=True)
    _index("ix_member_pinyin_id", "member", ["pinyin", "id"])
    _index("ix_member_initials", "member", ["initials"])
    _index("ix_member_name", "member", ["name"])
    _index("ix_member_joined_on_id", "member", ["joined_on", "id"])
    _index("ix_member_unit_id_pinyin_id", "member", ["unit_id", "pinyin", "id"])
    _index("ix_member_standing_pinyin_id", "member", ["standing", "pinyin", "id"])
    _index("ix_member_employment_pinyin_id", "member", ["employment", "pinyin", "id"])
    _index("ix_member_group_id", "member", ["group_id"], IN_GROUP)
    _index("ix_member_figures", "member", ["unit_id", "gender", "employment"], ACTIVE)
    _index("ix_member_birthday", "member", ["birth_month", "birth_day", "id"], ACTIVE)
    series = op.create_table(
        "number_series",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_number_series"),
    )
    op.bulk_insert(series, [{"name": "member", "last": 0}])


def _posts() -> None:
    op.create_table(
        "post",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("term", sa.String(40), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_post"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_post_unit_id_unit"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name="fk_post_member_id_member"),
    )
    _index("ix_post_unit_id_last_day", "post", ["unit_id", "last_day"])
    _index("ix_post_member_id_last_day", "post", ["member_id", "last_day"])
    _index("ix_post_kind_last_day", "post", ["kind", "last_day"])
    _index("ix_post_last_day_id", "post", ["last_day", "id"])


def _joining() -> None:
    op.create_table(
        "application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("employment", sa.String(12), nullable=True),
        sa.Column("name", _key(50), nullable=True),
        sa.Column("gender", sa.String(8), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("original_age", sa.String(3), nullable=True),
        sa.Column("id_number", sa.Text(), nullable=True),
        sa.Column("id_number_index", sa.String(64), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("hired_on", sa.Date(), nullable=True),
        sa.Column("statement", sa.String(500), nullable=True),
        sa.Column("consent_version", sa.String(40), nullable=True),
        sa.Column("receipt_hash", sa.String(64), nullable=False),
        _moment("submitted_at", nullable=True),
        _moment("updated_at"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_application"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_application_unit_id_unit"),
    )
    _index("uq_application_open_person", "application", ["id_number_index"], OPEN, unique=True)
    by_state = ["state", "submitted_at", "id"]
    _index("ix_application_state_submitted_at_id", "application", by_state, SUBMITTED)
    _index("ix_application_unit_id_state_submitted_at_id", "application", ["unit_id", *by_state], SUBMITTED)
    _index("ix_application_submitted_at_id", "application", ["submitted_at", "id"])
    _index("ix_application_account_id_id", "application", ["account_id", "id"])
    _index("ix_application_name", "application", ["name"])
    op.create_table(
        "application_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        _moment("at"),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(500), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_application_step"),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name="fk_application_step_application_id_application"
        ),
    )
    _index("ix_application_step_application_id_id", "application_step", ["application_id", "id"])
