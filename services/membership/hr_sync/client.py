"""Client of the campus HR system's HTTP API: fetches one page of changes from a cursor on.

The API answers `GET ADDRESS?cursor=…&limit=…` with `{"items": [record, …], "next_cursor": "…"}`; an item has the fields
of the contract's `HrRecord`, and the last cursor is where the next fetch begins. Nothing here knows a database.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import marshmallow
from environs import Env

from services.chassis.errors import InvalidInput, Unavailable
from services.chassis.web import fetching
from services.contracts.membership.hr import HrRecord

PAGE = 500
DEADLINE = 30.0
"""Seconds a page may take from looking up the host to the last byte, however slowly it trickles in."""
_LARGEST = 5_000_000
"""Bytes of a page, unpacked."""


@dataclass(frozen=True)
class HrPage:
    """One page: typed records, the cursor after them, whether more follow."""

    items: list[dict[str, Any]]
    cursor: str | None
    more: bool


def address() -> str:
    """Return where HR's API is, from GONGHUI_HR_URL; empty where there is none."""
    found = Env().str("GONGHUI_HR_URL", "")
    return found if urlsplit(found).scheme in ("http", "https") else ""


def fetch(cursor: str | None) -> HrPage:
    """Fetch one page from a cursor on. Never call it inside a transaction: it may take `DEADLINE` seconds.

    Raises:
        Unavailable: the HR system did not answer in time, or refused.
        InvalidInput: its answer is not what it promises; nothing of the page is taken.
    """
    token = Env().str("GONGHUI_HR_TOKEN", "")
    headers = {"Accept": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    fields = {"limit": str(PAGE), **({"cursor": cursor} if cursor else {})}
    try:
        answer = fetching.fetch(address(), fields=fields, headers=headers, seconds=DEADLINE, largest=_LARGEST)
    except fetching.TooLarge as error:
        raise _unreadable() from error
    except fetching.NotAnswered as error:
        raise Unavailable(f"The HR system {error}.", code="hr_system_away") from error
    if not 200 <= answer.status < 300:
        raise Unavailable(f"The HR system answered {answer.status}.", code="hr_system_away")
    return _page(answer.body, cursor)


def _unreadable() -> InvalidInput:
    return InvalidInput("The HR system's answer can't be read.", rule="hr_sync.answer_is_read")


def _page(body: bytes, cursor: str | None) -> HrPage:
    try:
        told = json.loads(body)
        items = HrRecord(many=True).load(told["items"], unknown=marshmallow.EXCLUDE)
        following = told.get("next_cursor")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, marshmallow.ValidationError) as error:
        raise _unreadable() from error
    if len(items) > PAGE or (following is not None and (not isinstance(following, str) or len(following) > 500)):
        raise _unreadable()
    return HrPage(items, following or cursor, bool(following) and following != cursor and bool(items))
