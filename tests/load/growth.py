"""Growth: the same figures in a union of 1,000 and in one of 100,000 members."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from gateway.identity.tables import KnownMember
from gateway.read_models.tables import EntitlementView
from services.chassis.database.engine import Database
from tests.load.client import Shot
from tests.load.figures import Figure
from tests.load.ground import CLIENTS, Ground
from tests.load.reading import Reading, read, readings
from tests.support.stack import RealStack, real_stack
from tests.support.waiting import wait_until

SIZES = (1_000, 100_000)
MOST = 2.0
"""How many times slower the large union may be."""
ACCOUNTS = 400
PATIENCE = 3_600.0
_KNOWN = (KnownMember, EntitlementView)


def figures(ground: Ground) -> Iterator[Figure]:
    """Yield one row for each reading: the large union beside the small one."""
    results: dict[str, list[float]] = {}
    loaded = []
    for size in SIZES:
        began = time.perf_counter()
        for name, shot in _measure(ground, size):
            if name == "loaded":
                loaded.append(time.perf_counter() - began)
            else:
                results.setdefault(name, []).append(CLIENTS / shot.rate * 1000)
    for name, (small, large) in results.items():
        yield Figure(
            f"{name}, {SIZES[1]:,} members",
            f"{large:.1f} ms on average at {CLIENTS} clients",
            f"{small:.1f} ms with {SIZES[0]:,} members",
            large / small,
            f"≤ {MOST:g}×",
            large <= MOST * small,
        )
    rate = SIZES[1] / loaded[1]
    yield Figure(f"founding a union of {SIZES[1]:,} members", f"{loaded[1]:.0f} s", note=f"{rate:,.0f} members/s")


def _measure(ground: Ground, size: int) -> Iterator[tuple[str, Shot]]:
    with (
        tempfile.TemporaryDirectory(prefix="gonghui-load-") as folder,
        real_stack(Path(folder), ground.broker, ground.server, 0, GONGHUI_RATE_LIMIT="off") as stack,
    ):
        stack.run("demo", "--members", str(size), "--accounts", str(ACCOUNTS), seconds=PATIENCE)
        _settle(stack, size)
        yield "loaded", Shot(0, {}, [], 0, 0, [])
        union = replace(ground, stack=stack, tokens=[])
        union.sign_members_in()
        for reading in _readings(union):
            read(replace(union, quick=True), reading)
            yield reading.name, read(union, reading)


def _settle(stack: RealStack, size: int) -> None:
    """Wait until the gateway knows every member and every member's entitlement account."""
    database = Database(stack.env["GONGHUI_GATEWAY_DATABASE_URL"], pool_size=1)

    def known() -> bool:
        with database.session() as session:
            counts = [session.scalar(sa.select(sa.func.count()).select_from(table)) for table in _KNOWN]
        return all(count >= size for count in counts if count is not None)

    wait_until(known, seconds=PATIENCE, what="the events of all members")
    database.close()


def _readings(union: Ground) -> list[Reading]:
    """Return what every member and the officer read, and looking one member up by number and by name."""
    activity_id = union.schedule(capacity=100)
    member = union.officer.get("/membership/members", limit=1)["items"][0]
    more = {
        "member's record, API (RPC)": f"/api/v1/membership/members/{member['id']}",
        "search for a member by number, API (RPC)": f"/api/v1/membership/members?q={member['number']}",
        "page of members, console": "/console/members",
        "search over everything, API": f"/api/v1/search?q={quote(member['name'])}",
        "search over everything, page": f"/console/search?q={quote(member['name'])}",
        "search for an activity, API": f"/api/v1/search?kind=activity&q={quote('球')}",
    }
    return [*readings(activity_id), *(Reading(name, path, 0, by_officer=True) for name, path in more.items())]
