"""A system outside begins to listen while the union changes, with kombu and HTTP alone, and ends where it stands.

It does what the documents advise: bind the queue, take the snapshot, then apply what the snapshot does not hold.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from kombu import Connection, Exchange, Queue, binding

from services.chassis.database.engine import Database
from tests.e2e.founding import found, officer_of
from tests.e2e.stories import activity, newcomer
from tests.support.api import Api, eventually
from tests.support.stack import RealStack, real_stack

SCOPES = ["members.read", "units.read", "activities.read", "rules.read"]
HEARD = {
    "membership": ("member_joined", "unit_changed", "member_updated", "unit_created", "unit_updated"),
    "activities": ("event_scheduled", "event_rescheduled", "event_cancelled", "event_held"),
    "governance": ("rule_published", "rule_withdrawn"),
}
SNAPSHOTS = {
    "member": "/membership/members/snapshot",
    "unit": "/membership/units/snapshot",
    "activity": "/activities/snapshot",
    "rule": "/governance/rules/snapshot",
}
OF_MEMBERS, OF_UNITS, OF_ACTIVITIES = ("unit_id", "standing", "employment"), ("name", "active"), ("title", "capacity")
OF_RULES = ("key", "value", "valid_from", "valid_to")
OVER = ("event_cancelled", "event_held", "rule_withdrawn")


class Copy:
    """What the subscriber keeps: the state of each subject and the sequence of its last event."""

    def __init__(self) -> None:
        self.state: dict[str, dict[str, Any]] = {}
        self.sequences: dict[str, int] = {}
        self.skipped = 0

    def begin(self, kind: str, row: dict[str, Any]) -> None:
        """Keep a row of a snapshot."""
        subject = f"{kind}/{row[f'{kind}_id']}"
        self.sequences[subject], self.state[subject] = row["sequence"], row

    def apply(self, event: dict[str, Any]) -> None:
        """Apply an event that is newer than what is kept of its subject."""
        subject, sequence, data = event["subject"], int(event["sequence"]), event["data"]
        if sequence <= self.sequences.get(subject, 0):
            self.skipped += 1
            return
        self.sequences[subject] = sequence
        if event["type"] in OVER:
            self.state.pop(subject, None)
            return
        facts = {"unit_id": data["to_unit_id"]} if event["type"] == "unit_changed" else data
        joined = {"standing": "active"} if event["type"] == "member_joined" else {}
        self.state[subject] = {**self.state.get(subject, {}), **facts, **joined}

    def told(self, kind: str, names: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
        """The copies of one kind by id, in the fields that are compared."""
        return {
            subject.partition("/")[2]: tuple(state[name] for name in names)
            for subject, state in self.state.items()
            if subject.startswith(f"{kind}/")
        }


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory, amqp_server: Any, database_server: Any) -> Iterator[RealStack]:
    """A union founded without the demonstration, with three units."""
    with real_stack(
        tmp_path_factory.mktemp("snapshot"), amqp_server, database_server, members=0, GONGHUI_RPC_DEADLINE="60"
    ) as stack:
        found(stack)
        officer = officer_of(stack)
        root = officer.all("/membership/units", kind="union")[0]["id"]
        for code in ("81", "82"):
            unit = {"code": code, "name": f"分工会{code}", "kind": "unit", "parent_id": root}
            officer.post("/membership/units", unit, status=201)
        yield stack


@pytest.fixture(scope="module")
def program(union: RealStack) -> Api:
    """The subscriber's account for HTTP."""
    body = {"username": "library", "scopes": SCOPES, "days": 30}
    secret = officer_of(union).post("/programs", body, status=201)["secret"]
    return Api(union.url).sign_in("library", secret)


@pytest.fixture
def queue(union: RealStack) -> Iterator[tuple[Connection, Queue]]:
    """A queue of the subscriber's own, bound to what it hears."""
    exchanges = {source: Exchange(f"{source}.events", type="topic", passive=True) for source in HEARD}
    bindings = [binding(exchanges[source], routing_key=name) for source, names in HEARD.items() for name in names]
    with Connection(union.env["GONGHUI_AMQP_URL"]) as connection:
        own = Queue("library", bindings=bindings, queue_arguments={"x-queue-type": "quorum"})(
            connection.default_channel
        )
        own.declare()
        yield connection, own
        own.delete()


class Changes(threading.Thread):
    """People who join, move and plan, one after the other until told to stop."""

    def __init__(self, officer: Api) -> None:
        super().__init__()
        self.officer = officer
        self.stopped = threading.Event()
        self.done = 0
        self.error: BaseException | None = None
        self.units = [one["id"] for one in self.officer.all("/membership/units", kind="unit", active="true")]

    def run(self) -> None:
        try:
            while not self.stopped.is_set():
                self._change()
                self.done += 1
        except BaseException as error:
            self.error = error

    def wait_for(self, count: int) -> None:
        """Wait until so many more rounds are done."""
        wanted = self.done + count
        eventually(lambda: self.error or self.done >= wanted, moves=lambda: self.done)
        assert self.error is None, self.error

    def _change(self) -> None:
        unit, other = self.units[self.done % len(self.units)], self.units[(self.done + 1) % len(self.units)]
        member = self._admit(unit)
        self._move(member, other)
        self._move(member, unit)
        held = self.officer.get(f"/membership/units/{unit}")
        name = {"version": held["version"], "name": f"分工会{self.done}", "reason": "renamed"}
        self.officer.ask("PATCH", f"/membership/units/{unit}", 200, json=name)
        planned = self.officer.post("/activities", activity(title=f"活动{self.done}"), status=201)["id"]
        self.officer.ask("PATCH", f"/activities/{planned}", 200, json={"capacity": 9 + self.done})
        if self.done % 2:
            self.officer.post(f"/activities/{planned}/cancel", {"reason": "too few came"})
        self._set_a_rule()

    def _set_a_rule(self) -> None:
        day = (date(2027, 1, 1) + timedelta(days=self.done)).isoformat()
        cap = {"value": f"{900 + self.done}.00", "document": "本校慰问办法", "valid_from": day}
        made = self.officer.ask("PUT", "/governance/rules/benefit.birth.cap", 200, json=cap)
        if self.done % 2:
            self.officer.post(f"/governance/rules/{made['id']}/withdraw", {"reason": "set by mistake"})

    def _move(self, member: str, unit: str) -> None:
        version = self.officer.get(f"/membership/members/{member}")["version"]
        body = {"version": version, "unit_id": unit, "reason": "moved"}
        self.officer.post(f"/membership/members/{member}/change-unit", body)

    def _admit(self, unit: str) -> str:
        form = newcomer(unit)
        person = {name: form[name] for name in ("unit_id", "employment", "name", "gender", "birth_date", "id_number")}
        rows = {"rows": [{**person, "phone": form["phone"], "hired_on": "2023-09-01"}]}
        found: str = self.officer.post("/membership/members", rows, status=201)["items"][0]["member_id"]
        return found


def test_a_subscriber_that_begins_during_changes_ends_where_the_union_stands(union, program, queue):
    connection, own = queue
    copy, changes = Copy(), Changes(officer_of(union))
    changes.start()
    try:
        changes.wait_for(4)
        for kind, path in SNAPSHOTS.items():
            for page in pages(program, path):
                for row in page:
                    copy.begin(kind, row)
                changes.wait_for(1)
    finally:
        changes.stopped.set()
        changes.join()
    assert changes.error is None, changes.error
    assert copy.state
    eventually(lambda: drained(connection, own, copy) and agrees(union, copy))
    assert copy.skipped, "no event of the queue was in the snapshot already: the test tried nothing"


def test_a_page_says_when_it_was_read_and_takes_no_foreign_cursor(union, program):
    page = program.get(SNAPSHOTS["member"], limit=2)
    assert len(page["items"]) == 2
    assert page["read_at"]
    assert set(page["items"][0]) == {"member_id", "unit_id", "standing", "employment", "sequence"}
    again = program.get(SNAPSHOTS["member"], limit=2)
    assert [one["member_id"] for one in again["items"]] == [one["member_id"] for one in page["items"]]
    program.get(SNAPSHOTS["unit"], status=422, cursor=page["next_cursor"])
    program.get(SNAPSHOTS["member"], status=422, limit=1001)
    program.get("/membership/members", status=403)


def pages(program: Api, path: str) -> Iterator[list[dict[str, Any]]]:
    """Every page of a snapshot, each of three rows."""
    cursor = None
    while True:
        page = program.get(path, limit=3, **({"cursor": cursor} if cursor else {}))
        yield page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return


def drained(connection: Connection, queue: Queue, copy: Copy) -> bool:
    """Apply what has arrived."""
    while (message := queue.get()) is not None:
        copy.apply(json.loads(message.body))
        message.ack()
    return True


def agrees(union: Any, copy: Copy) -> bool:
    """Whether the copy is what stands in the databases."""
    members = rows_of(union, "membership", "SELECT id, unit_id, standing, employment FROM member")
    units = rows_of(union, "membership", "SELECT id, name, active FROM unit")
    coming = "SELECT id, title, capacity FROM activity WHERE state = 'scheduled' AND ends_at > now()"
    rules = "SELECT id, key, value, valid_from::text, valid_to::text FROM policy_rule WHERE {}"
    stands = "valid_to IS NULL OR valid_to >= valid_from"
    return (
        copy.told("member", OF_MEMBERS), copy.told("unit", OF_UNITS), copy.told("activity", OF_ACTIVITIES),
        copy.told("rule", OF_RULES),
    ) == (
        members, units, rows_of(union, "activities", coming), rows_of(union, "governance", rules.format(stands)),
    )  # fmt: skip


def rows_of(union: Any, service: str, statement: str) -> dict[str, tuple[Any, ...]]:
    """Rows of a service's database by id, in the values JSON has."""
    database = Database(union.env[f"GONGHUI_{service.upper()}_DATABASE_URL"], pool_size=1)
    try:
        with database.session(readonly=True) as session:
            found = session.execute(sa.text(statement)).all()
    finally:
        database.close()
    return {str(row[0]): tuple(str(one) if hasattr(one, "hex") else one for one in row[1:]) for row in found}
