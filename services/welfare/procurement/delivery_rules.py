"""Rules of deliveries, invoices and payments. Pure: days, counts and sums are arguments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.chassis.rules.refusal import Refusal

WITH_CONTRACT = ("contract", "committee", "tender")
"""Ways of deciding after which there is a contract before goods come."""


@dataclass(frozen=True)
class Counted:
    """What was counted of an item, and how much of it is still to come.

    Args:
        item_id: of the item.
        accepted: good ones.
        rejected: others.
        reason: why they were rejected.
        open: ordered and not accepted yet.
    """

    item_id: Any
    accepted: int
    rejected: int
    reason: str | None
    open: int


def contract_is_signed(way: str, state: str) -> Refusal | None:
    """Goods come after the contract, where the way of deciding asks for one."""
    if way not in WITH_CONTRACT or state != "decided":
        return None
    return Refusal("procurement.contract_is_signed", "Record the contract first.")


def delivery_day_fits(received_on: date, ordered_on: date, today: date) -> Refusal | None:
    """Goods come after they were ordered, and not in the future."""
    if ordered_on <= received_on <= today:
        return None
    return Refusal(
        "procurement.delivery_day_fits",
        f"Goods come between {ordered_on} and today.",
        "received_on",
        {"first": ordered_on.isoformat(), "last": today.isoformat()},
    )


def count_is_of_the_order(lines: Sequence[Counted]) -> Refusal | None:
    """Each item is counted once, something was counted, and no more is accepted than is still to come."""
    for line in lines:
        if line.accepted > line.open:
            return Refusal(
                "procurement.accepted_is_ordered",
                f"{line.open} are still to come.",
                "lines",
                {"open": line.open},
            )
        if line.rejected and line.reason is None:
            return Refusal("procurement.rejection_has_a_reason", "Say why it was rejected.", "lines")
    if len({line.item_id for line in lines}) == len(lines) and any(line.accepted + line.rejected for line in lines):
        return None
    return Refusal("procurement.something_was_counted", "Count each item once, and at least one.", "lines")


def no_other_count_waits(waiting: bool) -> Refusal | None:
    """One delivery is counted and confirmed after the other."""
    if not waiting:
        return None
    return Refusal("procurement.no_other_count_waits", "A delivery waits for its second person.")


def another_person_confirms(first: Collection[Any], second: Collection[Any]) -> Refusal | None:
    """Two different persons accept: neither the same account nor the same member."""
    if second and not set(first) & set(second):
        return None
    return Refusal("procurement.another_person_confirms", "Somebody else confirms what you counted.")


def accepter_did_not_decide(way: str, decider: Collection[Any], accepter: Collection[Any]) -> Refusal | None:
    """Who decided alone what to buy from whom is none of the two who accept it."""
    if way in ("committee", "tender") or not set(decider) & set(accepter):
        return None
    return Refusal("procurement.accepter_did_not_decide", "You decided this purchase alone; others accept it.")


def count_still_waits(state: str) -> Refusal | None:
    """A count is confirmed or withdrawn once."""
    if state == "waiting":
        return None
    return Refusal("procurement.count_still_waits", "This delivery was confirmed or withdrawn already.")


def count_is_withdrawn_by_its_hands(
    first: Collection[Any], asker: Collection[Any], whole_union: bool
) -> Refusal | None:
    """Who counted withdraws a count, or the office."""
    if whole_union or set(first) & set(asker):
        return None
    return Refusal("procurement.count_is_withdrawn_by_its_hands", "Who counted withdraws it, or the office.")


def something_was_accepted(amount: Decimal) -> Refusal | None:
    """There is no acceptance without goods; a purchase of which nothing came is cancelled."""
    if amount > 0:
        return None
    return Refusal("procurement.something_was_accepted", "Nothing was accepted by two persons yet.")


def title_is_set(is_set: bool) -> Refusal | None:
    """The union's name and tax number are known before an invoice is checked against them."""
    if is_set:
        return None
    return Refusal("procurement.title_is_set", "Set the name and tax number on invoices to the union first.")


def buyer_is_the_union(buyer: tuple[str, str], union: tuple[str, str]) -> Refusal | None:
    """An invoice is made out to the union: its name and tax number.

    Args:
        buyer: name and tax number on the invoice.
        union: name and tax number of the union.
    """
    wrong = [plain(of_invoice) != plain(own) for of_invoice, own in zip(buyer, union, strict=True)]
    if not any(wrong):
        return None
    field = "buyer_name" if wrong[0] else "buyer_tax_number"
    params = {"name": union[0], "tax_number": union[1]}
    return Refusal("procurement.buyer_is_the_union", f"The buyer is {union[0]}, {union[1]}.", field, params)


def plain(text: str) -> str:
    """Return a name or number as it is compared: full-width brackets, blanks and letters' size make no difference."""
    return "".join(text.split()).translate(str.maketrans("（）", "()")).casefold()


def invoice_day_fits(issued_on: date, ordered_on: date, today: date) -> Refusal | None:
    """An invoice is issued after the order, and not in the future."""
    if ordered_on <= issued_on <= today:
        return None
    return Refusal(
        "procurement.invoice_day_fits",
        f"The invoice is issued between {ordered_on} and today.",
        "issued_on",
        {"first": ordered_on.isoformat(), "last": today.isoformat()},
    )


def invoice_is_used_once(first_use: str | None) -> Refusal | None:
    """An invoice counts once; the second use is told where the first was.

    Args:
        first_use: number of the purchase that has it; None where it is new.
    """
    if first_use is None:
        return None
    return Refusal(
        "procurement.invoice_is_used_once",
        f"The invoice is recorded with purchase {first_use}.",
        "invoice_number",
        {"purchase": first_use},
    )


def invoices_are_covered(invoiced: Decimal, accepted: Decimal) -> Refusal | None:
    """Invoices together never pass what was accepted, at the decided prices."""
    if invoiced <= accepted:
        return None
    return Refusal(
        "procurement.invoices_are_covered",
        f"Goods for {accepted:.2f} yuan were accepted, invoices would be {invoiced:.2f}.",
        "amount",
        {"accepted": f"{accepted:.2f}", "invoiced": f"{invoiced:.2f}"},
    )


def invoices_are_few(count: int, most: int) -> Refusal | None:
    """A purchase has so few invoices that they can be read on a page."""
    if count < most:
        return None
    return Refusal("procurement.invoices_are_few", f"There are {most} invoices already.", params={"most": most})


def invoice_still_counts(is_reversed: bool) -> Refusal | None:
    """An invoice is reversed once."""
    if not is_reversed:
        return None
    return Refusal("procurement.invoice_still_counts", "The invoice was reversed already.")


def payment_is_of_what_was_seen(seen: Decimal, invoiced: Decimal) -> Refusal | None:
    """Who asks for a payment read the sum of the invoices, and it has not changed since."""
    if seen == invoiced:
        return None
    return Refusal(
        "procurement.payment_is_of_what_was_seen",
        f"The invoices are {invoiced:.2f} yuan now, not {seen:.2f}.",
        "amount",
        {"invoiced": f"{invoiced:.2f}", "seen": f"{seen:.2f}"},
    )


def source_is_booked_once(charged: bool) -> Refusal | None:
    """What hand-outs or a trip's settlement charged to the funds already is not charged again by a purchase."""
    if not charged:
        return None
    return Refusal("procurement.source_is_booked_once", "The funds were charged for this already.")


def payment_has_a_line(line_code: str | None) -> Refusal | None:
    """A payment names the line of the budget it is paid from."""
    if line_code is not None:
        return None
    return Refusal("procurement.payment_has_a_line", "Say which budget line it is paid from.", "line_code")


def papers_are_complete(missing: Iterable[str]) -> Refusal | None:
    """The contract, where there is one, and every invoice have their file before a payment is requested."""
    kinds = list(missing)
    if not kinds:
        return None
    return Refusal("procurement.papers_are_complete", "Attach the files first.", params={"kinds": kinds})


def papers_are_few(count: int, most: int) -> Refusal | None:
    """A purchase has so few files that they can be read on a page."""
    if count < most:
        return None
    return Refusal("procurement.papers_are_few", f"There are {most} files already.", params={"most": most})


def papers_can_be_removed(state: str) -> Refusal | None:
    """What a payment rests on stays."""
    if state not in ("payment_requested", "paid"):
        return None
    return Refusal("procurement.papers_can_be_removed", "The payment was requested; its files stay.")


def accepted_amount(prices: Mapping[Any, Decimal], accepted: Mapping[Any, int]) -> Decimal:
    """Return what the accepted goods cost at the decided prices."""
    return sum((prices.get(item, Decimal(0)) * count for item, count in accepted.items()), Decimal(0))
