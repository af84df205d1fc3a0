"""Two gateway processes on one union: what is decided through one holds for the other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.e2e.stories import activity, in_days
from tests.support.api import Api, eventually
from tests.support.live import LiveStream
from tests.support.machine import free_port
from tests.support.stack import Process, Stack, real_stack
from tests.support.waiting import RUN, wait_until

MEMBERS, ACCOUNTS = 130, 40
CLIENTS, SEATS = 200, 20
TOLD_TO_REPEAT = {429, 502, 503, 504}


class Replica(Stack):
    """One more gateway of a union that runs, with a memory that ends only when it is told to."""

    def __init__(self, union: Stack) -> None:
        super().__init__(union.folder, {})
        self.env = {**union.env, "GONGHUI_PORT": str(self.port)}
        self.env["GONGHUI_OPS_PORT"] = str(free_port())
        log = self.folder / "second.log"
        self.processes["second"] = Process(
            "serve", "gateway", env=self.env, log=log, module="tests.support.long_memory"
        )

    def start(self) -> None:
        for process in self.processes.values():
            process.start()
        self.wait_for_http()


@pytest.fixture(scope="module")
def union(tmp_path_factory, amqp_server, database_server, loaded_demo):
    """A real union of this module's own."""
    folder = tmp_path_factory.mktemp("two-gateways")
    with real_stack(folder, amqp_server, database_server, loaded=loaded_demo(MEMBERS)) as stack:
        yield stack


@pytest.fixture(scope="module")
def second(union):
    """Its second gateway."""
    replica = Replica(union)
    try:
        replica.start()
        wait_until(lambda: Api(replica.url).send("GET", "/openapi.json").ok, what="the second gateway")
        yield replica
    finally:
        replica.stop()


def until_answered(caller: Api, path: str, key: str):
    """Register under a key, as often as it takes to be answered."""
    headers = {"Authorization": caller.http.headers["Authorization"], "Idempotency-Key": key}

    def answered():
        # A connection of its own for each: a session is not made for several at once.
        answer = Api(caller.url).send("POST", path, json={}, headers=headers)
        return answer.status_code not in TOLD_TO_REPEAT and (answer.status_code, answer.json())

    return wait_until(answered, what=path, seconds=RUN, pause=0.2)


def test_two_hundred_clients_with_keys_get_every_seat_once_and_the_same_answer_again(union, second):
    officer = Api(union.url).sign_in("officer")
    path = f"/activities/{officer.post('/activities', activity(capacity=SEATS), status=201)['id']}/registrations"
    other = f"/activities/{officer.post('/activities', activity(capacity=SEATS), status=201)['id']}/registrations"
    members = [Api(union.url).sign_in(f"m{number:06d}") for number in range(1, ACCOUNTS + 1)]
    members = [member for member in members if member.get("/me")["roles"]]
    callers = [members[number % len(members)] for number in range(CLIENTS)]
    for number, caller in enumerate(callers):  # each member comes through both gateways
        callers[number] = copy_of(caller, union.url if number // len(members) % 2 else second.url)
    keys = [str(uuid4()) for _ in callers]

    with ThreadPoolExecutor(CLIENTS) as pool:
        first = list(pool.map(lambda one: until_answered(one[0], path, one[1]), zip(callers, keys, strict=True)))
        again = list(pool.map(lambda one: until_answered(one[0], path, one[1]), zip(callers, keys, strict=True)))
        reused = list(pool.map(lambda one: until_answered(one[0], other, one[1]), zip(callers, keys, strict=True)))

    placed = [(status, body) for status, body in first if status == 201]
    assert [status for status, _ in again] == [status for status, _ in first]
    assert [answer for answer in again if answer[0] == 201] == placed
    assert {status for status, _ in first} <= {201, 409}
    by_member = {}
    for (_, body), caller in zip(first, callers, strict=True):
        by_member.setdefault(caller.http.headers["Authorization"], set()).add(body.get("registration_id"))
    assert {len(registrations) for registrations in by_member.values()} == {1}, (
        "one registration each, whatever the key"
    )
    rows = officer.all(path)
    assert [row["state"] for row in rows].count("confirmed") == SEATS
    assert len(rows) == len({body["registration_id"] for _, body in placed})
    assert {row["id"] for row in rows} == {body["registration_id"] for _, body in placed}
    used = {key for key, (status, _) in zip(keys, first, strict=True) if status == 201}
    for key, (status, body) in zip(keys, reused, strict=True):
        assert key not in used or (status, body["code"]) == (422, "idempotency_key_reused")
    assert officer.all(other) == []


def copy_of(caller: Api, url: str) -> Api:
    """The same account at another gateway."""
    copy = Api(url)
    copy.http.headers["Authorization"] = caller.http.headers["Authorization"]
    return copy


@pytest.mark.parametrize("who", ["the member", "an officer"])
def test_what_is_cancelled_at_one_gateway_is_cancelled_at_the_other(union, second, who):
    officer, member = Api(union.url).sign_in("officer"), Api(union.url).sign_in("m000002")
    there = copy_of(member, second.url)
    made = officer.post("/activities", activity(), status=201)["id"]
    path = f"/activities/{made}/registrations"
    eventually(lambda: there.send("GET", f"/activities/{made}").ok)
    there.post(path, status=201)
    eventually(lambda: made in states_of(there))

    if who == "the member":
        member.delete(path)
    else:
        body = {"member_id": member.get("/me")["member_id"], "reason": "场地有变"}
        officer.ask("DELETE", path, 200, json=body)

    eventually(lambda: made not in states_of(there))


def test_what_is_registered_at_one_gateway_shows_at_the_other(union, second):
    officer, member = Api(union.url).sign_in("officer"), Api(union.url).sign_in("m000003")
    there = copy_of(member, second.url)
    made = officer.post("/activities", activity(), status=201)["id"]
    path = f"/activities/{made}/registrations"
    eventually(lambda: there.send("GET", f"/activities/{made}").ok)
    there.post(path, status=201)
    there.delete(path)

    member.post(path, status=201)

    eventually(lambda: states_of(there).get(made) == "confirmed")


def test_who_signs_out_at_one_gateway_is_signed_out_at_the_other(union, second):
    member = Api(union.url).sign_in("m000004")
    there = copy_of(member, second.url)
    assert there.get("/me")["member_id"]

    member.delete("/sessions/current", status=204)

    eventually(lambda: there.send("GET", "/me").status_code == 401)


def test_a_role_given_or_ended_holds_at_both_gateways(union, second):
    officer, member = Api(union.url).sign_in("officer"), Api(union.url).sign_in("m000005")
    there = copy_of(member, second.url)
    units = officer.all("/membership/units", kind="committee")
    seat = {
        "unit_id": next(unit["id"] for unit in units if unit["committee"] == "mediation"),
        "kind": "committee_member",
        "member_id": there.get("/me")["member_id"],
        "starts_on": "2023-03-01",
    }
    assert "mediator" not in roles_of(there)

    post = officer.post("/membership/posts", seat, status=201)
    eventually(lambda: "mediator" in roles_of(there))

    officer.post(f"/membership/posts/{post['id']}/end", {"ended_on": in_days(-2)[:10], "reason": "改选"})
    eventually(lambda: "mediator" not in roles_of(there))


def test_a_stream_continues_at_the_other_gateway_when_its_own_stops(union, second):
    officer, member = Api(union.url).sign_in("officer"), Api(union.url).sign_in("m000006")
    there = copy_of(member, second.url)
    first, later = (officer.post("/activities", activity(capacity=9), status=201)["id"] for _ in "ab")
    eventually(lambda: all(there.send("GET", f"/activities/{one}").ok for one in (first, later)))
    with LiveStream(there) as stream:
        member.post(f"/activities/{first}/registrations", status=201)
        seen = stream.until("seats", activity_id=first, seats_taken=1)
        second.processes["second"].stop()
        assert list(stream.events()) == []

    try:
        member.post(f"/activities/{later}/registrations", status=201)
        eventually(lambda: officer.get(f"/activities/{later}")["seats_taken"] == 1)
        with LiveStream(member, last_event_id=seen.id) as stream:
            told = stream.until("seats", activity_id=later, seats_taken=1)
            assert told.id != seen.id
    finally:
        second.start()


def states_of(caller: Api) -> dict[str, str]:
    """The caller's registrations in force, by activity."""
    return {item["activity_id"]: item["state"] for item in caller.get("/me/registrations")["items"]}


def roles_of(caller: Api) -> set[str]:
    """The roles a gateway sees in its caller."""
    return {grant["role"] for grant in caller.get("/me")["roles"]}
