"""The year's plan with what is known of activities and visits; budget, ledger, refusals, accounting months.

The ledger's tables accept new rows only: triggers refuse all changes and deletions.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.migrations import chassis_tables

revision = "0001"
down_revision = None

LEDGER = ("fund_entry", "fund_side")


def upgrade() -> None:
    chassis_tables()
    _plan()
    _budget()
    _ledger()
    _refusals_and_periods()
    if op.get_context().dialect.name == "postgresql":
        _guard_on_postgresql()
    else:
        _guard_on_sqlite()


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _yuan(name: str) -> sa.Column[object]:
    """Yuan with two places; whole fen on SQLite."""
    return sa.Column(name, sa.Numeric(14, 2).with_variant(sa.BigInteger(), "sqlite"), nullable=False)


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(length), nullable=nullable)


def _count(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _id(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _plan() -> None:
    op.create_table(
        "plan",
        _id("id"),
        _count("year"),
        _text("title", 120),
        _text("title_en", 200),
        _text("state", 12),
        _moment("published_at", nullable=True),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_plan"),
        sa.UniqueConstraint("year", name="uq_plan_year"),
    )
    op.create_table(
        "plan_item",
        _id("id"),
        _id("plan_id"),
        _count("year"),
        _text("key", 80),
        _text("part", 10),
        _count("month", nullable=True),
        _count("month_to", nullable=True),
        _text("title", 120),
        _text("title_en", 200),
        _text("owner", 60),
        _text("owner_en", 100),
        _text("kind", 40, nullable=True),
        _text("measure", 12),
        _count("target"),
        _count("position"),
        _count("default_capacity", nullable=True),
        _count("default_duration_minutes", nullable=True),
        _text("state", 12),
        _count("progress"),
        _count("scheduled"),
        _count("held"),
        _count("visits_due"),
        _count("visits_done"),
        sa.Column("completed_on", sa.Date(), nullable=True),
        _text("completion_note", 500, nullable=True),
        sa.Column("edited", sa.Boolean(), nullable=False),
        _count("version"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_item"),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name="fk_plan_item_plan_id_plan"),
        sa.UniqueConstraint("plan_id", "key", name="uq_plan_item_plan_id_key"),
    )
    op.create_index("ix_plan_item_year_position_id", "plan_item", ["year", "position", "id"])
    op.create_table(
        "plan_activity",
        _id("activity_id"),
        _id("item_id", nullable=True),
        _text("state", 12),
        _moment("starts_at", nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("facts_sequence", sa.BigInteger(), nullable=False),
        sa.Column("state_sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("activity_id", name="pk_plan_activity"),
    )
    op.create_index("ix_plan_activity_item_id", "plan_activity", ["item_id"])
    op.create_table(
        "plan_visit",
        _id("visit_id"),
        _count("year"),
        _count("plan_year", nullable=True),
        _text("state", 12),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("visit_id", name="pk_plan_visit"),
    )
    op.create_index("ix_plan_visit_plan_year_state", "plan_visit", ["plan_year", "state"])


def _budget() -> None:
    op.create_table(
        "budget_line",
        _id("id"),
        _count("year"),
        _text("code", 60),
        _text("name", 60),
        _text("name_en", 100),
        _text("management_code", 60),
        _text("accounting_code", 60),
        _text("funding_source", 16),
        _yuan("amount"),
        _yuan("committed"),
        _yuan("spent"),
        _count("version"),
        sa.PrimaryKeyConstraint("id", name="pk_budget_line"),
        sa.UniqueConstraint("year", "code", name="uq_budget_line_year_code"),
        sa.CheckConstraint("committed >= 0 AND spent >= 0 AND committed + spent <= amount", name="not_overdrawn"),
    )
    op.create_table(
        "commitment",
        _id("id"),
        _id("line_id"),
        _count("year"),
        _text("line_code", 60),
        _text("source_type", 12),
        _id("source_id"),
        _count("claim"),
        _yuan("amount"),
        _text("state", 12),
        _text("description", 200),
        _id("unit_id", nullable=True),
        _moment("created_at"),
        _moment("closed_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_commitment"),
        sa.ForeignKeyConstraint(["line_id"], ["budget_line.id"], name="fk_commitment_line_id_budget_line"),
        sa.UniqueConstraint("source_type", "source_id", "claim", name="uq_commitment_source_type_source_id_claim"),
    )
    op.create_index("ix_commitment_line_id_state", "commitment", ["line_id", "state"])


def _ledger() -> None:
    op.create_table(
        "fund_entry",
        _id("id"),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        _text("number", 12),
        _count("year"),
        _text("period", 7),
        _text("kind", 10),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=False),
        _yuan("amount"),
        _text("description", 300),
        _text("description_en", 300, nullable=True),
        _id("line_id", nullable=True),
        _text("line_code", 60, nullable=True),
        _id("unit_id", nullable=True),
        _text("form", 10, nullable=True),
        _text("funding_source", 16),
        _text("source_type", 12),
        _id("source_id"),
        _count("claim"),
        _text("benefit_key", 60, nullable=True),
        _text("beneficiary", 64, nullable=True),
        _count("people"),
        _text("rule_key", 120, nullable=True),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("evidence_kinds", sa.JSON(), nullable=False),
        _text("decision", 200, nullable=True),
        _text("override_reason", 300, nullable=True),
        _id("reverses", nullable=True),
        _text("recorded_by", 64),
        _moment("recorded_at"),
        _text("previous_hash", 64),
        _text("hash", 64),
        sa.PrimaryKeyConstraint("id", name="pk_fund_entry"),
        sa.ForeignKeyConstraint(["line_id"], ["budget_line.id"], name="fk_fund_entry_line_id_budget_line"),
        sa.ForeignKeyConstraint(["reverses"], ["fund_entry.id"], name="fk_fund_entry_reverses_fund_entry"),
        sa.UniqueConstraint("sequence", name="uq_fund_entry_sequence"),
        sa.UniqueConstraint("number", name="uq_fund_entry_number"),
        sa.UniqueConstraint("reverses", name="uq_fund_entry_reverses"),
        sa.UniqueConstraint(
            "source_type", "source_id", "claim", "kind", name="uq_fund_entry_source_type_source_id_claim_kind"
        ),
        sa.CheckConstraint("amount > 0", name="amount_is_positive"),
    )
    op.create_index("ix_fund_entry_year_sequence", "fund_entry", ["year", "sequence"])
    op.create_index("ix_fund_entry_period", "fund_entry", ["period"])
    op.create_index("ix_fund_entry_line_code_year_sequence", "fund_entry", ["line_code", "year", "sequence"])
    op.create_index("ix_fund_entry_unit_id_sequence", "fund_entry", ["unit_id", "sequence"])
    op.create_index("ix_fund_entry_beneficiary_benefit_key", "fund_entry", ["beneficiary", "benefit_key"])
    op.create_table(
        "fund_side",
        _id("entry_id"),
        _count("place"),
        _text("account", 80),
        _yuan("debit"),
        _yuan("credit"),
        sa.PrimaryKeyConstraint("entry_id", "place", name="pk_fund_side"),
        sa.ForeignKeyConstraint(["entry_id"], ["fund_entry.id"], name="fk_fund_side_entry_id_fund_entry"),
        sa.CheckConstraint("debit >= 0 AND credit >= 0 AND (debit = 0) <> (credit = 0)", name="one_sided"),
    )
    op.create_table(
        "ledger_head",
        _text("series", 10),
        sa.Column("value", sa.BigInteger(), nullable=False),
        _text("hash", 64),
        sa.PrimaryKeyConstraint("series", name="pk_ledger_head"),
    )


def _refusals_and_periods() -> None:
    op.create_table(
        "fund_refusal",
        _id("id"),
        _text("source_type", 12),
        _id("source_id"),
        _count("claim"),
        _id("unit_id", nullable=True),
        _text("benefit_key", 60, nullable=True),
        _text("beneficiary", 64, nullable=True),
        _text("line_code", 60, nullable=True),
        _yuan("amount"),
        _text("form", 10, nullable=True),
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.Column("evidence_kinds", sa.JSON(), nullable=False),
        _text("rule", 120),
        _text("reason_code", 40),
        _text("detail", 500),
        sa.Column("rules", sa.JSON(), nullable=False),
        _text("state", 12),
        _id("entry_id", nullable=True),
        _moment("refused_at"),
        _moment("settled_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_fund_refusal"),
        sa.ForeignKeyConstraint(["entry_id"], ["fund_entry.id"], name="fk_fund_refusal_entry_id_fund_entry"),
        sa.UniqueConstraint("source_type", "source_id", "claim", name="uq_fund_refusal_source_type_source_id_claim"),
    )
    op.create_index("ix_fund_refusal_state_id", "fund_refusal", ["state", "id"])
    op.create_table(
        "fund_period",
        _text("period", 7),
        _moment("closed_at"),
        _text("closed_by", 64),
        _count("entries"),
        _text("last_hash", 64),
        sa.PrimaryKeyConstraint("period", name="pk_fund_period"),
    )


def _guard_on_postgresql() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'the ledger is never changed: reverse the entry instead' USING ERRCODE = 'GL001';
        END $$
        """
    )
    for table in LEDGER:
        op.execute(
            f"CREATE TRIGGER {table}_is_immutable BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_is_kept BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change()"
        )


def _guard_on_sqlite() -> None:
    for table in LEDGER:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{change.lower()} BEFORE {change} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is never changed: reverse the entry instead'); END"
            )
