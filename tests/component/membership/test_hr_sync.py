"""HR's records: received once, compared, shown, applied by the union's rules; fetched page by page from a server."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import eventlet
import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.errors import InvalidInput, PreconditionFailed, Refused, Unavailable
from services.chassis.jobs.jobs import Job
from services.chassis.jobs.runner import advance
from services.chassis.rpc.context import CallContext
from services.contracts.membership import hr as contract
from services.contracts.membership.record import operations as record_contract
from services.membership.hr_sync import client
from services.membership.hr_sync.tables import HrCursor, HrRecord
from services.membership.hr_sync.use_cases import acts, forgetting, pulling
from services.membership.record.tables import Member
from tests.component.membership.harness import SYSTEM, MembershipHarness, roster_row

TODAY = clock.today()


def said(membership: MembershipHarness, order: int, **changes: Any) -> dict[str, Any]:
    """Return HR's record of the person in a row of the roster, in unit 01."""
    row = roster_row(membership.units["01"], order)
    known = ("id_number", "name", "gender", "birth_date", "phone", "email", "employment", "original_age", "hired_on")
    return {
        "hr_id": f"T{order:04d}",
        "sequence": 1,
        "unit_code": "01",
        **{name: row[name] for name in known},
        **changes,
    }


def push(membership: MembershipHarness, *items: dict[str, Any]) -> dict[str, Any]:
    return membership.ask_typed(contract.push_hr_changes, SYSTEM, items=list(items))


def differences(membership: MembershipHarness, **filters: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = membership.ask_typed(contract.list_hr_differences, limit=100, **filters)["items"]
    return items


def look(membership: MembershipHarness, record_id: UUID) -> dict[str, Any]:
    return membership.ask_typed(contract.get_hr_difference, record_id=record_id)


def apply(membership: MembershipHarness, record_id: UUID, **changes: Any) -> dict[str, Any]:
    seen = look(membership, record_id)
    values = {"record_id": record_id, "version": seen["version"], "member_version": seen["member_version"], **changes}
    return membership.ask_typed(contract.apply_hr_difference, **values)


def the_one(membership: MembershipHarness) -> UUID:
    (found,) = differences(membership)
    return UUID(str(found["id"]))


def test_what_agrees_is_no_difference_and_is_forgotten(membership: MembershipHarness) -> None:
    membership.admit(roster_row(membership.units["01"], 1, hr_id="T0001"))
    assert push(membership, said(membership, 1))["differing"] == 0
    assert differences(membership) == []
    with membership.database.session() as session:
        assert session.scalars(sa.select(HrRecord.content)).all() == [None]


@pytest.mark.databases("postgresql", "sqlite")
def test_who_is_new_joins_once_an_officer_has_seen_him(membership: MembershipHarness) -> None:
    receipt = push(membership, said(membership, 1))
    assert (receipt["new"], receipt["differing"]) == (1, 1)
    (found,) = differences(membership)
    assert (found["kind"], found["member_id"], found["name"]) == ("join", None, "李娜")
    shown = look(membership, found["id"])
    assert said(membership, 1)["id_number"] not in str(shown)
    done = apply(membership, found["id"])
    assert done["state"] == "applied"
    (joined,) = membership.events("member_joined")
    assert joined["member_id"] == str(done["member_id"])
    (told,) = membership.events("hr_change_applied")
    assert told["kind"] == "join"
    with pytest.raises(Refused) as caught:
        apply(membership, found["id"])
    assert caught.value.rule == "hr_sync.difference_is_open"


def test_repeats_do_nothing_and_what_is_older_is_passed_over(membership: MembershipHarness) -> None:
    push(membership, said(membership, 1, sequence=5))
    again = push(membership, said(membership, 1, sequence=5), said(membership, 1, sequence=4, name="王芳"))
    assert (again["new"], again["repeated"], again["older"]) == (0, 1, 1)
    assert [one["name"] for one in differences(membership)] == ["李娜"]
    apply(membership, the_one(membership))
    assert push(membership, said(membership, 1, sequence=5))["differing"] == 0
    assert push(membership, said(membership, 1, sequence=6))["differing"] == 0


def test_numbers_of_changes_go_up_to_2_to_the_53(membership: MembershipHarness) -> None:
    # What a database with 64-bit counters, or a clock in microseconds, gives for a sequence.
    for place, sequence in enumerate((2**31 - 1, 2**31, 1_790_000_000_000_000, 2**53)):
        reply = push(membership, said(membership, 1, sequence=sequence, phone=f"1390000000{place}"))
        assert (reply["new"], look(membership, the_one(membership))["sequence"]) == (1, sequence)

    with pytest.raises(InvalidInput):
        push(membership, said(membership, 1, sequence=2**53 + 1))


def test_one_difference_that_breaks_stays_open_and_the_others_are_applied(
    membership: MembershipHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    push(membership, *(said(membership, order) for order in (1, 2, 3)))
    plain = acts.carry_out

    def breaks(tx: Any, found: Any) -> Any:
        done = plain(tx, found)
        if found.said["hr_id"] == "T0002":
            raise TypeError
        return done

    monkeypatch.setattr(acts, "carry_out", breaks)
    job = membership.ask_typed(contract.apply_hr_differences)
    done = membership.run_job(job["id"])

    assert (done.state, done.done, done.problems, done.result) == ("done", 3, 1, {"applied": 2})
    (left,) = differences(membership)
    assert (left["hr_id"], left["problem"]) == ("T0002", "hr_sync.record_can_be_applied")
    assert len(membership.events("member_joined")) == 2


def test_a_move_and_corrections_are_shown_masked_and_applied_together(membership: MembershipHarness) -> None:
    member = membership.member(1)
    push(membership, said(membership, 1, unit_code="02", phone="13700001111", name="李娜娜"))
    (found,) = differences(membership)
    assert (found["kind"], found["member_id"]) == ("move", member)
    shown = {one["field"]: (one["old"], one["new"]) for one in look(membership, found["id"])["changes"]}
    assert shown["name"] == ("李娜", "李娜娜")
    assert "13700001111" not in str(shown)
    apply(membership, found["id"])
    with membership.database.session() as session:
        now = session.get_one(Member, member)
    assert (now.unit_id, now.phone, now.name, now.hr_id) == (membership.units["02"], "13700001111", "李娜娜", "T0001")
    assert len(membership.events("unit_changed")) == 1


def test_a_record_changed_meanwhile_is_not_overwritten_unseen(membership: MembershipHarness) -> None:
    member = membership.member(1)
    push(membership, said(membership, 1, name="李娜娜"))
    record_id = the_one(membership)
    seen = look(membership, record_id)
    values = {"member_id": member, "version": 1, "name": "李丽", "reason": "typing error"}
    membership.ask_typed(record_contract.update_member, **values)
    assert differences(membership)[0]["member_changed"]
    with pytest.raises(Refused) as caught:
        apply(membership, record_id, member_version=seen["member_version"])
    assert caught.value.rule == "hr_sync.member_is_unchanged"
    with pytest.raises(PreconditionFailed):
        apply(membership, record_id, version=99)
    assert apply(membership, record_id)["state"] == "applied"


def test_a_leaver_withdraws_and_a_retired_member_is_retained(membership: MembershipHarness) -> None:
    leaver, retiring = membership.member(1), membership.member(2)
    push(
        membership,
        said(membership, 1, status="left", left_on=TODAY - timedelta(days=3)),
        said(membership, 2, status="retired", retired_on=TODAY - timedelta(days=1)),
    )
    assert {one["kind"] for one in differences(membership)} == {"leave", "retirement"}
    for one in differences(membership):
        apply(membership, one["id"])
    with membership.database.session() as session:
        standings = {row.id: row.standing for row in session.execute(sa.select(Member.id, Member.standing))}
    assert standings == {leaver: "withdrawn", retiring: "retained"}
    assert push(membership, said(membership, 1, sequence=2, status="left"))["differing"] == 0


def test_what_hr_said_of_an_erased_person_is_forgotten(membership: MembershipHarness) -> None:
    member = membership.member(1)
    push(membership, said(membership, 1, name="李娜娜"), said(membership, 2))
    with membership.transaction() as tx:
        forgetting.forget_records(tx, [member])
    assert [one["hr_id"] for one in differences(membership)] == ["T0002"]


def test_what_is_dismissed_stays_so_until_hr_says_something_newer(membership: MembershipHarness) -> None:
    membership.member(1)
    push(membership, said(membership, 1, name="李娜娜"))
    found = look(membership, the_one(membership))
    values = {"record_id": found["id"], "version": found["version"], "reason": "HR has a typing error"}
    done = membership.ask_typed(contract.dismiss_hr_difference, **values)
    assert (done["state"], done["reason"]) == ("dismissed", "HR has a typing error")
    assert push(membership, said(membership, 1, name="李娜娜"))["differing"] == 0
    assert push(membership, said(membership, 1, name="李娜娜", sequence=2))["differing"] == 1


@pytest.mark.databases("postgresql", "sqlite")
def test_many_are_applied_as_long_work_and_what_is_refused_stays_open_with_its_rule(
    membership: MembershipHarness,
) -> None:
    push(membership, *(said(membership, order) for order in range(1, 61)), said(membership, 61, unit_code="77"))
    job = membership.ask_typed(contract.apply_hr_differences)
    done = membership.run_job(job["id"])
    assert (done.state, done.total, done.done, done.problems, done.result) == ("done", 61, 61, 1, {"applied": 60})
    (left,) = differences(membership)
    assert (left["hr_id"], left["problem"]) == ("T0061", "hr_sync.unit_is_known")
    numbers = [event["number"] for event in membership.events("member_joined")]
    assert (len(numbers), len(set(numbers))) == (60, 60)


class FakeHr(BaseHTTPRequestHandler):
    """A small HR system with 3 pages; `broken` is nonsense that it answers instead."""

    pages: list[list[dict[str, Any]]] = []
    broken = b""

    def do_GET(self) -> None:
        cursor = int(parse_qs(urlsplit(self.path).query).get("cursor", ["0"])[0])
        allowed = self.headers["Authorization"] == "Bearer secret-of-hr"
        items = self.pages[cursor] if cursor < len(self.pages) else []
        answer = {"items": items, "next_cursor": str(min(cursor + 1, len(self.pages)))}
        body = self.broken or json.dumps(answer, default=str).encode()
        self.send_response(200 if allowed else 401)
        self.end_headers()
        self.wfile.write(body if allowed else b"")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def hr_system(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[FakeHr]]:
    server = HTTPServer(("127.0.0.1", 0), FakeHr)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("GONGHUI_HR_URL", f"http://127.0.0.1:{server.server_port}/changes")
    monkeypatch.setenv("GONGHUI_HR_TOKEN", "secret-of-hr")
    yield FakeHr
    FakeHr.broken, FakeHr.pages = b"", []
    server.shutdown()
    server.server_close()


def pull(membership: MembershipHarness) -> Job:
    job = membership.ask_typed(contract.pull_hr_changes)
    return membership.run_job(job["id"])


def test_hr_is_asked_page_by_page_and_goes_on_where_it_ended(
    membership: MembershipHarness, hr_system: type[FakeHr]
) -> None:
    hr_system.pages = [[said(membership, 1)], [said(membership, 2), said(membership, 1)]]
    first = pull(membership)
    assert (first.state, first.result) == ("done", {"received": 3, "differing": 2})
    with membership.database.session() as session:
        assert session.scalars(sa.select(HrCursor.value)).all() == ["2"]
    assert pull(membership).result == {"received": 0, "differing": 0}
    hr_system.pages.append([said(membership, 3)])
    assert pull(membership).result == {"received": 1, "differing": 1}


@pytest.mark.parametrize("nonsense", [b"<html>", b"[" * 100_000], ids=["no JSON", "nested too deep"])
def test_an_answer_that_cannot_be_read_takes_nothing(
    membership: MembershipHarness, hr_system: type[FakeHr], monkeypatch: pytest.MonkeyPatch, nonsense: bytes
) -> None:
    hr_system.broken = nonsense
    failed = pull(membership)
    assert (failed.state, failed.error and failed.error["rule"]) == ("failed", "hr_sync.answer_is_read")
    with pytest.raises(InvalidInput):
        client.fetch(None)
    monkeypatch.setenv("GONGHUI_HR_TOKEN", "wrong")
    with pytest.raises(Unavailable):
        client.fetch(None)
    monkeypatch.delenv("GONGHUI_HR_URL")
    with pytest.raises(Refused) as caught:
        membership.ask_typed(contract.pull_hr_changes)
    assert caught.value.rule == "hr_sync.pull_is_configured"


class TricklingHr(BaseHTTPRequestHandler):
    """An HR system that sends a byte now and then, for ever."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            while True:
                self.wfile.write(b" ")
                time.sleep(0.02)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def test_an_answer_that_trickles_in_is_given_up_and_keeps_nobody_from_the_database(
    membership: MembershipHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "DEADLINE", 1.0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), TricklingHr)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("GONGHUI_HR_URL", f"http://127.0.0.1:{server.server_port}/changes")
    job = membership.ask_typed(contract.pull_hr_changes)
    asked_while_waiting = []

    def fetch(*about: Any) -> pulling.Fetched:
        other = threading.Timer(0.2, lambda: asked_while_waiting.append(open_transactions(membership)))
        other.start()
        try:
            return pulling.fetch_page(*about)
        finally:
            other.join()

    advance(membership.database, job["id"], pulling.keep_page, fetch)
    server.shutdown()
    server.server_close()
    with membership.database.session() as session:
        found = session.get_one(Job, job["id"])
    assert (found.state, found.attempts, (found.error or {})["code"]) == ("waiting", 0, "hr_system_away")
    assert asked_while_waiting == [0]


def open_transactions(membership: MembershipHarness) -> int:
    with membership.database.session() as session:
        others = sa.text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND backend_type = 'client backend'"
        )
        return session.scalar(others)


def test_a_page_that_is_not_the_next_any_more_is_dropped(
    membership: MembershipHarness, hr_system: type[FakeHr]
) -> None:
    hr_system.pages = [[said(membership, 1)], [said(membership, 2)]]
    job = membership.ask_typed(contract.pull_hr_changes)
    early = pulling.fetch_page(membership.database, CallContext(), membership.job(job["id"]))
    advance(membership.database, job["id"], pulling.keep_page, pulling.fetch_page)
    with membership.transaction(membership.officer) as tx:
        assert not pulling.keep_page(tx, tx.session.get_one(Job, job["id"]), early)
    assert membership.run_job(job["id"]).done == 2


def test_a_difference_applied_by_several_at_once_is_applied_once(membership: MembershipHarness) -> None:
    push(membership, said(membership, 1))
    record_id = the_one(membership)

    def attempt(_: int) -> str:
        try:
            return str(apply(membership, record_id)["state"])
        except (Refused, PreconditionFailed):
            return "refused"

    outcomes = sorted(eventlet.GreenPool().imap(attempt, range(5)))
    assert outcomes == ["applied", *["refused"] * 4]
    assert len(membership.events("member_joined")) == 1


def test_a_thousand_records_are_compared_within_a_calls_patience(membership: MembershipHarness) -> None:
    membership.admit(*(roster_row(membership.units["01"], order) for order in range(1, 1001)))
    began = clock.now()
    receipt = push(membership, *(said(membership, order, unit_code="02") for order in range(1, 1001)))
    assert receipt["differing"] == 1000
    assert (clock.now() - began).total_seconds() < 30
