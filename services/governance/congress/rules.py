"""Rules of terms and delegates. Pure: days, counts and states are arguments."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from services.chassis.rules.refusal import Refusal


def end_of_term(starts_on: date, years: int) -> date:
    """Return the last day of a term of so many years."""
    try:
        return starts_on.replace(year=starts_on.year + years) - timedelta(days=1)
    except ValueError:
        return date(starts_on.year + years, 2, 28)


def number_is_free(taken: bool) -> Refusal | None:
    """Two terms have different numbers."""
    return Refusal("congress.number_is_free", "This term exists.", "number") if taken else None


def term_follows(starts_on: date, last_days: Collection[date]) -> Refusal | None:
    """A term begins after the one before has ended."""
    late = max((day for day in last_days if day >= starts_on), default=None)
    if late is None:
        return None
    params = {"before": late.isoformat()}
    return Refusal("congress.term_follows", f"The term before ends on {late}.", "starts_on", params)


def term_has_its_length(starts_on: date, ends_on: date, today: date) -> Refusal | None:
    """The last day of a term comes after its first and is not past; a delay of the election is at most a year."""
    latest = end_of_term(starts_on, 6)
    if max(starts_on, today) <= ends_on <= latest:
        return None
    params = {"from": max(starts_on, today).isoformat(), "to": latest.isoformat()}
    return Refusal("congress.term_has_its_length", "The last day lies outside the term.", "ends_on", params)


def bodies_stay(before: Collection[str], after: Collection[str]) -> Refusal | None:
    """Which bodies meet is settled when the term is prepared."""
    if set(before) == set(after):
        return None
    return Refusal("congress.bodies_stay", "The bodies of a term stay.", "bodies")


def congress_has_delegates(bodies: Collection[str]) -> Refusal | None:
    """A term begins once every body has delegates."""
    if not bodies:
        return None
    return Refusal("congress.has_delegates", "A body has no delegates.", params={"bodies": sorted(bodies)})


def one_term_at_a_time(others: int) -> Refusal | None:
    """A term begins when the one before was ended."""
    return Refusal("congress.one_term_at_a_time", "Another term has not been ended.") if others else None


def congress_is_open(state: str) -> Refusal | None:
    """Seats and delegates change while the term has not ended."""
    return None if state != "ended" else Refusal("congress.is_open", "The term has ended.")


def body_meets(has_body: bool) -> Refusal | None:
    """What is done concerns a body of this congress."""
    return None if has_body else Refusal("congress.body_meets", "This body does not meet in this term.", "body")


def unit_elects(seats: int) -> Refusal | None:
    """Delegates are elected by a unit that has seats."""
    return None if seats else Refusal("congress.unit_elects", "The unit has no seats in this body.", "unit_id")


def seats_are_vacant(elected: int, vacant: int) -> Refusal | None:
    """As many are elected as seats are vacant, or fewer."""
    if elected <= vacant:
        return None
    return Refusal("congress.seats_are_vacant", f"{vacant} seats are vacant.", "elected", {"vacant": vacant})


def elected_belong_to_unit(strangers: int) -> Refusal | None:
    """A unit elects its own members, those who vote."""
    if not strangers:
        return None
    params = {"count": strangers}
    return Refusal("congress.elected_belong_to_unit", "Only voting members of the unit are elected.", "elected", params)


def elected_have_no_seat(seated: int) -> Refusal | None:
    """Nobody has two seats in a body."""
    if not seated:
        return None
    return Refusal("congress.elected_have_no_seat", "Somebody has a seat already.", "elected", {"count": seated})


def election_is_past(elected_on: date, today: date) -> Refusal | None:
    """An election is entered after it was held."""
    return None if elected_on <= today else Refusal("congress.election_is_past", "The day is ahead.", "elected_on")


def turnout_suffices(cast: int, entitled: int, share: Fraction) -> Refusal | None:
    """An election is held when enough of those entitled take part."""
    needed = ceil(share * entitled)
    if needed <= cast <= entitled:
        return None
    params = {"cast": cast, "entitled": entitled, "minimum": needed}
    return Refusal("congress.turnout_suffices", f"{needed} of {entitled} have to vote.", "ballots_cast", params)


def candidates_exceed_seats(candidates: int, elected: int, margin: Fraction) -> Refusal | None:
    """There are more candidates than are elected, by a margin (差额率)."""
    needed = elected + max(1, ceil(margin * elected))
    if candidates >= needed:
        return None
    params = {"candidates": candidates, "elected": elected, "minimum": needed}
    return Refusal("congress.candidates_exceed_seats", f"{needed} candidates are needed.", "candidates", params)


def votes_elect(votes: Collection[int], entitled: int, cast: int, share: Fraction) -> Refusal | None:
    """Who is elected has more than a share of the votes of those entitled, and no more votes than were cast."""
    needed = share.numerator * entitled // share.denominator + 1
    if all(needed <= one <= cast for one in votes):
        return None
    params = {"minimum": needed, "cast": cast, "least": min(votes)}
    return Refusal("congress.votes_elect", f"{needed} votes elect.", "elected", params)


def unit_is_in_one_delegation(taken: int) -> Refusal | None:
    """The delegates of a unit are in one delegation."""
    if not taken:
        return None
    params = {"count": taken}
    return Refusal("congress.unit_is_in_one_delegation", "A unit is in another delegation.", "unit_ids", params)


def name_is_free(taken: bool) -> Refusal | None:
    """Two delegations have different names."""
    return Refusal("congress.delegation_name_is_free", "Another delegation has the name.", "name") if taken else None


def head_is_of_delegation(is_delegate: bool, field: str) -> Refusal | None:
    """Who leads a delegation is one of its delegates."""
    if is_delegate:
        return None
    return Refusal("congress.head_is_of_delegation", "Who leads a delegation is one of its delegates.", field)


def delegations_are_few(count: int, most: int) -> Refusal | None:
    """A congress has some delegations."""
    if count < most:
        return None
    return Refusal("congress.delegations_are_few", f"At most {most}.", params={"most": most})


def election_is_over(goes_on: bool) -> Refusal | None:
    """While a unit votes on its delegates, none are entered by hand, and no second election is called."""
    return Refusal("congress.election_is_over", "The unit votes on its delegates.", "unit_id") if goes_on else None


def candidates_belong_to_unit(strangers: int, seated: int) -> Refusal | None:
    """Voting members of the unit without a seat stand for election."""
    if not strangers and not seated:
        return None
    params = {"count": strangers + seated}
    return Refusal("congress.candidates_belong_to_unit", "Somebody can't stand.", "candidates", params)
