"""Voting over HTTP, signed in: 3,000 votes at once in named ballots, beside pgbench inserting one row a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from services.chassis.database.migrations import upgrade
from tests.load.client import Request, Shot
from tests.load.figures import Figure
from tests.load.ground import Ground, bearer
from tests.load.pgbench import find_pgbench, transactions_a_second
from tests.support.api import eventually

VOTES, BALLOTS = 3_000, 2
CONNECTIONS = 1_000
CLIENTS = 8
_SCRIPT = Path(__file__).with_name("cast_vote.sql")


def figures(ground: Ground) -> Iterator[Figure]:
    """Yield the row about named votes."""
    limit = _pgbench(ground)
    shots = [_votes_at_once(ground) for _ in range(ground.rounds)]
    shot = sorted(shots, key=lambda shot: shot.seconds)[len(shots) // 2]
    p50, p99 = shot.percentile(0.5), shot.percentile(0.99)
    yield Figure(
        f"named vote: {VOTES:,} at once in {BALLOTS} ballots, a key each",
        f"{shot.rate:,.0f}/s, p50 {p50:.0f} ms, p99 {p99:.0f} ms",
        f"{limit:,.0f} tps (pgbench, {CLIENTS} clients, one row each)",
        shot.rate / limit,
        "≥ 1×, every voter answered",
        shot.rate >= limit,
        f"{VOTES:,} answered, none twice, all counted",
    )


def _votes_at_once(ground: Ground) -> Shot:
    """Let everybody vote in each ballot at once, then again; close and count."""
    voters = ground.tokens[: VOTES // BALLOTS]
    ballots = [_open(ground) for _ in range(BALLOTS)]
    requests = [
        Request("POST", _votes(ballot), {**bearer(token), "Idempotency-Key": str(uuid4())}, {"choices": ["yes"]})
        for token in voters
        for ballot in ballots
    ]
    shot = ground.fire(requests, connections=CONNECTIONS)
    assert shot.unanswered == 0, f"{shot.unanswered} got no answer"
    assert shot.statuses == {"201": len(requests)}, shot.statuses
    again = ground.fire(requests, connections=CONNECTIONS, keep=True)
    assert again.statuses == {"201": len(requests)}, again.statuses
    for ballot in ballots:
        closed = ground.officer.post(f"/governance/ballots/{ballot}/close", {})
        assert closed["result"]["cast"] == len(voters)
    return shot


def _open(ground: Ground) -> str:
    terms = {"title": "工会经费预算", "kind": "yes_no", "secrecy": "named", "body": "union"}
    ballot = str(ground.officer.post("/governance/ballots", terms, status=201)["id"])
    ground.officer.post(f"/governance/ballots/{ballot}/open", {})
    eventually(lambda: ground.officer.get(f"/governance/ballots/{ballot}")["state"] == "open")
    return ballot


def _votes(ballot: str) -> str:
    return f"/api/v1/governance/ballots/{ballot}/votes"


def _pgbench(ground: Ground) -> float:
    """Return how many transactions a second insert one vote each into the same table with the same indexes."""
    pgbench = find_pgbench()
    url = ground.server.new_database("votes")
    try:
        upgrade("governance", url)
        script = _SCRIPT.read_text().replace("{ballot}", str(uuid4()))
        return transactions_a_second(pgbench, script, url, CLIENTS, "-T", str(max(1, round(ground.seconds))))
    finally:
        ground.server.drop_database(url)
