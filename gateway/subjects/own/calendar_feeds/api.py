"""The addresses of one's own calendars over HTTP."""

from __future__ import annotations

from typing import Any

from gateway.http.routes import Route
from gateway.subjects.own.calendar_feeds import subscribing
from services.contracts.gateway.calendars import (
    close_calendar_addresses,
    list_calendar_addresses,
    renew_calendar_addresses,
)

_ADDRESSES = "/me/calendar-addresses"
_FEW = "30/minute"


def _list(_payload: dict[str, Any]) -> dict[str, Any]:
    return {"items": subscribing.addresses()}


def _renew(_payload: dict[str, Any]) -> dict[str, Any]:
    return {"items": subscribing.renew()}


def _close(_payload: dict[str, Any]) -> dict[str, Any]:
    subscribing.close()
    return {}


ROUTES = (
    Route("GET", _ADDRESSES, list_calendar_addresses, answer=_list),
    Route("POST", _ADDRESSES, renew_calendar_addresses, answer=_renew, limit=_FEW),
    Route("DELETE", _ADDRESSES, close_calendar_addresses, 204, answer=_close, limit=_FEW),
)
