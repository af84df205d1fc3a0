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
from services.chassis.rpc.deadline import within
from services.contracts.membership.hr import HrRecord

PAGE = 500
DEADLINE = 30.0
"""Seconds a page may take from looking up the host to the last byte, however slowly it trickles in."""
_SILENCE = 10.0
"""Seconds without a byte after which it is given up before."""
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
    body: bytes | None = None
    # urllib3's time-outs, also its total, are for each read: a byte now and then would keep it going for ever.
    with within(DEADLINE):
        body = _get({"limit": str(PAGE), **({"cursor": cursor} if cursor else {})})
    if body is None:
        raise Unavailable("The HR system did not answer in time.", code="hr_system_away")
    return _page(body, cursor)


def _get(query: dict[str, str]) -> bytes:
    """Return the body, cut off behind `_LARGEST`. The token goes to the configured address and nowhere else."""
    import urllib3  # 4 MB that a union without an HR system does without

    token = Env().str("GONGHUI_HR_TOKEN", "")
    headers = {"Accept": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    try:
        with urllib3.PoolManager(headers=headers, timeout=_SILENCE, retries=False) as pool:
            answer = pool.request("GET", address(), fields=query, redirect=False, preload_content=False)
            if not 200 <= answer.status < 300:
                raise urllib3.exceptions.HTTPError(f"answered {answer.status}")
            return answer.read(_LARGEST + 1)
    except urllib3.exceptions.HTTPError as error:
        raise Unavailable("The HR system cannot be reached.", code="hr_system_away") from error


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
