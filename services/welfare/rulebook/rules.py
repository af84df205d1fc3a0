"""Rules of what may be given. Pure: the figures in force are handed in; each refusal says where they are written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from services.chassis.rules.refusal import Refusal, sourced


@dataclass(frozen=True)
class Source:
    """Where a figure is written: document, its number and article, and the rule set it came with."""

    document: str
    number: str | None
    article: str | None
    ruleset: str

    def __str__(self) -> str:
        parts = [self.document, self.number, f"Art. {self.article}" if self.article else None]
        return ", ".join(part for part in parts if part) + f" (rule set {self.ruleset})"


def amount_is_within_cap(amount: Decimal, cap: Decimal, source: Source) -> Refusal | None:
    """An amount may reach the cap in force, not pass it (基层工会经费收支管理办法: caps are set by the province)."""
    if amount <= cap:
        return None
    refusal = Refusal(
        "benefit.amount_is_within_cap",
        f"{amount:.2f} yuan is above the cap of {cap:.2f} yuan: {source}.",
        "amount",
        {"amount": f"{amount:.2f}", "cap": f"{cap:.2f}"},
    )
    return sourced(refusal, source)


def form_is_allowed(form: str, forms: Collection[str], source: Source) -> Refusal | None:
    """A benefit is given in the forms its rule names: goods, voucher or cash."""
    if form in forms:
        return None
    refusal = Refusal(
        "benefit.form_is_allowed",
        f"This may not be given as {form}, only as {' or '.join(sorted(forms))}: {source}.",
        "form",
        {"form": form, "forms": sorted(forms)},
    )
    return sourced(refusal, source)


def type_begins_today_or_later(begins: date, today: date) -> Refusal | None:
    """A visit type begins today or later: what was reported before keeps what it was begun with."""
    if begins >= today:
        return None
    return Refusal("visit_types.begins_today_or_later", f"{begins} is past; begin today or later.", "valid_from")


def type_ends_yesterday_at_the_earliest(last_day: date, today: date) -> Refusal | None:
    """The last day of an occasion is yesterday at the earliest."""
    if last_day >= today - timedelta(days=1):
        return None
    return Refusal("visit_types.ends_yesterday_at_the_earliest", f"{last_day} is too far back.", "last_day")


def occasions_are_few(known: int, most: int) -> Refusal | None:
    """A union has no more occasions than people can choose from."""
    if known < most:
        return None
    return Refusal("visit_types.occasions_are_few", f"There are {most} occasions already.", "occasion", {"most": most})
