"""Rules of needs, quotes and decisions. Pure: days, counts and the figures in force are arguments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.chassis.rules.refusal import Refusal


@dataclass(frozen=True)
class Limits:
    """The dated figures of procurement: from which amount a contract, quotes with a committee, a tender are needed.

    Args:
        contract_from: in yuan.
        committee_from: in yuan.
        tender_from: in yuan.
        quotes: how many quotes a committee has before it.
        persons: how many decide together.
    """

    contract_from: Decimal
    committee_from: Decimal
    tender_from: Decimal
    quotes: int
    persons: int

    def way_of(self, amount: Decimal) -> str:
        """Return how a purchase of an amount is decided."""
        if amount >= self.tender_from:
            return "tender"
        if amount >= self.committee_from:
            return "committee"
        return "contract" if amount >= self.contract_from else "alone"


def supplier_can_sell(blocked: bool) -> Refusal | None:
    """A blocked supplier gets no new order."""
    if not blocked:
        return None
    return Refusal("procurement.supplier_can_sell", "The supplier is blocked.", "supplier_id")


def supplier_can_be_blocked(blocked: bool) -> Refusal | None:
    """A supplier is blocked once."""
    if not blocked:
        return None
    return Refusal("procurement.supplier_can_be_blocked", "The supplier is blocked already.")


def supplier_can_be_admitted(blocked: bool) -> Refusal | None:
    """Only a blocked supplier is admitted again."""
    if blocked:
        return None
    return Refusal("procurement.supplier_can_be_admitted", "The supplier is not blocked.")


def need_is_of_own_unit(unit_id: Any, chaired: Collection[Any], whole_union: bool) -> Refusal | None:
    """A chair raises needs of the own unit; the office those of any unit, or of the union."""
    if whole_union or (unit_id is not None and unit_id in chaired):
        return None
    return Refusal("procurement.need_is_of_own_unit", "Choose the unit you chair.", "unit_id")


def need_is_cancelled_by_its_unit(whole_union: bool, state: str) -> Refusal | None:
    """A chair cancels a need; once the office asked for quotes, the office cancels."""
    if whole_union or state == "need":
        return None
    return Refusal("procurement.need_is_cancelled_by_its_unit", "The office has asked for quotes; ask it to cancel.")


def source_is_named(source_type: str, named: bool) -> Refusal | None:
    """Goods of a cycle and costs of a trip are bought for one that exists."""
    if named or source_type not in ("cycle", "trip"):
        return None
    return Refusal("procurement.source_is_named", "Choose what it is bought for.", "source_id")


def items_are_of_the_cycle(package_ids: Iterable[Any], packages: Collection[Any]) -> Refusal | None:
    """An item is for a package of the cycle it is bought for, or for none."""
    if all(one is None or one in packages for one in package_ids):
        return None
    return Refusal("procurement.items_are_of_the_cycle", "An item is for a package of another cycle.", "items")


def quote_prices_every_item(priced: Sequence[Any], items: Collection[Any]) -> Refusal | None:
    """A quote has one price for every item, so that totals can be compared."""
    if len(priced) == len(items) and set(priced) == set(items):
        return None
    return Refusal("procurement.quote_prices_every_item", "Give every item one price.", "lines")


def quotes_are_few(count: int, most: int) -> Refusal | None:
    """A purchase has so few quotes that they can be compared on a page."""
    if count < most:
        return None
    return Refusal("procurement.quotes_are_few", f"There are {most} quotes already.", params={"most": most})


def decision_is_of_what_was_seen(seen: Decimal, total: Decimal) -> Refusal | None:
    """Who decides read the total, and it has not changed since."""
    if seen == total:
        return None
    return Refusal(
        "procurement.decision_is_of_what_was_seen",
        f"The quote is {total:.2f} yuan now, not {seen:.2f}; compare again.",
        "amount",
        {"amount": f"{total:.2f}", "seen": f"{seen:.2f}"},
    )


def decision_day_has_come(decided_on: date, raised_on: date, today: date) -> Refusal | None:
    """It was decided after the need was raised, and not in the future."""
    if raised_on <= decided_on <= today:
        return None
    return Refusal(
        "procurement.decision_day_has_come",
        f"It is decided between {raised_on} and today.",
        "decided_on",
        {"first": raised_on.isoformat(), "last": today.isoformat()},
    )


def quote_is_valid(valid_until: date, decided_on: date) -> Refusal | None:
    """A quote is taken while the supplier stands by it."""
    if decided_on <= valid_until:
        return None
    return Refusal(
        "procurement.quote_is_valid",
        f"The quote was valid until {valid_until}.",
        "quote_id",
        {"until": valid_until.isoformat()},
    )


def quotes_suffice(way: str, count: int, least: int) -> Refusal | None:
    """A committee compares as many quotes as the rule asks for."""
    if way != "committee" or count >= least:
        return None
    return Refusal(
        "procurement.quotes_suffice",
        f"Quotes of {least} suppliers are needed, there are {count}.",
        params={"least": least, "count": count},
    )


def enough_decide_together(way: str, count: int, least: int) -> Refusal | None:
    """A committee has as many persons as the rule asks for."""
    if way != "committee" or count >= least:
        return None
    return Refusal(
        "procurement.enough_decide_together",
        f"{least} persons decide together; name those present.",
        "present",
        {"least": least, "count": count},
    )


def persons_are_named_once(present: Sequence[str]) -> Refusal | None:
    """Nobody is counted twice."""
    if len({"".join(name.split()).casefold() for name in present}) == len(present):
        return None
    return Refusal("procurement.persons_are_named_once", "A name stands twice among those present.", "present")


def tender_is_named(way: str, tender_number: str | None) -> Refusal | None:
    """What the school's tender office decides is recorded with the number of its result."""
    if way != "tender" or tender_number is not None:
        return None
    return Refusal("procurement.tender_is_named", "Give the number of the tender's result.", "tender_number")


def dearer_quote_has_a_reason(total: Decimal, cheapest: Decimal, reason: str | None) -> Refusal | None:
    """Not taking the cheapest quote needs a reason in writing."""
    if total <= cheapest or reason is not None:
        return None
    return Refusal(
        "procurement.dearer_quote_has_a_reason",
        f"The cheapest quote is {cheapest:.2f} yuan; say why it is not taken.",
        "reason",
        {"cheapest": f"{cheapest:.2f}"},
    )


def nothing_was_delivered(deliveries: int) -> Refusal | None:
    """A step is taken back, or the purchase cancelled, only while nothing was counted."""
    if not deliveries:
        return None
    return Refusal("procurement.nothing_was_delivered", "A delivery was counted already.")


def contract_day_fits(signed_on: date, decided_on: date, today: date) -> Refusal | None:
    """A contract is signed after the decision, and not in the future."""
    if decided_on <= signed_on <= today:
        return None
    return Refusal(
        "procurement.contract_day_fits",
        f"A contract is signed between {decided_on} and today.",
        "signed_on",
        {"first": decided_on.isoformat(), "last": today.isoformat()},
    )


def split_sum(limits: Limits, way: str, amount: Decimal, others: Sequence[Decimal]) -> Decimal | None:
    """Return the sum of like purchases where together they would be decided in another way; None where not.

    Args:
        limits: the figures in force.
        way: of this purchase alone.
        amount: of this purchase.
        others: amounts of the like purchases.
    """
    total = amount + sum(others, Decimal(0))
    return total if others and limits.way_of(total) != way else None


def total_of(prices: Mapping[Any, Decimal], quantities: Mapping[Any, int]) -> Decimal:
    """Return what quantities cost at these prices."""
    return sum((prices[item] * quantity for item, quantity in quantities.items()), Decimal(0))


def percent_of_aid(lines: Iterable[tuple[Decimal, bool]]) -> int:
    """Return whole percent of the money for goods of paired-aid regions (消费帮扶), rounded down."""
    amounts = list(lines)
    money = sum((amount for amount, _ in amounts), Decimal(0))
    aid = sum((amount for amount, paired in amounts if paired), Decimal(0))
    return int(aid * 100 / money) if money else 0
