"""Goods of a cycle: listing 100,000 members, and a day on which 10,000 are handed out one by one.

Both are asked of the service's own code, so that broker and web server don't hide it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

import sqlalchemy as sa

from services.chassis.clock import today
from services.chassis.database.engine import Database
from services.chassis.database.migrations import upgrade
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.identifiers import uuid7
from services.chassis.jobs.jobs import Job
from services.chassis.jobs.runner import advance
from services.chassis.rpc.context import CallContext
from services.chassis.rules.rulebook import load_rules
from services.chassis.security.principal import Grant, Principal
from services.contracts.welfare.programmes.requests import CreateCycle, CreateProgramme
from services.governance.rulebook.use_cases.shipping import RULESETS
from services.welfare.programmes.tables import Cycle, GoodsEntitlement
from services.welfare.programmes.use_cases import approving, computing, handing_out, own, setting_up, turns
from tests.load.figures import Figure
from tests.load.ground import Ground
from tests.load.pgbench import find_pgbench, transactions_a_second

LISTED, HANDED, FEWER = 100_000, 10_000, 2_000
MOST = 6.0
"""How many times as long as writing the rows at once the list may take: everybody is decided about, with reasons."""
LEAST = 0.5
"""Which share of pgbench's transactions the hand-outs reach."""
CLIENTS = 8
_UNITS = 24
_OFFICER = CallContext(principal=Principal("account", uuid7(), uuid7(), (Grant("officer"),)))
_SCRIPT = Path(__file__).with_name("hand_out.sql")
_MEMBERS_SQL = """
INSERT INTO known_member (member_id, unit_id, unit_sequence, standing, standing_sequence, employment, end_sequence,
    account_year)
SELECT gen_random_uuid(), (:units)[1 + i % :unit_count], 1, 'active', 1,
    (ARRAY['established', 'agency', 'contract'])[1 + i % 3], 0, 0
FROM generate_series(1, :members) AS i
"""
_TABLES = ("goods_entitlement", "decision")


@dataclass(frozen=True)
class _Given:
    """A cycle in a database of its own."""

    database: Database
    url: str
    cycle_id: UUID


def figures(ground: Ground) -> Iterator[Figure]:
    """Yield a row for the list, and one for the hand-outs."""
    yield _listing(ground, FEWER * 5 if ground.quick else LISTED)
    yield _handing_out(ground, FEWER if ground.quick else HANDED)


def _listing(ground: Ground, members: int) -> Figure:
    with _cycle(ground, members) as given:
        times, limits, grown = [], [], 0.0
        for _ in range(ground.rounds):
            took, grown = _compute(given, members)
            times.append(took)
            limits.append(_insert_at_once(given.database))
    took, limit = median(times), median(limits)
    return Figure(
        f"goods: {members:,} entitlements",
        f"{took:.1f} s",
        f"{limit:.2f} s by one INSERT … SELECT of the lists and decisions",
        took / limit,
        f"≤ {MOST:g}×",
        took <= MOST * limit,
        f"{members / took:,.0f} members/s; {-(-members // computing.PAGE)} steps, each can resume; "
        f"memory {grown:+.1f} MB from the tenth part to the end",
    )


def _handing_out(ground: Ground, members: int) -> Figure:
    with _cycle(ground, members) as given:
        _compute(given, members)
        codes = _codes(given)
        began = time.perf_counter()
        for code in codes:
            with transaction(given.database, _OFFICER) as tx:
                handing_out.record_hand_out(tx, {"code": code, "signature": "本人", "by_proxy": False})
        rate = len(codes) / (time.perf_counter() - began)
        limit = _pgbench(ground, given, len(codes))
    return Figure(
        f"goods: {len(codes):,} handed out, one transaction each",
        f"{rate:,.0f}/s",
        f"{limit:,.0f} tps (pgbench, {CLIENTS} clients, the same rows)",
        rate / limit,
        f"≥ {LEAST:g}×",
        rate >= LEAST * limit,
        f"one caller; the day takes {len(codes) / rate:.0f} s",
    )


@contextmanager
def _cycle(ground: Ground, members: int) -> Iterator[_Given]:
    """Yield a cycle for so many members, with a package for each."""
    url = ground.server.new_database("goods")
    upgrade("welfare", url)
    database = Database(url, pool_size=2)
    try:
        with transaction(database, _OFFICER) as tx:
            for name in ("national", "demo"):
                load_rules(tx, RULESETS / f"{name}.json", name)
            bound = sa.text(_MEMBERS_SQL).bindparams(sa.bindparam("units", type_=sa.ARRAY(sa.Uuid())))
            units = [uuid4() for _ in range(_UNITS)]
            tx.session.execute(bound, {"units": units, "unit_count": _UNITS, "members": members})
            tx.session.execute(sa.text("ANALYZE"))
            cycle_id = _set_up(tx, members)
        yield _Given(database, url, cycle_id)
    finally:
        database.close()
        ground.server.drop_database(url)


def _set_up(tx: Transaction, members: int) -> UUID:
    day = today()
    made = setting_up.create_programme(tx, CreateProgramme().load({"name": "春节", "festival": "spring_festival"}))
    cycle = {
        "programme_id": str(made.id), "year": day.year, "title": "春节慰问品", "as_of": day.isoformat(),
        "price": "200.00", "choose_until": (day - timedelta(days=1)).isoformat(), "collect_from": day.isoformat(),
        "collect_until": (day + timedelta(days=20)).isoformat(),
    }  # fmt: skip
    cycle_id: UUID = setting_up.create_cycle(tx, CreateCycle().load(cycle))["id"]
    package = {"name": "粮油", "contents": "大米", "price": Decimal(200), "paired_aid": Decimal(0), "stock": members}
    setting_up.add_package(tx, {"cycle_id": cycle_id, **package, "is_default": True})
    return cycle_id


def _compute(given: _Given, members: int) -> tuple[float, float]:
    """Compute the list step by step as the service does; return the seconds it took and the memory it added."""
    with given.database.session() as session:
        session.execute(sa.text(f"TRUNCATE {', '.join(_TABLES)} CASCADE"))
        session.execute(sa.update(Cycle).values(state="draft"))
    began = time.perf_counter()
    with transaction(given.database, _OFFICER) as tx:
        job_id = computing.compute_cycle(tx, {"cycle_id": given.cycle_id})["job_id"]
    state, done, early = "waiting", 0, 0.0
    while state in ("waiting", "running"):
        advance(given.database, job_id, computing.compute_part, _prepare)
        with given.database.session() as session:
            job = session.get_one(Job, job_id)
            state, done = job.state, job.done
        early = early or (_resident() if done >= members // 10 else 0.0)
    took = time.perf_counter() - began
    if (state, done) != ("done", members):
        raise RuntimeError(f"computing ended {state} after {done} of {members}")
    return took, _resident() - early


def _prepare(database: Database, context: CallContext, job: Job) -> dict[str, Any]:
    call = SimpleNamespace(transaction=lambda readonly: transaction(database, context, readonly=readonly))
    return computing.ask_facts(cast(Any, call), job)


def _resident() -> float:
    """Return the megabytes this process has in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def _insert_at_once(database: Database) -> float:
    """Return the seconds one statement a table takes to write the same rows into the same emptied tables."""
    with database.session() as session:
        for table in _TABLES:
            session.execute(sa.text(f"CREATE TEMP TABLE kept_{table} ON COMMIT DROP AS SELECT * FROM {table}"))
        session.execute(sa.text(f"TRUNCATE {', '.join(_TABLES)} CASCADE"))
        began = time.perf_counter()
        for table in _TABLES:
            session.execute(sa.text(f"INSERT INTO {table} SELECT * FROM kept_{table}"))
        return time.perf_counter() - began


def _codes(given: _Given) -> list[str]:
    """Approve the cycle, let the deadline choose for all, and return the codes they show."""
    with transaction(given.database, _OFFICER) as tx:
        entitled = tx.session.get_one(Cycle, given.cycle_id).entitled
        approving.approve_cycle(tx, {"cycle_id": given.cycle_id, "entitled": entitled})
    state = "approved"
    while state != "handing_out":
        for turn in (turns.tell_entitled, turns.choose_defaults):
            with transaction(given.database, _OFFICER) as tx:
                turn(tx)
        with given.database.session() as session:
            state = session.get_one(Cycle, given.cycle_id).state
    with given.database.session() as session:
        cycle = session.get_one(Cycle, given.cycle_id)
        rows = session.scalars(sa.select(GoodsEntitlement).where(GoodsEntitlement.cycle_id == cycle.id))
        return [str(own.code_of(row, cycle)) for row in rows]


def _pgbench(ground: Ground, given: _Given, members: int) -> float:
    """Undo the hand-outs, and write the same rows by pgbench, a transaction each."""
    pgbench = find_pgbench()
    with given.database.session() as session:
        session.execute(sa.text("TRUNCATE hand_out"))
        session.execute(sa.text("UPDATE goods_entitlement SET state = 'chosen'"))
        session.execute(sa.text("DROP SEQUENCE IF EXISTS next_number"))
        session.execute(sa.text("CREATE SEQUENCE next_number"))
    script = _SCRIPT.read_text().replace("{cycle}", str(given.cycle_id))
    return transactions_a_second(pgbench, script, given.url, CLIENTS, "-t", str(members // CLIENTS))
