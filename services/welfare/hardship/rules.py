"""Rules of hardship: who may apply and decide, what may be granted, when a record is reviewed. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.chassis.rules.refusal import Refusal, Verdict, first_refusal

DECEASED = "deceased"
FAMILY, ENDS = "family", "ends"
"""What a dated rule says of an application whose applicant died before the decision."""
UNSETTLED = ("refused", "reversed")
"""Answers of the funds after which a payment can be put to them again."""


def applicant_is_covered(standing: str, standings: Collection[str]) -> Refusal | None:
    """Aid is for members of the standings that the rule in force lists."""
    if standing in standings:
        return None
    return Refusal(
        "hardship.applicant_is_covered",
        f"By the rules in force there is no aid for a member whose standing is {standing}.",
        None,
        {"standing": standing, "standings": sorted(standings)},
    )


def papers_are_attached(count: int) -> Refusal | None:
    """An application is handed in with at least one paper that shows why."""
    if count:
        return None
    return Refusal("hardship.papers_are_attached", "Attach a paper that shows why first.", "content")


def one_application_at_a_time(others: int) -> Refusal | None:
    """A member has one application under way; a decided one makes room for the next."""
    if not others:
        return None
    return Refusal("hardship.one_application_at_a_time", "Another application of yours is under way.")


def draft_can_be_changed(state: str) -> Refusal | None:
    """What was handed in is not changed: it is withdrawn, or given back first."""
    if state == "draft":
        return None
    return Refusal("hardship.draft_can_be_changed", "The application was handed in already.", params={"state": state})


def others_act_on_it(applicant: UUID, caller: UUID | None) -> Refusal | None:
    """Nobody forwards, takes up or decides the own application."""
    if applicant != caller:
        return None
    return Refusal("hardship.others_act_on_it", "This is the caller's own application.")


def committee_is_complete(present: Collection[UUID], least: int) -> Refusal | None:
    """As many people as the rule says were present, each named once."""
    found = len(set(present))
    if found >= least and found == len(present):
        return None
    return Refusal(
        "hardship.committee_is_complete",
        f"At least {least} different people must be present, not {found}.",
        "present",
        {"least": least, "found": found},
    )


def applicant_was_not_present(present: Collection[UUID], applicant: UUID) -> Refusal | None:
    """The applicant does not sit in the committee that decides about the own application."""
    if applicant not in present:
        return None
    return Refusal("hardship.applicant_was_not_present", "The applicant can't be one of the committee.", "present")


def decided_by_today(decided_on: date, submitted_on: date, today: date) -> Refusal | None:
    """A decision was made between the day the application was handed in and today."""
    if submitted_on <= decided_on <= today:
        return None
    return Refusal(
        "hardship.decided_by_today",
        f"The decision was made between {submitted_on} and {today}.",
        "decided_on",
        {"earliest": submitted_on.isoformat(), "latest": today.isoformat()},
    )


def sum_is_named(outcome: str, granted: Decimal | None) -> Refusal | None:
    """A grant names its sum, a refusal none."""
    if (outcome == "granted") == (granted is not None):
        return None
    return Refusal("hardship.sum_is_named", "A grant names a sum, a refusal none.", "granted")


def decided(inputs: Mapping[str, Any], figures: Mapping[str, Any]) -> Verdict:
    """Decide about aid from what the committee found and the figures in force.

    Args:
        inputs: `committee` (granted or refused), `granted` and `asked` (yuan), `given_this_year` (granted before in
            the year of the decision, yuan), `standing` of the applicant, `registered` (in the registry of members in
            hardship).
        figures: `cap` of a member and year, `standings` that are covered; `after_death` where the applicant has died.
    """
    if inputs["committee"] != "granted":
        return Verdict(Refusal("hardship.committee_agrees", "The committee did not agree."))
    granted = Decimal(inputs["granted"])
    refusal = first_refusal((_is_covered(inputs, figures), _within_cap(inputs, granted, Decimal(figures["cap"]))))
    return Verdict(refusal) if refusal is not None else Verdict(amount=granted)


def _is_covered(inputs: Mapping[str, Any], figures: Mapping[str, Any]) -> Refusal | None:
    if inputs["standing"] != DECEASED:
        return applicant_is_covered(inputs["standing"], figures["standings"])
    if figures["after_death"] == FAMILY:
        return None
    return Refusal("hardship.applicant_lives", "By the rules in force an application ends with the applicant's death.")


def _within_cap(inputs: Mapping[str, Any], granted: Decimal, cap: Decimal) -> Refusal | None:
    given = Decimal(inputs["given_this_year"])
    if granted + given <= cap:
        return None
    return Refusal(
        "hardship.sum_is_within_cap",
        f"At most {cap} yuan in a year; {given} were granted before.",
        "granted",
        {
            "cap": f"{cap:.2f}",
            "given": f"{given:.2f}",
            "granted": f"{granted:.2f}",
            "left": f"{max(cap - given, 0):.2f}",
        },
    )


def payment_can_be_put_again(claim_state: str) -> Refusal | None:
    """Only a payment that the funds refused or reversed is put to them again: nothing is paid twice."""
    if claim_state in UNSETTLED:
        return None
    return Refusal(
        "hardship.payment_can_be_put_again",
        "The payment was not refused; there is nothing to put right.",
        params={"claim_state": claim_state},
    )


def member_is_not_on_record(open_records: int) -> Refusal | None:
    """A member has one open record."""
    if not open_records:
        return None
    return Refusal("hardship.member_is_not_on_record", "This member has an open record already.", "member_id")


def record_is_open(state: str) -> Refusal | None:
    """A record that was ended is not reviewed; a new one is opened."""
    if state == "open":
        return None
    return Refusal("hardship.record_is_open", "This record was ended.", "record_id")


def since_has_come(since: date, today: date) -> Refusal | None:
    """A record begins today at the latest."""
    if since <= today:
        return None
    return Refusal("hardship.since_has_come", f"{since} has not come yet.", "since")


def others_review(member: UUID, caller: UUID | None) -> Refusal | None:
    """Nobody keeps the own record."""
    if member != caller:
        return None
    return Refusal("hardship.others_review", "This is the caller's own record.")


def grade_fits_outcome(outcome: str, grade: str | None, before: str) -> Refusal | None:
    """A review that regrades names another grade; the others name none."""
    if (outcome == "regraded") == (grade is not None and grade != before):
        return None
    return Refusal("hardship.grade_fits_outcome", "Name a new grade when, and only when, it changes.", "grade")


def months_after(day: date, months: int) -> date:
    """Return the day that many months later; the last of a shorter month."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
