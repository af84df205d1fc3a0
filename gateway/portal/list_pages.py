"""List pages: one declaration for the filters, the table, its order, its empty state, the file and the print.

The page, its export and the tests read the declaration. What a list needs beyond it stands in a template of its own
that extends `portal/list.html` and fills its blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request
from marshmallow import ValidationError, fields, validate

from gateway.portal.columns import Column, completed, items_of, members_shown
from gateway.portal.exporting import Exportable
from gateway.portal.form_fields import Field, completed_fields
from gateway.portal.listing import asked, chosen, listing
from gateway.portal.people import names, only
from gateway.portal.service_calls import Part, part, part_of
from services.chassis.schema import Operation

Values = dict[str, str]


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
    """

    personal: bool = True
    roles: frozenset[str] = frozenset()
    name: str = ""


@dataclass(frozen=True)
class ListPage:
    """A page that lists what a query answers.

    Args:
        endpoint: of the page, without "portal.".
        address: of the page.
        operation: the query.
        title: of the page.
        columns: what the table shows, in order; a name stands for the field as the contract has it. The first column
            heads the row.
        roles: who sees the page.
        filters: what can be filtered by; a name stands for the field of the query as the contract has it.
        lead: a sentence below the title.
        empty: what is said when nothing is found.
        icon: of the empty list.
        links: in the head of the page.
        link: endpoint of the page of one item, which the first column links to; None for none.
        argument: of that page's address that takes the item's id.
        back: endpoint and words of the page above this one.
        payload: makes the query's request of the filters; None when each filter is a field of the request.
        read: answers the query where the gateway does so itself; None for another service's.
        more: returns what the page's own template needs beyond the list, from the part and the filters.
        template: of the page.
        macros: template with the macros of the columns; None when no column has one.
        export: how the list can be had as a file; None when it cannot.
    """

    endpoint: str
    address: str
    operation: Operation
    title: Any
    columns: tuple[Column | str, ...]
    roles: tuple[str, ...]
    filters: tuple[Field | str, ...] = ()
    lead: Any = None
    empty: Any = None
    icon: str = "inbox"
    links: tuple[PageLink, ...] = ()
    link: str | None = None
    argument: str | None = None
    back: tuple[str, Any] | None = None
    payload: Callable[[Values], dict[str, Any]] | None = None
    read: Callable[[Mapping[str, Any]], dict[str, Any]] | None = None
    more: Callable[[Part, Values], dict[str, Any]] = field(default=lambda found, values: {})
    template: str = "portal/list.html"
    macros: str | None = None
    export: ListExport | None = None

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        """The columns, completed from the contract."""
        return completed(self.columns, items_of(self.operation))

    @cached_property
    def shown_columns(self) -> tuple[Column, ...]:
        """The columns of the page."""
        return tuple(column for column in self.all_columns if column.on_page)

    @cached_property
    def filter_fields(self) -> list[Field]:
        """The filters, completed from the contract."""
        return completed_fields(self.filters, self._request, of_filter=True)

    @cached_property
    def orders(self) -> tuple[str, ...]:
        """The orders the query offers; one that begins with a hyphen is the other way round."""
        sort = self._request.get("sort")
        checks = sort.validators if sort is not None else ()
        return next((tuple(check.choices) for check in checks if isinstance(check, validate.OneOf)), ())

    @property
    def export_name(self) -> str:
        """Name of the list in the address of its file."""
        return (self.export.name if self.export else "") or self.endpoint

    @cached_property
    def exportable(self) -> Exportable | None:
        """The list as a file; None when it cannot be had as one."""
        if self.export is None:
            return None
        columns = tuple(column for column in self.all_columns if column.in_file)
        roles = self.export.roles or frozenset(self.roles)
        return Exportable(self.title, self.operation, columns, roles, self.export.personal, self.read, self.request_of)

    def view(self) -> Callable[[], str]:
        """Return the view of the page, guarded by its roles."""

        def show() -> str:
            return self.show()

        show.__name__, show.__doc__ = self.endpoint, str(self.operation.doc)
        return only(*self.roles)(show)

    def show(self) -> str:
        """Answer the page as it was asked for."""
        values = self.chosen()
        wanted = asked(**self.request_of(values))
        found = part(self.operation, wanted) if self.read is None else part_of(partial(self.read, wanted))
        return render_template(
            self.template,
            page=self,
            list=listing(found),
            filters=self.filter_fields,
            values=values,
            people=names(found.items, *members_shown(self.all_columns)),
            **self.more(found, values),
        )

    def chosen(self) -> Values:
        """Return the filters and the order that were chosen; what the query cannot read counts as not chosen."""
        order = request.args.get("sort", "")
        found = {name: value for name, value in chosen(self.filter_fields).items() if self._readable(name, value)}
        return {**found, **({"sort": order} if order in self.orders else {})}

    def request_of(self, values: Values) -> dict[str, Any]:
        """Return the query's request for the filters."""
        if self.payload is not None:
            return self.payload(values)
        numbers = {name for name, source in self._request.items() if isinstance(source, fields.Integer)}
        return {name: int(value) if name in numbers else value for name, value in values.items()}

    @cached_property
    def _request(self) -> Mapping[str, fields.Field[Any]]:
        return self.operation.request().fields

    def _readable(self, name: str, value: str) -> bool:
        if name not in self._request:
            return True
        try:
            self._request[name].deserialize(value)
        except ValidationError:
            return False
        return True

    def order_link(self, column: Column, values: Values) -> str | None:
        """Return the address that orders the list by a column, the other way round when it is; None if it cannot."""
        offered = [order for order in (column.key, f"-{column.key}") if order in self.orders]
        if not offered:
            return None
        following = next((order for order in offered if order != values.get("sort")), offered[0])
        return f"{request.path}?{urlencode({**values, 'sort': following})}"

    def order_of(self, column: Column, values: Values) -> str | None:
        """Return how the list is ordered by a column, as `aria-sort` says it; None if it is not."""
        return {column.key: "ascending", f"-{column.key}": "descending"}.get(values.get("sort", ""))
