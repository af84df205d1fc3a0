"""Programmes of goods: cycles, packages, slots, entitlements and hand-outs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime, Yuan

revision = "0019"
down_revision = "0018"


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(length), nullable=nullable)


def _number(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _programmes() -> None:
    op.create_table(
        "programme",
        _id("id"),
        _text("name", 60),
        _text("benefit_key", 40),
        _text("festival", 20, nullable=True),
        _text("funding", 16),
        sa.PrimaryKeyConstraint("id", name="pk_programme"),
        sa.UniqueConstraint("name", name="uq_programme_name"),
    )
    op.create_table(
        "cycle",
        _id("id"),
        _id("programme_id"),
        _number("year"),
        _text("title", 60),
        _text("state", 12),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("as_of", "choose_until", "collect_from")),
        sa.Column("collect_until", sa.Date(), nullable=False),
        sa.Column("price", Yuan(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        _id("run_id", nullable=True),
        _id("job_id", nullable=True),
        sa.Column("rules", sa.JSON(), nullable=False),
        *(_number(name) for name in ("total", "done", "entitled", "excluded", "told", "version")),
        sa.PrimaryKeyConstraint("id", name="pk_cycle"),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name="fk_cycle_programme_id_programme"),
    )
    stands = sa.text("state <> 'cancelled'")
    op.create_index(
        "uq_cycle_programme_id_year", "cycle", ["programme_id", "year"], unique=True, postgresql_where=stands,
        sqlite_where=stands,
    )  # fmt: skip
    op.create_index("ix_cycle_state", "cycle", ["state", "id"])


def _choices() -> None:
    op.create_table(
        "package",
        _id("id"),
        _id("cycle_id"),
        _text("name", 60),
        _text("contents", 500),
        sa.Column("price", Yuan(), nullable=False),
        sa.Column("paired_aid", Yuan(), nullable=False),
        _number("stock"),
        _number("chosen"),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_package"),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name="fk_package_cycle_id_cycle"),
        sa.CheckConstraint("chosen >= 0 AND chosen <= stock", name=op.f("ck_package_stock_covers_chosen")),
    )
    op.create_index("ix_package_cycle_id", "package", ["cycle_id"])
    op.create_table(
        "pick_up_slot",
        _id("id"),
        _id("cycle_id"),
        _text("point", 100),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        _number("capacity"),
        _number("taken"),
        sa.PrimaryKeyConstraint("id", name="pk_pick_up_slot"),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name="fk_pick_up_slot_cycle_id_cycle"),
        sa.CheckConstraint("taken >= 0 AND taken <= capacity", name=op.f("ck_pick_up_slot_capacity_covers_taken")),
    )
    op.create_index("ix_pick_up_slot_cycle_id", "pick_up_slot", ["cycle_id"])


def _entitlements() -> None:
    op.create_table(
        "goods_entitlement",
        _id("id"),
        _id("cycle_id"),
        _number("number"),
        _id("member_id"),
        _id("unit_id"),
        _id("decision_id"),
        _text("state", 10),
        _id("package_id", nullable=True),
        _id("slot_id", nullable=True),
        sa.Column("proxy_name", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_goods_entitlement"),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name="fk_goods_entitlement_cycle_id_cycle"),
        sa.ForeignKeyConstraint(["package_id"], ["package.id"], name="fk_goods_entitlement_package_id_package"),
        sa.ForeignKeyConstraint(["slot_id"], ["pick_up_slot.id"], name="fk_goods_entitlement_slot_id_pick_up_slot"),
        sa.UniqueConstraint("cycle_id", "member_id", name="uq_goods_entitlement_cycle_id_member_id"),
        sa.UniqueConstraint("cycle_id", "number", name="uq_goods_entitlement_cycle_id_number"),
    )
    op.create_index("ix_goods_entitlement_member_id", "goods_entitlement", ["member_id", "id"])
    op.create_index("ix_goods_entitlement_state", "goods_entitlement", ["cycle_id", "state", "number"])


def _hand_outs() -> None:
    op.create_table(
        "hand_out",
        *(_id(name) for name in ("id", "entitlement_id", "cycle_id", "package_id")),
        sa.Column("amount", Yuan(), nullable=False),
        sa.Column("handed_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        _id("handed_by", nullable=True),
        _id("handed_by_member", nullable=True),
        _text("method", 12),
        sa.Column("signature", sa.Text(), nullable=True),
        _text("sheet", 60, nullable=True),
        _number("claim"),
        _text("claim_state", 10),
        sa.Column("claim_sequence", sa.BigInteger(), nullable=False),
        _text("refused_rule", 120, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_hand_out"),
        sa.ForeignKeyConstraint(
            ["entitlement_id"], ["goods_entitlement.id"], name="fk_hand_out_entitlement_id_goods_entitlement"
        ),
        sa.UniqueConstraint("entitlement_id", name="uq_hand_out_entitlement_id"),
    )
    op.create_index("ix_hand_out_cycle_id", "hand_out", ["cycle_id"])


def upgrade() -> None:
    _programmes()
    _choices()
    _entitlements()
    _hand_outs()
