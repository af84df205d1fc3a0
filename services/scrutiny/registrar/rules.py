"""Rules of the second registrar: for whom it signs a token, and when."""

from __future__ import annotations

from services.chassis.rules.refusal import Refusal


def roll_is_whole(state: str) -> Refusal | None:
    """Tokens are signed once every part of the frozen roll has arrived here."""
    if state != "keyed":
        return None
    return Refusal("registrar.roll_is_whole", "The roll is not complete here yet; try again in some seconds.")


def tokens_are_given(state: str) -> Refusal | None:
    """Tokens are signed while the ballot is open."""
    if state == "open":
        return None
    return Refusal("registrar.tokens_are_given", f"The ballot is {state}.", params={"state": state})


def voter_is_on_the_roll(on_roll: bool) -> Refusal | None:
    """Who gets a token stands on the roll that this registrar keeps itself."""
    if on_roll:
        return None
    return Refusal("registrar.voter_is_on_the_roll", "You are not on the roll that the scrutineers keep.")


def request_is_the_first(same: bool) -> Refusal | None:
    """A member gets one signature; only the same request gets the same answer again."""
    if same:
        return None
    detail = "Your token is signed already. It can't be signed twice, because nobody knows which one it was."
    return Refusal("registrar.request_is_the_first", detail)
