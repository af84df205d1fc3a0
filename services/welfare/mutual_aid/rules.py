"""Rules of mutual aid: who can be covered, when a claim is in time, who may do what with it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.chassis.rules.refusal import Refusal, Verdict

FEW = 5
"""Below this number of claims neither counts nor sums are told."""
IN_SERVICE = ("active", "transferring")
"""Standings of members in employment."""
RETIRED = "retained"
"""The standing of members who have retired."""
WOMEN = "women"
"""The kind of plan that covers women only."""


def enrolled(inputs: Mapping[str, Any], figures: Mapping[str, Any]) -> Verdict:
    """Decide whether a member can be covered in a period.

    Args:
        inputs: standing; of the plan takes_retired, women_only, age_from, age_to; woman and age (full years on the
            first day of cover, null where unknown) only where the plan asks for them.
        figures: none; the terms of the plan are in the inputs.
    """
    return Verdict(_of_standing(inputs) or _of_sex(inputs) or _of_age(inputs))


def _of_standing(inputs: Mapping[str, Any]) -> Refusal | None:
    standing = inputs["standing"]
    if standing in IN_SERVICE or (standing == RETIRED and inputs["takes_retired"]):
        return None
    if standing == RETIRED:
        return Refusal("mutual_aid.member_is_in_service", "The plan is for members in employment.")
    return Refusal("mutual_aid.person_is_a_member", "The membership has ended.")


def _of_sex(inputs: Mapping[str, Any]) -> Refusal | None:
    if not inputs["women_only"] or inputs["woman"]:
        return None
    return Refusal("mutual_aid.plan_is_for_women", "The plan is for women.")


def _of_age(inputs: Mapping[str, Any]) -> Refusal | None:
    age, youngest, oldest = inputs["age"], inputs["age_from"], inputs["age_to"]
    if age is None:
        return Refusal("mutual_aid.age_is_known", "The member's age is unknown.")
    if youngest <= age <= oldest:
        return None
    return Refusal(
        "mutual_aid.age_is_covered",
        f"The plan covers ages from {youngest} to {oldest}.",
        params={"age": age, "age_from": youngest, "age_to": oldest},
    )


def claimable(inputs: Mapping[str, Any], figures: Mapping[str, Any]) -> Verdict:
    """Decide whether a claim is taken.

    Args:
        inputs: covered (on the day of the event), event_on, filed_on, due_on (ISO days).
        figures: none; the terms of the plan are in the inputs.
    """
    return Verdict(_of_cover(inputs) or _of_deadline(inputs))


def _of_cover(inputs: Mapping[str, Any]) -> Refusal | None:
    if inputs["covered"]:
        return None
    return Refusal(
        "mutual_aid.event_is_covered",
        f"No cover of this plan includes {inputs['event_on']}.",
        "event_on",
        {"event_on": inputs["event_on"]},
    )


def _of_deadline(inputs: Mapping[str, Any]) -> Refusal | None:
    if inputs["filed_on"] <= inputs["due_on"]:
        return None
    return Refusal(
        "mutual_aid.claim_is_in_time",
        f"Claims for this event were taken until {inputs['due_on']}.",
        "event_on",
        {"due_on": inputs["due_on"]},
    )


def due_on(event_on: date, claim_days: int) -> date:
    """Return the last day on which a claim may reach the provider."""
    return event_on + timedelta(days=claim_days)


def plan_is_offered(offered: bool) -> Refusal | None:
    """Periods are opened of plans that are offered."""
    if offered:
        return None
    return Refusal("mutual_aid.plan_is_offered", "This plan was ended.", "plan_id")


def days_are_in_order(starts_on: date, ends_on: date, enrol_from: date, enrol_until: date) -> Refusal | None:
    """A period ends after it begins, and enrolment ends after it begins and before the period does."""
    if starts_on <= ends_on and enrol_from <= enrol_until <= ends_on:
        return None
    return Refusal("mutual_aid.days_are_in_order", "The days of the period are not in order.", "ends_on")


def period_is_short(starts_on: date, ends_on: date, most_days: int) -> Refusal | None:
    """A period lasts no longer than providers offer."""
    if (ends_on - starts_on).days < most_days:
        return None
    return Refusal("mutual_aid.period_is_short", f"At most {most_days} days.", "ends_on", {"days": most_days})


def periods_are_apart(other: tuple[date, date] | None) -> Refusal | None:
    """No day of a plan belongs to two periods, so that nobody is covered twice by it."""
    if other is None:
        return None
    return Refusal(
        "mutual_aid.periods_are_apart",
        f"Another period of this plan is from {other[0]} to {other[1]}.",
        "starts_on",
        {"starts_on": other[0].isoformat(), "ends_on": other[1].isoformat()},
    )


def list_is_open(state: str) -> Refusal | None:
    """The list of a period changes until it is closed."""
    if state == "open":
        return None
    return Refusal("mutual_aid.list_is_open", "The list of this period is closed.", "period_id")


def units_enrol_now(today: date, enrol_from: date, enrol_until: date, *, officer: bool) -> Refusal | None:
    """Units change their lists from the first day of enrolment to the last; officers until the list is closed."""
    if officer or enrol_from <= today <= enrol_until:
        return None
    return Refusal(
        "mutual_aid.units_enrol_now",
        f"Units enrol from {enrol_from} to {enrol_until}.",
        "period_id",
        {"enrol_from": enrol_from.isoformat(), "enrol_until": enrol_until.isoformat()},
    )


def member_is_of_the_unit(unit_id: UUID | None, of_list: UUID) -> Refusal | None:
    """A unit's list holds its own members."""
    if unit_id == of_list:
        return None
    return Refusal("mutual_aid.member_is_of_the_unit", "This is no member of this unit.")


def earlier_period_is_of_the_plan(same: bool) -> Refusal | None:
    """A list is renewed from an earlier period of the same plan."""
    if same:
        return None
    return Refusal("mutual_aid.renewal_is_of_the_plan", "That period is of another plan.", "from_period_id")


def somebody_is_covered(members: int) -> Refusal | None:
    """A list with nobody on it is not closed."""
    if members:
        return None
    return Refusal("mutual_aid.somebody_is_covered", "Nobody is on the list.", "period_id")


def nobody_claimed(claims: int) -> Refusal | None:
    """A period is not cancelled when claims rest on it."""
    if not claims:
        return None
    return Refusal("mutual_aid.nobody_claimed", "There are claims in this period.", "period_id")


def cover_is_not_claimed(claims: int) -> Refusal | None:
    """A member stays on a list as long as a claim rests on the cover."""
    if not claims:
        return None
    return Refusal("mutual_aid.cover_is_not_claimed", "A claim rests on this cover.", "cover_id", {"claims": claims})


def members_pay(payer: str) -> Refusal | None:
    """Fees are collected where members pay them themselves."""
    if payer == "own":
        return None
    return Refusal("mutual_aid.members_pay", "Members pay no fee in this period.", "period_id")


def line_is_named(line_code: str | None) -> Refusal | None:
    """What the union or the administration pays is paid out of a budget line."""
    if line_code:
        return None
    return Refusal("mutual_aid.line_is_named", "Name the budget line that pays.", "line_code")


def event_has_happened(event_on: date, today: date) -> Refusal | None:
    """A claim is about an event that has happened."""
    if event_on <= today:
        return None
    return Refusal("mutual_aid.event_has_happened", "This day lies ahead.", "event_on")


def event_is_claimed_once(claim_id: UUID | None, submitted_on: date | None) -> Refusal | None:
    """For one event and plan there is one claim; the refusal tells the first."""
    if claim_id is None or submitted_on is None:
        return None
    return Refusal(
        "mutual_aid.event_is_claimed_once",
        f"A claim for this event was filed on {submitted_on}.",
        "event_on",
        {"claim_id": str(claim_id), "submitted_on": submitted_on.isoformat()},
    )


def documents_are_there(count: int) -> Refusal | None:
    """A claim goes on its way with documents."""
    if count:
        return None
    return Refusal("mutual_aid.documents_are_there", "The claim has no documents yet.", "claim_id")


def claim_is_not_sent_on(state: str) -> Refusal | None:
    """Documents are added and removed until the claim is sent on."""
    if state in ("submitted", "forwarded"):
        return None
    return Refusal("mutual_aid.claim_is_not_sent_on", "The claim has been sent on.", "claim_id")


def others_handle_ones_claim(claimant: UUID, member_id: UUID | None) -> Refusal | None:
    """A claim is forwarded, sent on and settled by somebody else than the claimant."""
    if claimant != member_id:
        return None
    return Refusal("mutual_aid.others_handle_ones_claim", "This is your own claim.", "claim_id")


def paid_after_the_event(paid_on: date, event_on: date, today: date) -> Refusal | None:
    """A claim is paid after the event, not in the future."""
    if event_on <= paid_on <= today:
        return None
    return Refusal("mutual_aid.paid_after_the_event", "Not before the event, and not ahead.", "paid_on")


def paid_is_within_sum(paid: Decimal, sum_insured: Decimal) -> Refusal | None:
    """No more is paid than is insured."""
    if paid <= sum_insured:
        return None
    return Refusal(
        "mutual_aid.paid_is_within_sum", f"Insured for {sum_insured} yuan.", "paid", {"most": f"{sum_insured:.2f}"}
    )
