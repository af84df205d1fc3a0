"""The member's home, to-dos and messages: read from the gateway's own views, so they stand while services are away."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.listing import PAGE, Listing, listing
from gateway.portal.page_cache import render_shared
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.service_calls import Part, part_of
from gateway.read_models import home as home_view
from gateway.read_models import timeline, todos
from gateway.subjects.own.home import tasks
from gateway.subjects.own.home.front_pages import start

PAGES = PageTable()

_OF_REGISTRATIONS = ("activity_id", "activity", "state", "position")
_OF_TODOS = ("icon", "address", "text", "about", "overdue", "due_at")


@PAGES.get("/home")
@only()
def home() -> str | Response:
    """Show what concerns the member now."""
    account = signed_in()
    if not account.member_id:
        return start()
    view = part_of(lambda: home_view.of(account))
    found = view.data or {}
    welcome = found.get("welcome") or {}
    # Nothing but what the page shows: an id of the reader's own would have the page drawn for each reader.
    shown = {
        "problem": view.problem,
        "newcomer": (welcome.get("number") or "—") if welcome.get("is_newcomer") else None,
        "invitations": [one["activity"] for one in found.get("invitations", [])],
        "next_activities": found.get("next_activities", []),
        "entitlement_year": (found.get("entitlement_account") or {}).get("year"),
        "registrations": _parts(found.get("my_registrations", []), _OF_REGISTRATIONS),
        "todo_items": _parts(tasks.told(found.get("todos", [])), _OF_TODOS),
    }
    own = {"own_name": welcome.get("name") or account.username}
    return render_shared("portal/member/home.html", shown, own=own)


def _parts(items: list[dict[str, Any]], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{name: item[name] for name in names} for item in items]


@PAGES.get("/todos")
@only()
def todos_page() -> str:
    """Show everything the asker is to do, the most urgent first."""
    found = part_of(lambda: todos.of(current_principal(), cursor=request.args.get("cursor"), limit=PAGE))
    return render_template("portal/member/todos.html", list=listing(_told(found)))


def _told(found: Part) -> Part:
    if found.problem:
        return found
    return Part(data={**found.data, "items": tasks.told(found.items)})


@PAGES.get("/messages")
@only()
def messages() -> str:
    """Show what happened, newest first."""
    found = part_of(lambda: timeline.of(current_principal(), cursor=request.args.get("cursor"), limit=PAGE))
    shown: Listing = listing(found)
    return render_template("portal/member/messages.html", list=shown, news=tasks.news(shown.items))
