"""Places: what can be booked, blocks, bookings."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from services.chassis.database.engine import UtcDateTime

revision = "0014"
down_revision = "0013"

HELD = sa.text("number IS NOT NULL")
LIVE = sa.text("state IN ('booked', 'waiting')")
KNOWN = sa.text("member_id IS NOT NULL")

Column = sa.Column[Any]


def _some(kind: Any, *names: str, nullable: bool = False) -> list[Column]:
    return [sa.Column(name, kind, nullable=nullable) for name in names]


def _where(condition: Any) -> dict[str, Any]:
    return {"postgresql_where": condition, "sqlite_where": condition}


def _places() -> None:
    op.create_table(
        "place",
        *_some(sa.Uuid(), "id"),
        *_some(sa.String(60), "name"),
        *_some(sa.String(120), "name_en", nullable=True),
        *_some(sa.String(12), "kind"),
        *_some(sa.String(1000), "about", nullable=True),
        *_some(sa.String(120), "address"),
        *_some(sa.Integer(), "slot_minutes", "capacity", "code_edition", "version"),
        *_some(sa.Boolean(), "waiting_list", "for_retained", "closed_on_days_off", "offered"),
        *_some(sa.JSON(), "hours", "units", "employments"),
        *_some(sa.Uuid(), "photo_id", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_place"),
        sa.UniqueConstraint("name", name="uq_place_name"),
    )
    op.create_index("ix_place_kind", "place", ["kind", "name"])
    op.create_table(
        "place_block",
        *_some(sa.Uuid(), "id", "place_id"),
        *_some(UtcDateTime(), "starts_at", "ends_at", "made_at"),
        *_some(sa.String(120), "reason"),
        *_some(sa.Integer(), "cancels"),
        *_some(sa.String(64), "made_by"),
        sa.PrimaryKeyConstraint("id", name="pk_place_block"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_place_block_place_id_place"),
        sa.CheckConstraint("ends_at > starts_at", name="times"),
    )
    op.create_index("ix_place_block_place_id_ends_at", "place_block", ["place_id", "ends_at"])


def _bookings() -> None:
    op.create_table(
        "place_booking",
        *_some(sa.Uuid(), "id", "place_id"),
        *_some(sa.Uuid(), "member_id", "unit_id", nullable=True),
        *_some(UtcDateTime(), "starts_at", "ends_at", "booked_at"),
        *_some(UtcDateTime(), "confirmed_at", "checked_in_at", "cancelled_at", nullable=True),
        *_some(sa.Integer(), "number", nullable=True),
        *_some(sa.Integer(), "hour_of_week"),
        *_some(sa.String(10), "state"),
        *_some(sa.String(16), "cause", nullable=True),
        *_some(sa.String(120), "note", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_place_booking"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_place_booking_place_id_place"),
        sa.CheckConstraint("ends_at > starts_at", name="times"),
        sa.CheckConstraint("(number IS NOT NULL) = (state IN ('booked', 'attended', 'missed'))", name="held"),
    )
    slot, live = ["place_id", "starts_at", "number"], ["place_id", "starts_at", "member_id"]
    op.create_index("uq_place_booking_slot", "place_booking", slot, unique=True, **_where(HELD))
    op.create_index("uq_place_booking_live_member", "place_booking", live, unique=True, **_where(LIVE))
    op.create_index("ix_place_booking_member_id", "place_booking", ["member_id", "starts_at"], **_where(KNOWN))
    op.create_index("ix_place_booking_starts_at", "place_booking", ["starts_at", "id"])
    for column in ("place_id", "state", "unit_id"):
        op.create_index(f"ix_place_booking_{column}", "place_booking", [column, "starts_at", "id"])
    op.create_index("ix_place_booking_known", "place_booking", ["starts_at"], **_where(KNOWN))
    op.create_index("ix_place_booking_live", "place_booking", ["starts_at", "id"], **_where(LIVE))


def upgrade() -> None:
    _places()
    _bookings()
