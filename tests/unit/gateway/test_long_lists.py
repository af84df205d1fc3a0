"""Lists of any length and cards of whole units become files: step by step, resumed after a crash, defused, logged."""

from __future__ import annotations

import base64
import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask, g

from gateway.jobs import requests
from gateway.jobs.entrypoints import kept, prepared
from gateway.portal import list_exports
from gateway.subjects import SUBJECTS
from gateway.subjects.membership.cards import sheets as card_sheets
from services.chassis.database.engine import Database
from services.chassis.database.history import AccessLog
from services.chassis.errors import NotAllowed, NotFound, Refused
from services.chassis.files.storage import StoredFile
from services.chassis.identifiers import uuid7
from services.chassis.jobs.runner import Chunk, Prepare, advance
from services.chassis.jobs.tables import Job
from services.contracts.jobs import JOBS_OF
from tests.unit.gateway.conftest import UNIT, FakeClient, Person

ROWS = 2350
OWN = JOBS_OF["gateway"]


@pytest.fixture
def app(app_with_portal: Flask) -> Flask:
    return app_with_portal


@contextmanager
def asking(app: Flask, person: Person) -> Iterator[None]:
    with app.test_request_context(base_url="https://union.example", headers=person.headers):
        g.correlation_id = str(uuid7())
        yield


def answer(app: Flask, person: Person, operation: Any, **payload: Any) -> dict[str, Any]:
    with asking(app, person):
        return requests.answer(operation, payload)


def applications(payload: dict[str, Any]) -> dict[str, Any]:
    """A page of made-up applications, numbered; one of them is called like a formula."""
    start = int(payload.get("cursor") or 0)
    places = range(start, min(start + payload["limit"], ROWS))
    items = [
        {"id": str(place), "name": "=cmd|'/c calc'!A1" if place == 2001 else f"某人{place}", "gender": "female",
         "unit_id": str(UNIT), "employment": "contract", "hired_on": "2020-09-01", "state": "submitted"}
        for place in places
    ]  # fmt: skip
    return {"items": items, "next_cursor": str(places.stop) if places.stop < ROWS else None}


def finished(app: Flask, database: Database, job_id: str, kind: str) -> Job:
    """Do the job to its end, a crash in the middle of it."""
    step: Chunk = partial(kept, SUBJECTS.jobs[kind], app)
    prepare: Prepare = partial(prepared, SUBJECTS.jobs[kind], app)
    broken = False

    def crashing(tx: Any, job: Job, made: Any) -> bool:
        nonlocal broken
        done = step(tx, job, made)
        if not broken and job.done:
            broken = True
            raise KeyError("gone")
        return done

    for _ in range(50):
        advance(database, UUID(job_id), crashing, prepare)
        with database.session() as session:
            job = session.get_one(Job, UUID(job_id))
        if job.state in ("done", "failed"):
            return job
    raise AssertionError("the job does not end")


def test_a_long_list_is_written_in_steps_without_losing_or_doubling_a_row(
    app: Flask, database: Database, services: FakeClient, sign_in: Callable[..., Person]
) -> None:
    services.answers["membership.list_applications"] = applications
    officer = sign_in("officer")
    with asking(app, officer):
        file, job_id = list_exports.file_or_job("applications", {"state": "submitted"}, "csv", "清点")
    assert file is None
    job = finished(app, database, job_id, "export_list")
    assert (job.state, job.done, job.params) == ("done", ROWS, {"list": "applications", "kind": "csv"})
    reply = answer(app, officer, OWN.read_file, job_id=job_id)
    rows = list(csv.reader(io.StringIO(base64.b64decode(reply["content"]).decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [
        "'=cmd|'/c calc'!A1" if place == 2001 else f"某人{place}" for place in range(ROWS)
    ]
    assert rows[1][1] == "女"
    assert {call.payload.get("state") for call in services.asked} == {"submitted"}
    with database.session() as session:
        assert session.scalars(sa.select(StoredFile.purpose)).all() == ["result"]
        assert [(log.subject, log.purpose) for log in session.scalars(sa.select(AccessLog))] == [
            ("list/applications", "清点")
        ]


def test_a_short_list_is_handed_out_at_once(app: Flask, services: FakeClient, sign_in: Callable[..., Person]) -> None:
    services.answers["membership.list_applications"] = lambda payload: {
        "items": applications({"limit": 7})["items"], "next_cursor": None
    }  # fmt: skip
    with asking(app, sign_in("officer")):
        file, job_id = list_exports.file_or_job("applications", {}, "csv", "清点")
    assert job_id == ""
    assert file is not None
    assert len(base64.b64decode(file["content"]).decode("utf-8-sig").splitlines()) == 8


def test_a_job_is_seen_by_whoever_asked_and_by_officers(
    app: Flask, services: FakeClient, sign_in: Callable[..., Person]
) -> None:
    services.answers["membership.list_applications"] = applications
    chair, other, officer = sign_in("chair"), sign_in("chair"), sign_in("officer")
    with asking(app, chair):
        _, job_id = list_exports.file_or_job("applications", {}, "xlsx", "清点")
    assert [one["id"] for one in answer(app, chair, OWN.list)["items"]] == [job_id]
    assert answer(app, other, OWN.list)["items"] == []
    with pytest.raises(NotFound):
        answer(app, other, OWN.get, job_id=job_id)
    assert answer(app, officer, OWN.cancel, job_id=job_id)["cancelling"]
    with pytest.raises(NotAllowed):
        answer(app, sign_in("member"), OWN.get, job_id=job_id)


def cards(count: int) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def listed(payload: dict[str, Any]) -> dict[str, Any]:
        start = int((payload.get("after") or "M0")[1:])
        numbers = range(start + 1, min(start + payload["limit"], count) + 1)
        items = [
            {"member_id": str(uuid7()), "number": f"M{number:06d}", "name": "王工会", "unit_id": str(UNIT),
             "standing": "active", "joined_on": "2020-09-01", "has_photo": False, "photo": None,
             "token": f"{number:06d}" * 8}
            for number in numbers
        ]  # fmt: skip
        last = numbers.stop - 1
        return {"items": items, "total": count, "next_after": f"M{last:06d}" if last < count else None}

    return listed


def test_the_cards_of_many_come_as_sheets_in_one_archive(
    app: Flask, database: Database, services: FakeClient, sign_in: Callable[..., Person]
) -> None:
    services.answers["membership.list_cards"] = cards(120)
    chair = sign_in("chair")
    with asking(app, chair):
        assert not card_sheets.fits_at_once(card_sheets.count({"unit_id": str(UNIT)}))
        job_id = card_sheets.start({"unit_id": str(UNIT)})["id"]
    job = finished(app, database, job_id, "print_cards")
    assert (job.state, job.done, job.total) == ("done", 120, 120)
    reply = answer(app, chair, OWN.read_file, job_id=job_id)
    assert reply["media_type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(reply["content"]))) as archive:
        assert [name.rpartition(" ")[2] for name in archive.namelist()] == [
            "M000001-M000050.pdf", "M000051-M000100.pdf", "M000101-M000120.pdf",
        ]  # fmt: skip
        assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist())
    with database.session() as session:
        assert session.scalars(sa.select(AccessLog.subject)).all() == ["card-sheets"]


def test_few_cards_come_at_once_none_and_too_many_are_refused(
    app: Flask, services: FakeClient, sign_in: Callable[..., Person]
) -> None:
    with asking(app, sign_in("officer")):
        services.answers["membership.list_cards"] = cards(3)
        assert card_sheets.fits_at_once(card_sheets.count({}))
        assert base64.b64decode(card_sheets.at_once({})["content"]).startswith(b"%PDF")
        for count, rule in ((0, "card.somebody_has_a_card"), (5001, "card.sheets_are_few")):
            services.answers["membership.list_cards"] = cards(count)
            with pytest.raises(Refused) as caught:
                card_sheets.start({})
            assert caught.value.rule == rule
