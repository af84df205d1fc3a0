"""A fair draw of 20,000 entries, beside sorting as many HMACs; and recomputing it from its published file."""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any
from uuid import uuid4

from services.chassis.draw_file import published, verify
from services.chassis.fair_draw import Entry, Offer, draw, entries_text, seed_of, sha256_of
from tests.load.figures import Figure
from tests.load.ground import Ground

ENTRIES = 20_000
MOST = 3.0
"""How many times as long as sorting a draw may take."""
REPEATED = 7
_SECRET, _VALUE = bytes(range(32)), "3867.92"


def figures(_ground: Ground) -> Iterator[Figure]:
    """Yield the draw and its verification: one entry in ten has priority, everybody has three of ten choices."""
    offers = [Offer(str(uuid4()), 300) for _ in range(10)]
    ids = [offer.id for offer in offers]
    entries = [
        Entry(str(uuid4()), 3 if n % 10 == 0 else 1, 1, tuple(ids[(n + k) % 10] for k in range(3)))
        for n in range(ENTRIES)
    ]
    digest = sha256_of(entries_text(offers, entries))
    seed = seed_of(_SECRET, _VALUE, digest)
    messages = [f"{entry.id}:1".encode() for entry in entries]
    limit, drawn = _in_turns(
        lambda: sorted(hmac.digest(seed, message, "sha256") for message in messages),
        lambda: draw(offers, entries, seed),
    )
    ratio = drawn / limit
    beside = f"{limit * 1000:.0f} ms, {ENTRIES:,} HMACs sorted"
    aim, note = f"≤ {MOST:g}×", "median; lots, order and places"
    yield Figure(f"draw: {ENTRIES:,} entries", f"{drawn * 1000:.0f} ms", beside, ratio, aim, ratio <= MOST, note)
    committed = {
        "seed_sha256": sha256_of(_SECRET), "committed_on": "2026-05-20", "public_source": "index",
        "public_day": "2026-05-22",
    }  # fmt: skip
    told = {"secret": _SECRET.hex(), "public_value": _VALUE}
    file = json.dumps(published("d", "bench", offers, entries, committed, told, draw(offers, entries, seed)))
    (taken,) = _in_turns(lambda: verify(file))
    holds = all(finding.holds for finding in verify(file))
    yield Figure(f"draw: verify {ENTRIES:,} entries", f"{taken * 1000:.0f} ms", met=holds, note=f"{len(file):,} bytes")


def _in_turns(*work: Callable[[], Any]) -> tuple[float, ...]:
    """Return the median seconds of each; what else the machine does hits all alike."""
    times: list[list[float]] = [[] for _ in work]
    for _ in range(REPEATED):
        for one, taken in zip(work, times, strict=True):
            began = time.perf_counter()
            one()
            taken.append(time.perf_counter() - began)
    return tuple(median(taken) for taken in times)
