"""Rules of programmes of goods. Pure: days, counts and the figures in force are arguments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from services.chassis.rules.refusal import Refusal, Verdict

SERVED = ("active", "transferring", "retained")
"""Standings of members; goods are given to nobody else."""


def entitled(inputs: Mapping[str, Any], figures: Mapping[str, Any]) -> Verdict:
    """Decide whether a member is on a cycle's list.

    Args:
        inputs: standing, employment, unit_listed, joined_on; and of the cycle standings, employments, joined_by,
            benefit, price.
        figures: `items_<employment>`, the benefits of members so employed (福利账户 entitlement.items), `items` for an
            unknown employment.
    """
    refusal = _outside_audience(inputs) or _without_benefit(inputs, figures)
    return Verdict(refusal) if refusal is not None else Verdict(amount=Decimal(inputs["price"]))


def _outside_audience(inputs: Mapping[str, Any]) -> Refusal | None:
    if inputs["standing"] not in inputs["standings"]:
        return Refusal(
            "programmes.standing_is_served",
            "The list is not for this standing.",
            params={"standing": inputs["standing"]},
        )
    if not inputs["unit_listed"]:
        return Refusal("programmes.unit_is_served", "The list is for other units.")
    if inputs["employments"] and inputs["employment"] not in inputs["employments"]:
        return Refusal("programmes.employment_is_served", "The list is for other forms of employment.")
    joined_by = inputs["joined_by"]
    if joined_by is not None and (inputs["joined_on"] is None or inputs["joined_on"] > joined_by):
        return Refusal(
            "programmes.joined_in_time", f"The list is for who joined by {joined_by}.", params={"joined_by": joined_by}
        )
    return None


def _without_benefit(inputs: Mapping[str, Any], figures: Mapping[str, Any]) -> Refusal | None:
    items = figures.get(f"items_{inputs['employment']}", figures["items"])
    if inputs["benefit"] in items:
        return None
    return Refusal("programmes.employment_has_benefit", "Members so employed do not have this benefit from the union.")


def festival_is_traditional(festival: str | None, festivals: list[str]) -> Refusal | None:
    """Goods are given for the traditional festivals the rulebook lists (总工办发〔2017〕32号)."""
    if festival is None or festival in festivals:
        return None
    return Refusal(
        "programmes.festival_is_traditional",
        "No goods are given for this festival.",
        "festival",
        {"festival": festival},
    )


def price_fits(package_price: Decimal, paired_aid: Decimal, price: Decimal) -> Refusal | None:
    """A package costs no more than the cycle gives a member, its part from paired-aid regions no more than itself."""
    if paired_aid <= package_price <= price:
        return None
    return Refusal("programmes.package_price_fits", f"At most {price:.2f} yuan.", "price", {"price": f"{price:.2f}"})


def stock_covers_chosen(stock: int, chosen: int) -> Refusal | None:
    """The stock is never set below what was chosen."""
    if stock >= chosen:
        return None
    return Refusal("programmes.stock_covers_chosen", f"{chosen} were chosen already.", "stock", {"chosen": chosen})


def stock_can_be_set(state: str) -> Refusal | None:
    """A stock is set until the cycle is over."""
    if state not in ("closed", "cancelled"):
        return None
    return Refusal("programmes.cycle_can_be_changed", "The cycle is over.")


def stock_covers_list(stock: int, entitled: int) -> Refusal | None:
    """After approval all packages together are never fewer than the members who have one or are to have one."""
    if stock >= entitled:
        return None
    return Refusal(
        "programmes.stock_suffices",
        f"{entitled} members are on the list, for {stock} packages.",
        "stock",
        {"stock": stock, "entitled": entitled},
    )


def choices_are_few(count: int, most: int) -> Refusal | None:
    """A cycle has few packages and slots, so that a member can choose from all of them."""
    if count < most:
        return None
    return Refusal("programmes.choices_are_few", f"There are {most} already.", params={"most": most})


def cycle_can_be_changed(state: str) -> Refusal | None:
    """Packages and slots are added before approval only."""
    if state in ("draft", "computed"):
        return None
    return Refusal("programmes.cycle_can_be_changed", "The cycle is approved or over.")


def approval_is_of_what_was_seen(seen: int, entitled: int) -> Refusal | None:
    """Who approves read the number of members, and it has not changed since."""
    if seen == entitled:
        return None
    return Refusal(
        "programmes.approval_is_of_what_was_seen",
        f"There are {entitled} members now, not {seen}; read the list again.",
        "entitled",
        {"entitled": entitled, "seen": seen},
    )


def paired_aid_percent(parts: list[tuple[Decimal, Decimal, int]]) -> int:
    """Return whole percent of the money for products of paired-aid regions (消费帮扶), rounded down.

    Args:
        parts: price, part of it from paired-aid regions, and number of packages.
    """
    money = sum((price * count for price, _, count in parts), Decimal(0))
    aid = sum((aid * count for _, aid, count in parts), Decimal(0))
    return int(aid * 100 / money) if money else 0


def share_is_reached(percent: int, share: Fraction) -> bool:
    """Whether the share of paired-aid products is at least what the rule asks for."""
    return percent >= share * 100


def choosing_is_open(cycle_state: str, state: str, choose_until: date, today: date) -> Refusal | None:
    """A package is chosen while the cycle is open for it, until its day."""
    if cycle_state == "choosing" and state in ("entitled", "chosen") and today <= choose_until:
        return None
    return Refusal(
        "programmes.choosing_is_open",
        f"Choosing was possible until {choose_until}, after the cycle's approval.",
        params={"choose_until": choose_until.isoformat()},
    )


def handing_out_is_open(cycle_state: str, first: date, last: date, today: date) -> Refusal | None:
    """Goods are handed out in the days of the cycle, after choosing has ended."""
    if cycle_state == "handing_out" and first <= today <= last:
        return None
    return _not_open(first, last)


def _not_open(first: date, last: date) -> Refusal:
    return Refusal(
        "programmes.handing_out_is_open",
        f"Goods are handed out from {first} to {last}.",
        "code",
        {"first": first.isoformat(), "last": last.isoformat()},
    )


def goods_can_be_handed_out(state: str) -> Refusal | None:
    """What was chosen, or chosen by default, can be handed out; nothing that expired or was withdrawn."""
    if state == "chosen":
        return None
    return Refusal("programmes.goods_can_be_handed_out", "There is nothing to hand out.", "code", {"state": state})


def member_belongs(standing: str | None) -> Refusal | None:
    """Goods are given to members; after a death only the condolence is given."""
    if standing in SERVED:
        return None
    return Refusal("programmes.member_belongs", "The membership has ended.", "code")


def line_counts(
    cycle_state: str,
    state: str,
    days: tuple[date, date],
    day: date,
    is_past: bool,
    standing: str | None,
    died_on: date | None,
) -> Refusal | None:
    """A line of a signed list counts for the day it was signed on, however late it is recorded.

    Args:
        cycle_state: of the cycle.
        state: of the entitlement; what expired meanwhile was handed out nevertheless.
        days: first and last of handing out.
        day: on which it was signed.
        is_past: whether it was signed before now.
        standing: of the member now.
        died_on: the day of a death; what was signed until then stays.
    """
    if cycle_state not in ("handing_out", "closed"):
        return _not_open(*days)
    if not (days[0] <= day <= days[1] and is_past):
        return Refusal("programmes.signed_in_the_days", "It was signed outside of the days of handing out.")
    if died_on is None or day > died_on:
        left = member_belongs(standing)
        if left is not None:
            return left
    return None if state == "expired" else goods_can_be_handed_out(state)


def claims_can_be_put_again(count: int) -> Refusal | None:
    """Claims that the funds refused or reversed are put again, no others."""
    if count:
        return None
    return Refusal("programmes.claims_can_be_put_again", "No claim of this cycle was refused.")


def proxy_has_consent(by_proxy: bool, proxy_name: str | None, signature: str) -> Refusal | None:
    """Somebody else fetches goods only with the member's consent, given beforehand for that person by name."""
    if not by_proxy:
        return None
    if proxy_name is None:
        return Refusal("programmes.proxy_has_consent", "The member has not agreed to a proxy.", "by_proxy")
    if _plain(signature) == _plain(proxy_name):
        return None
    return Refusal("programmes.proxy_is_named", "The member has agreed to another proxy.", "signature")


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()
