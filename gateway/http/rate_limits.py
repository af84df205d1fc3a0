"""Rate limits: a generous default for everything, tight ones where guessing or flooding would pay.

Counted in memory, per account or, for strangers, per address; each replica counts for itself. An address may be a whole
campus, so it has what no single person needs. Guesses at passwords are
counted in the database besides (identity.throttling). How limits are written is the library `limits`' affair; the
counting is our own: its storage in memory starts a thread to sweep and costs a tenth of what a page from memory does.
"""

from __future__ import annotations

import time
from functools import lru_cache
from math import ceil
from typing import Any
from uuid import UUID

from flask import request
from limits import RateLimitItem, parse

from gateway.identity.addresses import asking_network
from gateway.identity.current import current_account
from services.chassis.errors import TooMany
from services.chassis.process.settings import settings

CHANGES, READS = "600/minute", "3000/minute"
CHANGES_OF_ADDRESS, READS_OF_ADDRESS = "6000/minute", "60000/minute"
"""Of all strangers behind one address; those of one process alone come to more than it can answer."""
SNAPSHOTS = "120/minute"
"""Pages of snapshots one program may read: 100,000 members in a minute, in pages of 1,000."""
UNLIMITED = "off"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_FREE_PATHS = ("/healthz", "/assets/", "/favicon.ico")

MOST_COUNTS = 50_000
"""Counts kept before those of windows that are over are swept away."""

_counts: dict[tuple[str, str, UUID | str], tuple[float, int]] = {}


def install(app: Any) -> None:
    """Put the default limits in force; the setting RATE_LIMIT replaces every limit, `off` switches them off."""
    app.before_request(_require_default)


def require_below(limit: str, scope: str) -> None:
    """Count the request under a limit tighter than the default.

    Args:
        limit: such as "10/minute".
        scope: what is limited; requests of one scope and asker count together.

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
    """Count one more in the window that is open, or in a new one; return when it ends and the count."""
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
    """Return whom to count a request for: the account, or a stranger's address."""
    account = current_account()
    return account.account_id if account is not None else f"address {asking_network()}"


def forget_counts() -> None:
    """Begin counting anew; for tests, which share one process."""
    _counts.clear()


def _require_default() -> None:
    if request.path.startswith(_FREE_PATHS):
        return
    known = current_account() is not None
    if request.method in _SAFE_METHODS:
        require_below(READS if known else READS_OF_ADDRESS, "reads")
    else:
        require_below(CHANGES if known else CHANGES_OF_ADDRESS, "changes")


@lru_cache(maxsize=32)
def _parsed(limit: str) -> RateLimitItem:
    return parse(limit)
