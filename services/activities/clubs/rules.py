"""Rules of clubs: founding, joining, offices, grants, reviews. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from services.chassis.rules.refusal import Refusal

TAKES_PART = frozenset({"active", "transferring"})
"""Standings that may be in every club; retired members in those that say so."""
RETAINED = "retained"
GOOD = ("excellent", "passed")
FAILED = "failed"


def name_is_free(taken: bool) -> Refusal | None:
    """Two clubs that exist, or are applied for, have different names."""
    return Refusal("clubs.name_is_free", "Another club has this name.", "name") if taken else None


def charter_is_there(attached: bool) -> Refusal | None:
    """A club is founded with a charter."""
    return None if attached else Refusal("clubs.charter_is_there", "The charter is missing.")


def founders_are_enough(count: int, least: int) -> Refusal | None:
    """A club is founded by so many members at least, the applicant among them."""
    if count >= least:
        return None
    return Refusal(
        "clubs.founders_are_enough", f"{count} members support it.", params={"count": count, "least": least}
    )  # fmt: skip


def standing_may_join(standing: str | None, for_retained: bool) -> Refusal | None:
    """Members are in clubs; retired ones where the club is for them too.

    Args:
        standing: None for somebody this service does not know as a member.
        for_retained: whether the club is for retired members.
    """
    if standing in TAKES_PART or (standing == RETAINED and for_retained):
        return None
    return Refusal("clubs.standing_may_join", "Only members in good standing join this club.")


def member_is_in_audience(
    unit_id: UUID | None, employment: str | None, units: Collection[UUID], employments: Collection[str]
) -> Refusal | None:
    """The member is of the units and forms of employment that the club is for; empty means all."""
    if (not units or unit_id in units) and (not employments or employment in employments):
        return None
    return Refusal("clubs.member_is_in_audience", "This club is for other units or forms of employment.")


def club_takes_members(state: str) -> Refusal | None:
    """One joins a club that is founded, or supports one that is applied for."""
    if state in ("founded", "applied"):
        return None
    return Refusal("clubs.club_takes_members", "Nobody can join this club now.", params={"state": state})


def club_is_active(state: str) -> Refusal | None:
    """A club holds activities, has officers named and gets money while it is founded and not suspended."""
    return None if state == "founded" else Refusal("clubs.club_is_active", "The club is not active.")


def not_in_it_yet(live: bool) -> Refusal | None:
    """Nobody is in a club twice."""
    return Refusal("clubs.not_in_it_yet", "You are in this club, or asked to join it.") if live else None


def club_has_room(members: int, most: int | None) -> Refusal | None:
    """A club has so many members at most as it says."""
    if most is None or members < most:
        return None
    return Refusal("clubs.club_has_room", "The club is full.", params={"most": most})


def clubs_are_few(count: int, most: int) -> Refusal | None:
    """A member is in so many clubs at most, those asked for included."""
    if count < most:
        return None
    return Refusal("clubs.clubs_are_few", f"You are in {count} clubs.", params={"most": most})


def members_still_fit(members: int, most: int | None) -> Refusal | None:
    """The most members a club says it has are not fewer than it has."""
    if most is None or members <= most:
        return None
    return Refusal("clubs.members_still_fit", f"It has {members} members.", "most_members", {"count": members})


def president_stays(is_president: bool) -> Refusal | None:
    """A president leaves the club once another one has taken the place."""
    if not is_president:
        return None
    return Refusal("clubs.president_stays", "The president leaves after another one was named.")


def reason_is_given(reason: str | None) -> Refusal | None:
    """Who refuses says why."""
    return None if reason else Refusal("clubs.reason_is_given", "State the reason.", "reason")


def officer_is_a_member(is_member: bool) -> Refusal | None:
    """Offices of a club are held by its members."""
    return None if is_member else Refusal("clubs.officer_is_a_member", "Not a member of the club.", "member_id")


def office_is_not_held(held: bool) -> Refusal | None:
    """Nobody holds an office twice."""
    return Refusal("clubs.office_is_not_held", "The member holds this office.", "post") if held else None


def term_has_an_end(ends_on: date | None) -> Refusal | None:
    """A term ends on a day that is given, or that follows from the rule of the length of terms."""
    if ends_on is not None:
        return None
    return Refusal("clubs.term_has_an_end", "Say when the term ends, or set how long terms are.", "ends_on")


def term_is_sound(starts_on: date, ends_on: date, today: date) -> Refusal | None:
    """A term begins today at the latest, and ends after it begins and after today."""
    if starts_on <= today < ends_on:
        return None
    return Refusal("clubs.term_is_sound", "A term has begun and ends in the future.", "ends_on")


def president_is_named_by_the_union(post: str, by_officer: bool) -> Refusal | None:
    """The president names other officers; the union names the president."""
    if by_officer or post != "president":
        return None
    return Refusal("clubs.president_is_named_by_the_union", "The union names the president.", "post")


def activity_is_free(other: bool) -> Refusal | None:
    """An activity belongs to one club at most."""
    return Refusal("clubs.activity_is_free", "It belongs to another club.", "activity_id") if other else None


def grant_is_the_first(exists: bool) -> Refusal | None:
    """A club gets one grant a year."""
    return Refusal("clubs.grant_is_the_first", "The club has a grant of this year.", "year") if exists else None


def grant_is_within(amount: Decimal, most: Decimal) -> Refusal | None:
    """A grant is so much a year at most."""
    if amount <= most:
        return None
    return Refusal("clubs.grant_is_within", f"At most {most} yuan a year.", "amount", {"most": str(most)})


def last_review_allows_money(verdict: str | None) -> Refusal | None:
    """A club whose last year that was judged failed gets no money until a later one passes."""
    if verdict != FAILED:
        return None
    return Refusal("clubs.last_review_allows_money", "The last year that was judged failed.")


def grant_can_be_asked_again(state: str) -> Refusal | None:
    """The funds are asked again after they refused or the entry was reversed."""
    if state in ("refused", "reversed"):
        return None
    return Refusal("clubs.grant_can_be_asked_again", "The funds have not refused it.", params={"state": state})


def year_can_be_told(year: int, today: date, founded_on: date | None) -> Refusal | None:
    """The report is about this year or the last one, in which the club existed."""
    if founded_on is not None and max(today.year - 1, founded_on.year) <= year <= today.year:
        return None
    return Refusal("clubs.year_can_be_told", "The report is about this year or the last.", "year")


def verdict_fits_activities(verdict: str, held: int, least: int) -> Refusal | None:
    """A club that held fewer activities than the rule says does not pass."""
    if verdict not in GOOD or held >= least:
        return None
    return Refusal(
        "clubs.verdict_fits_activities", f"It held {held} activities.", "verdict", {"held": held, "least": least}
    )


def is_suspended_after(verdicts: Sequence[str], most_failed: int | None) -> bool:
    """Whether a club is suspended after a verdict.

    Args:
        verdicts: of the years judged, the latest first, this one included.
        most_failed: how many failed years in a row suspend; None where no rule says so.
    """
    if most_failed is None or most_failed < 1 or len(verdicts) < most_failed:
        return False
    return all(one == FAILED for one in verdicts[:most_failed])


def end_of_term(starts_on: date, months: int) -> date:
    """Return the last day of a term of so many months that begins on a day."""
    place = starts_on.year * 12 + starts_on.month - 1 + months
    year, month = divmod(place, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last_of_month = (following - timedelta(days=1)).day
    return date(year, month + 1, min(starts_on.day, last_of_month)) - timedelta(days=1)
