"""Finding members: list, search and filter in a union of 100,000 beside one of 1,000, asked of the service's own code.

Without broker and web server, which would hide the difference; `growth` asks the same over HTTP. Whether the database
read the whole table is asked of itself.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median
from typing import Any

import sqlalchemy as sa

from services.chassis.database.engine import Database
from services.contracts.membership.record.operations import list_members
from services.membership.organisation.tables import Unit
from services.membership.record.use_cases import reading
from tests.load.figures import Figure
from tests.load.ground import Ground
from tests.load.members import acting, union_of
from tests.load.plans import reads_whole_tables

SIZES = (1_000, 100_000)
MOST = 2.0
"""How many times slower the large union may be."""
ASKED = 60


def questions(unit_id: str) -> dict[str, dict[str, Any]]:
    """Return what an officer asks, as requests of `list_members`."""
    return {
        "list by name": {},
        "list, latest first": {"sort": "-joined_on"},
        "search by name": {"q": "王伟"},
        "search by family name": {"q": "王"},
        "search by pinyin": {"q": "zhangwei"},
        "search by initials": {"q": "zw"},
        "search by name and pinyin": {"q": "王wei"},
        "search by given name": {"q": "伟芳"},
        "search by given name's pinyin": {"q": "weifang"},
        "search by number": {"q": "M000777"},
        "filter by unit": {"unit_id": unit_id},
        "filter by standing": {"standing": "retained"},
        "filter by employment": {"employment": "agency"},
        "search by pinyin in a unit": {"q": "zhang", "unit_id": unit_id},
        "search by name in a unit and standing": {"q": "李", "unit_id": unit_id, "standing": "active"},
    }


def figures(ground: Ground) -> Iterator[Figure]:
    """Yield a row for each question: the large union beside the small one, asked in turns, a page of 20."""
    results: dict[str, tuple[float, float]] = {}
    scans: dict[str, bool] = {}
    with union_of(ground, SIZES[0]) as few, union_of(ground, SIZES[1]) as many:
        asked = questions(_unit(few)), questions(_unit(many))
        for name in asked[0]:
            results[name] = _asked_in_turns((few, asked[0][name]), (many, asked[1][name]))
            scans[name] = reads_whole_tables(many, lambda: _ask(many, asked[1][name]))  # noqa: B023  # called at once
    for name, (small, large) in results.items():
        yield Figure(
            f"members: {name}, {SIZES[1]:,}",
            f"{large:.2f} ms",
            f"{small:.2f} ms with {SIZES[0]:,}",
            large / small,
            f"≤ {MOST:g}×",
            large <= MOST * small and not scans[name],
            f"median, asked of the service's code; {'READS THE WHOLE TABLE' if scans[name] else 'no scan'}",
        )


def _unit(database: Database) -> str:
    with database.session() as session:
        return str(session.scalar(sa.select(Unit.id).where(Unit.code == "07")))


def _asked_in_turns(*asked: tuple[Database, dict[str, Any]]) -> tuple[float, float]:
    """Return the median milliseconds of a question in each union; what else the machine does hits both alike."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ASKED):
        for (database, request), taken in zip(asked, times, strict=True):
            began = time.perf_counter()
            found = _ask(database, request)
            taken.append(time.perf_counter() - began)
            assert found["items"]
    return median(times[0]) * 1000, median(times[1]) * 1000


def _ask(database: Database, request: dict[str, Any]) -> dict[str, Any]:
    with acting(database) as tx:
        return reading.list_members(tx, list_members.request_schema.load(request))  # type: ignore[arg-type]
