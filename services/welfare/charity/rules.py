"""Rules of charity drives: what a drive must name, when gifts are taken, who counts, what totals tell. Pure.

No rule asks for a sum, suggests one, or compares what people give (慈善法 Art. 32: no
apportionment, open or disguised).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from services.chassis.rules.refusal import Refusal, Written, sourced
from services.chassis.rules.small_groups import hidden_groups

SMALLEST_GROUP = 5
"""Fewer givers than this are not told by a sum. A protection of persons, no figure of a document; see DECISIONS.md."""
Key = TypeVar("Key", bound=Hashable)


def charity_is_named(marks: Mapping[str, str | None], required: Collection[str], rule: Written) -> Refusal | None:
    """A drive names the qualified charity whose books carry the money (慈善法 Art. 26)."""
    missing = sorted(mark for mark in required if not marks.get(mark))
    if not missing:
        return None
    detail = f"The charity of a public drive must be named; missing: {', '.join(missing)}."
    return sourced(Refusal("charity.charity_is_named", detail, missing[0], {"missing": missing}), rule)


def period_is_possible(opens_on: date, closes_on: date, today: date) -> Refusal | None:
    """The last day is not before the first, and has not passed."""
    if closes_on >= max(opens_on, today):
        return None
    return Refusal("charity.period_is_possible", "The last day is before the first, or past.", "closes_on")


def gifts_are_taken(state: str, opens_on: date, closes_on: date, given_on: date, today: date) -> Refusal | None:
    """Gifts are recorded until the drive is closed, for days of its period that have come."""
    if state == "open" and opens_on <= given_on <= min(closes_on, today):
        return None
    return Refusal(
        "charity.gifts_are_taken",
        f"Gifts are taken from {opens_on} to {closes_on}, and recorded until the drive is closed.",
        "given_on",
        {"opens_on": opens_on.isoformat(), "closes_on": closes_on.isoformat()},
    )


def wording_is_current(given: str | None, current: str) -> Refusal | None:
    """A deduction needs consent to the wording that was shown (个人信息保护法 Art. 14)."""
    if given == current:
        return None
    return Refusal(
        "charity.wording_is_current",
        "Agree to the wording of this drive first.",
        "wording_version",
        {"current": current},
    )


def payroll_gift_has_a_name(way: str, *, anonymous: bool) -> Refusal | None:
    """The payroll office must know from whom to deduct, so such a gift can't be anonymous."""
    if way != "payroll" or not anonymous:
        return None
    return Refusal(
        "charity.payroll_gift_has_a_name",
        "The payroll office needs the name; give in another way to stay anonymous.",
        "anonymous",
    )


def transfer_has_its_receipt(way: str, reference: str | None) -> Refusal | None:
    """One's own transfer is recorded with the number of its receipt."""
    if way != "transfer" or reference:
        return None
    return Refusal("charity.transfer_has_its_receipt", "Enter the number of the receipt.", "reference")


def reference_is_new(known: bool) -> Refusal | None:
    """A receipt is one gift."""
    if not known:
        return None
    return Refusal("charity.reference_is_new", "A gift with this receipt number is recorded already.", "reference")


def line_is_complete(way: str, amount: Decimal | None, goods: str | None, quantity: str | None) -> Refusal | None:
    """A line of cash has its amount; a line of goods says what and how many, without a price."""
    has_goods = bool(goods) and bool(quantity)
    if (way == "cash" and amount is not None and not goods) or (way == "goods" and has_goods and amount is None):
        return None
    return Refusal(
        "charity.line_is_complete", "Cash needs an amount; goods need what and how many, and no price.", "gifts"
    )


def new_lines(lines: Sequence[Mapping[str, Any]], standing: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the lines of a list that do not stand yet, in their order.

    A line with a name stands where any gift of the member does; of anonymous lines that are alike, as many stand as
    there are such gifts.

    Args:
        lines: `member_id` (None for an anonymous gift), `amount`, `goods` of each.
        standing: the same of the gifts that stand.
    """
    named = {one["member_id"] for one in standing if one["member_id"]}
    alike = Counter((one["amount"], one["goods"]) for one in standing if not one["member_id"])
    new = []
    for line in lines:
        kind = line["amount"], line["goods"]
        if line["member_id"] in named:
            continue
        if not line["member_id"] and alike[kind]:
            alike[kind] -= 1
            continue
        new.append(line)
    return new


def something_is_new(new: int) -> Refusal | None:
    """A list of which everything stands adds nothing."""
    if new:
        return None
    return Refusal("charity.something_is_new", "Every gift of this list is recorded already.", "gifts")


def givers_are_of_the_unit(strangers: int) -> Refusal | None:
    """A unit's list has the unit's members."""
    if not strangers:
        return None
    return Refusal(
        "charity.givers_are_of_the_unit",
        f"{strangers} of those named are no members of this unit.",
        "gifts",
        {"strangers": strangers},
    )


def deduction_was_made(deducted_on: date, today: date) -> Refusal | None:
    """What the payroll office reports lies in the past."""
    if deducted_on <= today:
        return None
    return Refusal("charity.deduction_was_made", "The day of the deduction is to come.", "deducted_on")


def gift_can_be_confirmed(way: str) -> Refusal | None:
    """Cash is confirmed by two who count it, a deduction by the payroll office's report."""
    if way in ("transfer", "goods"):
        return None
    return Refusal("charity.gift_can_be_confirmed", "Cash is counted by two; deductions are reported together.")


def cash_is_there(gifts: int) -> Refusal | None:
    """There is something to count."""
    return None if gifts else Refusal("charity.cash_is_there", "This unit has no cash to count.", "unit_id")


def counts_agree(first_by: Any, caller: Any, first: Decimal, second: Decimal, listed: Decimal) -> bool:
    """Whether cash was counted by two different persons who found the same, which is the sum of the list."""
    return first_by != caller and first == second == listed


def nothing_is_outstanding(outstanding: Mapping[str, int]) -> Refusal | None:
    """A drive is closed when every gift is confirmed or withdrawn."""
    left = {name: count for name, count in outstanding.items() if count}
    if not left:
        return None
    count = sum(left.values())
    return Refusal("charity.nothing_is_outstanding", f"{count} gifts are not confirmed yet.", None, {"count": count})


def nothing_was_given(gifts: int) -> Refusal | None:
    """A drive is cancelled only before anything was given."""
    if not gifts:
        return None
    return Refusal("charity.nothing_was_given", "Gifts are recorded; return them first.", None, {"count": gifts})


def hand_over_is_explained(handed: Decimal, given: Decimal, difference: str | None) -> Refusal | None:
    """What is handed over is what was given, or the difference is explained."""
    if handed == given or difference:
        return None
    return Refusal(
        "charity.hand_over_is_explained",
        f"{given} was given, {handed} is handed over: explain the difference.",
        "difference",
        {"given": str(given), "handed": str(handed)},
    )


def hand_over_follows(handed_on: date, closed_on: date | None, today: date) -> Refusal | None:
    """The money is handed over after the drive was closed, and not in the future."""
    if closed_on is not None and closed_on <= handed_on <= today:
        return None
    return Refusal("charity.hand_over_follows", "The day is before the drive was closed, or to come.", "handed_on")


def receipt_can_be_asked(state: str, receipt: str) -> Refusal | None:
    """Who gave may ask for a receipt (慈善法 Art. 38), until it was given."""
    if state == "confirmed" and receipt != "given":
        return None
    return Refusal("charity.receipt_can_be_asked", "The gift is not confirmed yet, or its receipt was given.")


def receipt_was_asked(receipt: str) -> Refusal | None:
    """A receipt is recorded where one was asked for."""
    return None if receipt == "asked" else Refusal("charity.receipt_was_asked", "No receipt is asked for.", None)


@dataclass(frozen=True)
class Group:
    """What came from a unit or in one way, and who gave: one value for each giver."""

    amount: Decimal
    givers: frozenset[str]


def told_amounts(groups: Mapping[Key, Group]) -> dict[Key, Decimal | None]:
    """Return the amount of each group, None where it would tell of fewer than `SMALLEST_GROUP` givers.

    The total is told beside them, so what is hidden can be had as a sum: of at least as many givers, else the groups
    with the fewest givers are hidden too.
    """
    hidden = hidden_groups(groups, SMALLEST_GROUP, _givers)
    return {key: None if key in hidden else group.amount for key, group in groups.items()}


def _givers(groups: Iterable[Group]) -> int:
    return len(frozenset[str]().union(*(group.givers for group in groups)))
