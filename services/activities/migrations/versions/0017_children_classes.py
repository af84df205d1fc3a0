"""Children's classes: terms, classes, registrations, days, the wording guardians consent to."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0017"
down_revision = "0016"

LIVE = sa.text("state IN ('confirmed', 'waiting')")
KNOWN = sa.text("member_id IS NOT NULL")
KEPT = sa.text("child IS NOT NULL")
KEYED = sa.text("child_key IS NOT NULL")

Column = sa.Column[Any]


def _some(kind: Any, *names: str, nullable: bool = False) -> list[Column]:
    return [sa.Column(name, kind, nullable=nullable) for name in names]


def _where(condition: Any) -> dict[str, Any]:
    return {"postgresql_where": condition, "sqlite_where": condition}


def _yuan() -> Any:
    return sa.Numeric(14, 2).with_variant(sa.BigInteger(), "sqlite")


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")


def _classes() -> None:
    op.create_table(
        "children_term",
        *_some(sa.Uuid(), "id"),
        *_some(sa.String(60), "name"),
        *_some(sa.Date(), "starts_on", "ends_on"),
        *_some(UtcDateTime(), "opens_at", "closes_at"),
        *_some(sa.Integer(), "version"),
        sa.PrimaryKeyConstraint("id", name="pk_children_term"),
        sa.CheckConstraint("ends_on >= starts_on", name="days"),
    )
    op.create_index("ix_children_term_starts_on", "children_term", ["starts_on", "id"])
    op.create_index("ix_children_term_ends_on", "children_term", ["ends_on"])
    op.create_table(
        "children_class",
        *_some(sa.Uuid(), "id", "term_id"),
        *_some(sa.String(60), "name"),
        *_some(sa.String(1000), "about", nullable=True),
        *_some(sa.String(120), "place", "times"),
        *_some(sa.Integer(), "age_from", "age_to", "places", "confirmed", "waiting", "last_ticket", "version"),
        *_some(_yuan(), "fee"),
        sa.PrimaryKeyConstraint("id", name="pk_children_class"),
        _of("children_class", "term_id", "children_term"),
        sa.CheckConstraint("confirmed >= 0 AND waiting >= 0 AND confirmed <= places", name="counts"),
    )
    op.create_index("ix_children_class_term_id", "children_class", ["term_id", "name", "id"])
    op.create_index("ix_children_class_name", "children_class", ["name", "id"])
    op.create_table(
        "guardian_consent",
        *_some(sa.Integer(), "version"),
        *_some(sa.Text(), "text"),
        *_some(UtcDateTime(), "made_at"),
        sa.PrimaryKeyConstraint("version", name="pk_guardian_consent"),
    )


def _registrations() -> None:
    name = "child_registration"
    op.create_table(
        name,
        *_some(sa.Uuid(), "id", "class_id", "term_id"),
        *_some(sa.Uuid(), "member_id", "unit_id", nullable=True),
        *_some(sa.Text(), "child", nullable=True),
        *_some(sa.String(32), "child_key", nullable=True),
        *_some(sa.Integer(), "age", nullable=True),
        *_some(sa.String(10), "state"),
        *_some(sa.Integer(), "ticket", "consent_version"),
        *_some(UtcDateTime(), "registered_at"),
        *_some(UtcDateTime(), "confirmed_at", "ended_at", nullable=True),
        *_some(sa.String(16), "cause", nullable=True),
        *_some(sa.String(120), "note", "fee_note", nullable=True),
        *_some(_yuan(), "fee"),
        *_some(sa.String(6), "fee_state"),
        *_some(sa.Text(), "consent_text"),
        sa.PrimaryKeyConstraint("id", name="pk_child_registration"),
        sa.UniqueConstraint("class_id", "ticket", name="uq_child_registration_class_id_ticket"),
        _of(name, "class_id", "children_class"),
        _of(name, "term_id", "children_term"),
    )
    op.create_index("uq_child_registration_live", name, ["class_id", "child_key"], unique=True, **_where(LIVE))
    op.create_index("ix_child_registration_state", name, ["class_id", "state", "ticket"])
    op.create_index("ix_child_registration_fee_state", name, ["class_id", "fee_state", "ticket"])
    op.create_index("ix_child_registration_member_id", name, ["member_id", "registered_at", "id"], **_where(KNOWN))
    op.create_index("ix_child_registration_child_key", name, ["term_id", "child_key"], **_where(KEYED))
    op.create_index("ix_child_registration_kept", name, ["term_id", "id"], **_where(KEPT))
    op.create_table(
        "child_attendance",
        *_some(sa.Uuid(), "registration_id"),
        *_some(sa.Date(), "day"),
        *_some(sa.String(8), "attendance"),
        sa.PrimaryKeyConstraint("registration_id", "day", name="pk_child_attendance"),
        _of("child_attendance", "registration_id", name),
    )


def upgrade() -> None:
    _classes()
    _registrations()
