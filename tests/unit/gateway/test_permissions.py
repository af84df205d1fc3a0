"""The table of permissions is what gateway and pages do: every route and page is tried as every role and as nobody."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gateway.http import rate_limits
from gateway.http.browser_security import csrf
from gateway.permissions import Permission, table
from gateway.portal import navigation
from gateway.portal.people import CONSOLE_ROLES
from gateway.rpc import caching
from gateway.subjects import SUBJECTS
from services.chassis.errors import NotFound
from services.chassis.schema import ACCOUNT, PROGRAM, PUBLIC, ROLES, Operation
from services.chassis.security.principal import Grant, Principal, authorise
from services.contracts.failed_events import OF_SERVICE
from services.contracts.gateway.permissions import HOLDERS, PERMISSION_SUBJECTS
from services.contracts.jobs import JOBS_OF
from services.contracts.published_events import RECONCILIATION_OF
from services.contracts.scopes import SCOPES
from tests.support.example_replies import empty_reply
from tests.unit.gateway.conftest import FakeClient

ROWS = table(SUBJECTS)
NOBODY = "00000000-0000-7000-8000-000000000000"
_PLACES = ((r"<uuid:\w+>", NOBODY), (r"<int:\w+>", "2023"), (r"<any\('?([\w-]+)[^>]*>", r"\1"), (r"<[^>]+>", "x"))
CALLERS = (*ROLES, *SCOPES, None)
READERS = (*CONSOLE_ROLES, "member", "ops", "applicant", None)
"""Roles that pages tell apart; all other roles see what a member sees."""
NOTHING_YET = {"governance.get_board": {"head": {"entries": 0}}}
"""What lists of nothing hold beside, where a page counts on it."""
_OF_EVERY_SERVICE = (JOBS_OF, OF_SERVICE, RECONCILIATION_OF)


def address(path: str) -> str:
    """A path with something in each place."""
    for place, thing in _PLACES:
        path = re.sub(place, thing, path)
    return path


@pytest.fixture
def session_of(sign_in, database):
    """`session_of("chair")` returns the headers of somebody with this role, of a program for a scope or "hr"."""

    def make(role: str | None) -> dict[str, str]:
        if role is None:
            return {}
        if role == "applicant":
            return sign_in(member=False).headers
        if role == "hr" or role in SCOPES:
            return program(database, role)
        return sign_in(*([] if role == "member" else [role])).headers

    return make


def program(database: Any, role: str) -> dict[str, str]:
    """Headers of another system's session, with a scope or the role of the HR system."""
    from gateway.identity import sessions
    from gateway.identity.tables import Account
    from services.chassis.database.transaction import transaction

    held = {"program_role": "hr"} if role == "hr" else {"program_role": "reader", "program_scopes": role}
    with transaction(database) as tx:
        made = Account(username=f"of-{role}", password_hash="-", created_at=tx.now, password_changed_at=tx.now, **held)
        tx.session.add(made)
        tx.session.flush()
        token, _ = sessions.open_session(tx, made.id, "program")
    return {"Authorization": f"Bearer {token}"}


def roles_of(role: str | None) -> set[str]:
    """What the table may name for somebody with this role."""
    if role is None:
        return {PUBLIC}
    if role == "hr" or role in SCOPES:
        return {PUBLIC, PROGRAM, role}
    return {PUBLIC, ACCOUNT, role, *([] if role == "applicant" else ["member"])}


@pytest.mark.parametrize("role", CALLERS, ids=str)
def test_every_route_lets_in_whom_the_table_names_and_nobody_else(http: FlaskClient, session_of, role):
    headers, held = session_of(role), roles_of(role)
    wrong = []
    for row in ROWS:
        rate_limits.forget_counts()
        given = {"query_string": {"no_such_field": "1"}} if row.route.reads_query else {"json": {"no_such_field": "1"}}
        answer = http.open("/api/v1" + address(row.route.path), method=row.route.method, headers=headers, **given)
        refused = answer.status_code == 401 or (answer.get_json(silent=True) or {}).get("rule") == "role_allows"
        if refused == bool({name for name, _ in row.grants} & held):
            wrong.append((row.route.method, row.route.path, answer.status_code))
    assert wrong == []


class AskedServices(FakeClient):
    """Services that authorise as they do, and answer with what their contract has."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []

    def call(self, operation: Operation, payload: Any, context: Any, deadline: float | None = None) -> Any:
        try:
            authorise(context.principal, operation)
        except Exception:
            self.refused.append(operation.id)
            raise
        if "items" not in operation.reply_schema.fields:
            raise NotFound("Nothing is here.")
        return {**empty_reply(operation.reply_schema), **NOTHING_YET.get(operation.id, {})}


@pytest.fixture
def services() -> AskedServices:
    return AskedServices()


def pages(app: Flask, method: str) -> list[tuple[str, str, frozenset[str] | None]]:
    """Address, endpoint and roles of the pages with a method; no roles for a page anybody may see."""
    return [
        (address(rule.rule), rule.endpoint, getattr(app.view_functions[rule.endpoint], "roles", None))
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("portal.") and method in (rule.methods or ())
    ]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("role", READERS, ids=str)
def test_every_page_opens_for_its_roles_and_asks_for_nothing_they_may_not(
    app_with_portal: Flask, services: AskedServices, session_of, monkeypatch, role, method
):
    monkeypatch.setattr(csrf, "protect", lambda: None)
    headers, held, wrong = session_of(role), roles_of(role), []
    client = app_with_portal.test_client()
    for path, endpoint, roles in pages(app_with_portal, method):
        if endpoint == "portal.sign_out":
            continue
        caching.clear_all()
        rate_limits.forget_counts()
        services.refused.clear()
        answer = client.open(path, method=method, headers=headers)
        # Pages anybody may see lead to the sign-in page themselves, as the second step without a first one does.
        sent_away = "/sign-in" in answer.headers.get("Location", "") or answer.status_code == 401
        to_sign_in = sent_away and roles is not None
        refused = answer.status_code == 403 or to_sign_in
        may = roles is None or (role is not None and (not roles or bool(roles & held)))
        # What a form asks for depends on what was chosen in it, and an empty one chooses nothing.
        beyond = method == "GET" and services.refused
        if refused == may or (may and beyond):
            wrong.append((endpoint, answer.status_code, list(services.refused)))
    assert wrong == []


@pytest.mark.parametrize("role", sorted({*ROLES, "member"}))
def test_no_menu_offers_a_page_that_refuses(app_with_portal: Flask, role):
    held = frozenset(roles_of(role))
    with app_with_portal.test_request_context("/"):
        console = [entry for group in navigation.console_menu(held) for entry in group.entries]
        offered = {entry.address for entry in (*navigation.member_menu(), *console)}
    open_to = {path: roles for path, _, roles in pages(app_with_portal, "GET")}
    assert [path for path in offered if (roles := open_to[path]) and not roles & held] == []


def test_a_page_of_a_list_is_for_those_who_may_ask_for_the_list():
    asked = {page.endpoint: (page.about or page.operation).allow for page in SUBJECTS.lists.values()}
    assert [
        page.endpoint
        for page in SUBJECTS.lists.values()
        if not asked[page.endpoint] & {PUBLIC, ACCOUNT} and not set(page.roles) <= asked[page.endpoint]
    ] == []


def test_every_row_says_in_words_what_may_be_done():
    several = {one.id for table in _OF_EVERY_SERVICE for of in table.values() for one in vars(of).values()}
    own = [(row.subject, row.operation.title) for row in ROWS if row.operation.id not in several]
    assert [row.operation.id for row in ROWS if not row.operation.title] == []
    assert [title for title, count in Counter(own).items() if count > 1] == [("rules", "预览规则变动的影响")]


def test_the_table_has_words_for_all_it_names():
    assert set(PERMISSION_SUBJECTS) == {row.subject for row in ROWS}
    assert {role for row in ROWS for role, _ in row.grants} <= set(HOLDERS)
    assert all(row.grants for row in ROWS)


def test_a_reach_is_declared_only_where_it_is_not_the_usual_one():
    from dataclasses import replace

    same = [row.operation.id for row in ROWS if _says_what_is_usual(row, replace(row.operation, reach={}))]
    assert same == []


def _says_what_is_usual(row: Permission, plain: Operation) -> bool:
    return any(plain.reaches.get(role) == reach for role, reach in row.operation.reach.items())


def test_somebody_is_told_the_grants_they_hold(http: FlaskClient, sign_in):
    chair = http.get("/api/v1/me/permissions?role=chair&limit=100", headers=sign_in("chair").headers).get_json()
    member = http.get("/api/v1/me/permissions?role=chair", headers=sign_in().headers).get_json()
    told = {one["id"]: one["grants"] for one in chair["items"]}
    assert told["membership.list_members"] == [{"role": "chair", "reach": "unit"}]
    assert {grant["role"] for grants in told.values() for grant in grants} <= {"chair", "member", "account", "public"}
    assert member["items"] == []


def test_the_table_comes_in_pages_and_is_searched(http: FlaskClient, sign_in):
    headers, cursor, seen = sign_in("auditor").headers, "", []
    while cursor is not None:
        page = http.get(f"/api/v1/permissions?limit=100&cursor={cursor}", headers=headers).get_json()
        seen, cursor = [*seen, *(one["id"] for one in page["items"])], page["next_cursor"]
    assert seen == [row.operation.id for row in ROWS]
    assert http.get("/api/v1/permissions?cursor=of-nobody", headers=headers).status_code == 422
    found = http.get("/api/v1/permissions?q=会费&kind=command&role=officer", headers=headers).get_json()["items"]
    assert found
    assert {(one["kind"], "会费" in one["title"]) for one in found} == {("command", True)}


def test_own_permissions_follow_the_roles_of_a_principal():
    row = next(row for row in ROWS if row.operation.id == "membership.get_application")
    officer = Principal("account", grants=(Grant("officer"),))
    assert row.grants_for(officer) == (("account", "own"), ("officer", "union"))
    assert row.grants_for(Principal("program", grants=(Grant("reader"),))) == ()
