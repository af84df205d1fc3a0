"""Visit types, the members' copy, life events and visits, birthday care, entitlement accounts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime, Yuan
from services.chassis.database.migrations import chassis_tables

revision = "0001"
down_revision = None

TO_BE_MADE = sa.text("state IN ('required', 'assigned')")
TO_BE_ISSUED = sa.text("state = 'listed' AND run_id IS NOT NULL")
RUNNING = sa.text("state = 'running'")


def upgrade() -> None:
    chassis_tables()
    _rulebook_and_members()
    _life_events()
    _visits()
    _birthday_runs()
    _birthday_grants()
    _entitlements()


def _index(name: str, table: str, columns: list[str], where: sa.TextClause | None = None) -> None:
    op.create_index(name, table, columns, postgresql_where=where, sqlite_where=where)


def _rulebook_and_members() -> None:
    op.create_table(
        "visit_type",
        sa.Column("occasion", sa.String(30), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("name_en", sa.String(100), nullable=False),
        sa.Column("level", sa.String(8), nullable=False),
        sa.Column("due_within_hours", sa.Integer(), nullable=False),
        sa.Column("escalate_after_hours", sa.Integer(), nullable=False),
        sa.Column("evidence_needed", sa.JSON(), nullable=False),
        sa.Column("evidence_to_close", sa.JSON(), nullable=False),
        sa.Column("benefit_key", sa.String(40), nullable=False),
        sa.Column("relations", sa.JSON(), nullable=False),
        sa.Column("standings", sa.JSON(), nullable=False),
        sa.Column("ahead_days", sa.Integer(), nullable=False),
        sa.Column("apart_days", sa.Integer(), nullable=False),
        sa.Column("ruleset", sa.String(60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("occasion", name="pk_visit_type"),
    )
    op.create_table(
        "known_member",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("unit_sequence", sa.BigInteger(), nullable=False),
        sa.Column("standing", sa.String(24), nullable=False),
        sa.Column("standing_sequence", sa.BigInteger(), nullable=False),
        sa.Column("account_year", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", name="pk_known_member"),
    )
    _index("ix_known_member_account_year", "known_member", ["account_year", "member_id"])


def _life_events() -> None:
    op.create_table(
        "life_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("occasion_index", sa.String(64), nullable=False),
        sa.Column("live_key", sa.String(80), nullable=True),
        sa.Column("reported_at", UtcDateTime(), nullable=False),
        sa.Column("reported_by", sa.Uuid(), nullable=True),
        sa.Column("reporter_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_life_event"),
        sa.UniqueConstraint("live_key", name="uq_life_event_live_key"),
    )
    _index("ix_life_event_member_id", "life_event", ["member_id"])
    _index("ix_life_event_occasion_index", "life_event", ["occasion_index"])
    _index("ix_life_event_reporter_id", "life_event", ["reporter_id"])
    _index("ix_life_event_unit_id_id", "life_event", ["unit_id", "id"])


def _visits() -> None:
    op.create_table(
        "visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("life_event_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.String(8), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("escalate_at", UtcDateTime(), nullable=False),
        sa.Column("overdue_at", UtcDateTime(), nullable=True),
        sa.Column("escalated_at", UtcDateTime(), nullable=True),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("completed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("amount", Yuan(), nullable=True),
        sa.Column("form", sa.String(8), nullable=True),
        sa.Column("rule_key", sa.Text(), nullable=True),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("claim_state", sa.String(10), nullable=False),
        sa.Column("claim_sequence", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("refused_rule", sa.Text(), nullable=True),
        sa.Column("refused_code", sa.String(40), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_visit"),
        sa.ForeignKeyConstraint(["life_event_id"], ["life_event.id"], name="fk_visit_life_event_id_life_event"),
        sa.UniqueConstraint("life_event_id", name="uq_visit_life_event_id"),
    )
    _index("ix_visit_due_at_id", "visit", ["due_at", "id"])
    _index("ix_visit_unit_id_due_at", "visit", ["unit_id", "due_at", "id"])
    _index("ix_visit_assignee_id_due_at", "visit", ["assignee_id", "due_at"])
    _index("ix_visit_member_id", "visit", ["member_id"])
    _index("ix_visit_to_be_made", "visit", ["due_at"], TO_BE_MADE)
    _index("ix_visit_claim_state", "visit", ["claim_state"])
    op.create_table(
        "visit_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_visit_evidence"),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name="fk_visit_evidence_visit_id_visit"),
    )
    _index("ix_visit_evidence_visit_id", "visit_evidence", ["visit_id"])


def _birthday_runs() -> None:
    op.create_table(
        "birthday_month",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("drawn_up_at", UtcDateTime(), nullable=False),
        sa.Column("drawn_up_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("year", "month", name="pk_birthday_month"),
    )
    op.create_table(
        "birthday_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("amount", Yuan(), nullable=False),
        sa.Column("form", sa.String(8), nullable=False),
        sa.Column("collect_by", sa.Date(), nullable=True),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_birthday_run"),
    )
    _index("ix_birthday_run_running", "birthday_run", ["id"], RUNNING)


def _birthday_grants() -> None:
    op.create_table(
        "birthday_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("celebrated_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column("amount", Yuan(), nullable=True),
        sa.Column("form", sa.String(8), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("code_index", sa.String(64), nullable=True),
        sa.Column("issued_at", UtcDateTime(), nullable=True),
        sa.Column("collect_by", sa.Date(), nullable=True),
        sa.Column("collected_at", UtcDateTime(), nullable=True),
        sa.Column("collected_by", sa.Uuid(), nullable=True),
        sa.Column("claim_state", sa.String(10), nullable=False),
        sa.Column("claim_sequence", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("withdraw_reason", sa.Text(), nullable=True),
        sa.Column("refused_rule", sa.String(120), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_birthday_grant"),
        sa.ForeignKeyConstraint(["run_id"], ["birthday_run.id"], name="fk_birthday_grant_run_id_birthday_run"),
        sa.UniqueConstraint("member_id", "year", name="uq_birthday_grant_member_id_year"),
        sa.UniqueConstraint("code_index", name="uq_birthday_grant_code_index"),
    )
    _index("ix_birthday_grant_month_day", "birthday_grant", ["year", "month", "celebrated_on", "id"])
    _index("ix_birthday_grant_unit_id", "birthday_grant", ["unit_id", "year", "month"])
    _index("ix_birthday_grant_to_be_issued", "birthday_grant", ["run_id", "id"], TO_BE_ISSUED)


def _entitlements() -> None:
    op.create_table(
        "entitlement_account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entitlement_account"),
        sa.UniqueConstraint("member_id", "year", name="uq_entitlement_account_member_id_year"),
    )
    op.create_table(
        "entitlement_use",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("benefit_key", sa.String(40), nullable=False),
        sa.Column("amount", Yuan(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entitlement_use"),
        sa.UniqueConstraint("source_id", name="uq_entitlement_use_source_id"),
    )
    _index("ix_entitlement_use_member_id_year", "entitlement_use", ["member_id", "year"])
