"""How long a page waits for what it asks of services: shares of the RPC deadline, so that one setting moves all."""

from __future__ import annotations

from services.chassis.process.settings import settings


def part_seconds() -> float:
    """Return the seconds a page waits for one of its parts."""
    return 0.6 * settings().rpc_deadline


def names_seconds() -> float:
    """Return the seconds a page waits for names: less than for what the page is about."""
    return 0.3 * settings().rpc_deadline
