"""Which replica publishes: a lease that ends by itself, figures from every replica, a connection of the relay's own."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta

import eventlet
import pytest
import sqlalchemy as sa

from services.chassis.database.engine import Database, Limits
from services.chassis.database.errors import is_away
from services.chassis.database.leases import Lease, LeaseRow
from services.chassis.database.tables import OutboxEvent
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.process import metrics
from tests.component.chassis import bells
from tests.support.waiting import PATIENCE

AN_HOUR = timedelta(hours=1)

pytestmark = pytest.mark.parametrize("databases", ["real"], indirect=True)


def figure(name: str) -> float:
    return metrics.REGISTRY.get_sample_value(name, {"service": "bell"}) or 0.0


def waiting(databases) -> int:
    with databases["bell"].session() as session:
        return session.scalar(sa.select(sa.func.count()).where(OutboxEvent.published_at.is_(None)))


def wait_for(condition) -> None:
    with eventlet.Timeout(PATIENCE):
        while not condition():
            eventlet.sleep(0.05)


def store_rings(databases, *numbers: int) -> None:
    with transaction(databases["bell"]) as tx:
        tx.record(*(bells.Rung(n=n, door=1) for n in numbers))


def test_a_replica_that_does_not_lead_shows_what_waits_and_takes_over_when_the_lease_ends(databases):
    with databases["bell"].session() as session:
        assert Lease("relay", 600, 600).hold(session)
    store_rings(databases, 1, 2)
    with bells.running(bells.Bell, bells.Book), bells.visiting() as visitor:
        wait_for(lambda: figure("gonghui_outbox_depth") == 2)
        assert figure("gonghui_outbox_age_seconds") > 0
        assert waiting(databases) == 2
        with databases["bell"].session() as session:
            session.execute(sa.update(LeaseRow).values(expires_at=sa.func.clock_timestamp()))
        assert visitor.wait_for(2) == [1, 2]


def test_a_lease_is_one_holders_and_is_given_back_by_a_clean_stop(databases):
    first, second = Lease("relay", 60, 0), Lease("relay", 60, 0)
    with databases["bell"].session() as session:
        assert first.hold(session)
        assert first.hold(session)
        assert not second.hold(session)
        first.give_back(session)
        assert second.hold(session)
        second.give_back(session)
    with bells.running(bells.Bell):
        wait_for(lambda: leases(databases) == 1)
    assert leases(databases) == 0


def test_the_replica_that_publishes_says_so_and_another_does_not(databases):
    with bells.running(bells.Bell):
        wait_for(lambda: figure("gonghui_relay_leads") == 1 and leases(databases) == 1)
        with databases["bell"].session() as session:
            session.execute(
                sa.update(LeaseRow).values(holder="another", expires_at=sa.func.clock_timestamp() + AN_HOUR)
            )
        wait_for(lambda: metrics.REGISTRY.get_sample_value("gonghui_relay_leads", {"service": "bell"}) == 0)


def leases(databases) -> int:
    with databases["bell"].session() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(LeaseRow))


def test_a_holder_that_slept_past_its_lease_knows_it_without_asking(databases):
    lease = Lease("relay", 0.05, 0.01)
    with databases["bell"].session() as session:
        assert lease.hold(session)
        eventlet.sleep(0.1)
        assert not lease.is_held


def test_events_are_published_while_workers_hold_every_connection_of_the_pool(databases):
    with bells.running(bells.Bell, bells.Book) as containers:
        bell = next(one for one in containers.containers if one.service_name == "bell")
        store = next(one for one in bell.extensions if type(one).__name__ == "Store")
        with ExitStack() as held:
            for _ in range(store.database.engine.pool.size()):
                held.enter_context(store.database.engine.connect())
            store_rings(databases, 1)
            wait_for(lambda: waiting(databases) == 0)


def test_a_pool_has_connections_for_all_workers_and_what_runs_beside_them(databases):
    with bells.running(bells.Bell) as containers:
        store = next(one for one in containers.containers[0].extensions if type(one).__name__ == "Store")
        assert store.database.engine.pool.size() >= containers.containers[0].max_workers + 3


def test_what_a_replica_held_that_stopped_within_a_transaction_is_free_once_the_server_ends_it(databases):
    stopped = Database(databases["bell"].url, limits=Limits(idle=1.0))
    session = stopped.sessions()
    Transaction(session, None).lock("ledger")
    with transaction(databases["bell"]) as tx:
        tx.lock("ledger")
    with pytest.raises(sa.exc.DBAPIError) as lost:
        session.execute(sa.text("SELECT 1"))
    assert is_away(lost.value)
    stopped.close()


def test_a_statement_that_takes_too_long_is_ended_and_not_taken_for_a_database_that_is_away(databases):
    impatient = Database(databases["bell"].url, limits=Limits(statement=0.2))
    with pytest.raises(sa.exc.DBAPIError) as slow, impatient.session() as session:
        session.execute(sa.text("SELECT pg_sleep(30)"))
    assert not is_away(slow.value)
    impatient.close()


def test_both_ends_of_a_connection_find_out_that_the_other_has_vanished(databases):
    with databases["bell"].session() as session:
        server = {
            name: session.scalar(sa.text(f"SHOW {name}"))
            for name in ("tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count", "tcp_user_timeout")
        }
        told = session.connection().connection.dbapi_connection.get_dsn_parameters()
    assert server == {
        "tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3",
        "tcp_user_timeout": "20000",
    }  # fmt: skip
    assert (told["keepalives_idle"], told["tcp_user_timeout"]) == ("10", "20000")
