"""Opening, replacing and closing the addresses of one's own calendars, for API and page."""

from __future__ import annotations

from typing import Any

from gateway.identity import calendar_addresses
from gateway.identity.current import current_context, require_account
from gateway.runtime import gateway
from gateway.subjects.own.calendar_feeds.feeds import page_address


def addresses() -> list[dict[str, str]]:
    """Return the calendars of the signed-in account with their addresses; none while they are closed."""
    account_id = require_account().account_id
    with gateway().transaction(current_context(), readonly=True) as tx:
        return _shown(calendar_addresses.addresses_of(tx, account_id))


def renew() -> list[dict[str, str]]:
    """Open them under new addresses, and return these."""
    account_id = require_account().account_id
    with gateway().transaction(current_context()) as tx:
        calendar_addresses.renew(tx, account_id)
        return _shown(calendar_addresses.addresses_of(tx, account_id))


def close() -> None:
    """Close them."""
    account_id = require_account().account_id
    with gateway().transaction(current_context()) as tx:
        calendar_addresses.close(tx, account_id)


def _shown(tokens: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"calendar": name, "address": page_address(f"/calendar/feeds/{token}.ics")} for name, token in tokens.items()
    ]
