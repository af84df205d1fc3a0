"""The chassis's own tables as migration steps. Each service runs them from migrations of its own.

A step that was released is never changed. A later change is a new step, run by a new migration of every service, so
that a new database and an old one have the same schema.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import Position, UtcDateTime


def chassis_tables(step: int = 1) -> None:
    """Run one step of the chassis's schema inside a migration; a service's 0001 runs step 1.

    Raises:
        ValueError: there is no such step.
    """
    steps = {
        1: _messages_and_logs,
        2: _long_work_and_files,
        3: _begun_chunks,
        4: _leases,
        5: _create_reconciliation,
        6: _rules_of_several_sets,
        7: _qualified_rules,
        8: _logged_delegations,
    }
    if step not in steps:
        raise ValueError(f"the chassis's schema has no step {step}")
    steps[step]()


def _messages_and_logs() -> None:
    _create_outbox()
    _create_inbox()
    _create_executed_command()
    _create_history()
    _create_policy_rule()


def _long_work_and_files() -> None:
    _create_job()
    _create_stored_file()


def _begun_chunks() -> None:
    op.add_column("job", sa.Column("begun", sa.Integer(), nullable=False, server_default="0"))


def _leases() -> None:
    op.create_table(
        "lease",
        sa.Column("name", sa.String(60), primary_key=True),
        sa.Column("holder", sa.String(80), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
    )
    op.add_column("job", sa.Column("held_by", sa.String(80)))
    op.add_column("job", sa.Column("held_until", UtcDateTime()))


def _create_reconciliation() -> None:
    op.create_index("ix_outbox_type_id", "outbox", ["type", "id"])
    op.create_table(
        "reconciliation",
        sa.Column("consumer", sa.String(100), primary_key=True),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("upto", sa.Uuid(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("swept_at", UtcDateTime(), nullable=False),
        sa.Column("asked_at", UtcDateTime()),
        sa.Column("completed_at", UtcDateTime()),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("unannounced", sa.Integer(), nullable=False),
        sa.Column("resent", sa.BigInteger(), nullable=False),
        sa.Column("resent_at", UtcDateTime()),
    )


def _rules_of_several_sets() -> None:
    """Allow rules of several rule sets on one day, and number the announcements of a rule."""
    with op.batch_alter_table("policy_rule") as table:
        table.add_column(sa.Column("sequence", sa.BigInteger()))
        table.drop_constraint("uq_policy_rule_key_scope_valid_from", type_="unique")
        table.create_unique_constraint(
            "uq_policy_rule_key_scope_valid_from_ruleset", ["key", "scope", "valid_from", "ruleset"]
        )


def _qualified_rules() -> None:
    """Let a rule state what its value is counted by, what it is narrowed down to, and how sure it is."""
    with op.batch_alter_table("policy_rule") as table:
        table.add_column(sa.Column("basis", sa.String(30)))
        table.add_column(sa.Column("qualifiers", sa.String(200), nullable=False, server_default=sa.text("''")))
        table.add_column(sa.Column("certainty", sa.String(10)))
        table.drop_constraint("uq_policy_rule_key_scope_valid_from_ruleset", type_="unique")
        table.create_unique_constraint(
            "uq_policy_rule_key_scope_qualifiers_valid_from_ruleset",
            ["key", "scope", "qualifiers", "valid_from", "ruleset"],
        )


def _logged_delegations() -> None:
    """Log by which delegation somebody changed or saw something for an absent colleague."""
    for log in ("change_history", "access_log"):
        op.add_column(log, sa.Column("delegation_id", sa.Uuid()))


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("position", Position, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("type", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("time", UtcDateTime(), nullable=False),
        sa.Column("correlation_id", sa.String(64), nullable=False),
        sa.Column("causation_id", sa.String(64)),
        sa.Column("traceparent", sa.String(64)),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("published_at", UtcDateTime()),
        sa.Column("settled", sa.Boolean(), nullable=False),
    )
    _partial_index("ix_outbox_unpublished", "outbox", ["position"], "published_at IS NULL")
    _partial_index("ix_outbox_unsettled", "outbox", ["position"], "NOT settled")
    op.create_index("ix_outbox_subject_sequence", "outbox", ["subject", "sequence"])
    op.create_index("ix_outbox_type_position", "outbox", ["type", "position"])
    op.create_index("ix_outbox_time", "outbox", ["time"])
    op.create_table(
        "event_sequence",
        sa.Column("subject", sa.String(120), primary_key=True),
        sa.Column("value", sa.BigInteger(), nullable=False),
    )


def _create_inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("consumer", sa.String(100), primary_key=True),
        sa.Column("event_id", sa.Uuid(), primary_key=True),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("next_at", UtcDateTime()),
        sa.Column("error", sa.Text()),
        sa.Column("body", sa.Text()),
    )
    _partial_index("ix_inbox_open", "inbox", ["status", "next_at"], "status IN ('failed', 'dead')")
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])


def _create_executed_command() -> None:
    op.create_table(
        "executed_command",
        sa.Column("actor", sa.String(64), primary_key=True),
        sa.Column("key", sa.String(100), primary_key=True),
        sa.Column("operation", sa.String(100), nullable=False),
        sa.Column("request_hash", sa.String(64), nullable=False),
        sa.Column("reply", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False, index=True),
    )


def _create_history() -> None:
    op.create_table(
        "change_history",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.String(64), nullable=False),
        sa.Column("correlation_id", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(500)),
        sa.Column("changes", sa.JSON(), nullable=False),
    )
    op.create_index("ix_change_history_subject_id", "change_history", ["subject", "id"])
    op.create_table(
        "access_log",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("field", sa.String(60), nullable=False),
        sa.Column("purpose", sa.String(500), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("seen_by", sa.String(64), nullable=False),
        sa.Column("correlation_id", sa.String(64), nullable=False),
    )
    op.create_index("ix_access_log_subject_id", "access_log", ["subject", "id"])


def _create_policy_rule() -> None:
    op.create_table(
        "policy_rule",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("ruleset", sa.String(60), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("scope", sa.String(60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("unit", sa.String(30), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("number", sa.String(100)),
        sa.Column("article", sa.String(100)),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.UniqueConstraint("key", "scope", "valid_from"),
    )


def _create_job() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("position", sa.JSON()),
        sa.Column("total", sa.Integer()),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("result", sa.JSON()),
        sa.Column("file_id", sa.Uuid()),
        sa.Column("problem_file_id", sa.Uuid()),
        sa.Column("error", sa.JSON()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("cancelling", sa.Boolean(), nullable=False),
        sa.Column("asked_by", sa.String(64), nullable=False),
        sa.Column("principal", sa.JSON(), nullable=False),
        sa.Column("correlation_id", sa.String(64), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime()),
        sa.Column("ended_at", UtcDateTime()),
        sa.Column("next_at", UtcDateTime(), nullable=False),
    )
    _partial_index("ix_job_open", "job", ["next_at", "id"], "state IN ('waiting', 'running')")
    op.create_index("ix_job_kind_id", "job", ["kind", "id"])
    op.create_index("ix_job_asked_by_id", "job", ["asked_by", "id"])


def _create_stored_file() -> None:
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("purpose", sa.String(60), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", UtcDateTime(), nullable=False),
        sa.Column("stored_by", sa.String(64), nullable=False),
        sa.Column("expires_at", UtcDateTime()),
    )
    op.create_index("ix_stored_file_subject_id", "stored_file", ["subject", "id"])
    _partial_index("ix_stored_file_expires_at", "stored_file", ["expires_at"], "expires_at IS NOT NULL")


def _partial_index(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, postgresql_where=where, sqlite_where=where)
