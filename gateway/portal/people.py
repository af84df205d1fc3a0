"""The reader of a page, guards by role, and names of people and units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.identity.current import SignedIn, current_account, current_principal
from gateway.portal.form_replay import resend_page
from gateway.portal.formats import name_of
from gateway.portal.service_calls import go
from gateway.rpc.calls import names_of, unit_names
from services.chassis.errors import NotAllowed

CONSOLE_ROLES = frozenset({"officer", "chair", "auditor"})
OFFICE_ROLES = frozenset({"officer", "auditor"})
"""Roles of the console for the whole union."""


def signed_in() -> SignedIn:
    """Return the reader's account; the guard of each page ensures that there is one."""
    account = current_account()
    if account is None:
        raise NotAllowed("Sign in first.")
    return account


def only(*roles: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Guard a page: redirect to the sign-in page without session, refuse without one of the roles."""

    def guard(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if current_account() is None:
                return to_sign_in()
            if roles and not current_principal().roles & set(roles):
                raise NotAllowed("This page belongs to another role.", rule="role_allows")
            return view(*args, **kwargs)

        guarded.roles = frozenset(roles)  # type: ignore[attr-defined]  # tests hold pages to them
        return guarded

    return guard


def to_sign_in() -> Response:
    """Redirect to the sign-in page and back here afterwards; the input of a form is kept."""
    if again := resend_page(401):
        return again
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return go(url_for("portal.sign_in", next=back))


def names(items: Iterable[dict[str, Any]], *keys: str) -> dict[str, str]:
    """Return names by member id for every id found under `keys`; empty while membership is away."""
    ids = {item.get(key) for item in items for key in keys}
    return names_of([found for found in ids if found])


def units() -> dict[str, dict[str, Any]]:
    """Return the union's units by id, read once per request."""
    if "portal_units" not in g:
        g.portal_units = unit_names()
    return g.portal_units


def unit_choices() -> dict[str, str]:
    """Return the units members belong to as choices, by code; closed ones are not offered."""
    return {unit_id: name_of(unit) for unit_id, unit in _by_code() if unit["kind"] == "unit" and unit["active"]}


def part_choices() -> dict[str, str]:
    """Return every open part of the union as choices, by code."""
    return {unit_id: name_of(unit) for unit_id, unit in _by_code() if unit["active"]}


def parent_choices() -> dict[str, str]:
    """Return the open parts of the union that can have others below them as choices, by code."""
    kinds = ("union", "unit")
    return {unit_id: name_of(unit) for unit_id, unit in _by_code() if unit["active"] and unit["kind"] in kinds}


def _by_code() -> list[tuple[str, dict[str, Any]]]:
    return sorted(units().items(), key=lambda entry: entry[1]["code"])


def own_unit_choices(role: str = "chair") -> dict[str, str]:
    """Return the units that the reader leads; all units for an officer."""
    principal = current_principal()
    if principal.has("officer"):
        return unit_choices()
    mine = {str(unit_id) for unit_id in principal.units(role)}
    return {unit_id: words for unit_id, words in unit_choices().items() if unit_id in mine}


def sees_unit(unit_id: str | None) -> bool:
    """Whether the reader may see data of a unit, or of the union itself without unit."""
    principal = current_principal()
    return principal.has("officer", "auditor") or unit_id in {str(one) for one in principal.units("chair")}


def leads_unit(unit_id: str | None) -> bool:
    """Whether the reader is an officer, or leads this unit."""
    principal = current_principal()
    return principal.has("officer") or unit_id in {str(one) for one in principal.units("chair")}


def activity_address(activity: Mapping[str, Any]) -> str:
    """Return the page of an activity: in the console for organisers and auditors, else the members' page."""
    page = "portal.console_activity" if sees_unit(activity["organiser_unit_id"]) else "portal.activity"
    return url_for(page, activity_id=activity["id"])


def unit_name(unit_id: str | None) -> str:
    """Return a unit's name; without unit that of the union itself."""
    if not unit_id:
        return gettext("校工会")
    return name_of(units().get(str(unit_id)))
