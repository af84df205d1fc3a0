"""Rules of transfers: who may be transferred, when it takes effect, who decides for a unit.

Source: 中国工会章程, membership follows the place of work (Art. 5, from memory); both units agree (custom).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from services.chassis.rules.refusal import Refusal

FURTHEST_AHEAD = timedelta(days=366)
"""How far ahead a transfer may be dated, custom."""


def member_may_transfer(standing: str) -> Refusal | None:
    """Only an active member is transferred; one transfer at a time."""
    if standing == "active":
        return None
    if standing == "transferring":
        return Refusal("transfer.one_at_a_time", "A transfer of this member is under way already.", "member_id")
    return Refusal(
        "transfer.member_may_transfer", "Only an active member is transferred.", "member_id", {"standing": standing}
    )


def unit_is_another(old: UUID, new: UUID | None) -> Refusal | None:
    """A transfer leads to another unit."""
    if old != new:
        return None
    return Refusal("transfer.unit_is_another", "The member is in this unit already.", "to_unit_id")


def chair_hands_over_first(posts: int) -> Refusal | None:
    """The chair of a unit does not leave it before the post is given back."""
    if not posts:
        return None
    return Refusal("transfer.chair_hands_over_first", "The member chairs the unit; end the post first.", "member_id")


def effective_day_is_possible(on: date, today: date) -> Refusal | None:
    """A transfer takes effect today or later, within a year; what is past is a correction, not a transfer."""
    latest = today + FURTHEST_AHEAD
    if today <= on <= latest:
        return None
    return Refusal(
        "transfer.effective_day_is_possible",
        f"The day lies from {today} to {latest}.",
        "effective_on",
        {"from": today.isoformat(), "to": latest.isoformat()},
    )


def speaks_for_unit(unit_id: UUID | None, chaired: Collection[UUID], *, is_officer: bool, has_chair: bool) -> bool:
    """Whether the asker decides for a unit: its chair, or an officer while it has none; for no unit, the union."""
    if unit_id is None:
        return is_officer
    return unit_id in chaired or (is_officer and not has_chair)


def member_since_is_past(since: date | None, joined_on: date) -> Refusal | None:
    """Membership in the former union began before the one here."""
    if since is None or since <= joined_on:
        return None
    return Refusal("transfer.member_since_is_past", "The former membership began after joining here.", "member_since")
