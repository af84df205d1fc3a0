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
from marshmallow import ValidationError

from services.chassis import clock
from services.chassis.errors import InvalidInput, PreconditionFailed, Refused, Unavailable
from services.chassis.jobs.jobs import Job
from services.chassis.jobs.runner import advance
from services.chassis.rpc.context import CallContext
from services.contracts.membership import hr as contract
from services.contracts.membership.record.operations import update_member
from services.membership.hr_sync import client
from services.membership.hr_sync.tables import HrCursor, HrRecord
from services.membership.hr_sync.use_cases import acts, applying, forgetting, pulling, reading, receiving
from services.membership.record.tables import Member
from services.membership.record.use_cases import changing
from tests.component.membership.union import SYSTEM, Union, asked, roster_row

TODAY = clock.today()


def said(union: Union, order: int, **changes: Any) -> dict[str, Any]:
    """Return HR's record of the person in a row of the roster, in unit 01."""
    row = roster_row(union.units["01"], order)
    known = ("id_number", "name", "gender", "birth_date", "phone", "email", "employment", "original_age", "hired_on")
    return {
        "hr_id": f"T{order:04d}",
        "sequence": 1,
        "unit_code": "01",
        **{name: row[name] for name in known},
        **changes,
    }


def push(union: Union, *items: dict[str, Any]) -> dict[str, Any]:
    with union.acting(SYSTEM) as tx:
        return receiving.receive(tx, asked(contract.push_hr_changes, items=list(items))["items"], "push")


def differences(union: Union, **filters: Any) -> list[dict[str, Any]]:
    with union.acting(union.officer) as tx:
        items: list[dict[str, Any]] = reading.list_hr_differences(
            tx, asked(contract.list_hr_differences, limit=100, **filters)
        )["items"]
    return items


def look(union: Union, record_id: UUID) -> dict[str, Any]:
    with union.acting(union.officer) as tx:
        return reading.get_hr_difference(tx, {"record_id": record_id})


def apply(union: Union, record_id: UUID, **changes: Any) -> dict[str, Any]:
    seen = look(union, record_id)
    values = {"record_id": record_id, "version": seen["version"], "member_version": seen["member_version"], **changes}
    with union.acting(union.officer) as tx:
        return applying.apply_hr_difference(tx, asked(contract.apply_hr_difference, **values))


def the_one(union: Union) -> UUID:
    (found,) = differences(union)
    return UUID(str(found["id"]))


def work(union: Union, job: Job, chunk: Any, prepare: Any = None) -> Job:
    for _ in range(50):
        with union.database.session() as session:
            found = session.get_one(Job, job.id)
            if found.state not in ("waiting", "running"):
                return found
        advance(union.database, job.id, chunk, prepare)
    raise AssertionError("the job does not end")


def test_what_agrees_is_no_difference_and_is_forgotten(any_union: Union) -> None:
    union = any_union
    union.admit(roster_row(union.units["01"], 1, hr_id="T0001"))
    assert push(union, said(union, 1))["differing"] == 0
    assert differences(union) == []
    with union.database.session() as session:
        assert session.scalars(sa.select(HrRecord.content)).all() == [None]


def test_who_is_new_joins_once_an_officer_has_seen_him(any_union: Union) -> None:
    union = any_union
    receipt = push(union, said(union, 1))
    assert (receipt["new"], receipt["differing"]) == (1, 1)
    (found,) = differences(union)
    assert (found["kind"], found["member_id"], found["name"]) == ("join", None, "李娜")
    shown = look(union, found["id"])
    assert said(union, 1)["id_number"] not in str(shown)
    done = apply(union, found["id"])
    assert done["state"] == "applied"
    (joined,) = union.events("member_joined")
    assert joined["member_id"] == str(done["member_id"])
    (told,) = union.events("hr_change_applied")
    assert told["kind"] == "join"
    with pytest.raises(Refused) as caught:
        apply(union, found["id"])
    assert caught.value.rule == "hr_sync.difference_is_open"


def test_repeats_do_nothing_and_what_is_older_is_passed_over(any_union: Union) -> None:
    union = any_union
    push(union, said(union, 1, sequence=5))
    again = push(union, said(union, 1, sequence=5), said(union, 1, sequence=4, name="王芳"))
    assert (again["new"], again["repeated"], again["older"]) == (0, 1, 1)
    assert [one["name"] for one in differences(union)] == ["李娜"]
    apply(union, the_one(union))
    assert push(union, said(union, 1, sequence=5))["differing"] == 0
    assert push(union, said(union, 1, sequence=6))["differing"] == 0


def test_numbers_of_changes_go_up_to_2_to_the_53(any_union: Union) -> None:
    # What a database with 64-bit counters, or a clock in microseconds, gives for a sequence.
    for place, sequence in enumerate((2**31 - 1, 2**31, 1_790_000_000_000_000, 2**53)):
        reply = push(any_union, said(any_union, 1, sequence=sequence, phone=f"1390000000{place}"))
        assert (reply["new"], look(any_union, the_one(any_union))["sequence"]) == (1, sequence)

    with pytest.raises(ValidationError):
        push(any_union, said(any_union, 1, sequence=2**53 + 1))


def test_one_difference_that_breaks_stays_open_and_the_others_are_applied(
    any_union: Union, monkeypatch: pytest.MonkeyPatch
) -> None:
    push(any_union, *(said(any_union, order) for order in (1, 2, 3)))
    plain = acts.carry_out

    def breaks(tx: Any, found: Any) -> Any:
        done = plain(tx, found)
        if found.said["hr_id"] == "T0002":
            raise TypeError
        return done

    monkeypatch.setattr(acts, "carry_out", breaks)
    with any_union.acting(any_union.officer) as tx:
        job = applying.apply_hr_differences(tx, asked(contract.apply_hr_differences))
    done = work(any_union, job, applying.apply_some)

    assert (done.state, done.done, done.problems, done.result) == ("done", 3, 1, {"applied": 2})
    (left,) = differences(any_union)
    assert (left["hr_id"], left["problem"]) == ("T0002", "hr_sync.record_can_be_applied")
    assert len(any_union.events("member_joined")) == 2


def test_a_move_and_corrections_are_shown_masked_and_applied_together(any_union: Union) -> None:
    union = any_union
    member = union.member(1)
    push(union, said(union, 1, unit_code="02", phone="13700001111", name="李娜娜"))
    (found,) = differences(union)
    assert (found["kind"], found["member_id"]) == ("move", member)
    shown = {one["field"]: (one["old"], one["new"]) for one in look(union, found["id"])["changes"]}
    assert shown["name"] == ("李娜", "李娜娜")
    assert "13700001111" not in str(shown)
    apply(union, found["id"])
    with union.database.session() as session:
        now = session.get_one(Member, member)
    assert (now.unit_id, now.phone, now.name, now.hr_id) == (union.units["02"], "13700001111", "李娜娜", "T0001")
    assert len(union.events("unit_changed")) == 1


def test_a_record_changed_meanwhile_is_not_overwritten_unseen(any_union: Union) -> None:
    union = any_union
    member = union.member(1)
    push(union, said(union, 1, name="李娜娜"))
    record_id = the_one(union)
    seen = look(union, record_id)
    values = {"member_id": member, "version": 1, "name": "李丽", "reason": "typing error"}
    with union.acting(union.officer) as tx:
        changing.update_member(tx, asked(update_member, **values))
    assert differences(union)[0]["member_changed"]
    with pytest.raises(Refused) as caught:
        apply(union, record_id, member_version=seen["member_version"])
    assert caught.value.rule == "hr_sync.member_is_unchanged"
    with pytest.raises(PreconditionFailed):
        apply(union, record_id, version=99)
    assert apply(union, record_id)["state"] == "applied"


def test_a_leaver_withdraws_and_a_retired_member_is_retained(any_union: Union) -> None:
    union = any_union
    leaver, retiring = union.member(1), union.member(2)
    push(
        union,
        said(union, 1, status="left", left_on=TODAY - timedelta(days=3)),
        said(union, 2, status="retired", retired_on=TODAY - timedelta(days=1)),
    )
    assert {one["kind"] for one in differences(union)} == {"leave", "retirement"}
    for one in differences(union):
        apply(union, one["id"])
    with union.database.session() as session:
        standings = {row.id: row.standing for row in session.execute(sa.select(Member.id, Member.standing))}
    assert standings == {leaver: "withdrawn", retiring: "retained"}
    assert push(union, said(union, 1, sequence=2, status="left"))["differing"] == 0


def test_what_hr_said_of_an_erased_person_is_forgotten(any_union: Union) -> None:
    union = any_union
    member = union.member(1)
    push(union, said(union, 1, name="李娜娜"), said(union, 2))
    with union.acting() as tx:
        forgetting.forget_records(tx, [member])
    assert [one["hr_id"] for one in differences(union)] == ["T0002"]


def test_what_is_dismissed_stays_so_until_hr_says_something_newer(any_union: Union) -> None:
    union = any_union
    union.member(1)
    push(union, said(union, 1, name="李娜娜"))
    found = look(union, the_one(union))
    values = {"record_id": found["id"], "version": found["version"], "reason": "HR has a typing error"}
    with union.acting(union.officer) as tx:
        done = applying.dismiss_hr_difference(tx, asked(contract.dismiss_hr_difference, **values))
    assert (done["state"], done["reason"]) == ("dismissed", "HR has a typing error")
    assert push(union, said(union, 1, name="李娜娜"))["differing"] == 0
    assert push(union, said(union, 1, name="李娜娜", sequence=2))["differing"] == 1


def test_many_are_applied_as_long_work_and_what_is_refused_stays_open_with_its_rule(any_union: Union) -> None:
    union = any_union
    push(union, *(said(union, order) for order in range(1, 61)), said(union, 61, unit_code="77"))
    with union.acting(union.officer) as tx:
        job = applying.apply_hr_differences(tx, asked(contract.apply_hr_differences))
    done = work(union, job, applying.apply_some)
    assert (done.state, done.total, done.done, done.problems, done.result) == ("done", 61, 61, 1, {"applied": 60})
    (left,) = differences(union)
    assert (left["hr_id"], left["problem"]) == ("T0061", "hr_sync.unit_is_known")
    numbers = [event["number"] for event in union.events("member_joined")]
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


def pull(union: Union) -> Job:
    with union.acting(union.officer) as tx:
        job = pulling.pull_hr_changes(tx)
    return work(union, job, pulling.keep_page, pulling.fetch_page)


def test_hr_is_asked_page_by_page_and_goes_on_where_it_ended(any_union: Union, hr_system: type[FakeHr]) -> None:
    union = any_union
    hr_system.pages = [[said(union, 1)], [said(union, 2), said(union, 1)]]
    first = pull(union)
    assert (first.state, first.result) == ("done", {"received": 3, "differing": 2})
    with union.database.session() as session:
        assert session.scalars(sa.select(HrCursor.value)).all() == ["2"]
    assert pull(union).result == {"received": 0, "differing": 0}
    hr_system.pages.append([said(union, 3)])
    assert pull(union).result == {"received": 1, "differing": 1}


@pytest.mark.parametrize("nonsense", [b"<html>", b"[" * 100_000], ids=["no JSON", "nested too deep"])
def test_an_answer_that_cannot_be_read_takes_nothing(
    any_union: Union, hr_system: type[FakeHr], monkeypatch: pytest.MonkeyPatch, nonsense: bytes
) -> None:
    hr_system.broken = nonsense
    failed = pull(any_union)
    assert (failed.state, failed.error and failed.error["rule"]) == ("failed", "hr_sync.answer_is_read")
    with pytest.raises(InvalidInput):
        client.fetch(None)
    monkeypatch.setenv("GONGHUI_HR_TOKEN", "wrong")
    with pytest.raises(Unavailable):
        client.fetch(None)
    monkeypatch.delenv("GONGHUI_HR_URL")
    with pytest.raises(Refused) as caught, any_union.acting(any_union.officer) as tx:
        pulling.pull_hr_changes(tx)
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
    union: Union, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "DEADLINE", 1.0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), TricklingHr)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("GONGHUI_HR_URL", f"http://127.0.0.1:{server.server_port}/changes")
    with union.acting(union.officer) as tx:
        job = pulling.pull_hr_changes(tx)
    asked_while_waiting = []

    def fetch(*about: Any) -> pulling.Fetched:
        other = threading.Timer(0.2, lambda: asked_while_waiting.append(open_transactions(union)))
        other.start()
        try:
            return pulling.fetch_page(*about)
        finally:
            other.join()

    advance(union.database, job.id, pulling.keep_page, fetch)
    server.shutdown()
    server.server_close()
    with union.database.session() as session:
        found = session.get_one(Job, job.id)
    assert (found.state, found.attempts, (found.error or {})["code"]) == ("waiting", 0, "hr_system_away")
    assert asked_while_waiting == [0]


def open_transactions(union: Union) -> int:
    with union.database.session() as session:
        others = sa.text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND backend_type = 'client backend'"
        )
        return session.scalar(others)


def test_a_page_that_is_not_the_next_any_more_is_dropped(any_union: Union, hr_system: type[FakeHr]) -> None:
    union = any_union
    hr_system.pages = [[said(union, 1)], [said(union, 2)]]
    with union.acting(union.officer) as tx:
        job = pulling.pull_hr_changes(tx)
    early = pulling.fetch_page(union.database, CallContext(), job)
    advance(union.database, job.id, pulling.keep_page, pulling.fetch_page)
    with union.acting(union.officer) as tx:
        assert not pulling.keep_page(tx, tx.session.get_one(Job, job.id), early)
    assert work(union, job, pulling.keep_page, pulling.fetch_page).done == 2


def test_a_difference_applied_by_several_at_once_is_applied_once(union: Union) -> None:
    push(union, said(union, 1))
    record_id = the_one(union)

    def attempt(_: int) -> str:
        try:
            return str(apply(union, record_id)["state"])
        except (Refused, PreconditionFailed):
            return "refused"

    outcomes = sorted(eventlet.GreenPool().imap(attempt, range(5)))
    assert outcomes == ["applied", *["refused"] * 4]
    assert len(union.events("member_joined")) == 1


def test_a_thousand_records_are_compared_within_a_calls_patience(union: Union) -> None:
    union.admit(*(roster_row(union.units["01"], order) for order in range(1, 1001)))
    began = clock.now()
    receipt = push(union, *(said(union, order, unit_code="02") for order in range(1, 1001)))
    assert receipt["differing"] == 1000
    assert (clock.now() - began).total_seconds() < 30
