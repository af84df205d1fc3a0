"""Rules of ballots: what can be put to the vote, when, who may vote and how. Pure: counts and times are arguments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, Decimal

from services.chassis.rules.refusal import Refusal

ABSTAIN = "abstain"
LEAST_OPTIONS = 2


@dataclass(frozen=True)
class Standing:
    """How a member stands to a ballot: on the roll or not, present (None: not taken), represented by whom."""

    on_roll: bool
    present: bool | None = None
    represented: bool = False


def options_fit_the_kind(kind: str, options: int, seats: int) -> Refusal | None:
    """A yes or no has no options of its own; elsewhere there is something to choose from."""
    if kind == "yes_no":
        fits = options == 0
    elif kind == "ranking":
        fits = options >= LEAST_OPTIONS
    else:
        fits = options > seats
    if fits:
        return None
    params = {"options": options, "seats": seats}
    return Refusal("ballots.options_fit_the_kind", "The options do not fit the kind of ballot.", "options", params)


def candidates_exceed_seats(options: int, seats: int, surplus_percent: Decimal) -> Refusal | None:
    """An election has more candidates than seats, by the part the rules ask for and by one at least (差额)."""
    needed = seats + max(1, int((seats * surplus_percent / 100).to_integral_value(ROUND_CEILING)))
    if options >= needed:
        return None
    params = {"options": options, "seats": seats, "candidates": needed}
    return Refusal("ballots.candidates_exceed_seats", f"At least {needed} candidates.", "options", params)


def candidates_are_people(kind: str, texts: int) -> Refusal | None:
    """Candidates of an election are members."""
    if kind != "election" or not texts:
        return None
    return Refusal("ballots.candidates_are_people", "Name members as candidates.", "options")


def options_differ(options: Sequence[object]) -> Refusal | None:
    """No option stands twice."""
    if len(set(options)) == len(options):
        return None
    return Refusal("ballots.options_differ", "An option stands twice.", "options")


def times_are_in_order(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> Refusal | None:
    """A ballot opens in the future and closes after that."""
    if opens_at is not None and opens_at <= now:
        return Refusal("ballots.times_are_in_order", "It opens in the future.", "opens_at")
    if closes_at is not None and closes_at <= (opens_at or now):
        return Refusal("ballots.times_are_in_order", "It closes after it opens.", "closes_at")
    return None


def called_terms_stand(same: bool) -> Refusal | None:
    """What a session, a meeting or an election put to the vote, or an earlier round, is not changed on the ballot."""
    return None if same else Refusal("ballots.called_terms_stand", "It was called so; cancel it and call it anew.")


def closing_is_ahead(closes_at: datetime | None, now: datetime) -> Refusal | None:
    """A ballot whose time is over is not opened."""
    if closes_at is None or now < closes_at:
        return None
    return Refusal("ballots.times_are_in_order", "Its time is over; set another.", "closes_at")


def somebody_may_vote(entitled: int) -> Refusal | None:
    """A roll is not empty."""
    return None if entitled else Refusal("ballots.somebody_may_vote", "Nobody may vote.", "electorate")


def voters_are_members(unknown: int) -> Refusal | None:
    """Who is named as a voter belongs to the union and may vote."""
    if not unknown:
        return None
    params = {"count": unknown}
    return Refusal("ballots.voters_are_members", f"{unknown} of those named may not vote.", "member_ids", params)


def secrecy_is_ready(secrecy: str, ready: bool) -> Refusal | None:
    """A secret ballot opens only when nobody can join voter and ballot."""
    if secrecy != "secret" or ready:
        return None
    return Refusal("ballots.secrecy_is_ready", "The keys of the scrutineers are not complete.", "secrecy")


def ballot_is_secret(secrecy: str) -> Refusal | None:
    """Scrutineers and tokens belong to secret ballots."""
    return None if secrecy == "secret" else Refusal("ballots.ballot_is_secret", "The ballot is not secret.")


def ballot_is_prepared(state: str) -> Refusal | None:
    """Scrutineers are named before the ballot is opened."""
    if state == "prepared":
        return None
    return Refusal("ballots.ballot_is_prepared", f"The ballot is {state}.", params={"state": state})


def scrutineers_are_members(unknown: int) -> Refusal | None:
    """Scrutineers belong to the union."""
    if not unknown:
        return None
    detail = f"{unknown} of those named are no members."
    return Refusal("ballots.scrutineers_are_members", detail, "member_ids", {"count": unknown})


def scrutineers_do_not_stand(standing: Collection[object]) -> Refusal | None:
    """Who stands for election does not open the votes (总工发〔2016〕27号 Art. 16)."""
    if not standing:
        return None
    detail = "Candidates are no scrutineers."
    return Refusal("ballots.scrutineers_do_not_stand", detail, "member_ids", {"count": len(standing)})


def secret_is_large_enough(secrecy: str, entitled: int, least: int) -> Refusal | None:
    """Among few, a secret ballot tells who voted how."""
    if secrecy != "secret" or entitled >= least:
        return None
    params = {"least": least, "entitled": entitled}
    return Refusal("ballots.secret_is_large_enough", f"At least {least} voters.", "secrecy", params)


def ballot_is_open(state: str, closes_at: datetime | None, now: datetime) -> Refusal | None:
    """Votes are taken from the opening to the closing, to the second, whenever the clock's turn comes."""
    if state == "open" and (closes_at is None or now < closes_at):
        return None
    shown = "closed" if state == "open" else state
    return Refusal("ballots.ballot_is_open", f"The ballot is {shown}.", params={"state": shown})


def ballot_is_not_secret(secrecy: str) -> Refusal | None:
    """A secret ballot is cast without an account."""
    if secrecy != "secret":
        return None
    return Refusal("ballots.ballot_is_not_secret", "A secret ballot is cast with a token, not here.")


def voter_is_entitled(voter: Standing) -> Refusal | None:
    """Who votes stands on the roll, is there where presence is taken, and is not represented by another."""
    if not voter.on_roll:
        return Refusal("ballots.voter_is_on_the_roll", "Not on the roll, which was frozen at the opening.")
    if voter.represented:
        return Refusal("ballots.voter_is_not_represented", "Somebody else votes for this member.")
    if voter.present is False:
        return Refusal("ballots.voter_is_present", "Only who is present votes.")
    return None


def proxy_is_entitled(is_proxy: bool, proxy: Standing) -> Refusal | None:
    """A proxy votes for whom it was registered, stands on the roll, and is present where presence is taken."""
    if not is_proxy:
        return Refusal("ballots.proxy_is_registered", "You do not represent this member.", "for_member_id")
    if not proxy.on_roll or proxy.present is False:
        return Refusal("ballots.proxy_is_present", "A proxy must be present.", "for_member_id")
    return None


def choices_fit(kind: str, options: int, seats: int, choices: Sequence[str]) -> Refusal | None:
    """A vote names options of the ballot, each once, and no more than it may; or it abstains."""
    if list(choices) == [ABSTAIN]:
        return None
    if kind == "yes_no":
        return None if list(choices) in (["yes"], ["no"]) else _unfit(1)
    most = options if kind == "ranking" else seats
    known = {str(number) for number in range(1, options + 1)}
    if len(choices) > most or len(set(choices)) != len(choices) or not known.issuperset(choices):
        return _unfit(most)
    if kind == "ranking" and len(choices) != options:
        return Refusal("ballots.ranking_is_complete", "Rank every option.", "choices", {"options": options})
    return None


def vote_can_be_changed(counts: str) -> Refusal | None:
    """Where the first vote counts, another one is refused."""
    if counts == "last":
        return None
    return Refusal("ballots.vote_can_be_changed", "You have voted; the first vote counts.", "choices")


def result_is_out(state: str) -> Refusal | None:
    """Nobody sees counts before a ballot is closed."""
    if state == "closed":
        return None
    return Refusal("ballots.result_is_out", "The result is told when the ballot is closed.", params={"state": state})


def votes_are_named(secrecy: str) -> Refusal | None:
    """Only named ballots show who voted what."""
    if secrecy == "named":
        return None
    return Refusal("ballots.votes_are_named", "Only a named ballot shows who voted what.")


def round_is_due(outcome: str | None, is_called: bool) -> Refusal | None:
    """A further round follows a tie, seats that are left or too few who took part, once."""
    if outcome in ("tied", "short", "invalid") and not is_called:
        return None
    return Refusal("ballots.round_is_due", "No further round is due.", params={"outcome": outcome})


def proxies_are_allowed(most: int | None) -> Refusal | None:
    """There are proxies only where the rules of the body allow them."""
    return None if most else Refusal("ballots.proxies_are_allowed", "The rules allow no proxies here.", "proxy_id")


def proxy_can_be_set(
    member: Standing, proxy: Standing, *, same: bool, voted: bool, held: int, most: int
) -> Refusal | None:
    """A member who is not there and has not voted is represented by another on the roll, who represents few.

    Args:
        member: who is to be represented.
        proxy: who is to vote.
        same: whether both are the same person.
        voted: whether the member's vote is cast.
        held: how many others the proxy represents.
        most: how many the rules allow.
    """
    if not member.on_roll or not proxy.on_roll or same or proxy.represented:
        return Refusal("ballots.proxy_is_on_the_roll", "Both stand on the roll, the proxy for himself.", "proxy_id")
    if member.present:
        return Refusal("ballots.represented_is_absent", "Who is present votes himself.", "member_id")
    if voted:
        return Refusal("ballots.represented_has_not_voted", "The vote is cast already.", "member_id")
    if held >= most:
        detail = f"A proxy represents at most {most}."
        return Refusal("ballots.proxies_are_few", detail, "proxy_id", {"most": most})
    return None


def proxy_can_end(voted: bool) -> Refusal | None:
    """What a proxy has cast stays."""
    if not voted:
        return None
    return Refusal("ballots.represented_has_not_voted", "The vote is cast already.", "member_id")


def normal_choices(kind: str, choices: Collection[str]) -> tuple[str, ...]:
    """Return choices in one order where the order says nothing, so that equal votes are equal."""
    if kind == "ranking" or not all(key.isdigit() for key in choices):
        return tuple(choices)
    return tuple(sorted(choices, key=int))


def _unfit(most: int) -> Refusal:
    return Refusal("ballots.choices_fit", f"Name options of the ballot, at most {most}.", "choices", {"most": most})
