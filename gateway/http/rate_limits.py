"""Rate limits: a high default for all routes, lower ones where guessing or flooding is worthwhile.

Requests are counted in memory, per account or, without sign-in, per address; each replica counts separately. A whole
campus may have one address, so its limit is high. Password guesses are also counted in the database
(identity.throttling). The library `limits` parses limits; the counting is our own, because the library's storage starts
a thread and takes a tenth of the time of a cached page.
"""

from __future__ import annotations

import time
from functools import lru_cache
from math import ceil
from typing import Any
from uuid import UUID

from flask import request
from limits import RateLimitItem, parse

from gateway.http.public_paths import FOR_EVERYBODY
from gateway.identity.addresses import asking_network
from gateway.identity.current import current_account
from services.chassis.errors import TooMany
from services.chassis.process.settings import settings

CHANGES, READS = "600/minute", "3000/minute"
CHANGES_OF_ADDRESS, READS_OF_ADDRESS = "6000/minute", "60000/minute"
"""Limit of all anonymous requests of one address; more than one process can answer."""
SNAPSHOTS = "120/minute"
"""Pages of snapshots one program may read: 100,000 members in a minute, in pages of 1,000."""
UNLIMITED = "off"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

MOST_COUNTS = 50_000
"""Number of counters above which those of past windows are deleted."""

_counts: dict[tuple[str, str, UUID | str], tuple[float, int]] = {}


def install(app: Any) -> None:
    """Install the default limits; the setting RATE_LIMIT replaces all limits, `off` disables them."""
    app.before_request(_require_default)


def require_below(limit: str, scope: str) -> None:
    """Count the request under a lower limit than the default.

    Args:
        limit: such as "10/minute".
        scope: what is limited; requests of one scope and client are counted together.

    Raises:
        TooMany: with the seconds to wait.
    """
    given = settings().rate_limit
    if given == UNLIMITED:
        return
    text = given or limit
    item = _parsed(text)
    ends_at, count = _count(item, (text, scope, asker()))
    if count <= item.amount:
        return
    wait = max(1, ceil(ends_at - time.monotonic()))
    raise TooMany(
        f"Too many requests. Try again in {wait} seconds.",
        rule="rate_limit",
        params={"retry_after": wait, "limit": str(item)},
    )


def _count(item: RateLimitItem, key: tuple[str, str, UUID | str]) -> tuple[float, int]:
    """Count a request in the current window; return its end and the count."""
    now = time.monotonic()
    ends_at, count = _counts.get(key, (0.0, 0))
    if ends_at <= now:
        if len(_counts) >= MOST_COUNTS:
            _sweep(now)
        ends_at, count = now + item.get_expiry(), 0
    _counts[key] = ends_at, count + 1
    return ends_at, count + 1


def _sweep(now: float) -> None:
    for key in [key for key, (ends_at, _) in _counts.items() if ends_at <= now]:
        del _counts[key]
    if len(_counts) > MOST_COUNTS // 2:
        _counts.clear()


def asker() -> UUID | str:
    """Return the key to count a request for: the account, or the address of an anonymous client."""
    account = current_account()
    return account.account_id if account is not None else f"address {asking_network()}"


def forget_counts() -> None:
    """Reset all counters; for tests, which share one process."""
    _counts.clear()


def _require_default() -> None:
    if request.path.startswith(FOR_EVERYBODY):
        return
    known = current_account() is not None
    if request.method in _SAFE_METHODS:
        require_below(READS if known else READS_OF_ADDRESS, "reads")
    else:
        require_below(CHANGES if known else CHANGES_OF_ADDRESS, "changes")


@lru_cache(maxsize=32)
def _parsed(limit: str) -> RateLimitItem:
    return parse(limit)
