"""Rules of double entry and of the hash chain: the validity of entries and of the whole ledger.

Standard library only, so that a ledger can be verified without the service. An entry's digest covers all of its data
and the digest of the previous entry: changing, deleting or inserting an entry makes all later digests wrong.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

BANK = "asset.bank"
ENTRUSTED = "liability.entrusted"
"""代管: money of the administration's welfare budget that the union spends for it."""

NOTHING = Decimal("0.00")
BEGINNING = "0" * 64
"""The previous digest of the first entry."""


@dataclass(frozen=True)
class Side:
    """借贷 One side of an entry: an account with either a debit or a credit."""

    account: str
    debit: Decimal = NOTHING
    credit: Decimal = NOTHING


def expense_sides(account: str, amount: Decimal, funding_source: str) -> tuple[Side, ...]:
    """Return both sides of an expense: debit of the expense, credit of the bank or the entrusted money."""
    return Side(account, debit=amount), Side(BANK if funding_source == "union" else ENTRUSTED, credit=amount)


def income_sides(account: str, amount: Decimal) -> tuple[Side, ...]:
    """Return both sides of an income."""
    return Side(BANK, debit=amount), Side(account, credit=amount)


def mirrored(sides: Iterable[Side]) -> tuple[Side, ...]:
    """Return the sides that reverse an entry."""
    return tuple(Side(side.account, debit=side.credit, credit=side.debit) for side in sides)


def is_balanced(sides: Collection[Side]) -> bool:
    """Whether there are two sides or more, each with one positive amount, and debits equal credits."""
    return (
        len(sides) >= 2
        and all(min(side.debit, side.credit) == 0 < max(side.debit, side.credit) for side in sides)
        and sum((side.debit for side in sides), NOTHING) == sum((side.credit for side in sides), NOTHING)
    )


def period_of(day: date) -> str:
    """Return the accounting month of a day, `2026-03`."""
    return f"{day.year:04d}-{day.month:02d}"


def entry_number(year: int, place: int) -> str:
    """Return the number of an entry: its year and its counter in it, `2026-000041`."""
    return f"{year:04d}-{place:06d}"


def digest_of(content: Mapping[str, Any], previous: str) -> str:
    """Return the digest of an entry.

    Args:
        content: data of the entry, JSON values only (amounts and dates as text).
        previous: digest of the entry before it, `BEGINNING` for the first.
    """
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


@dataclass(frozen=True)
class Recorded:
    """An entry of the ledger."""

    sequence: int
    number: str
    sides: tuple[Side, ...]
    content: Mapping[str, Any]
    previous: str
    digest: str

    @property
    def year(self) -> int:
        """The year its number belongs to."""
        return int(self.number.partition("-")[0])

    @property
    def place(self) -> int:
        """Its counter in that year."""
        return int(self.number.partition("-")[2])


@dataclass(frozen=True)
class Verdict:
    """The result of a verification; `finding` is the error of the entry `broken_at`.

    `places` has the last counter of each year, so that the verification can continue after it.
    """

    entries: int
    last: str
    broken_at: str | None = None
    finding: str | None = None
    places: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class End:
    """The end of the chain: the position of its last entry and that entry's digest."""

    place: int = 0
    digest: str = BEGINNING


def finding_at_the_end(verdict: Verdict, before: End, after: End) -> str | None:
    """Return the error at the end of a ledger whose entries are valid, or None.

    Args:
        verdict: of the entries.
        before: end of the chain when reading began.
        after: end of the chain after reading; entries may have been added meanwhile, of which some were read.
    """
    if verdict.entries < before.place:
        return f"entries behind place {verdict.entries} are missing"
    if verdict.entries > after.place:
        return f"entries behind place {after.place} were never entered"
    digests = {end.place: end.digest for end in (before, after)}
    if digests.get(verdict.entries, verdict.last) != verdict.last:
        return "the last entry is another than the one that was entered"
    return None


NOTHING_PROVED = Verdict(0, BEGINNING)


def verify(entries: Iterable[Recorded], so_far: Verdict = NOTHING_PROVED) -> Verdict:
    """Verify a ledger from its first entry on: no gaps in the numbers, every entry balanced, every digest correct.

    Args:
        entries: in the order of the chain.
        so_far: result of the entries before these.
    """
    places = dict(so_far.places)
    last, count = so_far.last, so_far.entries
    for entry in entries:
        finding = _finding(entry, count + 1, last, places)
        if finding:
            return Verdict(count, last, entry.number, finding, places)
        places[entry.year] = entry.place
        last, count = entry.digest, count + 1
    return Verdict(count, last, places=places)


def _finding(entry: Recorded, sequence: int, last: str, places: Mapping[int, int]) -> str | None:
    if entry.sequence != sequence:
        return f"entry {sequence} of the chain is missing"
    if entry.place != places.get(entry.year, 0) + 1:
        return f"number {entry_number(entry.year, places.get(entry.year, 0) + 1)} is missing"
    if not is_balanced(entry.sides):
        return "debits and credits differ"
    if entry.previous != last:
        return "it does not follow the entry before it"
    if digest_of(entry.content, entry.previous) != entry.digest:
        return "its content was changed"
    return None
