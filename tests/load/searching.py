"""Searching the gateway's index with 20,000 entries beside one with 1,000, asked of the gateway's own code."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from statistics import median
from unittest.mock import Mock
from uuid import UUID

import sqlalchemy as sa
from flask import Flask

from gateway.app import create_app
from gateway.notices.tables import Notice
from gateway.read_models import activities, search, search_index
from gateway.read_models.entrypoints import indexed_kinds
from gateway.read_models.tables import ActivityView
from gateway.subjects import SUBJECTS
from services.chassis import clock
from services.chassis.database.bulk import columns_of, insert_rows
from services.chassis.database.engine import Database
from services.chassis.database.migrations import upgrade
from services.chassis.database.transaction import transaction
from services.chassis.grams import words_of
from services.chassis.identifiers import uuid7
from services.chassis.security.principal import Grant, Principal
from tests.load.figures import Figure
from tests.load.ground import Ground
from tests.load.plans import reads_whole_tables

SIZES = (1_000, 20_000)
MOST = 2.0
"""How many times slower the large index may be."""
ASKED = 40
QUESTIONS = {
    "two characters": "太极",
    "a word": "太极拳健身",
    "two words": "太极 健身",
    "a beginning": "tai",
}
KINDS = [indexed.kind for indexed in indexed_kinds(SUBJECTS)]
READER = Principal("account", uuid7(), uuid7(), (Grant("officer"), Grant("member", uuid7())))
_FOUND = 10
"""Entries each question finds in either index: more to show would take longer, whatever the size."""


def figures(ground: Ground) -> Iterator[Figure]:
    """Yield a row for each question: the large index beside the small one, asked in turns."""
    sizes = (SIZES[0], SIZES[0] * 4) if ground.quick else SIZES
    with _index_of(ground, sizes[0]) as few, _index_of(ground, sizes[1]) as many:
        for name, q in QUESTIONS.items():
            small, large = _asked_in_turns(few, many, q)
            scans = reads_whole_tables(many[1], lambda: _ask(many[0], q))  # noqa: B023  # called at once
            yield Figure(
                f"search by {name}, {sizes[1]:,} entries",
                f"{large:.2f} ms",
                f"{small:.2f} ms with {sizes[0]:,}",
                large / small,
                f"≤ {MOST:g}×",
                large <= MOST * small and not scans,
                f"median, asked of the gateway's code; {'READS A WHOLE TABLE' if scans else 'no scan'}",
            )


def _asked_in_turns(few: tuple[Flask, Database], many: tuple[Flask, Database], q: str) -> tuple[float, float]:
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ASKED):
        for (app, _database), taken in zip((few, many), times, strict=True):
            began = time.perf_counter()
            found = _ask(app, q)
            taken.append(time.perf_counter() - began)
            assert found
    return median(times[0]) * 1000, median(times[1]) * 1000


def _ask(app: Flask, q: str) -> object:
    with app.app_context():
        return search.first_of_each(READER, words_of(q), KINDS, _FOUND)


@contextmanager
def _index_of(ground: Ground, entries: int) -> Iterator[tuple[Flask, Database]]:
    """Yield the app of a gateway that knows so many activities, and its database; it is dropped afterwards."""
    url = ground.server.new_database("search")
    upgrade("gateway", url)
    database = Database(url, pool_size=2)
    try:
        with transaction(database) as tx:
            _announce(tx.session, entries)
            _tell(tx.session, entries)
            search_index.rebuild(tx, activities.SEARCHED)
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("ANALYZE"))
        yield create_app(database, Mock(), with_portal=True), database
    finally:
        database.close()
        ground.server.drop_database(url)


def _announce(session: sa.orm.Session, count: int) -> None:
    """Store as many activities of many kinds; ten of them are about taiji."""
    chance = random.Random(7)
    every = count // _FOUND
    rows = [
        {
            "activity_id": UUID(int=number),
            "title": "太极拳健身讲座" if number % every == 0 else _words(chance, 6),
            "title_en": "Taiji lecture" if number % every == 0 else f"Course {number}",
            "summary": _words(chance, 24),
            "starts_at": clock.now() + timedelta(hours=number),
        }
        for number in range(count)
    ]
    insert_rows(session, ActivityView.__table__, columns_of(rows), {"state": "scheduled"})


def _tell(session: sa.orm.Session, count: int) -> None:
    """Tell as many members something: who has a notice of an announcement finds it."""
    columns = {name: [uuid7() for _ in range(count)] for name in ("id", "recipient_id", "event_id", "subject_id")}
    insert_rows(session, Notice.__table__, columns, {"kind": "announcement", "at": clock.now(), "params": {}})


def _words(chance: random.Random, length: int) -> str:
    return "".join(chr(chance.randrange(0x4E00, 0x5600)) for _ in range(length))
