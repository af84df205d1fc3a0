"""Rules of secret ballots: who sends keys and shares when, and which votes are taken."""

from __future__ import annotations

from services.chassis.rules.refusal import Refusal

LEAST_NEEDED = 2
"""Scrutineers who open the votes together at least: nobody does it alone."""
MOST_SCRUTINEERS = 9


def scrutineers_suffice(named: int, needed: int) -> Refusal | None:
    """Several scrutineers open the votes together, and no more are needed than there are."""
    if LEAST_NEEDED <= needed <= named <= MOST_SCRUTINEERS:
        return None
    params = {"least": LEAST_NEEDED, "most": MOST_SCRUTINEERS, "named": named, "needed": needed}
    detail = f"{LEAST_NEEDED} to {MOST_SCRUTINEERS} scrutineers, of whom as many are needed as there are at most."
    return Refusal("secret_ballots.scrutineers_suffice", detail, "scrutineers", params)


def asker_is_scrutineer(place: int | None) -> Refusal | None:
    """Only scrutineers of the ballot have keys and shares."""
    if place is not None:
        return None
    return Refusal("secret_ballots.asker_is_scrutineer", "You are no scrutineer of this ballot.")


def keys_are_awaited(state: str) -> Refusal | None:
    """Keys are sent before the keys of the ballot are made."""
    if state == "preparing":
        return None
    return Refusal("secret_ballots.keys_are_awaited", f"The ballot is {state}.", params={"state": state})


def keys_are_made(state: str) -> Refusal | None:
    """A secret ballot opens when all scrutineers have sent their keys."""
    if state != "preparing":
        return None
    return Refusal("secret_ballots.keys_are_made", "Not all scrutineers have sent their keys.")


def ballot_is_not_opened(state: str) -> Refusal | None:
    """Scrutineers are exchanged before votes are taken."""
    if state in ("preparing", "ready"):
        return None
    return Refusal("secret_ballots.ballot_is_not_opened", f"The ballot is {state}.", params={"state": state})


def key_is_valid(valid: bool) -> Refusal | None:
    """A public key is a point of the curve."""
    return None if valid else Refusal("secret_ballots.key_is_valid", "This is no public key.", "public_key")


def tokens_are_given(state: str) -> Refusal | None:
    """Tokens are given while the ballot is open."""
    if state == "open":
        return None
    return Refusal("secret_ballots.tokens_are_given", f"The ballot is {state}.", params={"state": state})


def request_is_the_first(same: bool) -> Refusal | None:
    """A member gets one token; only the same request gets the same answer again."""
    if same:
        return None
    detail = "You have got your token already. It can't be given out twice, because nobody knows which one it was."
    return Refusal("secret_ballots.request_is_the_first", detail)


def votes_are_taken(state: str) -> Refusal | None:
    """Votes are taken while the ballot is open."""
    if state == "open":
        return None
    return Refusal("secret_ballots.votes_are_taken", f"The ballot is {state}.", params={"state": state})


def vote_is_valid(flaw: str | None) -> Refusal | None:
    """A vote has the right form, a token that every registrar signed, and the signature of the token's key."""
    if flaw is None:
        return None
    return Refusal("secret_ballots.vote_is_valid", f"The vote has a flaw: {flaw}.", params={"flaw": flaw})


def token_is_unused(same: bool) -> Refusal | None:
    """A token casts one vote."""
    if same:
        return None
    return Refusal("secret_ballots.token_is_unused", "Another vote was cast with this token; the first one counts.")


def shares_are_awaited(state: str) -> Refusal | None:
    """Shares are given after the end, so that there are no results before it."""
    if state in ("closed", "opening", "counted"):
        return None
    return Refusal("secret_ballots.shares_are_awaited", f"The ballot is {state}.", params={"state": state})


def share_is_right(right: bool) -> Refusal | None:
    """A share has the point that the definition tells for its place."""
    return None if right else Refusal("secret_ballots.share_is_right", "This is not your share.", "share")


def registrar_has_told(told: bool) -> Refusal | None:
    """The votes are opened when every registrar has said how many tokens it gave out."""
    if told:
        return None
    return Refusal("secret_ballots.registrar_has_told", "The second registrar has not told its figures yet.")


def registrars_agree(same: bool) -> Refusal | None:
    """Both registrars gave tokens to the members of the same roll."""
    if same:
        return None
    return Refusal("secret_ballots.registrars_agree", "The registrars have different rolls; nothing is counted.")


def votes_match_marks(votes: int, marks: int) -> Refusal | None:
    """There are not more votes than tokens were given out; if there are, a key was misused and nothing is counted."""
    if votes <= marks:
        return None
    params = {"votes": votes, "marks": marks}
    return Refusal("secret_ballots.votes_match_marks", f"{votes} votes, but {marks} tokens.", params=params)
