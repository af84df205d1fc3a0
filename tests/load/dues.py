"""Charging a month's dues to a whole union, beside one INSERT … SELECT of the same rows into the same table."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from uuid import UUID, uuid4

import sqlalchemy as sa

from services.chassis.database.engine import Database
from services.chassis.database.migrations import upgrade
from services.chassis.database.transaction import transaction
from services.chassis.jobs.jobs import Job
from services.chassis.jobs.runner import advance
from services.chassis.rpc.context import CallContext
from services.chassis.rules.rulebook import load_rules
from services.chassis.security.encryption import key_ring
from services.chassis.security.principal import service_principal
from services.governance.rulebook.use_cases.shipping import RULESETS
from services.membership.dues.use_cases import charging
from tests.load.figures import Figure
from tests.load.ground import Ground

MEMBERS, FEWER = 100_000, 10_000
MOST = 6.0
"""How many times the limit it may take: every base is decrypted, reckoned and written down in steps that can resume."""
_MONTH = "2026-03"
_UNITS = 24
_MEMBERS_SQL = """
INSERT INTO member (id, number, name, pinyin, initials, gender, birth_date, birth_month, birth_day, id_number,
    id_number_index, unit_id, employment, joined_on, standing, updated_at, version)
SELECT gen_random_uuid(), 'M' || lpad(i::text, 6, '0'), '会员', 'huiyuan', 'hy', 'female', '1980-01-01', 1, 1, '',
    md5(i::text), (:units)[1 + i % :unit_count], 'established', '2010-01-01', 'active', now(), 1
FROM generate_series(1, :members) AS i
"""
_BASES_SQL = """
INSERT INTO dues_base (id, member_id, starts_on, base, source, set_at, set_by)
SELECT gen_random_uuid(), id, '2020-01-01', (:tokens)[1 + abs(hashtext(number)) % :token_count], 'file', now(), 'bench'
FROM member
"""
_LIMIT_SQL = """
INSERT INTO dues_charge (member_id, month, unit_id, amount, due, paid, charged_at)
SELECT member_id, month, unit_id, amount, due, paid, charged_at FROM charged
"""


def figures(ground: Ground) -> Iterator[Figure]:
    """Yield one row: a month charged by long work, step by step."""
    members = FEWER if ground.quick else MEMBERS
    with _union(ground, members) as database:
        times, limits = [], []
        for _ in range(ground.rounds):
            times.append(_charge(database, members))
            limits.append(_insert_at_once(database, members))
    took, limit = median(times), median(limits)
    yield Figure(
        f"charging dues, {members:,} members",
        f"{took:.1f} s",
        f"{limit:.2f} s by one INSERT … SELECT",
        took / limit,
        f"≤ {MOST:g}×",
        took <= MOST * limit,
        f"{members / took:,.0f} members/s; {-(-members // charging.CHARGED_AT_ONCE)} steps, each can resume",
    )


@contextmanager
def _union(ground: Ground, members: int) -> Iterator[Database]:
    """Yield a membership database with so many members and a base for each."""
    url = ground.server.new_database("dues")
    upgrade("membership", url)
    database = Database(url, pool_size=2)
    try:
        units = [uuid4() for _ in range(_UNITS)]
        tokens = [key_ring().encrypt(f"{3000 + place * 37}.00") for place in range(500)]
        with transaction(database, CallContext(principal=service_principal("bench"))) as tx:
            load_rules(tx, RULESETS / "national.json", "national")
            _found(tx.session.connection(), units)
            run = tx.session.execute
            bound = sa.text(_MEMBERS_SQL).bindparams(sa.bindparam("units", type_=sa.ARRAY(sa.Uuid())))
            run(bound, {"units": units, "unit_count": _UNITS, "members": members})
            bound = sa.text(_BASES_SQL).bindparams(sa.bindparam("tokens", type_=sa.ARRAY(sa.Text())))
            run(bound, {"tokens": tokens, "token_count": len(tokens)})
            run(sa.text("ANALYZE"))
        yield database
    finally:
        database.close()
        ground.server.drop_database(url)


def _found(connection: sa.Connection, units: list[UUID]) -> None:
    statement = sa.text(
        "INSERT INTO unit (id, code, name, kind, active, version) VALUES (:id, :code, '分工会', 'unit', true, 1)"
    ).bindparams(sa.bindparam("id", type_=sa.Uuid()))
    connection.execute(statement, [{"id": unit, "code": f"{place:02d}"} for place, unit in enumerate(units)])


def _charge(database: Database, members: int) -> float:
    """Charge the month step by step as the service does; return the seconds it took."""
    with database.session() as session:
        session.execute(sa.text("TRUNCATE dues_charge"))
    began = time.perf_counter()
    with transaction(database, CallContext(principal=service_principal("bench"))) as tx:
        job_id = charging.charge_dues(tx, {"month": _MONTH})["job_id"]
    while True:
        advance(database, job_id, charging.charge_part)
        with database.session() as session:
            job = session.get_one(Job, job_id)
            state, done = job.state, job.done
        if state not in ("waiting", "running"):
            break
    took = time.perf_counter() - began
    if (state, done) != ("done", members):
        raise RuntimeError(f"charging ended {state} after {done} of {members}")
    return took


def _insert_at_once(database: Database, members: int) -> float:
    """Return the seconds one statement takes to write the same rows into the same emptied table."""
    with database.session() as session:
        session.execute(sa.text("CREATE TEMP TABLE charged ON COMMIT DROP AS SELECT * FROM dues_charge"))
        session.execute(sa.text("TRUNCATE dues_charge"))
        began = time.perf_counter()
        written: sa.CursorResult = session.execute(sa.text(_LIMIT_SQL))  # type: ignore[assignment]
        took = time.perf_counter() - began
    if written.rowcount != members:
        raise RuntimeError(f"{written.rowcount} rows of {members}")
    return took
