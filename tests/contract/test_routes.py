"""Operations and HTTP routes: each promise has one address, one owner who answers it, and the same roles everywhere."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask
from marshmallow import fields

from gateway.http import routes as routing
from services.chassis.errors import NotAllowed, NotSignedIn
from services.chassis.schema import ACCOUNT, PROGRAM, PUBLIC, ROLES, SCOPE, SYSTEM, Empty, command
from services.chassis.security.principal import ANONYMOUS, Grant, Principal
from services.contracts.membership.person import SENSITIVE_FIELDS
from services.contracts.membership.record.fields import MASKED_FIELDS
from services.contracts.scopes import SCOPES
from tests.contract.promises import all_routes, answered, committed, operations

# What no outsider asks for: services ask each other, or the gateway asks while it makes an answer.
INTERNAL = {
    "activities.check_registrations": "the gateway answers members who look at one activity together",
    "activities.count_article_read": "the gateway counts that a page of an article was opened",
    "activities.news_feed": "the gateway writes the feeds that everybody may read",
    "activities.register_batch": "the gateway decides registrations for one activity together",
    "governance.cast_votes": "the gateway stores votes of one ballot together",
    "governance.list_private_notices": "the gateway tells people that there is something to do, without what",
    "governance.settle_private_notices": "the gateway took such notices over",
    "governance.verify_ledger_part": "the gateway's long work proves a ledger part by part, as whoever asked",
    "membership.birthdays": "welfare draws up the month's list",
    "membership.facts_of_members": "services decide by facts of members, for a registered purpose",
    "membership.get_roles": "a service goes on with work that a member has asked for",
    "membership.member_with_staff_number": "the gateway links who signs on elsewhere with the member",
    **{
        f"{service}.{name}": "who consumes events compares them with what was announced"
        for service in ("membership", "activities", "welfare", "governance", "scrutiny")
        for name in ("list_published_events", "read_published_events")
    },
    "activities.read_check_in_code": "the gateway finds by the kind of a code whom to ask",
    "activities.read_certificate_code": "the gateway finds by the kind of a code whom to ask",
    "activities.read_place_code": "the gateway finds by the kind of a code whom to ask",
    "scrutiny.make_ballot_key": "governance makes the keys of a secret ballot",
    "welfare.read_goods_code": "the gateway finds by the kind of a code whom to ask",
    "membership.read_card": "the gateway finds by the kind of a code whom to ask",
    "membership.names_of": "the gateway puts names to ids, with the rights of whoever reads the page",
}
# Reads with POST, because what it is given must not stand in an address.
TAKES_A_SECRET = {"membership.follow_application": "the receipt code"}
# Reads with POST, because what it is given does not fit into an address.
TAKES_A_BODY = {
    "membership.preview_split": "who goes to which part",
    "membership.members_by_number": "up to 1,000 numbers of members",
    "welfare.check_care_list": "the people of a list",
    "gateway.read_code": "what stands in a code",
    "gateway.read_code_photo": "a photo",
    "activities.count_audience": "all parts of an audience",
    "gateway.count_audience": "the audience of an announcement",
    "governance.count_electorate": "all parts of an electorate",
    "governance.draft_rule_change": "a change of rules, one of three",
    **{
        f"{service}.preview_rule_change": "rules as they would be"
        for service in ("governance", "membership", "welfare")
    },
}
every_route = pytest.mark.parametrize("route", all_routes(), ids=lambda route: f"{route.method} {route.path}")


class LetIn(Exception):
    """The view let the caller pass and went on to read the request."""


def test_every_operation_has_exactly_one_route_or_is_internal():
    routed = Counter(route.operation.id for route in all_routes())

    assert {operation.id for operation in operations()} - set(routed) == set(INTERNAL)
    assert [name for name, count in routed.items() if count > 1] == []


def test_what_only_services_may_ask_has_no_route():
    routed = {route.operation.id for route in all_routes()}
    closed = {operation.id for operation in operations() if operation.allow == {SYSTEM}}

    assert closed <= set(INTERNAL)
    assert not closed & routed


def test_no_two_routes_share_method_and_path():
    assert [name for name, count in Counter((r.method, r.path) for r in all_routes()).items() if count > 1] == []


def test_every_operation_is_answered_by_its_owner():
    here = {route.operation.id for route in all_routes() if route.answer is not None}
    services = {operation.id for operation in operations() if operation.service != "gateway"}

    assert services == set(answered())
    assert {operation.id for operation in operations() if operation.service == "gateway"} <= here


def test_every_operation_is_summed_up_in_a_sentence():
    assert [found.id for found in operations() if found.doc[-1:] not in {".", "?"} or " " not in found.doc] == []


@every_route
def test_a_route_reads_with_get_and_changes_with_other_methods(route):
    is_read = route.operation.kind == "query" and route.operation.id not in {**TAKES_A_SECRET, **TAKES_A_BODY}
    assert (route.method == "GET") == is_read


@every_route
def test_what_the_path_names_is_in_the_request(route):
    assert route.bound <= set(route.operation.request().fields)


@every_route
def test_a_route_lets_in_exactly_whom_the_operation_allows(route, monkeypatch):
    allow = route.operation.allow
    assert _reached(route, monkeypatch, ANONYMOUS) == (PUBLIC in allow)
    assert _reached(route, monkeypatch, Principal(kind="account")) == bool(allow & {PUBLIC, ACCOUNT})
    for granted in ("reader", "hr", *SCOPES):
        program = Principal(kind="program", grants=(Grant(granted),))
        assert _reached(route, monkeypatch, program) == bool(allow & {PUBLIC, PROGRAM, granted}), granted
    for role in ROLES:
        expected = bool(allow & {PUBLIC, ACCOUNT, role})
        assert _reached(route, monkeypatch, Principal(kind="account", grants=(Grant(role),))) == expected, role


@every_route
def test_the_document_tells_who_may_ask(route):
    path = "/api/v1" + routing._PATH_NAME.sub(r"{\1}", route.path)
    told = committed("openapi.json")["paths"][path][route.method.lower()]
    allow = route.operation.allow

    assert ({} in told["security"]) == (PUBLIC in allow)
    assert told["summary"] == route.operation.doc
    if not allow & {PUBLIC, ACCOUNT}:
        asking = allow - {SYSTEM}
        of = "programs with the scope" if asking <= set(SCOPES) else "the roles"
        assert told["description"] == f"For {of}: " + ", ".join(sorted(asking)) + "."


def test_scopes_open_what_their_table_says_and_only_reading():
    opened = {name: {one.id for one in operations() if name in one.allow} for name in SCOPES}
    assert opened == {name: set(scope.opens) for name, scope in SCOPES.items()}
    known = {name for operation in operations() for name in operation.allow if SCOPE.match(name)}
    assert known == set(SCOPES)
    with pytest.raises(ValueError, match="opens no command"):
        command("membership", "forbidden", request=Empty, reply=Empty, allow=("members.read",))


NUMBERS_OF_DOCUMENTS = ("governance.snapshot_rules",)
"""Answers whose `number` is of a document, such as 浙总工发〔2019〕13 号, and of nobody."""


@pytest.mark.parametrize("opened", sorted({one for scope in SCOPES.values() for one in scope.opens}))
def test_what_a_scope_opens_tells_no_particulars_of_people(opened):
    reply = next(one for one in operations() if one.id == opened).reply
    of_people = {*SENSITIVE_FIELDS, *MASKED_FIELDS, "number", "name_masked", "birth_date", "gender"}
    assert fields_of(reply()) & of_people <= ({"number"} if opened in NUMBERS_OF_DOCUMENTS else set())


def fields_of(schema):
    """The names of all fields of a schema, at every depth."""
    found = set()
    for name, field in schema.fields.items():
        inner = field.inner if isinstance(field, fields.List) else field
        found |= {name} | (fields_of(inner.schema) if isinstance(inner, fields.Nested) else set())
    return found


def _reached(route, monkeypatch, principal):
    """Whether the route's view lets the principal pass its door."""

    def read(*_arguments):
        raise LetIn

    monkeypatch.setattr(routing, "refuse_bad_token", lambda: None)
    monkeypatch.setattr(routing, "require_below", lambda *_: None)
    monkeypatch.setattr(routing, "current_principal", lambda: principal)
    monkeypatch.setattr(routing, "read_payload", read)
    wanted = NotSignedIn if principal.kind == "anonymous" else NotAllowed
    with Flask("door").test_request_context(), pytest.raises((LetIn, wanted)) as outcome:
        routing.view_of(route)()
    return outcome.type is LetIn
