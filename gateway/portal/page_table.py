"""Tables of pages: which address a view answers, noted where the view stands and hung on the portal by the app."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import Blueprint

View = TypeVar("View", bound=Callable[..., Any])


class PageTable:
    """The pages of a module; its decorators are used as those of a blueprint are. A view's name is its endpoint."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, list[str], Callable[..., Any]]] = []

    def route(self, address: str, methods: Sequence[str]) -> Callable[[View], View]:
        """Answer these methods of an address with the view."""

        def note(view: View) -> View:
            self._rows.append((address, list(methods), view))
            return view

        return note

    def get(self, address: str) -> Callable[[View], View]:
        """Answer GET with the view."""
        return self.route(address, ["GET"])

    def post(self, address: str) -> Callable[[View], View]:
        """Answer POST with the view."""
        return self.route(address, ["POST"])

    def add_to(self, blueprint: Blueprint) -> None:
        """Hang the pages on a blueprint."""
        for address, methods, view in self._rows:
            blueprint.add_url_rule(address, view.__name__, view, methods=methods)
