"""Asking the campus HR system's own HTTP API: one page of changes from a cursor on.

The API answers `GET ADDRESS?cursor=…&limit=…` with `{"items": [record, …], "next_cursor": "…"}`; an item has the fields
of the contract's `HrRecord`, and the last cursor is where the next fetch begins. Nothing here knows a database.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import marshmallow
from environs import Env

from services.chassis.errors import InvalidInput, Unavailable
from services.chassis.rpc.deadline import within
from services.contracts.membership.hr import HrRecord

PAGE = 500
DEADLINE = 30.0
"""Seconds a page may take from the first byte to the last, however slowly it trickles in."""
_SILENCE = 10.0
"""Seconds without a byte after which it is given up before."""
_LARGEST = 5_000_000


class _NoRedirect(HTTPRedirectHandler):
    """The token goes to the configured address and nowhere else."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


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
    query = urlencode({"limit": PAGE, **({"cursor": cursor} if cursor else {})})
    token = Env().str("GONGHUI_HR_TOKEN", "")
    headers = {"Accept": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = Request(f"{address()}?{query}", headers=headers)  # noqa: S310 - the scheme was checked
    body: bytes | None = None
    try:
        # The library's own time-out is for each read: a byte now and then would keep it going for ever.
        with within(DEADLINE), build_opener(_NoRedirect).open(request, timeout=_SILENCE) as answer:
            body = answer.read(_LARGEST + 1)
    except (HTTPException, OSError) as error:
        raise Unavailable("The HR system cannot be reached.", code="hr_system_away") from error
    if body is None:
        raise Unavailable("The HR system did not answer in time.", code="hr_system_away")
    return _page(body, cursor)


def _page(body: bytes, cursor: str | None) -> HrPage:
    try:
        if len(body) > _LARGEST:
            raise ValueError("too large")
        told = json.loads(body)
        items = HrRecord(many=True).load(told["items"], unknown=marshmallow.EXCLUDE)
        following = told.get("next_cursor")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, marshmallow.ValidationError) as error:
        raise InvalidInput("The HR system's answer can't be read.", rule="hr_sync.answer_is_read") from error
    if len(items) > PAGE or (following is not None and (not isinstance(following, str) or len(following) > 500)):
        raise InvalidInput("The HR system's answer can't be read.", rule="hr_sync.answer_is_read")
    return HrPage(items, following or cursor, bool(following) and following != cursor and bool(items))
