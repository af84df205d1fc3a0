"""Since when a consumer has to have every event: new, older than its note, in a database just made or put back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.history import note_change
from services.chassis.database.tables import InboxEvent, Reconciliation
from services.chassis.database.transaction import transaction
from services.chassis.events import reconciliation
from services.chassis.identifiers import lowest_id, moment_of, uuid7
from services.chassis.process.settings import settings

LONG_AGO = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


def take(
    database: Database, consumer: str, at: datetime, status: str = "handled", event_id: UUID | None = None
) -> None:
    row = InboxEvent(consumer=consumer, event_id=event_id or lowest_id(at), status=status, attempts=1, received_at=at)
    with database.session() as session:
        session.add(row)


def noted(database: Database, *consumers: str, at: datetime = NOW) -> dict[str, datetime]:
    with database.session() as session:
        reconciliation.note_consumers(session, consumers, at)
    with database.session() as session:
        return {row.consumer: row.since for row in reconciliation.states(session)}


def test_the_lowest_id_of_a_moment_is_below_what_is_made_then():
    before = clock.now()
    made = uuid7()
    assert lowest_id(before) <= made < lowest_id(clock.now() + timedelta(milliseconds=2))
    assert lowest_id(before).version == 7
    assert abs(moment_of(made) - before) < timedelta(minutes=1)


def test_in_a_database_that_was_just_made_or_emptied_everything_is_asked_for(database):
    assert noted(database, "book.on_rung")["book.on_rung"] < datetime(2020, 1, 1, tzinfo=UTC)


def test_a_consumer_with_events_exists_since_its_oldest_one(database):
    take(database, "book.on_rung", LONG_AGO)
    take(database, "book.on_rung", LONG_AGO + timedelta(days=3))
    take(database, "book.on_rung", NOW, status="dead", event_id=UUID(int=5))  # made from an unreadable body
    assert noted(database, "book.on_rung")["book.on_rung"] == LONG_AGO


def test_a_consumer_that_an_upgrade_adds_gets_no_history(database):
    take(database, "book.on_rung", LONG_AGO)
    assert noted(database, "book.on_rung", "book.on_broken")["book.on_broken"] == NOW
    assert noted(database, "book.on_rung", "book.on_painted", at=NOW + timedelta(days=1)) == {
        "book.on_rung": LONG_AGO, "book.on_broken": NOW, "book.on_painted": NOW + timedelta(days=1),
    }  # fmt: skip


def test_a_service_that_begins_to_listen_by_an_upgrade_gets_no_history(database):
    with transaction(database) as tx:
        note_change(tx, "bell/1", {"tone": ("low", "high")})
    assert noted(database, "book.on_rung") == {"book.on_rung": NOW}


def test_noting_again_changes_nothing(database):
    noted(database, "book.on_rung", at=NOW)
    with database.session() as session:
        session.execute(sa.update(Reconciliation).values(upto=uuid7()))
    assert noted(database, "book.on_rung", at=NOW + timedelta(days=9)) == noted(database, "book.on_rung")


def test_asking_goes_back_as_far_as_events_are_kept_and_with_a_moment_further_than_the_note(database):
    take(database, "book.on_rung", LONG_AGO)
    noted(database, "book.on_rung", "book.on_broken")
    with database.session() as session:
        session.execute(sa.update(Reconciliation).values(upto=uuid7(), asked_at=None))
        reconciliation.ask(session, NOW)
        rows = reconciliation.states(session)
        assert {row.upto for row in rows} == {lowest_id(reconciliation.horizon(NOW))}
        assert {row.since for row in rows} == {LONG_AGO, NOW}
        reconciliation.ask(session, NOW, since=LONG_AGO)
        assert {row.since for row in reconciliation.states(session)} == {LONG_AGO}
    assert reconciliation.horizon(NOW) > NOW - timedelta(days=settings().event_retention_days)


def test_the_last_days_are_compared_again_once_a_day(database):
    noted(database, "book.on_rung")
    far = lowest_id(NOW)
    with database.session() as session:
        session.execute(sa.update(Reconciliation).values(upto=far, swept_at=NOW))
        reconciliation.sweep(session, ["book.on_rung"], NOW + timedelta(hours=23))
        assert reconciliation.states(session)[0].upto == far
        later = NOW + timedelta(hours=25)
        reconciliation.sweep(session, ["book.on_rung"], later)
        assert reconciliation.states(session)[0].upto == lowest_id(later - reconciliation.SWEPT)


def test_a_consumer_is_done_by_one_replica_until_its_lease_ends(database):
    noted(database, "book.on_rung")
    with database.session() as session:
        assert [row.consumer for row in reconciliation.claim(session, ["book.on_rung"], NOW)] == ["book.on_rung"]
        assert reconciliation.claim(session, ["book.on_rung"], NOW + timedelta(seconds=30)) == []
        assert reconciliation.claim(session, ["book.on_rung"], NOW + reconciliation.LEASE)


def test_what_was_taken_though_never_announced_is_counted_and_some_of_it_named(database):
    ids = [uuid7() for _ in range(30)]
    for event_id in ids:
        take(database, "book.on_rung", NOW, event_id=event_id)
    take(database, "book.on_other", NOW, event_id=uuid4())
    with database.session() as session:
        found = reconciliation.unannounced(session, "book.on_rung", ids[0], ids[-1], ids[5:8])
    assert found.number == 26
    assert found.some == [*ids[1:5], *ids[8:24]]
