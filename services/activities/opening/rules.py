"""Rules of the opening of registration. Pure."""

from __future__ import annotations

from datetime import datetime

from services.chassis.rules.refusal import Refusal


def opening_is_ahead(state: str, opens_at: datetime, now: datetime) -> Refusal | None:
    """Members are told of an opening that is still to come."""
    if state == "scheduled" and now < opens_at:
        return None
    detail = "Registration has opened already, or does not open any more."
    return Refusal("opening.opening_is_ahead", detail, params={"opens_at": opens_at.isoformat()})
