"""List pages: one declaration for the filters, the table, its order, its empty state, the file and the print.

The page, its export and the tests read the declaration. What a list needs beyond it stands in a template of its own
that extends `portal/list.html` and fills its blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for
from marshmallow import ValidationError, fields

from gateway.identity import saved_filters
from gateway.identity.current import current_account, current_principal
from gateway.portal.columns import Column, completed, items_of, members_shown
from gateway.portal.exporting import Exportable
from gateway.portal.form_fields import Field, completed_fields
from gateway.portal.list_parts import Across as Across
from gateway.portal.list_parts import Batch as Batch
from gateway.portal.list_parts import ListExport as ListExport
from gateway.portal.list_parts import PageLink as PageLink
from gateway.portal.list_parts import Shown as Shown
from gateway.portal.list_parts import Values as Values
from gateway.portal.listing import ListingAcross, asked, chosen, every_item, listing, listing_across
from gateway.portal.offered import may_open
from gateway.portal.page_cache import render_shared, stamp_of
from gateway.portal.people import names, only
from gateway.portal.rules_in_force import missing_by_topic
from gateway.portal.service_calls import Part, part, part_of
from gateway.rpc.calls import call
from services.chassis.schema import Operation
from services.chassis.vocabulary import words_of


@dataclass(frozen=True)
class ListPage:
    """A page that lists what a query answers.

    Args:
        endpoint: of the page, without "portal.".
        address: of the page.
        operation: the query.
        title: of the page; what `more` returns under this name wins.
        columns: what the table shows, in order; a name stands for the field as the contract has it. The first column
            heads the row.
        roles: who sees the page.
        filters: what can be filtered by; a name stands for the field of the query as the contract has it.
        lead: a sentence below the title; what `more` returns under this name wins.
        empty: what is said when nothing is found.
        icon: of the empty list.
        links: in the head of the page.
        link: endpoint of the page of one item, which the first column links to; None for none.
        argument: of that page's address that takes the id: the item's field of this name, else its `id`.
        of_unit: the item's field with the unit whose readers may open its page; None where every reader may.
        along: further fields of the item that the address takes, by the same name.
        back: endpoint and words of the page above this one; address and words under this name in `more` win.
        complete: adds to the filters that were chosen what holds where none is; returns them all.
        payload: makes the query's request of the filters; None when each filter is a field of the request.
        read: answers the query where the gateway does so itself; None for another service's.
        across: how the query is asked of several services; None when one service answers it.
        about: the query of what the page is about, asked with what the address names; None for no such thing.
        listed: whether there is a list on the page, from the answer of `about`.
        more: returns what the page's own template needs beyond the list.
        template: of the page.
        layout: of the page, "console" or "member"; only in the console lists are printed.
        shared: whether readers with the same roles who are shown the same share the page once it is drawn.
        macros: template with the macros of the columns; None when no column has one.
        export: how the list can be had as a file; None when it cannot.
        batch: what can be done to many items at once; None for nothing.
        topics: of the rules that work on the page goes by; who may set them is told on it which are missing.
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
    of_unit: str | None = None
    along: tuple[str, ...] = ()
    back: tuple[str, Any] | None = None
    complete: Callable[[Values], Values] = field(default=lambda values: values)
    payload: Callable[[Values], dict[str, Any]] | None = None
    read: Callable[[Mapping[str, Any]], dict[str, Any]] | None = None
    across: Across | None = None
    about: Operation | None = None
    listed: Callable[[Any], bool] = field(default=lambda about: True)
    more: Callable[[Shown], dict[str, Any]] = field(default=lambda shown: {})
    template: str = "portal/list.html"
    layout: str = "console"
    shared: bool = False
    macros: str | None = None
    export: ListExport | None = None
    batch: Batch | None = None
    topics: tuple[str, ...] = ()

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        """The columns, completed from the contract."""
        return completed(self.columns, items_of(self.operation))

    @cached_property
    def shown_columns(self) -> tuple[Column, ...]:
        """The columns of the page."""
        return tuple(column for column in self.all_columns if column.on_page)

    def columns_for(self, items: Sequence[Mapping[str, Any]]) -> list[Column]:
        """Return the columns the page shows of items: without the optional ones that would be empty."""
        return [
            one for one in self.shown_columns if not one.optional or any(one.of(item) is not None for item in items)
        ]

    def address_of(self, item: Mapping[str, Any]) -> str | None:
        """Return the address of an item's page; None when the list links to none that the reader may open."""
        if self.link is None or self.argument is None:
            return None
        if not (may_open(self.link, item[self.of_unit]) if self.of_unit else may_open(self.link)):
            return None
        named = {self.argument: item.get(self.argument, item.get("id")), **{name: item[name] for name in self.along}}
        return url_for(f"portal.{self.link}", **named)

    @cached_property
    def filter_fields(self) -> list[Field]:
        """The filters, completed from the contract."""
        return completed_fields(self.filters, self._request, of_filter=True)

    @cached_property
    def orders(self) -> tuple[str, ...]:
        """The orders the query offers; one that begins with a hyphen is the other way round."""
        sort = self._request.get("sort")
        return words_of(sort) if sort is not None else ()

    @cached_property
    def exportable(self) -> Exportable | None:
        """The list as a file; None when it cannot be had as one."""
        if self.export is None:
            return None
        columns = tuple(column for column in self.all_columns if column.in_file)
        roles = self.export.roles or frozenset(self.roles)
        title = self.export.title or self.title
        return Exportable(title, self.operation, columns, roles, self.export.personal, self.read, self.request_of)

    @property
    def export_name(self) -> str:
        """Name of the list in the address of its file."""
        return (self.export.name if self.export else "") or self.endpoint

    def view(self) -> Callable[..., str]:
        """Return the view of the page, guarded by its roles; what its address names is a part of the request."""

        def show(**named: Any) -> str:
            return self.show({name: str(value) for name, value in named.items()})

        show.__name__, show.__doc__ = self.endpoint, str(self.operation.doc)
        return only(*self.roles)(show)

    def show(self, named: Mapping[str, str] | None = None, **more: Any) -> str:
        """Answer the page as it was asked for.

        Args:
            named: what the address names, a part of the request.
            more: for the page's own template.
        """
        values, named = self.chosen(), named or {}
        about = call(self.about, dict(named)) if self.about else None
        found, across = self._asked(values, named) if self.listed(about) else (None, None)
        added = {**self._saved(values), **self.more(Shown(found or Part(), values, named, about)), **more}
        fixed = partial(self._fixed, Shown(found or Part(), values, named, about), found is not None, across)
        if not self.shared:
            return render_template(self.template, **{**fixed(), **added})
        key = {"found": stamp_of(found or Part()), "values": values, "roles": sorted(current_principal().roles)}
        return render_shared(self.template, {**key, **added}, more=lambda: {**fixed(), **added})

    def _asked(self, values: Values, named: Mapping[str, str]) -> tuple[Part, ListingAcross | None]:
        """Return what was found, and where several services were asked, how they answered."""
        if self.across is not None:
            one = self.across
            across = listing_across(one.operations, one.ask, values, latest=one.latest)
            return Part({"items": across.list.items, "away": across.away}), across
        counted = {"with_total": True} if "with_total" in self._request else {}
        if self.prints_all and request.args.get("rows") == "all":
            return part_of(partial(every_item, self.operation, {**self.request_of(values), **named})), None
        paging = asked() if "limit" in self._request else {}
        wanted = {**paging, **counted, **self.request_of(values), **named}
        return part(self.operation, wanted) if self.read is None else part_of(partial(self.read, wanted)), None

    def _fixed(self, shown: Shown, listed: bool, across: ListingAcross | None) -> dict[str, Any]:
        """Return what the template of every list page needs."""
        roles, found, values = current_principal().roles, shown.found, shown.values
        return {
            "page": self,
            "title": self.title,
            "lead": self.lead,
            "back": (url_for(f"portal.{self.back[0]}"), self.back[1]) if self.back else None,
            "links": [one for one in self.links if (not one.roles or one.roles & roles) and may_open(one.endpoint)],
            "may_export": self.exportable is not None and bool(self.exportable.roles & roles),
            "named": shown.named,
            "about": shown.about,
            "list": (across.list if across else listing(found, values)) if listed else None,
            "across": across,
            "filters": self.filter_fields,
            "values": values,
            "narrowed": self.narrowed(),
            "all_rows": f"{request.path}?{urlencode({**values, 'rows': 'all'})}" if self.prints_all else None,
            "left_out": bool((found.data or {}).get("more")),
            "unruled": missing_by_topic(self.operation.service, self.topics) if self.topics else {},
            "people": names(found.items, *members_shown(self.all_columns)),
            "batch": self.batch if self.batch and self.batch.offered(roles, found.items, values) else None,
        }

    def chosen(self) -> Values:
        """Return the filters and the order that were chosen, and what holds where none was.

        What the query cannot read counts as not chosen.
        """
        return self.complete(self.readable(request.args))

    def narrowed(self) -> Values:
        """Return what was chosen beyond what holds where nothing is: this year's budget is the whole list."""
        usual = self.complete({})
        return {name: value for name, value in self.readable(request.args).items() if usual.get(name) != value}

    def readable(self, given: Mapping[str, str]) -> Values:
        """Return the filters and the order that the list has, of values by name; others are left out."""
        order = given.get("sort", "")
        found = {name: v for name, v in chosen(self.filter_fields, given).items() if self._readable(name, v)}
        return {**found, **({"sort": order} if order in self.orders else {})}

    def saved_part(self, values: Values) -> Values:
        """Return the filters that can be saved under a name: not what the form hides, as the month of a page."""
        hidden = {spec.name for spec in self.filter_fields if spec.control == "hidden"}
        return {name: value for name, value in values.items() if name not in hidden}

    @property
    def prints_all(self) -> bool:
        """Whether all rows can be shown for printing; where people stand in them, an export asks for the purpose."""
        return "limit" in self._request and self.read is None and self.export is not None and not self.export.personal

    def _saved(self, values: Values) -> dict[str, Any]:
        """Return the reader's saved filters of the list as links, and what can be saved now."""
        account, chosen_now = current_account(), self.saved_part(self.readable(request.args))
        narrowed = self.saved_part(self.narrowed())
        offered = self.orders or any(
            spec.offered if spec.control == "select" else spec.control != "hidden" for spec in self.filter_fields
        )
        if account is None or not offered:
            return {"saved_filters": [], "savable": {}}
        kept = {name: value for name, value in values.items() if name not in self.saved_part(values)}
        saved = [
            {
                "id": str(one["id"]),
                "name": one["name"],
                "address": f"{request.path}?{urlencode({**kept, **one['filters']})}",
                "current": one["filters"] == chosen_now,
            }
            for one in saved_filters.of_list(account.account_id, self.endpoint)
        ]
        return {"saved_filters": saved, "savable": {} if any(one["current"] for one in saved) else narrowed}

    def request_of(self, values: Values) -> dict[str, Any]:
        """Return the query's request for the filters."""
        if self.payload is not None:
            return self.payload(values)
        numbers = {name for name, source in self._request.items() if isinstance(source, fields.Integer)}
        return {name: int(value) if name in numbers else value for name, value in values.items()}

    @cached_property
    def _request(self) -> Mapping[str, fields.Field[Any]]:
        return self.operation.request_schema.fields

    def _readable(self, name: str, value: str) -> bool:
        try:
            self._request[name].deserialize(value)
        except (KeyError, ValidationError):
            return name not in self._request
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
