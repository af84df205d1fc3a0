"""Facts of 1,000 members for a decision, beside the plain reading of the same rows: asked of the service's own code."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

import sqlalchemy as sa

from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import service_principal
from services.contracts.membership.facts import MOST_MEMBERS, facts_of_members
from services.membership.facts.use_cases import answering
from services.membership.record.tables import Member
from tests.load.figures import Figure
from tests.load.ground import Ground
from tests.load.members import union_of

MEMBERS = 20_000
ASKED = 40
MOST = 6.0
"""How many times the plain reading a question may take: it reads three tables, writes its use, makes JSON of both."""


def figures(ground: Ground) -> Iterator[Figure]:
    """Yield one row: a question for all facts of 1,000 members, and a SELECT of their columns, asked in turns."""
    with union_of(ground, MEMBERS) as database:
        with database.session() as session:
            ids = list(session.scalars(sa.select(Member.id).where(Member.standing == "active").limit(MOST_MEMBERS)))
        question, plain = _in_turns(lambda: _ask(database, ids), lambda: _read(database, ids))
    yield Figure(
        f"facts of {MOST_MEMBERS:,} members, of {MEMBERS:,}",
        f"{question:.1f} ms",
        f"{plain:.1f} ms (plain SELECT of the rows)",
        question / plain,
        f"≤ {MOST:g}×",
        question <= MOST * plain,
        "median; posts, honours, log and JSON included",
    )


def _ask(database: Database, ids: list[Any]) -> None:
    request = facts_of_members.request_schema.load(
        {
            "purpose": "activity_audience", "facts": ["sex", "age", "posts", "honours"], "on": "2026-06-01",
            "member_ids": [str(one) for one in ids],
        }
    )  # fmt: skip
    with transaction(database, CallContext(principal=service_principal("activities"))) as tx:
        facts_of_members.reply_schema.dump(answering.facts_of_members(tx, request))


def _read(database: Database, ids: list[Any]) -> None:
    columns = Member.id, Member.gender, Member.birth_date, Member.standing
    with database.session(readonly=True) as session:
        session.execute(sa.select(*columns).where(Member.id.in_(ids))).all()


def _in_turns(*work: Callable[[], None]) -> tuple[float, ...]:
    """Return the median of each in milliseconds, the first two rounds left out."""
    taken: list[list[float]] = [[] for _ in work]
    for _ in range(ASKED + 2):
        for times, one in zip(taken, work, strict=True):
            started = time.perf_counter()
            one()
            times.append((time.perf_counter() - started) * 1000)
    return tuple(median(times[2:]) for times in taken)
