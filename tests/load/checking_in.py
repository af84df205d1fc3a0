"""Check-in: 2,000 people come in by their codes, one transaction each, asked of the service's own code."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases import organising
from services.activities.check_in.tables import Attendance
from services.activities.check_in.use_cases import arriving, codes
from services.activities.registration.tables import Registration
from services.chassis.clock import now
from services.chassis.database.engine import Database
from services.chassis.database.migrations import upgrade
from services.chassis.database.transaction import transaction
from services.chassis.identifiers import uuid7
from services.chassis.rpc.context import CallContext
from services.chassis.security.codes import Code, signed
from services.chassis.security.principal import Grant, Principal
from services.contracts.activities.calendar.operations import schedule_activity
from tests.load.figures import Figure
from tests.load.ground import Ground
from tests.load.pgbench import find_pgbench, transactions_a_second

COMING, FEWER = 10_000, 2_000
LEAST = 0.5
"""Which share of pgbench's transactions the check-ins reach."""
CLIENTS = 8
_OFFICER = CallContext(principal=Principal("account", uuid7(), uuid7(), (Grant("officer"),)))
_SCRIPT = Path(__file__).with_name("check_in.sql")
_MEMBERS_SQL = """
INSERT INTO participant (member_id, unit_id, unit_sequence, employment, standing, standing_sequence, awaits_ceremony)
SELECT gen_random_uuid(), gen_random_uuid(), 1, 'contract', 'active', 1, false FROM generate_series(1, :members)
"""
_REGISTERED_SQL = """
INSERT INTO registration (id, activity_id, member_id, unit_id, state, ticket, registered_at, confirmed_at)
SELECT gen_random_uuid(), :activity, member_id, unit_id, 'confirmed', row_number() OVER (), now(), now()
FROM participant
"""


@dataclass(frozen=True)
class _Given:
    """An activity that begins now, in a database of its own."""

    database: Database
    url: str
    activity_id: UUID


def figures(ground: Ground) -> Iterator[Figure]:
    """Yield a row for one desk's rate, with as many callers as pgbench has clients."""
    members = FEWER if ground.quick else COMING
    with _activity(ground, members) as given:
        shown = _codes(given)
        began = time.perf_counter()
        _at_desks([shown[desk::CLIENTS] for desk in range(CLIENTS)], given)
        rate = members / (time.perf_counter() - began)
        with given.database.session() as session:
            came = session.scalar(sa.select(sa.func.count()).select_from(Attendance))
        if came != members:
            raise RuntimeError(f"{came} of {members} are recorded")
        limit = _pgbench(ground, given, members)
    yield Figure(
        f"check-in: {members:,} by their codes, one transaction each",
        f"{rate:,.0f}/s",
        f"{limit:,.0f} tps (pgbench, {CLIENTS} clients, one row each)",
        rate / limit,
        f"≥ {LEAST:g}×",
        rate >= LEAST * limit,
        f"{CLIENTS} desks in one process; {members:,} people are in after {members / rate:.0f} s",
    )


@contextmanager
def _activity(ground: Ground, members: int) -> Iterator[_Given]:
    url = ground.server.new_database("checking_in")
    upgrade("activities", url)
    database = Database(url, pool_size=CLIENTS)
    try:
        starts_at = now() + timedelta(minutes=30)
        asked = schedule_activity.request_schema.load(
            {
                "title": "开幕式", "kind": "ceremony", "starts_at": starts_at.isoformat(),
                "ends_at": (starts_at + timedelta(hours=2)).isoformat(), "capacity": members,
            }
        )  # fmt: skip
        with transaction(database, _OFFICER) as tx:
            activity_id = organising.schedule_activity(tx, asked).id
            tx.session.execute(sa.text(_MEMBERS_SQL), {"members": members})
            tx.session.execute(sa.text(_REGISTERED_SQL), {"activity": activity_id})
            tx.session.execute(sa.text("ANALYZE"))
        yield _Given(database, url, activity_id)
    finally:
        database.close()
        ground.server.drop_database(url)


def _codes(given: _Given) -> list[str]:
    """Return the codes that all show, good for the time of the measurement."""
    until = now() + timedelta(hours=1)
    with given.database.session() as session:
        ids = session.scalars(sa.select(Registration.id).where(Registration.activity_id == given.activity_id))
        return [signed(Code(codes.OWN, one, 0, until)) for one in ids]


def _at_desks(desks: Sequence[Sequence[str]], given: _Given) -> None:
    """Scan the codes of all desks at once."""
    fixed = {"member_id": None, "companions": None, "let_in": False, "by_card": False, "desk": "A", "scan": None}

    def scan(shown: Sequence[str]) -> None:
        for code in shown:
            with transaction(given.database, _OFFICER) as tx:
                arriving.check_in(tx, {"activity_id": given.activity_id, "code": code, **fixed})

    threads = [threading.Thread(target=scan, args=(shown,)) for shown in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _pgbench(ground: Ground, given: _Given, members: int) -> float:
    """Undo the check-ins, and write the same rows by pgbench, a transaction each."""
    pgbench = find_pgbench()
    with given.database.session() as session:
        session.execute(sa.text("TRUNCATE attendance"))
        session.execute(sa.text("DROP SEQUENCE IF EXISTS next_number"))
        session.execute(sa.text("CREATE SEQUENCE next_number"))
    script = _SCRIPT.read_text().replace("{activity}", str(given.activity_id))
    return transactions_a_second(pgbench, script, given.url, CLIENTS, "-t", str(members // CLIENTS))
