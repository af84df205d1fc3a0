"""Rate limits: a generous default for everything, tight ones where guessing or flooding would pay.

Counted in memory, per account or, for strangers, per address; each replica counts for itself. Guesses at passwords are
counted in the database besides (identity.throttling). The counting is done by the library `limits` itself: its Flask
extension costs more than half of what a page from memory does.
"""

from __future__ import annotations

import time
from functools import lru_cache
from math import ceil
from typing import Any

from flask import request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from gateway.identity.current import current_account
from services.chassis.errors import TooMany
from services.chassis.settings import settings

CHANGES = "600/minute"
READS = "3000/minute"
UNLIMITED = "off"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_FREE_PATHS = ("/healthz", "/assets/", "/static/")

_counter = FixedWindowRateLimiter(MemoryStorage())


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
    item = _parsed(given or limit)
    who = asker()
    if _counter.hit(item, scope, who):
        return
    wait = max(1, ceil(_counter.get_window_stats(item, scope, who).reset_time - time.time()))
    raise TooMany(
        f"Too many requests. Try again in {wait} seconds.",
        rule="rate_limit",
        params={"retry_after": wait, "limit": str(item)},
    )


def asker() -> str:
    """Return whom to count a request for: the account, or a stranger's address."""
    account = current_account()
    return str(account.account_id) if account is not None else f"address {request.remote_addr}"


def forget_counts() -> None:
    """Begin counting anew; for tests, which share one process."""
    _counter.storage.reset()


def _require_default() -> None:
    if request.path.startswith(_FREE_PATHS):
        return
    if request.method in _SAFE_METHODS:
        require_below(READS, "reads")
    else:
        require_below(CHANGES, "changes")


@lru_cache(maxsize=32)
def _parsed(limit: str) -> RateLimitItem:
    return parse(limit)
