"""Rate limits: a generous default for everything, tight ones where guessing or flooding would pay.

Counted in memory, per account or, for strangers, per address; each replica counts for itself. Guesses at passwords are
counted in the database besides (identity.throttling).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import request
from flask_limiter import Limiter

from gateway.identity.current import current_account
from services.chassis.settings import settings

View = TypeVar("View", bound=Callable[..., Any])

DEFAULT = "600/minute"
READS = "3000/minute"
UNLIMITED = "off"


def asker() -> str:
    """Return whom to count a request for: the account, or a stranger's address."""
    account = current_account()
    return str(account.account_id) if account is not None else f"address {request.remote_addr}"


limiter = Limiter(
    key_func=asker,
    default_limits=[lambda: settings().rate_limit or DEFAULT],
    storage_uri="memory://",
    strategy="fixed-window",
    headers_enabled=True,
)


def install(app: Any) -> None:
    """Put the limits in force; the setting RATE_LIMIT replaces the default, `off` switches all limits off."""
    app.config["RATELIMIT_ENABLED"] = settings().rate_limit != UNLIMITED
    limiter.init_app(app)


def limited(limit: str) -> Callable[[View], View]:
    """Put a tighter limit on a view than the default; a wider RATE_LIMIT widens it too."""
    return limiter.limit(lambda: settings().rate_limit or limit)  # type: ignore[return-value]


def exempt_from_default(view: View) -> View:
    """Count a view that only reads by the limit for reads."""
    return limited(READS)(view)
