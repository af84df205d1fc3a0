"""Under which pseudonym the funds know who has a benefit."""

from __future__ import annotations

from uuid import UUID

from services.chassis.security.encryption import pseudonym


def beneficiary(member_id: UUID, year: int) -> str:
    """Return the pseudonym under which the funds count what a member had in a year."""
    return pseudonym(member_id, f"beneficiary:{year}")
