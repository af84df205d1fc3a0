"""Rules of recuperation: what a trip must keep, who may apply, what is paid, when a draw may be made. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from services.chassis.rules.refusal import Refusal, Verdict, first_refusal

OUTSIDE = "outside"
"""The class of destinations outside the province."""
STANDINGS = frozenset({"active", "transferring"})
"""Standings that have a turn: a member in employment."""
FEN = Decimal("0.01")


def period_is_as_long(period_from: int, period_to: int, year: int, years: int) -> Refusal | None:
    """A round counts in a period of as many years as the rule says, and its year is one of them."""
    if period_to - period_from + 1 == years and period_from <= year <= period_to:
        return None
    return Refusal(
        "recuperation.period_is_as_long",
        f"A period has {years} years, and the round's year is one of them.",
        "period_to",
        {"years": years},
    )


def applications_end_after_they_begin(apply_from: date, apply_until: date, today: date) -> Refusal | None:
    """The last day to apply is not before the first, and has not passed."""
    if apply_until >= max(apply_from, today):
        return None
    return Refusal(
        "recuperation.applications_end_later", "The last day to apply is before the first, or past.", "apply_until"
    )


def route_is_offered(offered: bool) -> Refusal | None:
    """Trips are made of routes that are offered."""
    if offered:
        return None
    return Refusal("recuperation.route_is_offered", "This route was ended.", "route_id")


def trip_begins_after_applications(starts_on: date, apply_until: date) -> Refusal | None:
    """A trip begins after the last day to apply."""
    if starts_on > apply_until:
        return None
    return Refusal(
        "recuperation.trip_begins_later",
        f"Applications are taken until {apply_until}; the trip must begin later.",
        "starts_on",
        {"apply_until": apply_until.isoformat()},
    )


def quotas_are_of_different_units(units: Sequence[Any]) -> Refusal | None:
    """A unit has one quota."""
    if len(set(units)) == len(units):
        return None
    return Refusal("recuperation.quotas_are_of_different_units", "A unit is named twice.", "quotas")


def round_is_open(state: str) -> Refusal | None:
    """Trips are added, published and applied for before the entries are closed."""
    if state == "open":
        return None
    return Refusal("recuperation.round_is_open", "The entries of this round are closed.", "round_id")


def days_are_within_cap(days: int, most: int) -> Refusal | None:
    """A trip is no longer than its class of destinations allows, travel included."""
    if days <= most:
        return None
    return Refusal("recuperation.days_are_within_cap", f"At most {most} days.", "trip_id", {"days": days, "most": most})


def price_is_within_cap(price: Decimal, days: int, cap_a_day: Decimal) -> Refusal | None:
    """A trip costs no more than the cap of a person-day times its days."""
    if price <= cap_a_day * days:
        return None
    return Refusal(
        "recuperation.price_is_within_cap",
        f"At most {cap_a_day} yuan a person-day, {cap_a_day * days} for {days} days.",
        "trip_id",
        {"price": f"{price:.2f}", "cap": f"{cap_a_day:.2f}", "days": days},
    )


def insurance_is_enough(insured: Decimal, least: Decimal) -> Refusal | None:
    """Everybody is insured for at least the sum of the rule."""
    if insured >= least:
        return None
    return Refusal(
        "recuperation.insurance_is_enough",
        f"Insured for {insured} yuan; at least {least} are required.",
        "trip_id",
        {"insured": f"{insured:.2f}", "least": f"{least:.2f}"},
    )


def places_reach_minimum(places: int, minimum: int) -> Refusal | None:
    """A trip has at least as many places as it needs to take place."""
    if places >= minimum:
        return None
    return Refusal(
        "recuperation.places_reach_minimum",
        f"{places} places; a trip takes place with {minimum} people.",
        "trip_id",
        {"places": places, "minimum": minimum},
    )


def outside_is_a_small_share(outside: int, all_places: int, share: Fraction) -> Refusal | None:
    """Of the places of a round no more than the rule's share are outside the province."""
    if outside <= all_places * share:
        return None
    return Refusal(
        "recuperation.outside_is_a_small_share",
        f"{outside} of {all_places} places would be outside the province; at most {share} of them can be.",
        "trip_id",
        {"outside": outside, "places": all_places, "share": str(share)},
    )


def applications_are_taken(state: str, today: date, apply_from: date, apply_until: date) -> Refusal | None:
    """Members apply from the first day to the last, as long as the entries are not closed."""
    if state == "open" and apply_from <= today <= apply_until:
        return None
    return Refusal(
        "recuperation.applications_are_taken",
        f"Applications are taken from {apply_from} to {apply_until}.",
        "trip_id",
        {"apply_from": apply_from.isoformat(), "apply_until": apply_until.isoformat()},
    )


def choices_are_of_the_round(choices: Sequence[Any], published: Collection[Any], most: int) -> Refusal | None:
    """Choices are different published trips of one round, no more than the round allows."""
    if len(choices) > most:
        return Refusal("recuperation.choices_are_few", f"At most {most} choices.", "further", {"most": most})
    if len(set(choices)) == len(choices) and set(choices) <= set(published):
        return None
    return Refusal(
        "recuperation.choices_are_of_the_round", "Choose different trips of one round that are published.", "further"
    )


def persons_fit(persons: int, places: Collection[int]) -> Refusal | None:
    """At least one of the choices has as many places as the member needs with the family."""
    if any(persons <= of_trip for of_trip in places):
        return None
    return Refusal("recuperation.persons_fit", "None of the choices has as many places.", "family")


def eligible(inputs: Mapping[str, Any], figures: Mapping[str, Any]) -> Verdict:
    """Decide whether a member may apply, and what is paid at most.

    Args:
        inputs: `standing`, `joined_on` (ISO 8601), `year` of the round, `turn_used_in` and `outside_in` (year of the
            last trip in this period, and of the last one outside the province; None for none), `wants_outside`,
            `family` (persons).
        figures: `period_cap`, `family_most`; `newcomer_until` and `newcomer_share` for who joined in the round's year;
            `outside_interval` where an earlier trip outside the province counts.

    Source: 浙教工〔2022〕5号 as reported; every figure is a dated rule.
    """
    refusal = first_refusal(
        (
            _has_standing(inputs["standing"]),
            _turn_is_unused(inputs["turn_used_in"]),
            _joined_in_time(inputs["joined_on"], inputs["year"], figures),
            _outside_was_long_ago(inputs, figures),
            _family_is_small(inputs["family"], figures["family_most"]),
        )
    )
    if refusal is not None:
        return Verdict(refusal)
    cap, share = Decimal(figures["period_cap"]), Fraction(1)
    if joined_in(inputs["joined_on"], inputs["year"]):
        share = Fraction(figures["newcomer_share"])
    amount = (cap * share.numerator / share.denominator).quantize(FEN, ROUND_HALF_UP)
    return Verdict(amount=amount)


def joined_in(joined_on: str, year: int) -> bool:
    """Whether somebody joined in the year of a round, so that the rule of newcomers decides."""
    return date.fromisoformat(joined_on).year == year


def _has_standing(standing: str) -> Refusal | None:
    if standing in STANDINGS:
        return None
    return Refusal(
        "recuperation.member_is_in_service", "Recuperation is for members in employment.", None, {"standing": standing}
    )


def _turn_is_unused(year: int | None) -> Refusal | None:
    if year is None:
        return None
    return Refusal("recuperation.turn_is_unused", f"The turn of this period was used in {year}.", None, {"year": year})


def _joined_in_time(joined_on: str, year: int, figures: Mapping[str, Any]) -> Refusal | None:
    joined = date.fromisoformat(joined_on)
    if joined.year < year:
        return None
    until = figures.get("newcomer_until")
    if joined.year == year and until is not None and joined.isoformat()[5:] <= until:
        return None
    return Refusal(
        "recuperation.joined_in_time",
        f"Who joined after {until} has no turn in {year}.",
        None,
        {"joined_on": joined_on, "until": until, "year": year},
    )


def _outside_was_long_ago(inputs: Mapping[str, Any], figures: Mapping[str, Any]) -> Refusal | None:
    last = inputs["outside_in"]
    if not inputs["wants_outside"] or last is None:
        return None
    interval = figures["outside_interval"]
    if inputs["year"] - last >= interval:
        return None
    return Refusal(
        "recuperation.outside_was_long_ago",
        f"A trip outside the province in {last}; the next one is possible in {last + interval}.",
        "trip_id",
        {"year": last, "again": last + interval},
    )


def _family_is_small(family: int, most: int) -> Refusal | None:
    if family <= most:
        return None
    return Refusal("recuperation.family_is_small", f"At most {most} of the family.", "family", {"most": most})


def grounds_are_confirmed_by_others(applicant: UUID, caller: UUID | None) -> Refusal | None:
    """Nobody gives more lots to the own application."""
    if applicant != caller:
        return None
    return Refusal("recuperation.grounds_are_confirmed_by_others", "This is the caller's own application.")


def departure_is_near(starts_on: date, today: date, late_days: int) -> bool:
    """Whether who withdraws today withdraws late."""
    return today > starts_on - timedelta(days=late_days)


def trip_has_not_begun(starts_on: date, today: date) -> Refusal | None:
    """Places are given back and exchanged before departure: who has left goes, or did not come."""
    if today < starts_on:
        return None
    return Refusal(
        "recuperation.trip_has_not_begun",
        f"The trip began on {starts_on}.",
        None,
        {"starts_on": starts_on.isoformat()},
    )


def loss_is_named(people: int, loss: Decimal | None) -> Refusal | None:
    """Where somebody stayed away or withdrew late, it is said what that cost a person, 0 for nothing."""
    if loss is not None or not people:
        return None
    return Refusal("recuperation.loss_is_named", f"{people} stayed away or withdrew late.", "loss", {"people": people})


def trip_is_over(ends_on: date, today: date) -> Refusal | None:
    """Who came is recorded after the trip."""
    if today > ends_on:
        return None
    return Refusal(
        "recuperation.trip_is_over", f"The trip ends on {ends_on}.", "trip_id", {"ends_on": ends_on.isoformat()}
    )


def shares_of_cost(cost: Decimal, amount: Decimal, family: int) -> tuple[Decimal, Decimal]:
    """Return what is paid for a member and what the member pays, family included, in yuan."""
    paid = min(cost, amount)
    return paid, cost - paid + cost * family
