"""Tables of pages: the address of each view, declared beside the view and added to the portal by the app."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Blueprint

if TYPE_CHECKING:
    from gateway.portal.list_pages import ListPage

View = TypeVar("View", bound=Callable[..., Any])


class PageTable:
    """The pages of a module; its decorators are used like those of a blueprint. A view's name is its endpoint."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, list[str], Callable[..., Any]]] = []
        self.lists: list[ListPage] = []

    def route(self, address: str, methods: Sequence[str]) -> Callable[[View], View]:
        """Use the view for these methods of an address."""

        def note(view: View) -> View:
            self._rows.append((address, list(methods), view))
            return view

        return note

    def get(self, address: str) -> Callable[[View], View]:
        """Use the view for GET."""
        return self.route(address, ["GET"])

    def post(self, address: str) -> Callable[[View], View]:
        """Use the view for POST."""
        return self.route(address, ["POST"])

    def add_list(self, page: ListPage) -> ListPage:
        """Answer GET of the address of a list page with it; return the page."""
        self.lists.append(page)
        self._rows.append((page.address, ["GET"], page.view()))
        return page

    @property
    def endpoints(self) -> list[str]:
        """Of the pages, without "portal."."""
        return [view.__name__ for _, _, view in self._rows]

    def add_to(self, blueprint: Blueprint) -> None:
        """Add the pages to a blueprint."""
        for address, methods, view in self._rows:
            blueprint.add_url_rule(address, view.__name__, view, methods=methods)
