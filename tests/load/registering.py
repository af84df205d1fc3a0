"""Registering over HTTP, signed in: a rush of a thousand for a hundred seats, and a crowd that keeps coming.

Timings are reported; what is asserted is that nobody got a seat too many and everybody got an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
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
PLAIN_CROWD = 32
"""Clients on the plain path: with more of them it only gets slower, until calls run into their deadline."""


def figures(ground: Ground) -> Iterator[Figure]:
    """Yield the rows about registering."""
    rates = hot_row_rates(ground.server, ground.seconds)
    clients, limit = max(rates.items(), key=lambda rate: rate[1])
    beside = f"{limit:,.0f} tps (pgbench, {clients} clients)"
    all_rates = " / ".join(f"{rate:,.0f}" for rate in rates.values())
    for waiting_list in (True, False):
        yield _rush(ground, limit, beside, waiting_list, f"pgbench at {'/'.join(map(str, rates))} clients: {all_rates}")
    yield from _sustained(ground, limit, beside)


def _rush(ground: Ground, limit: float, beside: str, waiting_list: bool, note: str) -> Figure:
    shots = [_one_rush(ground, waiting_list) for _ in range(ground.rounds)]
    shot = sorted(shots, key=lambda shot: shot.seconds)[len(shots) // 2]
    p50, p99 = shot.percentile(0.5), shot.percentile(0.99)
    late = max(shot.statuses.get(TOLD_TO_REPEAT, 0) for shot in shots)
    others = "the others wait" if waiting_list else "the others are refused"
    return Figure(
        f"rush: {PEOPLE:,} people at once, {SEATS} seats, {others}",
        f"{shot.seconds:.2f} s, p50 {p50:.0f} ms, p99 {p99:.0f} ms",
        beside,
        shot.rate / limit,
        "≤ 0.8 s, p99 ≤ 800 ms, ≥ 1×",
        shot.seconds <= 0.8 and p99 <= 800 and shot.rate >= limit and not late,
        f"{SEATS} seats given, {PEOPLE:,} answered, {late} of them told to ask again; {note}",
    )


def _one_rush(ground: Ground, waiting_list: bool) -> Shot:
    activity_id = ground.schedule(capacity=SEATS, waiting_list=waiting_list)
    requests = [Request("POST", _path(activity_id), bearer(token), {}) for token in ground.tokens[:PEOPLE]]
    assert len(requests) == PEOPLE
    shot = ground.fire(requests, connections=PEOPLE)
    assert shot.unanswered == 0, f"{shot.unanswered} got no answer"
    expected = {"201": PEOPLE} if waiting_list else {"201": SEATS, "409": PEOPLE - SEATS}
    if not shot.statuses.get(TOLD_TO_REPEAT):
        assert shot.statuses == expected, shot.statuses
    # Everybody asks once more, at leisure: whoever was told to repeat gets his place, all others learn the same again.
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
    plain = _stream(ground, keyed=True, share=0.5)
    batched = _stream(ground, keyed=False)
    told = f"p50 {batched.percentile(0.5):.0f} ms, p99 {batched.percentile(0.99):.0f} ms"
    yield Figure(
        f"registration sustained, {CROWD} clients",
        f"{_placed(batched):,.0f}/s",
        f"{_placed(plain):,.0f}/s (one RPC, one transaction each, {PLAIN_CROWD} clients)",
        _placed(batched) / _placed(plain),
        "≥ 6× the plain path",
        _placed(batched) >= 6 * _placed(plain),
        f"{told}; client {_share(batched)} of a core",
    )
    yield Figure("the same beside pgbench", f"{_placed(batched):,.0f}/s", beside, _placed(batched) / limit)


def _stream(ground: Ground, *, keyed: bool, share: float = 1.0) -> Shot:
    """Let the crowd register every member for one activity after another; the median of several such streams."""
    shots = []
    for _ in range(ground.rounds):
        requests = []
        for _activity in range(max(1, round((2 if ground.quick else 6) * share))):
            path = _path(ground.schedule(capacity=None))
            for token in ground.tokens:
                key = {"Idempotency-Key": str(uuid4())} if keyed else {}
                requests.append(Request("POST", path, {**bearer(token), **key}, {}))
        shot = ground.fire(requests, connections=PLAIN_CROWD if keyed else CROWD)
        assert shot.unanswered == 0
        # A call may run into its deadline; who got a place in time is what counts.
        assert set(shot.statuses) <= {"201", TOLD_TO_REPEAT}, shot.statuses
        shots.append(shot)
    middle = median(map(_placed, shots))
    return min(shots, key=lambda shot: abs(_placed(shot) - middle))


def _placed(shot: Shot) -> float:
    """People who got a place, per second."""
    return shot.statuses.get("201", 0) / shot.seconds


def _share(shot: Shot) -> str:
    return f"{shot.cpu_seconds / shot.seconds:.0%}"


def _path(activity_id: str) -> str:
    return f"/api/v1/activities/{activity_id}/registrations"
