"""A draw that anyone can recompute: lots by hash, places by choices. Pure; docs/draw.md describes it for others.

Everything is integers, ASCII text and SHA-256, so that a program in another language gives the same result. The order
in which entries are given has no effect.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

MOST_WEIGHT = 100
"""Of one entry."""
NO_GROUP = "-"
PUBLIC_VALUE = re.compile(r"[0-9A-Za-z][0-9A-Za-z .,:;+-]{2,98}[0-9A-Za-z]")
"""What a public value may be: ASCII, so that its bytes are the same everywhere."""
_NUMBER = re.compile(r"(?<![.0-9])(?:0|[1-9][0-9]*)(?![0-9])")
_NEEDLESS_ZERO = re.compile(r"(?<![.0-9])0[0-9]")
_ID = re.compile(r"[0-9A-Za-z-]{1,64}")


@dataclass(frozen=True)
class Offer:
    """What is drawn for.

    Args:
        id: of the offer.
        places: how many persons it takes.
        quotas: by group, the most persons of it; a group without quota is limited by the places only.
    """

    id: str
    places: int
    quotas: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """Who takes part.

    Args:
        id: random, says nothing about the person.
        weight: number of lots, 1 to `MOST_WEIGHT`.
        persons: places it needs, all on the same offer.
        choices: ids of offers, the most wanted first.
        group: whose quota it counts for.
    """

    id: str
    weight: int
    persons: int
    choices: tuple[str, ...]
    group: str = NO_GROUP


class Drawn(NamedTuple):
    """The result of one entry: its smallest lot in hexadecimal, and the offer it has a place on, None if it waits."""

    entry: Entry
    lot: str
    offer: str | None


def entries_text(offers: Iterable[Offer], entries: Iterable[Entry]) -> str:
    """Return the published list in its one form: a line for each offer, quota and entry, sorted, ended by a newline.

    Raises:
        ValueError: an id is given twice or is no id, a number is out of range, a choice is no offer.
    """
    offers, entries = list(offers), list(entries)
    _require_sound(offers, entries)
    lines = [f"offer {offer.id} {offer.places}" for offer in offers]
    lines += [f"quota {offer.id} {group} {most}" for offer in offers for group, most in offer.quotas.items()]
    lines += [
        " ".join(["entry", entry.id, entry.group, str(entry.weight), str(entry.persons), *entry.choices])
        for entry in entries
    ]
    return "".join(f"{line}\n" for line in sorted(lines))


def sha256_of(content: str | bytes) -> str:
    """Return the SHA-256 of a text or of bytes in hexadecimal."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def is_written_like(value: str, example: str) -> bool:
    """Whether a public value is written as the example that was published, so that it can be written in one way only.

    It is when both are equal with `9` for every digit and `A` or `a` for every letter. A number that begins with no
    needless 0 may have another number of digits, except after a point.
    """
    if _NEEDLESS_ZERO.search(value + "\n" + example) is None and _shape(value, "n") == _shape(example, "n"):
        return True
    return _shape(value) == _shape(example)


def _shape(text: str, number: str | None = None) -> str:
    shape = re.sub("[a-z]", "a", re.sub("[A-Z]", "A", text))
    if number is not None:
        shape = _NUMBER.sub(number, shape)
    return re.sub("[0-9]", "9", shape)


def seed_of(secret: bytes, public_value: str, entries_sha256: str) -> bytes:
    """Return the seed: HMAC-SHA256 with the secret as key over the public value, a newline, the hash of the entries."""
    return hmac.digest(secret, f"{public_value}\n{entries_sha256}".encode("ascii"), "sha256")


def lot_of(seed: bytes, entry: Entry) -> str:
    """Return the smallest of an entry's lots.

    Lot k is HMAC-SHA256 with the seed as key over `ID:k`, for k from 1 to the weight. The owner of the smallest of all
    lots is first, so an entry is first with the probability weight / sum of weights, and so on among the others.
    """
    return _smallest(seed, entry).hex()


def _smallest(seed: bytes, entry: Entry) -> bytes:
    smallest = hmac.digest(seed, f"{entry.id}:1".encode("ascii"), "sha256")
    for k in range(2, entry.weight + 1):
        smallest = min(smallest, hmac.digest(seed, f"{entry.id}:{k}".encode("ascii"), "sha256"))
    return smallest


def draw(offers: Sequence[Offer], entries: Iterable[Entry], seed: bytes) -> list[Drawn]:
    """Return the results in the order drawn; entries without offer are the waiting list, in the same order."""
    places = {offer.id: offer.places for offer in offers}
    quotas = {(offer.id, group): most for offer in offers for group, most in offer.quotas.items()}
    order = sorted((_smallest(seed, entry), entry.id, entry) for entry in entries)
    return [Drawn(entry, lot.hex(), _take(entry, places, quotas)) for lot, _, entry in order]


def _take(entry: Entry, places: dict[str, int], quotas: dict[tuple[str, str], int]) -> str | None:
    for choice in entry.choices:
        if places[choice] < entry.persons:
            continue
        of_group = (choice, entry.group)
        if of_group in quotas:
            if quotas[of_group] < entry.persons:
                continue
            quotas[of_group] -= entry.persons
        places[choice] -= entry.persons
        return choice
    return None


def _require_sound(offers: list[Offer], entries: list[Entry]) -> None:
    ids, known = [*(offer.id for offer in offers), *(entry.id for entry in entries)], {offer.id for offer in offers}
    groups = [*(group for offer in offers for group in offer.quotas), *(entry.group for entry in entries)]
    if len(set(ids)) != len(ids) or not all(_ID.fullmatch(word) for word in (*ids, *groups)):
        raise ValueError("an id is given twice or is no id")
    numbers = [*(offer.places for offer in offers), *(most for offer in offers for most in offer.quotas.values())]
    if any(number < 0 for number in numbers):
        raise ValueError("places and quotas are not negative")
    for entry in entries:
        if not 1 <= entry.weight <= MOST_WEIGHT or entry.persons < 1:
            raise ValueError(f"entry {entry.id}: weight or persons out of range")
        if not entry.choices or len(set(entry.choices)) != len(entry.choices) or not known.issuperset(entry.choices):
            raise ValueError(f"entry {entry.id}: choices name an offer twice, or one that is not drawn for")
