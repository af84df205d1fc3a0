"""Clubs: the register, memberships, offices, activities, grants, reviews."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0016"
down_revision = "0015"

LIVE = sa.text("state IN ('applied', 'member')")
STANDING = sa.text("ended IS NULL")
PRESIDENT = sa.text("post = 'president' AND ended IS NULL")
KNOWN = sa.text("member_id IS NOT NULL")
APPLICANT = sa.text("applicant_id IS NOT NULL")
EXISTING = sa.text("state IN ('applied', 'founded', 'suspended')")

Column = sa.Column[Any]


def _some(kind: Any, *names: str, nullable: bool = False) -> list[Column]:
    return [sa.Column(name, kind, nullable=nullable) for name in names]


def _where(condition: Any) -> dict[str, Any]:
    return {"postgresql_where": condition, "sqlite_where": condition}


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")


def _clubs() -> None:
    op.create_table(
        "club",
        *_some(sa.Uuid(), "id"),
        *_some(sa.String(60), "name"),
        *_some(sa.String(120), "name_en", nullable=True),
        *_some(sa.String(12), "kind"),
        *_some(sa.String(600), "aim"),
        *_some(sa.String(2000), "about", nullable=True),
        *_some(sa.String(10), "joining", "state"),
        *_some(sa.Boolean(), "for_retained"),
        *_some(sa.Integer(), "most_members", nullable=True),
        *_some(sa.JSON(), "units", "employments"),
        *_some(sa.String(300), "note", nullable=True),
        *_some(sa.Uuid(), "charter_id", "applicant_id", nullable=True),
        *_some(UtcDateTime(), "applied_at"),
        *_some(sa.Date(), "founded_on", "ended_on", nullable=True),
        *_some(sa.Integer(), "members", "waiting", "version"),
        sa.PrimaryKeyConstraint("id", name="pk_club"),
        sa.CheckConstraint("members >= 0 AND waiting >= 0", name="counts"),
    )
    op.create_index("uq_club_name_existing", "club", ["name"], unique=True, **_where(EXISTING))
    op.create_index("ix_club_name", "club", ["name", "id"])
    op.create_index("ix_club_members", "club", ["members", "id"])
    op.create_index("ix_club_state", "club", ["state", "name", "id"])
    op.create_index("ix_club_kind", "club", ["kind", "name", "id"])
    op.create_index("ix_club_applicant_id", "club", ["applicant_id"], **_where(APPLICANT))


def _memberships() -> None:
    name = "club_membership"
    op.create_table(
        name,
        *_some(sa.Uuid(), "id", "club_id"),
        *_some(sa.Uuid(), "member_id", "unit_id", nullable=True),
        *_some(sa.String(10), "state"),
        *_some(UtcDateTime(), "applied_at"),
        *_some(sa.Date(), "joined_on", "left_on", nullable=True),
        *_some(sa.String(16), "cause", nullable=True),
        *_some(sa.String(120), "note", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_club_membership"),
        _of(name, "club_id", "club"),
    )
    op.create_index("uq_club_membership_live", name, ["club_id", "member_id"], unique=True, **_where(LIVE))
    op.create_index("ix_club_membership_member_id", name, ["member_id", "applied_at", "id"], **_where(KNOWN))
    op.create_index("ix_club_membership_club_id", name, ["club_id", "applied_at", "id"])
    op.create_index("ix_club_membership_state", name, ["club_id", "state", "applied_at", "id"])
    op.create_index("ix_club_membership_unit_id", name, ["club_id", "unit_id", "applied_at", "id"])
    op.create_index("ix_club_membership_left_on", name, ["left_on"], **_where(KNOWN))


def _officers() -> None:
    name = "club_officer"
    op.create_table(
        name,
        *_some(sa.Uuid(), "id", "club_id"),
        *_some(sa.Uuid(), "member_id", nullable=True),
        *_some(sa.String(10), "post", "chosen"),
        *_some(sa.Date(), "starts_on"),
        *_some(sa.Date(), "ends_on", "ended", nullable=True),
        *_some(sa.String(10), "end", nullable=True),
        *_some(sa.Boolean(), "told"),
        *_some(sa.Integer(), "rank"),
        sa.PrimaryKeyConstraint("id", name="pk_club_officer"),
        _of(name, "club_id", "club"),
    )
    op.create_index("uq_club_officer_president", name, ["club_id"], unique=True, **_where(PRESIDENT))
    held = ["club_id", "member_id", "post"]
    op.create_index("uq_club_officer_standing", name, held, unique=True, **_where(STANDING))
    op.create_index("ix_club_officer_club_id", name, ["club_id", "rank", "starts_on", "id"])
    op.create_index("ix_club_officer_member_id", name, ["member_id"], **_where(KNOWN))
    op.create_index("ix_club_officer_ends_on", name, ["ends_on"], **_where(STANDING))


def _work() -> None:
    op.create_table(
        "club_activity",
        *_some(sa.Uuid(), "activity_id", "club_id"),
        *_some(UtcDateTime(), "linked_at"),
        sa.PrimaryKeyConstraint("activity_id", name="pk_club_activity"),
        _of("club_activity", "activity_id", "activity"),
        _of("club_activity", "club_id", "club"),
    )
    op.create_index("ix_club_activity_club_id", "club_activity", ["club_id", "activity_id"])
    op.create_table(
        "club_grant",
        *_some(sa.Uuid(), "id", "club_id"),
        *_some(sa.Integer(), "year", "claim"),
        *_some(sa.Numeric(14, 2).with_variant(sa.BigInteger(), "sqlite"), "amount"),
        *_some(sa.String(60), "line_code"),
        *_some(sa.String(200), "decision"),
        *_some(sa.Date(), "decided_on"),
        *_some(sa.String(10), "state"),
        *_some(sa.Uuid(), "entry_id", nullable=True),
        *_some(sa.String(120), "refused_rule", nullable=True),
        *_some(sa.String(40), "refused_code", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_club_grant"),
        sa.UniqueConstraint("club_id", "year", name="uq_club_grant_club_id_year"),
        _of("club_grant", "club_id", "club"),
    )
    op.create_index("ix_club_grant_year", "club_grant", ["year", "id"])
    op.create_index("ix_club_grant_state", "club_grant", ["state", "year", "id"])
    op.create_table(
        "club_review",
        *_some(sa.Uuid(), "id", "club_id"),
        *_some(sa.Integer(), "year"),
        *_some(sa.String(10), "state"),
        *_some(sa.Date(), "due_on", "decided_on", nullable=True),
        *_some(UtcDateTime(), "handed_in_at", nullable=True),
        *_some(sa.String(4000), "report", nullable=True),
        *_some(sa.Integer(), "activities_held", "attended", "members", nullable=True),
        *_some(sa.String(10), "verdict", nullable=True),
        *_some(sa.String(300), "note", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_club_review"),
        sa.UniqueConstraint("club_id", "year", name="uq_club_review_club_id_year"),
        _of("club_review", "club_id", "club"),
    )
    op.create_index("ix_club_review_year", "club_review", ["year", "id"])
    op.create_index("ix_club_review_state", "club_review", ["state", "year", "id"])


def upgrade() -> None:
    _clubs()
    _memberships()
    _officers()
    _work()
