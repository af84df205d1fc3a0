"""What operators do on the command line: found a union, see failed events, replay and discard them."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet

from deploy.demo.people import identity_number
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.tables import InboxEvent
from tests.support.api import Api
from tests.support.stack import EmbeddedStack
from tests.support.waiting import RUN

OFFICER = {
    "union": "试验大学工会",
    "unit": "机关分工会",
    "name": "王立",
    "gender": "male",
    "birth-date": "1980-03-04",
    "id-number": identity_number(date(1980, 3, 4), 1),
    "phone": "13800001111",
    "username": "wangli",
    "password": "a-long-passphrase",
}


WRONG = {
    "id-number": "110101199001011234",
    "password": "short",
    "username": "w!",
    "phone": "12345",
    "birth-date": "1880-03-04",
    "name": "<b>",
    "unit": "\u3000",
}


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """An empty embedded union; not started yet."""
    made = EmbeddedStack(tmp_path_factory.mktemp("founded"), members=0)
    yield made
    made.stop()


def run(stack, *arguments):
    """Run a command to its end; return its exit status and what it printed."""
    process = stack.process(f"command-{uuid4().hex[:6]}", *arguments)
    process.start()
    return process.process.wait(RUN), process.tail()


def found(stack, **changes):
    """Found the union with the officer's details, changed as told."""
    options = [part for name, value in {**OFFICER, **changes}.items() for part in (f"--{name}", value)]
    return run(stack, "found", *options)


def test_a_union_is_founded_and_its_first_officer_signs_in(stack):
    for option, wrong in WRONG.items():
        status, told = found(stack, **{option: wrong})
        assert (status, f"--{option}" in told, wrong in told) == (2, True, False), told
    status, told = found(stack, union="试验大学公会", username="wanglli", password="another-long-passphrase")
    assert status == 0, told
    assert found(stack)[0] == 0, "repeating goes on from where it stopped, and corrects"
    assert "as it was" in found(stack)[1]
    stack.start()
    officer = Api(stack.url).sign_in(OFFICER["username"], OFFICER["password"])
    assert [unit["name"] for unit in officer.all("/membership/units", kind="union")] == [OFFICER["union"]]
    me = officer.get("/me")
    assert {"officer", "member"} <= {role["role"] for role in me["roles"]}
    stack.stop()


def test_no_made_up_people_are_loaded_into_a_real_union(stack):
    status, told = run(stack, "demo", "--members", "60")
    assert (status, "already" in told) == (1, True), told


def test_keys_that_open_nothing_of_a_database_are_refused_at_the_start(stack):
    told = stack.fails("run", "--no-demo", GONGHUI_ENCRYPTION_KEYS=Fernet.generate_key().decode())
    assert "encrypted with other keys" in told


def test_accounts_are_listed_and_a_password_is_made_anew(stack):
    assert OFFICER["username"] in run(stack, "accounts", "list")[1]
    assert run(stack, "accounts", "reset", "--yes", "nobody-of-this-name")[0] == 1
    status, told = run(stack, "accounts", "reset", "--yes", OFFICER["username"])
    assert status == 0, told
    password = told.partition("new password: ")[2].split()[0]
    stack.start()
    officer = Api(stack.url).sign_in(OFFICER["username"], password)
    assert officer.get("/membership/members", status=403)["rule"] == "password.is_own"
    officer.ask("PUT", "/me/password", 204, json={"current": password, "new": "a phrase of the officer"})
    officer.get("/membership/members")
    Api(stack.url).post("/sessions", {"username": OFFICER["username"], "password": OFFICER["password"]}, status=401)
    stack.stop()


def test_an_embedded_union_that_runs_is_told_to_be_well_and_one_that_is_stopped_is_not(stack):
    status, told = run(stack, "status")
    assert (status, told.count("process does not answer at")) == (1, 6), told
    stack.start()
    status, told = run(stack, "status")
    stack.stop()
    assert (status, told.count("process answers")) == (0, 6), told


def test_the_ledger_is_proved(stack):
    status, told = run(stack, "ledger", "verify")
    assert (status, "the ledger is whole" in told) == (0, True), told


def test_the_index_of_the_search_is_written_anew(stack):
    status, told = run(stack, "search", "rebuild")
    assert status == 0, told
    assert re.search(r"unit: [1-9]\d* entries", told), told
    assert "award: 0 entries" in told


def test_failed_events_are_shown_replayed_and_discarded(stack):
    database = Database(f"sqlite:///{stack.folder}/welfare.sqlite3")
    ids = [uuid4(), uuid4()]
    with database.session() as session:
        for event_id in ids:
            kept = {"status": "dead", "attempts": 7, "received_at": clock.now(), "error": "ValueError: broken"}
            session.add(InboxEvent(consumer="welfare.on_member_joined", event_id=event_id, body="{}", **kept))
    _, told = run(stack, "events", "failed")
    assert all(str(event_id) in told for event_id in ids)
    assert "ValueError: broken" in told
    consumer, why = "welfare.on_member_joined", ("--reason", "重复的通知")
    assert run(stack, "events", "replay", consumer, str(ids[0]))[0] == 0
    assert run(stack, "events", "discard", "--yes", *why, consumer, str(ids[1]))[0] == 0
    assert "重复的通知" in run(stack, "events", "show", consumer, str(ids[1]))[1]
    assert run(stack, "events", "discard", "--yes", *why, consumer, str(ids[1]))[0] == 1
    assert run(stack, "events", "discard", "--yes", *why, consumer, str(uuid4()))[0] == 1
    with database.session() as session:
        rows = [session.get(InboxEvent, ("welfare.on_member_joined", event_id)) for event_id in ids]
        assert [row.status for row in rows] == ["failed", "discarded"]
        assert rows[0].attempts == 1
    database.close()


def test_every_event_is_accounted_for_on_demand(stack):
    stack.start()
    status, told = run(stack, "events", "reconcile", "--seconds", "300")
    stack.stop()
    assert status == 0, told
    assert re.search(r"gateway: (\d+) of \1 consumers compared", told), told
