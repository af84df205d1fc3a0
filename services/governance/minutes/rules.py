"""Rules of minutes. Pure: numbers are arguments."""

from __future__ import annotations

from services.chassis.rules.refusal import Refusal


def nobody_saved_meanwhile(base: int, latest: int) -> Refusal | None:
    """Minutes are saved from their latest revision; what another wrote is never overwritten unseen."""
    if base == latest:
        return None
    return Refusal(
        "minutes.nobody_saved_meanwhile", "Somebody saved the minutes meanwhile.", field="text",
        params={"base": base, "latest": latest},
    )  # fmt: skip
