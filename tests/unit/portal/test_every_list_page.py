"""Every list page is drawn from its declaration: with an item as its contract has it, without any, service away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode
from uuid import UUID

import flask
import pytest

from gateway.identity.sessions import SignedIn
from gateway.portal import list_exports
from gateway.portal.columns import items_of
from gateway.portal.exporting import shown
from gateway.portal.list_pages import ListPage
from gateway.portal.service_calls import part_of
from gateway.subjects import SUBJECTS
from gateway.union_profile.profile import NOTHING_SET
from services.chassis.clock import today
from services.chassis.errors import Unavailable
from services.chassis.security.principal import Grant, Principal
from tests.support.example_replies import EXAMPLE_ID, example_of

PAGES = [page for subject in SUBJECTS for table in subject.pages for page in table.lists]
_ID = EXAMPLE_ID


def empty_reply(page: ListPage) -> dict[str, Any]:
    """Return the answer of a list's query that found nothing."""
    found = example_of(page.operation.reply_schema)
    return {name: [] if isinstance(value, list) else value for name, value in found.items()}


def drawn(
    portal: flask.Flask, page: ListPage, reply: dict[str, Any] | None, query: str = "", saved: Sequence[Any] = ()
) -> str:
    """Return the page with this answer of its query; other queries, or all of them, find their service away.

    Args:
        portal: an app with the portal.
        page: of the list.
        reply: of the query; None while its service is away.
        query: of the address.
        saved: what the reader saved of the list.
    """

    def answer(operation: Any, *_: Any, **__: Any) -> Any:
        if operation in own_queries(page) and reply is not None:
            return reply
        raise Unavailable("away")

    names = [part.strip("<>").partition(":")[2] for part in page.address.split("/") if part.startswith("<")]
    address = page.address
    for part in page.address.split("/"):
        address = address.replace(part, _ID) if part.startswith("<") else address
    with (
        portal.test_request_context(f"{address}?{query}"),
        patch.dict(page.__dict__, {"read": page.read and (lambda wanted: answer(page.operation))}),
        patch.dict(page.__dict__, {"listed": lambda about: True}),
        patch.dict(page.__dict__, {"across": page.across and replace(page.across, ask=answer)}),
        patch("gateway.portal.list_pages.part", lambda *asked: part_of(lambda: answer(*asked))),
        patch("gateway.portal.service_calls.call", answer),
        patch("gateway.rpc.deadlines.settings"),
        patch("gateway.portal.list_pages.names", lambda *_: {}),
        patch("gateway.portal.list_pages.call", lambda operation, _: example_of(operation.reply_schema)),
        patch("gateway.subjects.governance.ballots.words.names_of", lambda _: {}),
        patch("gateway.subjects.own.accounts.slips.figures", lambda _: {"items": []}),
        patch("gateway.subjects.activities.clubs.list_pages.whole_names_of", lambda _: {}),
        patch("gateway.subjects.activities.check_in.attendance_pages.names", lambda *_: {}),
        patch("gateway.portal.list_pages.saved_filters.of_list", lambda *_: saved),
        patch("gateway.portal.layout.home.todo_count", lambda _: 0),
        patch("gateway.portal.header.viewer_summary.of", lambda _: {"unread": 3}),
        patch("gateway.portal.layout.profile.current", lambda: NOTHING_SET),
        patch("gateway.subjects.own.failed_events.reconciliation_pages.ask", answer),
    ):
        flask.g.portal_units, flask.g.portal_benefits = {}, {}
        flask.g.signed_in = somebody(page.roles)
        return page.show(dict.fromkeys(names, _ID))


def own_queries(page: ListPage) -> tuple[Any, ...]:
    """Return the query of a list, of every service that answers it."""
    return (page.operation,) if page.across is None else tuple(page.across.operations.values())


def somebody(roles: tuple[str, ...]) -> SignedIn:
    """Return somebody signed in who has these roles."""
    principal = Principal("account", account_id=UUID(_ID), grants=tuple(Grant(role) for role in roles))
    until = datetime(2199, 1, 1, tzinfo=UTC)
    return SignedIn(UUID(_ID), UUID(_ID), "somebody", None, None, None, None, None, "person", until, principal)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.endpoint)
def test_a_list_shows_a_row_with_every_column_and_what_can_be_done_with_it(portal, page):
    html = drawn(portal, page, example_of(page.operation.reply_schema))
    with portal.test_request_context():
        headings = [str(column.heading) for column in page.shown_columns[1:] if column.how != "actions"]
    assert [heading for heading in headings if f'data-label="{heading}"' not in html] == []
    can_be_printed = "data-print" in html or (page.prints_all and "rows=all" in html)
    assert can_be_printed == (page.layout == "console")
    assert (f'/console/export/{page.export_name}"' in html) == (page.export is not None)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.endpoint)
def test_an_empty_list_says_so(portal, page):
    html = drawn(portal, page, empty_reply(page))
    assert ('<div class="empty">' in html, "<tbody>" in html) == (True, False)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.endpoint)
def test_a_list_stands_while_its_service_is_away(portal, page):
    assert "part-down" in drawn(portal, page, None)


NO_FILE = {
    "announcements",
    "notice_stops",
    "notice_robots",
    "jobs",
    "failed_events",
    "import_",
    "disputes",
    "dismissals",
    "members",
    "retirements",
    "dues_arrears",
    "member_dues",
    "activity_answers",
    "pending_registrations",
}
"""Lists of the console without a file of their own: of the system, sealed, or with a file of another kind."""


def test_every_other_list_of_the_console_can_be_had_as_a_file():
    assert {page.endpoint for page in PAGES if page.layout == "console" and page.export is None} - NO_FILE == set()


_TYPED = {"search": "x", "date": "2026-03-01", "moment": "2026-03-01", "month": "2026-03", "number": "2026"}


def a_choice(page: ListPage) -> tuple[str, str] | None:
    """Return a filter with a value that the list offers and that does not hold anyway, else one of its orders."""
    for spec in page.filter_fields:
        if spec.control == "select" and spec.offered:
            usual = page.complete({}).get(spec.name)
            return spec.name, next(str(value) for value in spec.offered if str(value) != usual)
        if spec.control in _TYPED:
            return spec.name, _TYPED[spec.control]
    return ("sort", page.orders[0]) if page.orders else None


def test_the_year_that_holds_anyway_is_no_filter(portal):
    page = next(page for page in PAGES if page.endpoint == "budget")
    reply = empty_reply(page)

    usual = drawn(portal, page, reply, f"year={today().year}")
    assert "清除条件" not in usual
    assert 'action="/me/saved-filters"' not in usual
    assert "清除条件" in drawn(portal, page, reply, f"year={today().year - 1}")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.endpoint)
def test_what_was_chosen_can_be_saved_under_a_name_and_found_again(portal, page):
    away = patch("gateway.portal.service_calls.call", side_effect=Unavailable("away"))
    with portal.test_request_context(), away, patch("gateway.rpc.deadlines.settings"):
        flask.g.portal_units = {}
        choice = a_choice(page)
    reply = empty_reply(page)
    if choice is None:
        assert "saved-filters" not in drawn(portal, page, reply, saved=[{"id": _ID, "name": "常看的", "filters": {}}])
        return
    name, value = choice
    query = urlencode({name: value})
    assert 'action="/me/saved-filters"' not in drawn(portal, page, reply)
    html = drawn(portal, page, reply, query)
    assert f'name="filter-{name}" value="{value}"' in html
    assert f'name="list" value="{page.endpoint}"' in html
    html = drawn(portal, page, reply, query, [{"id": _ID, "name": "常看的", "filters": {name: value}}])
    assert f'{query}" aria-current="true">常看的</a>' in html
    assert f'action="/me/saved-filters/{_ID}/delete"' in html
    assert 'action="/me/saved-filters"' not in html


@pytest.mark.parametrize("page", [page for page in PAGES if page.export], ids=lambda page: page.endpoint)
def test_a_file_of_a_list_has_a_cell_for_every_heading(portal, page):
    what = page.exportable
    with portal.test_request_context():
        flask.g.portal_units, flask.g.portal_benefits, flask.g.portal_lines = {}, {}, {}
        items = list_exports._values(what, [example_of(items_of(page.operation))])
        row = next(shown(what, items, {}))
        assert len(row) == len(what.cells)
        assert all(str(column.heading) for column in what.cells)
