"""The running API against its own document: whatever is sent, answers are among those promised, and never a defect."""

from __future__ import annotations

import re

import pytest

from services.chassis.schema import PUBLIC
from tests.contract.conftest import MEMBERS
from tests.contract.fuzzing import fuzz, known_values, open_to, rights_of
from tests.contract.promises import all_routes, committed
from tests.support.api import Api
from tests.support.deliveries import Deliveries
from tests.support.stack import SERVICES, embedded_stack

CALLERS = {"officer": 6, "member": 5, "ops": 5, "chair": 3, "hr-system": 5, "anonymous": 8}
"""Requests tried for every operation open to the caller."""
NOBODYS_ID = "018f3b7a-9a10-7c3e-8b11-5a2f6f6fffff"


@pytest.fixture(scope="module")
def union(loaded_union, tmp_path_factory):
    """An embedded union of this module's own."""
    with embedded_stack(tmp_path_factory.mktemp("fuzzed"), MEMBERS, loaded_union) as stack:
        yield stack


@pytest.fixture(scope="module")
def known(union):
    """Identifiers of what there is before anything is tried."""
    return known_values(Api(union.url).sign_in("officer"))


def test_the_document_served_is_the_one_committed(union):
    assert Api(union.url).send("GET", "/openapi.json").json() == committed("openapi.json")


@pytest.mark.parametrize("caller", CALLERS)
def test_answers_are_those_the_document_promises(union, known, tmp_path, caller):
    api = Api(union.url)
    rights, token = frozenset(), None
    if caller != "anonymous":
        api.sign_in(caller)
        rights, token = rights_of(api), str(api.http.headers["Authorization"]).split()[1]
    document = open_to(committed("openapi.json"), rights)
    operations = sum(len(path.keys() - {"parameters"}) for path in document["paths"].values())

    outcome = fuzz(
        tmp_path, union.url, document, known, token, "--phases", "fuzzing", "--max-examples", str(CALLERS[caller])
    )

    assert outcome.status == 0, outcome.output
    assert outcome.requests >= 2 * operations, outcome.output


def test_nobody_is_let_in_where_signing_in_is_needed(union):
    closed = [route for route in all_routes() if PUBLIC not in route.operation.allow]
    answers = {}
    for route in closed:
        path = re.sub(r"<int:\w+>", "2023", re.sub(r"<uuid:\w+>", NOBODYS_ID, route.path))
        answer = Api(union.url).send(route.method, re.sub(r"<\w+>", "nothing", path))
        answers[f"{route.method} {route.path}"] = (answer.status_code, answer.json()["code"])

    assert len(closed) > 100
    assert set(answers.values()) == {(401, "not_signed_in")}, answers


def test_all_that_was_announced_meanwhile_was_handled_and_nothing_broke(union):
    deliveries = Deliveries({service: f"sqlite:///{union.folder}/{service}.sqlite3" for service in SERVICES})
    try:
        deliveries.wait_until_complete()
    finally:
        deliveries.close()
    log = union.processes["union"].log.read_text(errors="replace")

    assert [line for line in log.splitlines() if '"level": "error"' in line or "Traceback" in line] == []
