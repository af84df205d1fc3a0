"""The member's home and to-dos: read from the gateway's own views, so they stand while services are away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.form_fields import Field
from gateway.portal.list_pages import ListPage, Shown
from gateway.portal.page_cache import render_shared
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, signed_in
from gateway.portal.service_calls import carry_out, part_of
from gateway.read_models import home as home_view
from gateway.read_models import todo_groups, todos
from gateway.subject import installed
from gateway.subjects.own.home import api, hints, tasks
from gateway.subjects.own.home.front_pages import start
from services.contracts.gateway.views import list_todos

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
        "hint_texts": hints.of_home(account),
        "newcomer": (welcome.get("number") or "—") if welcome.get("is_newcomer") else None,
        "invitations": [one["activity"] for one in found.get("invitations", [])],
        "next_activities": found.get("next_activities", []),
        "entitlement_year": (found.get("entitlement_account") or {}).get("year"),
        "registrations": _parts(found.get("my_registrations", []), _OF_REGISTRATIONS),
        "todo_items": _parts(tasks.told(found.get("todos", []), detailed=False), _OF_TODOS),
    }
    own = {"own_name": welcome.get("name") or account.username}
    return render_shared("portal/member/home.html", shown, own=own)


@PAGES.post("/me/hints/dismiss")
@only()
def dismiss_hints() -> Response:
    """Show the hints of a page to this account no more."""
    page = request.form.get("page", "")
    then = url_for("portal.workbench" if page == "workbench" else "portal.home")
    return carry_out(lambda: api.answer_hints({"page": page}), done="", then=then)


def _parts(items: list[dict[str, Any]], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{name: item[name] for name in names} for item in items]


def _read_todos(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of one kind, or the first of every kind with their groups."""
    reader = current_principal()
    if kind := wanted.get("kind"):
        return todos.of(reader, kind=kind, cursor=wanted.get("cursor"), limit=wanted["limit"])
    groups = todo_groups.of(reader)
    items = [item for group in groups for item in group["items"]]
    return {"items": items, "groups": groups, "total": sum(group["count"] for group in groups)}


def _in_words(shown: Shown) -> dict[str, Any]:
    """Return the to-dos with who and what they are about."""
    kind, found = shown.values.get("kind"), shown.found.data or {}
    if kind is None:
        return {"groups": tasks.grouped(found.get("groups", [])), "filters": []}
    group = {"kind": kind, "count": shown.found.total, "overdue": 0, "items": shown.found.items}
    return {"groups": tasks.grouped([group]), "title": tasks.kind_words(kind, installed().todos[kind]), "filters": []}


TODOS = PAGES.add_list(
    ListPage(
        "todos_page",
        "/todos",
        list_todos,
        _l("待办"),
        (),
        (),
        filters=(Field("kind", control="hidden"),),
        empty=_l("没有待办事项。"),
        icon="check-circle",
        read=_read_todos,
        more=_in_words,
        layout="member",
        template="portal/member/todos.html",
    )
)
