"""Rules of the dues: the amount of a month, who pays, valid payments, approval of refunds."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation
from uuid import UUID

from services.chassis.amounts import number_in
from services.chassis.rules.refusal import Refusal

NOTHING = Decimal("0.00")
FEN = Decimal("0.01")
HIGHEST_BASE = Decimal(1_000_000)
"""A monthly base above this is taken for a mistake in typing."""

GOOD = ("exact", "short")
"""Verdicts on a row of a file that can be posted."""
CREDITED = (*GOOD, "over")
"""Those of a payroll whose surplus is kept as a credit."""


@dataclass(frozen=True)
class Figures:
    """The figures of a month's dues: percent of the base, and the step below which the base is dropped."""

    percent: Decimal
    step: Decimal


def dues_of(base: Decimal, figures: Figures) -> Decimal:
    """Return the dues of a month: percent of the base, its part below a whole step dropped, to the fen.

    Worked: 3,487 at 0.5 % and steps of 10 is 3,480 × 0.5 % = 17.40 (工发〔1978〕101号).
    """
    counted = (base / figures.step).to_integral_value(ROUND_DOWN) * figures.step
    return (counted * figures.percent / 100).quantize(FEN, ROUND_HALF_UP)


def month_of(day: date) -> str:
    """Return the month a day lies in, `2026-03`."""
    return f"{day.year:04d}-{day.month:02d}"


def first_day(month: str) -> date:
    """Return the first day of a month: the base and the exemptions of this day count."""
    return date(int(month[:4]), int(month[5:]), 1)


def last_day(month: str) -> date:
    """Return the last day of a month: who joined by then pays for it."""
    begins = first_day(month)
    return begins.replace(day=calendar.monthrange(begins.year, begins.month)[1])


def months_before(month: str, count: int) -> str:
    """Return the month so many months before another."""
    begins = first_day(month)
    index = begins.year * 12 + begins.month - 1 - count
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def read_amount(text: str) -> Decimal | None:
    """Return the amount a cell of a file holds, None when it is none: positive, in yuan, two places at most.

    A text that can be read two ways, as 3487,50, is none.
    """
    try:
        amount = Decimal(number_in(text) or "")
    except InvalidOperation:
        return None
    fits = amount.is_finite() and NOTHING < amount <= HIGHEST_BASE and amount == amount.quantize(FEN)
    return amount.quantize(FEN) if fits else None


def month_has_begun(month: str, today: date) -> Refusal | None:
    """Dues are charged when their month has begun, never ahead."""
    if first_day(month) <= today:
        return None
    return Refusal("dues.month_has_begun", "This month has not begun.", "month", {"month": month})


def base_is_possible(base: Decimal) -> Refusal | None:
    """A base is what somebody earns in a month: more than nothing, less than what is taken for a mistake."""
    if NOTHING < base <= HIGHEST_BASE:
        return None
    params = {"most": f"{HIGHEST_BASE:.2f}"}
    return Refusal("dues.base_is_possible", "The base lies outside what a month's wages can be.", "base", params)


def base_begins_a_month(starts_on: date) -> Refusal | None:
    """A base holds for whole months, so it begins on the first day of one."""
    if starts_on.day == 1:
        return None
    return Refusal("dues.base_begins_a_month", "A base begins on the first day of a month.", "starts_on")


def base_follows_the_last(starts_on: date, last_start: date | None, *, charged: bool) -> Refusal | None:
    """Bases follow each other in time; a wrong one is corrected for its own month until that was charged.

    Args:
        starts_on: from when the new base holds.
        last_start: from when the latest one known holds, None when there is none.
        charged: whether the member was charged for that month or a later one.
    """
    if last_start is None or starts_on > last_start or (starts_on == last_start and not charged):
        return None
    if starts_on == last_start:
        return Refusal(
            "dues.base_is_not_charged", "This month was charged; correct the month's charge instead.", "starts_on",
            {"last": last_start.isoformat()},
        )  # fmt: skip
    return Refusal(
        "dues.base_follows_the_last", "A later base is known; correct the month's charge instead.", "starts_on",
        {"last": last_start.isoformat()},
    )  # fmt: skip


def exemption_is_known(reason: str, known: Collection[str]) -> Refusal | None:
    """Dues are waived for the reasons the rule in force names, for no other."""
    if reason in known:
        return None
    return Refusal("dues.exemption_is_known", "No rule in force waives dues for this.", "reason", {"known": [*known]})


def days_are_in_order(starts_on: date, ends_on: date | None) -> Refusal | None:
    """What ends does so after it began."""
    if ends_on is None or ends_on >= starts_on:
        return None
    return Refusal("dues.days_are_in_order", "It ends before it begins.", "ends_on")


def refund_is_covered(amount: Decimal, paid: Decimal, asked_for: Decimal) -> Refusal | None:
    """No more is given back than was paid for the month, refunds under way counted."""
    if NOTHING < amount <= paid - asked_for:
        return None
    return Refusal(
        "dues.refund_is_covered", "More than was paid for the month can't be given back.", "amount",
        {"paid": f"{paid:.2f}", "asked_for": f"{asked_for:.2f}"},
    )  # fmt: skip


def second_officer_decides(asked_by: str, decider: str, decider_member: UUID | None, member: UUID) -> Refusal | None:
    """A refund is decided by another officer than the one who asked, and never by the one who gets it."""
    if decider not in (asked_by,) and decider_member != member:
        return None
    return Refusal("dues.second_officer_decides", "Another officer decides about this refund.")


def refund_is_open(state: str) -> Refusal | None:
    """A refund is decided once."""
    if state == "asked":
        return None
    return Refusal("dues.refund_is_open", "This refund was decided already.", None, {"state": state})


def payment_is_reversible(
    kind: str, channel: str, reversed_already: bool, amount: Decimal, paid: Decimal
) -> Refusal | None:
    """A payment is undone once, as long as it was not given back or carried; what moved a credit or money out never."""
    if kind == "payment" and channel != "credit" and not reversed_already and amount <= paid:
        return None
    return Refusal("dues.payment_is_reversible", "This can't be undone, or was undone or given back already.")


def due_is_another(old: Decimal, new: Decimal) -> Refusal | None:
    """An adjustment changes what is owed."""
    if old != new:
        return None
    return Refusal("dues.due_is_another", "This is what is owed already.", "due")


def columns_suffice(kind: str, held: Iterable[str | None]) -> Refusal | None:
    """A file says whom by number or identity number, and how much.

    Args:
        kind: of the file, payroll or bases.
        held: what its columns hold.
    """
    known, figure = set(held), {"payroll": "amount", "bases": "base"}[kind]
    missing = [] if known & {"number", "id_number"} else ["number"]
    missing += [] if figure in known else [figure]
    if not missing:
        return None
    detail = f"No column holds: {', '.join(missing)}."
    return Refusal("dues.file_has_columns", detail, "mapping", {"missing": missing})


def file_can_be_mapped(state: str) -> Refusal | None:
    """The columns of a file are named before it is posted, and not while its rows are being checked."""
    if state in ("uploaded", "checked", "failed"):
        return None
    return Refusal("dues.file_is_ready", "The file can't be mapped now.", None, {"state": state})


def file_can(action: str, state: str, wanted: str) -> Refusal | None:
    """A file is checked, then posted, once; it is dropped only before."""
    if state == wanted:
        return None
    return Refusal("dues.file_is_ready", f"The file can't be {action} now.", None, {"state": state})


def verdict_of(amount: Decimal, due: Decimal | None, paid: Decimal, *, posted: bool = False) -> str:
    """Return what a row of a payroll file is: paid exactly, short, over, paid or posted already, or nothing is charged.

    Args:
        amount: what the row says.
        due: what is owed for the month, None where nothing was charged.
        paid: what came in for it.
        posted: whether this row's money came in by the very same file before: sent twice, it came in once.
    """
    if due is None:
        return "not_charged"
    owed = due - paid
    if owed <= NOTHING:
        return "paid"
    if posted:
        return "posted"
    if amount == owed:
        return "exact"
    return "short" if amount < owed else "over"


def verdict_of_base(starts_on: date, latest: tuple[date, Decimal] | None, base: Decimal, *, charged: bool) -> str:
    """Return what a row of a file of bases is: to be set, unchanged, or late because a later base is known.

    The base of the same month is corrected as long as that month was not charged.

    Args:
        starts_on: from when the file's bases hold.
        latest: first day and amount of the latest base known, None when there is none.
        base: what the row says.
        charged: whether the member was charged for the month of `starts_on` or a later one.
    """
    if latest is None:
        return "exact"
    if latest[1] == base and latest[0] <= starts_on:
        return "unchanged"
    return "late" if base_follows_the_last(starts_on, latest[0], charged=charged) else "exact"


def state_of(due: Decimal, paid: Decimal, *, awaiting: bool = False) -> str:
    """Return how a month's dues stand: void, waiting, open, part, paid or over.

    Args:
        due: what is owed for the month.
        paid: what came in for it.
        awaiting: whether the month still awaits its payroll.
    """
    if paid > due:
        return "over"
    if due == NOTHING:
        return "void"
    if paid == due:
        return "paid"
    if paid > NOTHING:
        return "part"
    return "waiting" if awaiting else "open"


def carried(credits: Sequence[tuple[str, Decimal]], owed: Decimal) -> list[tuple[str, Decimal]]:
    """Return what is carried out of which month to pay what is owed: the oldest credit first, never more than either.

    Args:
        credits: (month, what stands paid above what is due); months without a credit are passed over.
        owed: what is still owed for the month that is paid.
    """
    moves = []
    for month, credit in sorted(credits):
        amount = min(credit, owed)
        if amount > NOTHING:
            moves.append((month, amount))
            owed -= amount
    return moves


def unpaid_in_a_row(months: Sequence[tuple[str, bool]]) -> int:
    """Return how many months without break are unpaid up to the latest charged one.

    Args:
        months: (month, whether something is owed), latest first. A month not charged does not break the row: nobody
            owed anything.
    """
    count = 0
    for _, owed in months:
        if not owed:
            break
        count += 1
    return count
