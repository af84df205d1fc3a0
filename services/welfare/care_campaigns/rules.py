"""Rules of care campaigns: what a campaign consists of, who may visit, what a gift needs. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.chassis.rules.refusal import Refusal

SERVED = frozenset({"active", "transferring", "retained"})
"""Standings of people who can be on a list."""
TAKES_PART = frozenset({"active", "transferring"})
"""Standings of members who may be sent."""
UNSETTLED = ("refused", "reversed")


def days_are_in_order(starts_on: date, ends_on: date, today: date) -> Refusal | None:
    """A campaign ends on its first day or later, and not before today."""
    if ends_on >= max(starts_on, today):
        return None
    return Refusal("campaigns.days_are_in_order", "The last day is before the first, or past.", "ends_on")


def amount_is_within_cap(amount: Decimal, cap: Decimal) -> Refusal | None:
    """Each gets no more than the cap in force on the first day."""
    if amount <= cap:
        return None
    return Refusal(
        "campaigns.amount_is_within_cap",
        f"At most {cap} yuan for each.",
        "amount",
        {"amount": f"{amount:.2f}", "cap": f"{cap:.2f}"},
    )


def form_is_allowed(form: str, allowed: Collection[str]) -> Refusal | None:
    """What is given has a form that the rule in force lists."""
    if form in allowed:
        return None
    return Refusal("campaigns.form_is_allowed", "This form is not allowed.", "form", {"forms": sorted(allowed)})


def list_can_be_changed(state: str) -> Refusal | None:
    """Names are added while a campaign is prepared or under way."""
    if state in ("draft", "open"):
        return None
    return Refusal("campaigns.list_can_be_changed", "The campaign has ended.", "campaign_id")


def somebody_is_listed(count: int) -> Refusal | None:
    """A campaign begins with somebody on its list."""
    if count:
        return None
    return Refusal("campaigns.somebody_is_listed", "The list is empty.", "campaign_id")


def names_are_given(source: str, units: int, members: int) -> Refusal | None:
    """Units are named for the members of units, people for a given list."""
    if source == "units" and not units:
        return Refusal("campaigns.names_are_given", "Choose units.", "unit_ids")
    if source == "typed" and not members:
        return Refusal("campaigns.names_are_given", "Name somebody.", "numbers")
    return None


def names_are_few(count: int, most: int) -> Refusal | None:
    """No more names at once than one transaction holds."""
    if count <= most:
        return None
    return Refusal(
        "campaigns.names_are_few", f"At most {most} names at once.", "unit_ids", {"most": most, "count": count}
    )


def member_is_served(standing: str | None) -> Refusal | None:
    """Members are on a list whose membership has not ended."""
    if standing in SERVED:
        return None
    return Refusal("campaigns.member_is_served", "Not a member now.", "member_ids", {"standing": standing or "unknown"})


def campaign_is_open(state: str) -> Refusal | None:
    """People are visited while the campaign is under way."""
    if state == "open":
        return None
    return Refusal("campaigns.campaign_is_open", "The campaign is not under way.", "item_id", {"state": state})


def nothing_was_given(given: int) -> Refusal | None:
    """A campaign in which something was given is ended, not cancelled."""
    if not given:
        return None
    return Refusal("campaigns.nothing_was_given", f"{given} people had something.", "campaign_id", {"given": given})


def visitor_may_go(standing: str) -> Refusal | None:
    """Active members are sent."""
    if standing in TAKES_PART:
        return None
    return Refusal("campaigns.visitor_may_go", "Only an active member can be sent.", "visitor_id")


def visitor_is_not_the_visited(visitor: UUID | None, visited: UUID) -> Refusal | None:
    """Nobody records what was given to oneself."""
    if visitor != visited:
        return None
    return Refusal("campaigns.visitor_is_not_the_visited", "Somebody else must record this.", "item_id")


def day_fits(given_on: date, starts_on: date, today: date) -> Refusal | None:
    """Something was given between the first day of the campaign and today."""
    if starts_on <= given_on <= today:
        return None
    return Refusal(
        "campaigns.day_fits",
        f"Between {starts_on} and {today}.",
        "given_on",
        {"earliest": starts_on.isoformat(), "latest": today.isoformat()},
    )


def value_is_within_standard(value: Decimal, amount: Decimal) -> Refusal | None:
    """Nobody gets more than what the campaign gives each."""
    if value <= amount:
        return None
    return Refusal(
        "campaigns.value_is_within_standard",
        f"At most {amount} yuan for each.",
        "value",
        {"amount": f"{amount:.2f}"},
    )


def evidence_is_given(needed: str | None, kinds: Collection[str], value: Decimal, signed: bool) -> Refusal | None:
    """The evidence of the campaign is there; what was given is signed for, in words or on a sheet."""
    if needed is not None and needed not in kinds:
        return Refusal("campaigns.evidence_is_given", f"Missing: {needed}.", "content", {"needed": needed})
    if value > 0 and not signed and "signature" not in kinds:
        return Refusal(
            "campaigns.gift_is_signed_for", "Say who signed for it, or attach the signed sheet.", "signed_by"
        )
    return None


def people_are_asked(kind: str, people_shown: str | None) -> Refusal | None:
    """A photo says that nobody can be recognised in it, or that those who can have agreed.

    Source: 个人信息保护法 Art. 28, 29.
    """
    if kind != "photo" or people_shown is not None:
        return None
    return Refusal("campaigns.people_are_asked", "Say who can be recognised in the photo.", "people_shown")


def payment_can_be_put_again(claim_state: str) -> Refusal | None:
    """Only a payment that was refused or reversed is put again."""
    if claim_state in UNSETTLED:
        return None
    return Refusal("campaigns.payment_can_be_put_again", "The payment was not refused.", "campaign_id")


def list_is_not_in_work(state: str) -> Refusal | None:
    """Somebody is taken off a list while the campaign is prepared; later nothing was given, with the reason."""
    if state == "draft":
        return None
    return Refusal("campaigns.list_is_not_in_work", "The campaign has begun; record that nothing was given.", "item_id")


def evidence_can_be_added(campaign: str, item: str) -> Refusal | None:
    """Evidence is added once a campaign has begun, also late, where something is or was to be given."""
    if campaign in ("open", "closed") and item != "missed":
        return None
    return Refusal("campaigns.evidence_can_be_added", "No evidence is taken now.", "item_id")


def evidence_can_be_removed(item: str) -> Refusal | None:
    """A file is removed before what was given is recorded; then it stays with the account."""
    if item != "given":
        return None
    return Refusal(
        "campaigns.evidence_can_be_removed", "What was given is recorded; its evidence stays.", "evidence_id"
    )
