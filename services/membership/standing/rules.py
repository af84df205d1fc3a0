"""Rules of standing: what ends a membership, which decision it needs, what a standing keeps, how it comes back.

Source: 中国工会章程 (articles from memory): a member may leave freely; who pays nothing and takes no part for six
months and refuses after talking is deemed to have left (Art. 6); expulsion is decided by the committee (Art. 7); who
retires may keep 会籍, paying no dues (Art. 8). Nothing of this happens by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.chassis.rules.months import months_before
from services.chassis.rules.refusal import Refusal

STANDS = ("active", "transferring", "retained")
ENDED = ("withdrawn", "deemed_withdrawn", "expelled", "deceased")

STANDING_AFTER = {
    "withdrawal": "withdrawn", "deemed_withdrawal": "deemed_withdrawn", "expulsion": "expelled", "death": "deceased",
}  # fmt: skip
"""Decision → the standing it leads to."""

_FROM = {
    "withdrawal": STANDS, "deemed_withdrawal": ("active", "transferring"), "expulsion": STANDS, "death": STANDS,
}  # fmt: skip
"""Decision → from which standings; who retired owes no dues and so can't be deemed to have left."""

_NEEDS = {
    "withdrawal": (), "death": (), "expulsion": ("meeting", "document"),
    "deemed_withdrawal": ("meeting", "unpaid_since", "inactive_since", "talked_on", "talk_note"),
}  # fmt: skip
"""Decision → what its record must hold besides who decided, when and why."""

UNPAID_MONTHS = 6
"""Months without dues and without taking part before a deemed withdrawal (工会章程 Art. 6, from memory)."""

FULL = ("dues", "vote", "candidacy", "posts", "activities", "benefits", "record")
RETAINED = ("membership", "care", "record")
KEEPS: dict[str, tuple[str, ...]] = {"active": FULL, "transferring": FULL, "retained": RETAINED}
"""Standing → what a member has; retained (domain rule): keeps 会籍 and care, pays no dues, no vote, no candidacy."""


def kept_and_ended(standing: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a standing keeps and what has ended with it."""
    keeps = KEEPS.get(standing, ("number", "history"))
    return keeps, tuple(right for right in FULL if right not in keeps)


def decision_fits_standing(kind: str, standing: str) -> Refusal | None:
    """A decision ends a membership that stands; each kind from the standings it knows."""
    if standing in _FROM[kind]:
        return None
    return Refusal(
        "standing.decision_fits_standing",
        f"A membership that is {standing} can't end by {kind}.",
        "kind",
        {"standing": standing, "kind": kind},
    )


def decision_is_recorded(kind: str, record: Mapping[str, Any]) -> Refusal | None:
    """Expulsion and deemed withdrawal are never automatic: meeting, document, grounds and talk stand in the record."""
    missing = [field for field in _NEEDS[kind] if not record.get(field)]
    if not missing:
        return None
    return Refusal(
        "standing.decision_is_recorded",
        f"The decision's record still needs: {', '.join(missing)}.",
        missing[0],
        {"missing": missing},
    )


def days_are_in_order(decided_on: date, effective_on: date, joined_on: date, today: date) -> Refusal | None:
    """A decision is recorded once it was taken; it takes effect between joining and today."""
    if decided_on > today:
        return Refusal("standing.days_are_in_order", "The decision lies in the future.", "decided_on")
    if decided_on < joined_on:
        return Refusal("standing.days_are_in_order", "The decision lies before joining.", "decided_on")
    if not joined_on <= effective_on <= today:
        return Refusal(
            "standing.days_are_in_order",
            f"The day lies from {joined_on} to {today}.",
            "effective_on",
            {"from": joined_on.isoformat(), "to": today.isoformat()},
        )
    return None


def six_months_have_passed(kind: str, since: Mapping[str, date | None], decided_on: date) -> Refusal | None:
    """Deemed to have left is who paid nothing and took no part for six months, and was talked to before deciding."""
    if kind != "deemed_withdrawal":
        return None
    latest = months_before(decided_on, UNPAID_MONTHS)
    for field in ("unpaid_since", "inactive_since"):
        began = since[field]
        if began is None or began > latest:
            return Refusal(
                "standing.six_months_have_passed",
                f"Six months must have passed: since {latest} at the latest.",
                field,
                {"latest": latest.isoformat(), "months": UNPAID_MONTHS},
            )
    talked = since["talked_on"]
    if talked is None or talked > decided_on:
        return Refusal("standing.talked_before_deciding", "The talk comes before the decision.", "talked_on")
    return None


def grounds_lie_in_membership(record: Mapping[str, Any], joined_on: date) -> Refusal | None:
    """What a decision rests on happened while the membership lasted, and before it was decided."""
    decided_on = record["decided_on"]
    for field in ("unpaid_since", "inactive_since", "talked_on"):
        day = record[field]
        if day is not None and not joined_on <= day <= decided_on:
            return Refusal(
                "standing.grounds_lie_in_membership",
                f"The day lies from {joined_on} to {decided_on}.",
                field,
                {"from": joined_on.isoformat(), "to": decided_on.isoformat()},
            )
    return None


def decider_is_another(decider: UUID | None, member_id: UUID) -> Refusal | None:
    """Officers do not record decisions about their own membership."""
    if decider != member_id:
        return None
    return Refusal("standing.decider_is_another", "Somebody else records a decision about one's own membership.")


def membership_has_ended(standing: str) -> Refusal | None:
    """Only a membership that ended is reinstated."""
    if standing in ENDED:
        return None
    return Refusal(
        "standing.membership_has_ended",
        "The membership stands; there is nothing to undo.",
        None,
        {"standing": standing},
    )


def standing_before(old: str) -> str:
    """Return what a reinstated membership stands as: what it was, but that no transfer is under way any more."""
    return "active" if old == "transferring" else old


def member_may_ask_to_leave(standing: str, is_asked: bool) -> Refusal | None:
    """Every member may leave (工会章程 Art. 6, from memory); one open request is enough."""
    if standing not in STANDS:
        return Refusal("standing.membership_stands", "The membership has ended.", None, {"standing": standing})
    if is_asked:
        return Refusal("standing.leave_is_asked_once", "The request to leave is under way already.")
    return None


def leave_is_open(state: str) -> Refusal | None:
    """A request is taken back before it is declared."""
    if state == "requested":
        return None
    return Refusal("standing.leave_is_open", "The request is decided already.", None, {"state": state})
