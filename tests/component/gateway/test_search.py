"""The search: the index follows the views, leads to results without a scan, and hides what is not the asker's."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.dialects import postgresql

from gateway.notices.tables import Notice
from gateway.read_models import activities, plan, search, search_index, units
from gateway.read_models.tables import ActivityView, SearchEntry, SearchGram
from services.chassis import clock
from services.chassis.database.bulk import columns_of, insert_rows
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.errors import InvalidInput
from services.chassis.grams import words_of
from services.chassis.identifiers import uuid7
from services.chassis.security.principal import ANONYMOUS, Grant, Principal
from services.contracts.activities.calendar.events import EventCancelled, EventRescheduled, EventScheduled
from services.contracts.governance.plan.events import PlanItemUpdated, PlanPublished
from services.contracts.membership.organisation.operations import UnitCreated, UnitUpdated
from tests.component.gateway.harness import GatewayHarness
from tests.component.gateway.test_activity_views import schedule

READER = Principal("account", uuid7())
INDEXED = (activities.SEARCHED, plan.SEARCHED, units.SEARCHED)
KINDS = [indexed.kind for indexed in INDEXED]

pytestmark = pytest.mark.databases("postgresql", "sqlite")


def titles(q: str, principal: Principal = READER) -> list[str]:
    found = search.first_of_each(principal, words_of(q), KINDS, 10)
    return [item["title"] for items in found.values() for item in items]


def grams(database: Database) -> int:
    with database.session() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(SearchGram)) or 0


def test_an_activity_is_found_by_title_and_summary_as_it_is_now(gateway: GatewayHarness, database: Database) -> None:
    activity_id = schedule(
        gateway, title="教职工太极拳培训", title_en="Taiji class", summary="在风雨操场，自带软底鞋。"
    )
    schedule(gateway, title="合唱比赛", title_en=None, summary=None, summary_en=None)
    assert titles("太极") == titles("tai") == titles("软底") == titles("培训 太极") == ["教职工太极拳培训"]
    before = grams(database)
    gateway.hear(EventRescheduled, 7, activity_id=activity_id, title="八段锦培训", title_en=None, summary="改了。")
    assert (titles("太极"), titles("八段锦")) == ([], ["八段锦培训"])
    assert 0 < grams(database) < before, "the pairs of the old title are gone"
    gateway.hear(EventCancelled, 8, activity_id=activity_id)
    assert titles("八段锦") == ["八段锦培训"]


def test_an_old_event_that_arrives_late_changes_nothing(gateway: GatewayHarness) -> None:
    activity_id = uuid7()
    late = gateway.make(EventScheduled, 1, activity_id=activity_id, title="先前的名称", summary=None)
    gateway.hear(EventRescheduled, 2, activity_id=activity_id, title="后来的名称", summary=None)
    gateway.deliver(late, late)
    assert (titles("先前"), titles("后来")) == ([], ["后来的名称"])


def test_items_of_the_plan_and_units_are_found_too(gateway: GatewayHarness) -> None:
    example = dict(PlanPublished.example["items"][0], title="“三八”维权讲座", title_en="Rights lecture")
    removed = dict(example, item_id=str(uuid7()), title="将被删去的讲座", key="2023-03-gone")
    gateway.hear(PlanPublished, 1, items=[example, removed])
    assert set(titles("讲座")) == {"“三八”维权讲座", "将被删去的讲座"}
    gateway.hear(PlanItemUpdated, 2, **{**removed, "removed": True})
    assert titles("讲座") == ["“三八”维权讲座"]
    unit_id = uuid7()
    gateway.hear(UnitCreated, 1, unit_id=unit_id, code="HX01", name="化学化工学院分工会", name_en="Chemistry")
    assert titles("化工") == titles("hx0") == titles("chem") == ["化学化工学院分工会"]
    gateway.hear(UnitUpdated, 2, unit_id=unit_id, code="HX01", name="化学学院分工会", name_en="Chemistry")
    assert titles("化工") == []


def test_titles_come_first_then_what_is_later(gateway: GatewayHarness) -> None:
    soon = clock.now()
    for day, (title, summary) in enumerate([("登山甲", None), ("登山乙", None), ("郊游", "含登山")]):
        schedule(gateway, starts_at=soon + timedelta(days=day), title=title, summary=summary)
    assert titles("登山") == ["登山乙", "登山甲", "郊游"]
    first = search.page(READER, ["登山"], "activity", None, 2)
    second = search.page(READER, ["登山"], "activity", first["next_cursor"], 2)
    assert [item["title"] for item in [*first["items"], *second["items"]]] == ["登山乙", "登山甲", "郊游"]
    assert second["next_cursor"] is None
    assert second["items"][0]["excerpt"] == "含登山"
    with pytest.raises(InvalidInput):
        search.page(READER, ["登山"], "activity", "nonsense", 2)


@pytest.mark.parametrize(
    "q", ["%", "_", "100%", "a' OR '1'='1", "\\", "/%", "太极%' --", "\x00太极", "工" * 1000, "😀太极"]
)
def test_marks_have_no_meaning_of_their_own(gateway: GatewayHarness, q: str) -> None:
    schedule(gateway, title="普通活动", title_en=None, summary=None, summary_en=None)
    words = words_of(q)
    assert not words or titles(q) == []


def test_who_may_find_an_entry_is_part_of_the_query(app: Flask, database: Database) -> None:
    unit_id, member_id = uuid7(), uuid7()
    readers = ["account", "officer", f"chair/{unit_id}", f"member/{member_id}"]
    with transaction(database) as tx:
        for reader in readers:
            subject_id = uuid7()
            tx.session.add(
                SearchEntry(
                    kind="unit", subject_id=subject_id, title=reader, sort_at=tx.now, reader=reader,
                    folded_title=" 提案", folded_text="",
                )
            )  # fmt: skip
            tx.session.add_all(
                SearchGram(gram=gram, kind="unit", subject_id=subject_id) for gram in ("提案", "提", "案")
            )
    chair = Principal("account", uuid7(), None, (Grant("chair", unit_id),))
    other_chair = Principal("account", uuid7(), None, (Grant("chair", uuid7()),))
    officer = Principal("account", uuid7(), None, (Grant("officer"),))
    member = Principal("account", uuid7(), member_id, (Grant("member", unit_id),))
    program = Principal("program", uuid7(), None, (Grant("officer"),))
    assert set(titles("提案", chair)) == {"account", f"chair/{unit_id}"}
    assert titles("提案", other_chair) == ["account"]
    assert set(titles("提案", officer)) == {"account", "officer"}
    assert set(titles("提案", member)) == {"account", f"member/{member_id}"}
    assert titles("提案", ANONYMOUS) == titles("提案", program) == []


def test_what_the_index_lacks_is_made_good(gateway: GatewayHarness, database: Database) -> None:
    """As after an update, when the views are full and the index is empty, or the previous release wrote a view."""
    activity_id = schedule(gateway, title="从前的活动", summary=None, summary_en=None)
    kept = schedule(gateway, title="另一项活动", summary=None, summary_en=None)
    with transaction(database) as tx:
        for table in (SearchEntry, SearchGram):
            tx.session.execute(sa.delete(table))
    assert titles("活动") == []
    with transaction(database) as tx:
        assert search_index.make_good(tx, INDEXED) == 2
    with transaction(database) as tx:
        tx.session.execute(sa.update(ActivityView).where(ActivityView.activity_id == activity_id).values(title="新名"))
        tx.session.execute(sa.delete(ActivityView).where(ActivityView.activity_id == kept))
        assert search_index.make_good(tx, INDEXED) == 2
        assert search_index.make_good(tx, INDEXED) == 0
    assert (titles("从前"), titles("另一"), titles("新名")) == ([], [], ["新名"])


@pytest.mark.databases("postgresql")
def test_no_search_reads_a_whole_table(app: Flask, database: Database) -> None:
    with transaction(database) as tx:
        _fill(tx, 4_000)
        _tell(tx, 4_000)
    with database.engine.connect() as connection:
        connection.execute(sa.text("ANALYZE search_entry, search_gram, notice"))
        plans = {q: _plan(connection, q) for q in ("太极", "拳", "y", "太极 健身", "yoga 太", "太极拳健身讲座")}
        connection.rollback()
    assert not {q: "\n".join(lines) for q, lines in plans.items() if any("Seq Scan" in line for line in lines)}


def _plan(connection: sa.Connection, q: str) -> list[str]:
    member = Principal("account", uuid7(), uuid7(), (Grant("officer"), Grant("member", uuid7())))
    statement = search.matching(member, words_of(q), KINDS)
    compiled = statement.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    return [row[0] for row in connection.exec_driver_sql(f"EXPLAIN {compiled}")]


def _fill(tx: Any, count: int) -> None:
    """Announce as many activities of many kinds; one in a hundred is about taiji."""
    chance = random.Random(7)
    rows = [
        {
            "activity_id": UUID(int=number),
            "title": "太极拳健身讲座" if number % 100 == 0 else _words(chance, 4),
            "title_en": "Yoga, taiji" if number % 100 == 0 else f"Course {number}",
            "summary": _words(chance, 20),
            "starts_at": tx.now,
        }
        for number in range(count)
    ]
    insert_rows(tx.session, ActivityView.__table__, columns_of(rows), {"state": "scheduled"})
    search_index.refresh(tx, activities.SEARCHED, [row["activity_id"] for row in rows])


def _tell(tx: Any, count: int) -> None:
    """Tell as many members something, as the notices that let an announcement be found."""
    columns = {name: [uuid7() for _ in range(count)] for name in ("id", "recipient_id", "event_id", "subject_id")}
    same = {"kind": "announcement", "at": tx.now, "params": {}}
    insert_rows(tx.session, Notice.__table__, columns, same)


def _words(chance: random.Random, count: int) -> str:
    return "".join(chr(chance.randrange(0x4E00, 0x5200)) for _ in range(count))
