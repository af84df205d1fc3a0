"""What list pages are declared with: links, exports, batches, lists of several services, what a page shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gateway.portal.service_calls import Part
from services.chassis.schema import Operation

Values = dict[str, str]
"""Filters and the order, by name."""


@dataclass(frozen=True)
class Shown:
    """What a list page shows.

    Args:
        found: the answer of the query.
        values: the filters and the order that were chosen.
        named: what the address names.
        about: what the page is about; None when it is about nothing but the list.
    """

    found: Part
    values: Values = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    about: Any = None


@dataclass(frozen=True)
class Across:
    """A query that every service answers for itself.

    Args:
        operations: the query, by service.
        ask: carries it out, called as `ask(operation, payload, seconds)`.
        latest: the field that says when an item came; the list begins with the latest.
        away: returns what is said of a service that does not answer, by its name.
        rest: returns the words of the link to all of one service, by its name.
    """

    operations: Mapping[str, Operation]
    ask: Callable[..., Any]
    latest: str
    away: Callable[[str], str]
    rest: Callable[[str], str]


@dataclass(frozen=True)
class PageLink:
    """A link in the head of a page.

    Args:
        endpoint: of the page it opens, without "portal.".
        words: what it is called.
        icon: of Bootstrap Icons; None for none.
        roles: who sees it; empty for all who see the page.
        first: whether it is the main thing to do here.
    """

    endpoint: str
    words: Any
    icon: str | None = None
    roles: frozenset[str] = frozenset()
    first: bool = False


@dataclass(frozen=True)
class ListExport:
    """How a list can be had as a file.

    Args:
        personal: whether it shows people, so that a purpose is asked for and logged.
        roles: who may; empty for all who see the page.
        name: in the address of the file; empty for the endpoint of the page.
        title: begins the file's name; None for the title of the page.
    """

    personal: bool = True
    roles: frozenset[str] = frozenset()
    name: str = ""
    title: Any = None


@dataclass(frozen=True)
class Batch:
    """What can be done to many items of a list at once: they are ticked and their ids sent together.

    Args:
        endpoint: of the page that takes the ids, without "portal.".
        name: of the ids in what is sent.
        words: on the button.
        roles: who may.
        key: the field of an item that is sent.
        takes: whether an item can be ticked, from the item and the filters.
        keeps: filters, and names from the address of the page, that are sent along.
    """

    endpoint: str
    name: str
    words: Any
    roles: frozenset[str]
    key: str = "id"
    takes: Callable[[Mapping[str, Any], Values], bool] = field(default=lambda item, values: True)
    keeps: tuple[str, ...] = ()

    def offered(self, roles: frozenset[str], items: Sequence[Mapping[str, Any]], values: Values) -> bool:
        """Whether somebody with these roles may do it to one of these items."""
        return bool(self.roles & roles) and any(self.takes(item, values) for item in items)
