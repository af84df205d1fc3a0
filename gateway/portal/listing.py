"""Lists: the filters in the address, the page a cursor names, the way back and on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import request

from gateway.portal.form_fields import ALL as ALL
from gateway.portal.form_fields import Field
from gateway.portal.service_calls import Part, part, part_of
from gateway.rpc.deadlines import part_seconds
from services.chassis.database.pagination import LIMIT_CEILING
from services.chassis.errors import Problem
from services.chassis.plain_text import is_digits
from services.chassis.schema import Operation

PAGE = 20
MOST_PRINTED = 1000
"""Rows that a page shows for printing; more are exported."""
LONGEST = 50
"""Characters of a filter; more are not read."""
_DEEPEST = 12
"""Pages one can go back step by step; further back there is the first page."""


@dataclass(frozen=True)
class Listing:
    """One page of a list as it is shown."""

    items: list[dict[str, Any]] = field(default_factory=list)
    total: int | None = None
    number: int = 1
    before: str | None = None
    next: str | None = None
    problem: Problem | None = None

    def __iter__(self) -> Any:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def chosen(fields: Sequence[Field], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the filters that were chosen; a choice that is not offered counts as none.

    Args:
        fields: the filters.
        given: values by the names of filters; None for those in the address.
    """
    given = request.args if given is None else given
    found = {}
    for spec in fields:
        value = given.get(spec.name, "").strip()[:LONGEST]
        if spec.control == "select" and spec.choices is not None:
            value = value if value in {str(key) for key in spec.offered} else ""
        if value:
            found[spec.name] = value
    return found


def asked(**fixed: Any) -> dict[str, Any]:
    """Return the part of a list's payload that says which page is wanted."""
    cursor = request.args.get("cursor")
    return {"limit": PAGE, **({"cursor": cursor} if cursor else {}), **fixed}


def listing(part: Part, values: Mapping[str, str] | None = None) -> Listing:
    """Return a part as a page of a list with its way back and on.

    Args:
        part: what was found.
        values: the filters it was found with; the other pages are found with the same.
    """
    address = partial(_address, values or {})
    cursor, trail, number = request.args.get("cursor"), request.args.getlist("trail")[-_DEEPEST:], _number()
    before = following = None
    if cursor:
        before = address(trail[-1], trail[:-1], number - 1) if trail else address("", [], 1)
    if part.next_cursor:
        following = address(part.next_cursor, [*trail, cursor or ""], number + 1)
    return Listing(part.items, part.total, number, before, following, part.problem)


def every_item(operation: Operation, wanted: Mapping[str, Any], most: int = MOST_PRINTED) -> dict[str, Any]:
    """Return the items of all pages as one; `more` says whether some were left out.

    Args:
        operation: the list's query.
        wanted: its request, without a page.
        most: items after which no further page is asked for.

    Raises:
        Problem: the service is away or refused.
    """
    items: list[dict[str, Any]] = []
    cursor: dict[str, Any] = {}
    while True:
        page = part(operation, {**wanted, **cursor, "limit": LIMIT_CEILING})
        if page.problem:
            raise page.problem
        items += page.items
        if not page.next_cursor or len(items) >= most:
            return {"items": items, "more": bool(page.next_cursor), "total": page.total}
        cursor = {"cursor": page.next_cursor}


def _number() -> int:
    number = request.args.get("page", "1")
    return max(1, int(number)) if is_digits(number) and len(number) < 7 else 1


def _address(values: Mapping[str, str], cursor: str, trail: list[str], number: int) -> str:
    kept = [(key, value) for key, value in request.args.items(multi=True) if key not in ("cursor", "trail", "page")]
    kept += [(key, value) for key, value in values.items() if key not in request.args]
    place = [("cursor", cursor), *(("trail", step) for step in trail[-_DEEPEST:])] if cursor else []
    pairs = [*kept, *place, *([("page", str(number))] if cursor and number > 1 else [])]
    return f"{request.path}?{urlencode(pairs)}" if pairs else request.path


@dataclass(frozen=True)
class ListingAcross:
    """The lists of several services as one; each item names its `service`.

    Args:
        list: one page of the service that was chosen, else the latest items of all.
        away: services that did not answer.
        more: services that have more items than are shown.
    """

    list: Listing
    away: Sequence[str] = ()
    more: Sequence[str] = ()


def listing_across(
    operations: Mapping[str, Operation], ask: Callable[..., Any], values: Mapping[str, str], *, latest: str
) -> ListingAcross:
    """Return the same list of several services.

    Args:
        operations: the query, by service.
        ask: carries it out, called as `ask(operation, payload, seconds)`.
        values: the filters that were chosen; `service` chooses one service.
        latest: the field that says when an item came.
    """
    filters = {name: value for name, value in values.items() if name != "service"}
    if "service" in values:
        service = values["service"]
        found = listing(part_of(lambda: ask(operations[service], asked(**filters), part_seconds())))
        items = [{**item, "service": service} for item in found]
        return ListingAcross(replace(found, items=items), away=[service] if found.problem else [])
    parts = {
        service: part_of(partial(ask, operation, {"limit": PAGE, **filters}, part_seconds()))
        for service, operation in operations.items()
    }
    together = [{**item, "service": service} for service, found in parts.items() for item in found.items]
    return ListingAcross(
        Listing(sorted(together, key=lambda item: item[latest], reverse=True)),
        away=[service for service, found in parts.items() if found.problem],
        more=[service for service, found in parts.items() if found.next_cursor],
    )


def by_id(items: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return items by their id."""
    return {item["id"]: item for item in items}
