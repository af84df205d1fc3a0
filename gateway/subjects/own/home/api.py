"""Oneself: who one is, home, to-dos, timeline, own registrations, password; and the calendar everybody shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.http.routes import Rendered, Route, render
from gateway.identity import accounts, new_password
from gateway.identity.acting import summary_of
from gateway.identity.current import current_principal, require_account
from gateway.own_operations import carry_out, checked_request
from gateway.read_models import activities, calendar, home, registrations, timeline, todos
from services.chassis import clock
from services.contracts.activities.registration.operations import my_invitations, my_registrations
from services.contracts.gateway import views
from services.contracts.gateway.hints import dismiss_hints
from services.contracts.gateway.identity import change_password, choose_language, who_am_i
from services.contracts.membership.joining.operations import my_applications
from services.contracts.welfare.birthdays import my_birthday_grants
from services.contracts.welfare.entitlements import my_entitlements
from services.contracts.welfare.visits.operations import my_visits


def _who_am_i(_payload: dict[str, Any]) -> dict[str, Any]:
    return summary_of(require_account())


def _home(_payload: dict[str, Any]) -> dict[str, Any]:
    return home.of(require_account())


def _todos(payload: dict[str, Any]) -> dict[str, Any]:
    return todos.of(current_principal(), kind=payload.get("kind"), cursor=payload.get("cursor"), limit=payload["limit"])


def _timeline(payload: dict[str, Any]) -> dict[str, Any]:
    return timeline.of(current_principal(), cursor=payload.get("cursor"), limit=payload["limit"])


def _registrations(payload: dict[str, Any]) -> dict[str, Any]:
    member_id = require_account().member_id
    return {"items": [] if member_id is None else registrations.of(member_id, upcoming=payload["upcoming"])}


def _calendar(payload: dict[str, Any]) -> Rendered:
    today = clock.today()
    year, month = payload.get("year") or today.year, payload.get("month") or today.month
    rendered: Rendered = activities.remembered(("calendar", year, month), lambda: render(calendar.month(year, month)))
    return rendered


def _change_password(payload: dict[str, Any]) -> dict[str, Any]:
    account = require_account()
    new_password.change_password(account, payload["current"], payload["new"])
    return {}


def answer_hints(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Dismiss hints for the account that is signed in. Raises `InvalidInput` for a page that has none."""
    request = {**checked_request(dismiss_hints, payload), "account_id": require_account().account_id}
    return carry_out(dismiss_hints, lambda tx, asked: accounts.dismiss_hints(tx, **asked), request)


def _choose_language(payload: dict[str, Any]) -> dict[str, Any]:
    accounts.choose_language(require_account().account_id, payload["language"])
    return {}


ROUTES = (
    Route("GET", "/me", who_am_i, answer=_who_am_i),
    Route("GET", "/me/home", views.get_home, answer=_home),
    Route("GET", "/me/todos", views.list_todos, answer=_todos),
    Route("GET", "/me/timeline", views.list_timeline, answer=_timeline),
    Route("GET", "/me/registrations", views.list_own_registrations, answer=_registrations),
    Route("GET", "/me/registrations/history", my_registrations),
    Route("GET", "/me/invitations", my_invitations),
    Route("GET", "/me/applications", my_applications),
    Route("GET", "/me/entitlements", my_entitlements),
    Route("GET", "/me/birthday-grants", my_birthday_grants),
    Route("GET", "/me/visits", my_visits),
    Route("PUT", "/me/password", change_password, 204, answer=_change_password, limit="20/minute"),
    Route("PUT", "/me/language", choose_language, 204, answer=_choose_language),
    Route("POST", "/me/hints/dismiss", dismiss_hints, 204, answer=answer_hints),
    Route("GET", "/calendar", views.get_calendar, answer=_calendar),
)
