"""Reading: home, activity, lists and calendar, by API and as pages, beside pages that return a constant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from tests.load import constant
from tests.load.client import Request, Shot, fire
from tests.load.figures import Figure
from tests.load.ground import CLIENTS, Ground, bearer

READERS = 1_000
"""Members who read in turn, so many that what is remembered of one for a second is seldom asked for again."""


@dataclass(frozen=True)
class Reading:
    """One thing people read: by whom, where, and which share of the rate of Flask's constant page it should reach."""

    name: str
    path: str
    aim: float
    by_officer: bool = False

    @property
    def is_page(self) -> bool:
        """Whether it is a page of the portal and not the API."""
        return not self.path.startswith("/api/")


def readings(activity_id: str) -> list[Reading]:
    """Return everything that is read in the benchmark."""
    return [
        Reading("member's home, API", "/api/v1/me/home", 0.25),
        Reading("member's home, page", "/home", 0.25),
        Reading("activity, API", f"/api/v1/activities/{activity_id}", 0.5),
        Reading("activity, page", f"/activities/{activity_id}", 0.5),
        Reading("list of activities, API", "/api/v1/activities?limit=20", 0.5),
        Reading("list of activities, page", "/activities", 0.5),
        Reading("calendar, API", "/api/v1/calendar", 0.5),
        Reading("calendar, page", "/calendar", 0.5),
        Reading("list of members, API (RPC)", "/api/v1/membership/members?limit=20", 0.0, by_officer=True),
        Reading("search for a member, API (RPC)", "/api/v1/membership/members?q=zhang&limit=20", 0.0, by_officer=True),
    ]


def figures(ground: Ground) -> Iterator[Figure]:
    """Yield the rows about reading."""
    activity_id = ground.schedule(capacity=100)
    for reading in readings(activity_id):
        bare, drawn, shots = [], [], []
        for _ in range(ground.rounds):
            bare.append(_constant(ground, constant.BARE).rate)
            shots.append(read(ground, reading))
            drawn.append(_constant(ground, constant.DRAWN).rate)
        yield _figure(reading, shots, median(drawn))
        yield _beside_bare(shots, median(bare))


def read(ground: Ground, reading: Reading) -> Shot:
    """Read one thing for a while, with 32 clients, each time as another of the readers."""
    if reading.by_officer:
        headers = [bearer(ground.officer.http.headers["Authorization"].removeprefix("Bearer "))]
    elif reading.is_page:
        headers = [{"Cookie": ground.cookies_of(token)} for token in ground.tokens[:READERS]]
    else:
        headers = [bearer(token) for token in ground.tokens[:READERS]]
    requests = [Request("GET", reading.path, each) for each in headers]
    shot = ground.fire(requests, connections=CLIENTS, seconds=ground.seconds)
    assert shot.unanswered == 0
    assert set(shot.statuses) == {"200"}, f"{reading.path}: {shot.statuses}"
    return shot


def _constant(ground: Ground, path: str) -> Shot:
    headers = {"Cookie": constant.cookie_of(ground.constant_port)} if path == constant.DRAWN else {}
    request = Request("GET", path, headers)
    shot = fire(ground.constant_port, [request], connections=CLIENTS, seconds=ground.seconds / 2)
    assert set(shot.statuses) == {"200"}, f"{path}: {shot.statuses}"
    return shot


def _figure(reading: Reading, shots: list[Shot], limit: float) -> Figure:
    rate = median(shot.rate for shot in shots)
    shot = min(shots, key=lambda shot: abs(shot.rate - rate))
    return Figure(
        f"{reading.name}, {CLIENTS} clients",
        f"{rate:,.0f}/s, p99 {shot.percentile(0.99):.0f} ms",
        f"{limit:,.0f}/s (constant page with session and template)",
        rate / limit,
        f"≥ {reading.aim:g}×" if reading.aim else "",
        rate >= reading.aim * limit if reading.aim else None,
        f"client {shot.cpu_seconds / shot.seconds:.0%} of a core",
    )


def _beside_bare(shots: list[Shot], limit: float) -> Figure:
    rate = median(shot.rate for shot in shots)
    beside = f"{limit:,.0f}/s (bare constant page)"
    return Figure("  the same beside the bare server", f"{rate:,.0f}/s", beside, rate / limit)
