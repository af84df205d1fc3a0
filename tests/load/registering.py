"""Registering over HTTP, signed in: a rush of a thousand for a hundred seats, and a crowd that keeps coming.

Timings are reported; what is asserted is that nobody got a seat too many and everybody got an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median
from uuid import uuid4

from tests.load.client import Request, Shot
from tests.load.figures import Figure
from tests.load.ground import Ground, bearer
from tests.load.hot_row import hot_row_rates
from tests.support.api import eventually

PEOPLE, SEATS = 1_000, 100
CROWD = 256
TOLD_TO_REPEAT = "504"
"""The status of who is told that the outcome is not known in time and that asking again is safe."""
PLACED = ("201", "200")
"""Statuses of a place: for oneself, and on behalf of somebody."""
MOST_P99 = 1.2
"""How many times the median client's time the slowest hundredth may take."""
PLAIN_CROWD = 32
"""Clients on the plain path: with more of them it only gets slower, until calls run into their deadline."""


def figures(ground: Ground) -> Iterator[Figure]:
    """Yield the rows about registering."""
    rates = hot_row_rates(ground.server, ground.seconds)
    clients, limit = max(rates.items(), key=lambda rate: rate[1])
    beside = f"{limit:,.0f} tps (pgbench, {clients} clients)"
    all_rates = " / ".join(f"{rate:,.0f}" for rate in rates.values())
    for waiting_list, keyed in ((True, False), (False, False), (True, True)):
        note = f"pgbench at {'/'.join(map(str, rates))} clients: {all_rates}"
        yield _rush(ground, limit, beside, note, waiting_list=waiting_list, keyed=keyed)
    yield from _sustained(ground, limit, beside)


def _rush(ground: Ground, limit: float, beside: str, note: str, *, waiting_list: bool, keyed: bool) -> Figure:
    shots = [_one_rush(ground, waiting_list, keyed) for _ in range(ground.rounds)]
    shot = sorted(shots, key=lambda shot: shot.seconds)[len(shots) // 2]
    p50, p99 = shot.percentile(0.5), shot.percentile(0.99)
    late = max(shot.statuses.get(TOLD_TO_REPEAT, 0) for shot in shots)
    others = "the others wait" if waiting_list else "the others are refused"
    return Figure(
        f"rush: {PEOPLE:,} people at once{', a key each' if keyed else ''}, {SEATS} seats, {others}",
        f"{shot.seconds:.2f} s, p50 {p50:.0f} ms, p99 {p99:.0f} ms",
        beside,
        shot.rate / limit,
        f"≥ 1×, p99 ≤ {MOST_P99:g}× p50",
        shot.rate >= limit and p99 <= MOST_P99 * p50 and not late,
        f"{SEATS} seats given, {PEOPLE:,} answered, {late} of them told to ask again; {note}",
    )


def _one_rush(ground: Ground, waiting_list: bool, keyed: bool) -> Shot:
    activity_id = ground.schedule(capacity=SEATS, waiting_list=waiting_list)
    requests = [_registration(activity_id, token, keyed) for token in ground.tokens[:PEOPLE]]
    assert len(requests) == PEOPLE
    shot = ground.fire(requests, connections=PEOPLE)
    assert shot.unanswered == 0, f"{shot.unanswered} got no answer"
    expected = {"201": PEOPLE} if waiting_list else {"201": SEATS, "409": PEOPLE - SEATS}
    if not shot.statuses.get(TOLD_TO_REPEAT):
        assert shot.statuses == expected, shot.statuses
    # All ask again later: those asked to repeat get a place, all others get the same answer again.
    again = ground.fire(requests, connections=CROWD, keep=True)
    assert again.statuses == expected, again.statuses
    placed = [body for status, body in again.answers if status == 201]
    assert sum(body["state"] == "confirmed" for body in placed) == SEATS
    waiting = sorted(body["position"] for body in placed if body["state"] == "waitlisted")
    assert waiting == list(range(1, len(waiting) + 1))
    stored = ground.officer.get(f"/activities/{activity_id}/turnout")["items"]
    assert sum(unit["confirmed"] for unit in stored) == SEATS
    eventually(lambda: ground.officer.get(f"/activities/{activity_id}")["seats_taken"] == SEATS)
    return shot


def _sustained(ground: Ground, limit: float, beside: str) -> Iterator[Figure]:
    plain = _stream(ground, _one_by_one(ground), PLAIN_CROWD, share=0.5)
    for keyed in (False, True):
        batched = _stream(ground, _all_of(ground, keyed), CROWD)
        told = f"p50 {batched.percentile(0.5):.0f} ms, p99 {batched.percentile(0.99):.0f} ms"
        yield Figure(
            f"registration sustained, {CROWD} clients{', a key each' if keyed else ''}",
            f"{_placed(batched):,.0f}/s",
            f"{_placed(plain):,.0f}/s (one RPC, one transaction each, {PLAIN_CROWD} clients)",
            _placed(batched) / _placed(plain),
            "≥ 6× the plain path",
            _placed(batched) >= 6 * _placed(plain),
            f"{told}; client {_share(batched)} of a core",
        )
        same = "the same with keys" if keyed else "the same"
        rate = _placed(batched)
        yield Figure(f"{same} beside pgbench", f"{rate:,.0f}/s", beside, rate / limit, "≥ 1×", rate >= limit)


def _all_of(ground: Ground, keyed: bool) -> Callable[[str], list[Request]]:
    """Every member registers for an activity."""
    return lambda activity_id: [_registration(activity_id, token, keyed) for token in ground.tokens]


def _one_by_one(ground: Ground) -> Callable[[str], list[Request]]:
    """An officer registers every member, each by a request of its own: the path that nothing decides together."""
    headers = {"Authorization": str(ground.officer.http.headers["Authorization"])}
    members = [member["id"] for member in ground.officer.all("/membership/members", standing="active")]
    return lambda activity_id: [
        Request("POST", f"{_path(activity_id)}/members", headers, {"member_ids": [member]}) for member in members
    ]


def _stream(ground: Ground, everybody: Callable[[str], list[Request]], clients: int, *, share: float = 1.0) -> Shot:
    """Let a crowd register everybody for one activity after another; the median of several such streams."""
    shots = []
    for _ in range(ground.rounds):
        activities = max(1, round((2 if ground.quick else 6) * share))
        requests = [request for _ in range(activities) for request in everybody(ground.schedule(capacity=None))]
        shot = ground.fire(requests, connections=clients)
        assert shot.unanswered == 0
        # A call may run into its deadline; who got a place in time is what counts.
        assert set(shot.statuses) <= {*PLACED, TOLD_TO_REPEAT}, shot.statuses
        shots.append(shot)
    middle = median(map(_placed, shots))
    return min(shots, key=lambda shot: abs(_placed(shot) - middle))


def _registration(activity_id: str, token: str, keyed: bool) -> Request:
    key = {"Idempotency-Key": str(uuid4())} if keyed else {}
    return Request("POST", _path(activity_id), {**bearer(token), **key}, {})


def _placed(shot: Shot) -> float:
    """People who got a place, per second."""
    return sum(shot.statuses.get(status, 0) for status in PLACED) / shot.seconds


def _share(shot: Shot) -> str:
    return f"{shot.cpu_seconds / shot.seconds:.0%}"


def _path(activity_id: str) -> str:
    return f"/api/v1/activities/{activity_id}/registrations"
