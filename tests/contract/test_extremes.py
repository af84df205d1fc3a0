"""Whatever values an operation is asked with, it answers as its document promises, and nothing breaks inside."""

from __future__ import annotations

import pytest

from services.chassis.schema import PUBLIC
from services.contracts.scopes import SCOPES
from tests.contract.extremes import UNKNOWN, breaks_its_schema, requests_of
from tests.contract.fuzzing import NOT_TRIED, known_values, rights_of
from tests.contract.promises import all_routes
from tests.support.api import Api

CALLERS = ("officer", "member", "chair", "auditor", "handler", "mediator", "ops", "hr-system")
"""Who asks: each operation is tried by the first of them who may."""

TRIED = [route for route in all_routes() if route.operation.name not in NOT_TRIED]


@pytest.fixture(scope="module")
def callers(in_process, signed_in):
    """The callers, signed in, with the rights of each."""
    callers = [signed_in(name) for name in CALLERS]
    program = {"username": "every-scope", "scopes": sorted(SCOPES), "days": 1}
    made = callers[0].post("/programs", program, status=201)
    callers.append(Api(in_process.url, in_process.session()).sign_in(made["username"], made["secret"]))
    return [(api, {PUBLIC, *rights_of(api)}) for api in callers]


@pytest.fixture(scope="module")
def known(callers):
    """One value by name for everything there is, so that requests reach past "no such thing"."""
    return {name: values[0] for name, values in known_values(callers[0][0]).items() if values}


@pytest.mark.parametrize("route", TRIED, ids=lambda route: f"{route.method} {route.path}")
def test_no_value_breaks_an_operation_or_its_answer(callers, known, route):
    caller = next(api for api, rights in callers if rights & route.operation.allow)
    faults = []
    for sent in requests_of(route, known):
        answer = caller.send(route.method, sent.path, params=sent.query, json=sent.body)
        faults += _faults(route, sent, answer)

    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/membership/units/{UNKNOWN}/history", 404),
        ("/membership/standing-changes?year=0", 422),
        ("/membership/standing-changes?year=10000", 422),
        ("/membership/standing-changes?year=-1", 422),
        ("/governance/funds/periods/2100", 422),
    ],
)
def test_what_is_not_there_is_not_found_and_what_is_out_of_range_is_refused(callers, path, status):
    assert callers[0][0].send("GET", path).status_code == status


def _faults(route, sent, answer):
    asked = f"{route.method} {sent.path[:120]} {sent.about}"
    if answer.status_code >= 500:
        return [f"{asked}: {answer.status_code} {answer.text[:300]}"]
    is_json = answer.headers.get("Content-Type", "").startswith("application/json")
    why = breaks_its_schema(route, answer.status_code, answer.json() if is_json and answer.content else None)
    return [f"{asked}: {why}"] if why else []
