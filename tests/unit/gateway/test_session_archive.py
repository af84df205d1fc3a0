"""The archive of a session is made as long work: file by file, resumed, and verified as anybody would."""

from __future__ import annotations

import base64
import csv
import io
import json
import zipfile
from collections.abc import Callable
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask, g

from gateway.jobs.entrypoints import kept, prepared
from gateway.subjects import SUBJECTS
from gateway.subjects.governance.congress import archiving
from services.chassis import record_archive
from services.chassis.database.engine import Database
from services.chassis.errors import Refused, Unavailable
from services.chassis.files.storage import StoredFile
from services.chassis.identifiers import uuid7
from services.chassis.jobs.runner import advance
from services.chassis.jobs.tables import Job
from tests.unit.gateway.conftest import FakeClient, Person

KIND = SUBJECTS.jobs["archive_session"]
SESSION, CONGRESS, DELEGATE, GUEST, ITEM, UNIT, BALLOT, DOCUMENT = (str(uuid7()) for _ in range(8))
RESOLUTION = {
    "id": str(uuid7()), "item_id": ITEM, "body": "staff_congress", "title": "通过办法", "way": "ballot",
    "ballot_id": BALLOT, "delegates": 7, "present": 6, "votes_for": 5, "against": 1, "abstained": 0, "needed": 4,
    "state": "passed", "rule": None,
}  # fmt: skip
RATING = {
    "id": str(uuid7()), "title": "2026 年民主评议", "state": "closed", "published": True, "entitled": 7, "sheets": 6,
    "smallest": 5, "hidden": False,
    "leaders": [{"name": "示例甲", "post": "校长", "mean": 1.5, "satisfied_percent": 83.3}],
}  # fmt: skip
FOUND = {
    "id": SESSION, "congress_id": CONGRESS, "term": 6, "number": 4, "kind": "regular", "requested_by": None,
    "requesters": None, "opens_on": "2026-03-11", "closes_on": "2026-03-12", "closed_on": "2026-03-12", "place": "礼堂",
    "actions": [], "seat": False, "present": False, "invited": False,
    "state": "closed", "version": 9, "minutes": "会议听取了报告。", "guests": 1, "guests_present": 1,
    "quorum": [
        {"body": "staff_congress", "delegates": 7, "present": 6, "needed": 5, "missing": 0, "rule": {}},
        {"body": "union_congress", "delegates": 3, "present": 3, "needed": 2, "missing": 0, "rule": {}},
    ],
    "agenda": [
        {"id": ITEM, "position": 1, "title": "讨论通过办法", "agenda_kind": "passed", "body": None, "presenter": "=1+1",
         "organ_id": None, "state": "done", "note": "通过", "speakers_taken": False, "rating": RATING,
         "speakers": [{"id": str(uuid7()), "member_id": DELEGATE, "state": "spoke", "began_at": None}]},
    ],
    "resolutions": [RESOLUTION],
    "documents": [{"id": DOCUMENT, "item_id": None, "document": "校长报告/终稿", "audience": "members",
                   "added_at": "2026-03-01T00:00:00+00:00"}],
}  # fmt: skip


@pytest.fixture
def app(app_with_portal: Flask, services: FakeClient) -> Flask:
    people = {DELEGATE: "代表甲", GUEST: "列席乙"}
    row = {"member_id": DELEGATE, "unit_id": UNIT, "bodies": ["staff_congress"], "came_at": "2026-03-11T00:30:00+00:00",
           "left_at": None}  # fmt: skip
    seat = {"member_id": DELEGATE, "body": "staff_congress", "unit_id": UNIT, "staff_kind": "teacher",
            "delegation": None, "source": "ballot", "elected_on": "2026-03-01", "starts_on": "2026-03-01",
            "last_day": "2031-02-28"}  # fmt: skip
    guest = {"member_id": GUEST, "name": None, "guest_kind": "attends", "position": None, "came_at": None}
    paper = {"name": "终稿.pdf", "media_type": "application/pdf", "content": base64.b64encode(b"%PDF-1.7").decode()}
    services.answers |= {
        "governance.get_session": FOUND,
        "governance.list_organs": {"items": []},
        "governance.list_attendance": {"items": [row], "next_cursor": None},
        "governance.list_guests": {"items": [guest], "next_cursor": None},
        "governance.list_delegates": {"items": [seat, {**seat, "last_day": "2026-03-05"}], "next_cursor": None},
        "governance.get_ballot": {
            **dict.fromkeys(("id", "title", "kind", "body", "opened_at", "closed_at")), "secrecy": "open",
            "result": {"outcome": "passed"},
        },
        "governance.open_session_document": paper,
        "governance.note_session_archive": {},
        "membership.names_of": lambda asked: {
            "items": [{"id": one, "name": people.get(one, "某人")} for one in asked["ids"]],
        },
    }  # fmt: skip
    return app_with_portal


@contextmanager
def asking(app: Flask, person: Person):
    with app.test_request_context(base_url="https://union.example", headers=person.headers):
        g.correlation_id = str(uuid7())
        yield


def archived(app: Flask, database: Database, person: Person, tmp_path: Path) -> tuple[Job, Path]:
    """Make the archive to its end; return the finished job and the zip."""
    with asking(app, person):
        job_id = UUID(archiving.start({"session_id": SESSION})["id"])
    for _ in range(10):
        advance(database, job_id, partial(kept, KIND, app), partial(prepared, KIND, app))
        with database.session() as session:
            job = session.get_one(Job, job_id)
            if job.state not in ("waiting", "running"):
                break
    assert (job.state, job.done, job.total) == ("done", 6, 6)
    path = tmp_path / "archive.zip"
    with database.session() as session:
        path.write_bytes(session.get_one(StoredFile, job.file_id).content)
    return job, path


def test_the_archive_holds_the_session_and_verifies(
    app: Flask, database: Database, services: FakeClient, sign_in: Callable[..., Person], tmp_path: Path
) -> None:
    job, path = archived(app, database, sign_in("officer"), tmp_path)

    assert [one.words for one in record_archive.verify(path) if not one.holds] == []
    digest = record_archive.digest_of(path)
    assert job.result == {"manifest_sha256": digest, "files": 16}
    (noted,) = [one.payload for one in services.asked if one.operation == "governance.note_session_archive"]
    assert (noted["manifest_sha256"], noted["files"]) == (digest, 16)
    with zipfile.ZipFile(path) as archive:
        assert sorted(archive.namelist()) == sorted([
            "agenda.csv", "assessments.csv", "attendance-staff_congress.csv", "attendance-union_congress.csv",
            f"ballots/{BALLOT}.json", "committees.csv", "delegates.csv", "documents/01-校长报告_终稿.pdf", "guests.csv",
            "manifest.json", "minutes-revisions.csv", "minutes.txt", "quorum.csv", "record.pdf", "resolutions.csv",
            "session.json", "speakers.csv",
        ])  # fmt: skip
        rows = {name: list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")))) for name in (
            "agenda.csv", "attendance-staff_congress.csv", "attendance-union_congress.csv", "delegates.csv",
            "assessments.csv")}  # fmt: skip
        assert json.loads(archive.read("manifest.json"))["about"]["name"] == "六届四次会议"
        assert archive.read("record.pdf").startswith(b"%PDF")
    assert rows["agenda.csv"][1][4] == "'=1+1"
    assert [len(rows[f"attendance-{body}.csv"]) for body in ("staff_congress", "union_congress")] == [2, 1]
    assert [row[0] for row in rows["delegates.csv"]] == ["代表", "代表甲"]
    assert rows["assessments.csv"][1] == ["2026 年民主评议", "6", "示例甲", "校长", "83.3", "1.5"]


def test_without_names_a_step_waits_and_the_session_must_be_closed(
    app: Flask, database: Database, services: FakeClient, sign_in: Callable[..., Person], tmp_path: Path
) -> None:
    services.answers["governance.get_session"] = {**FOUND, "state": "in_session"}
    with asking(app, sign_in("officer")), pytest.raises(Refused) as refused:
        archiving.start({"session_id": SESSION})
    assert refused.value.rule == "congress.session_is_over"
    services.answers["governance.get_session"] = FOUND
    services.answers["membership.names_of"] = Unavailable("membership is away")
    with asking(app, sign_in("officer")):
        job_id = UUID(archiving.start({"session_id": SESSION})["id"])
    advance(database, job_id, partial(kept, KIND, app), partial(prepared, KIND, app))
    with database.session() as session:
        job = session.get_one(Job, job_id)
        assert (job.done, job.position) == (0, None)


def test_a_session_larger_than_an_archive_is_refused_by_name(
    app: Flask, database: Database, sign_in: Callable[..., Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archiving, "MOST_BYTES", 100)
    with asking(app, sign_in("officer")):
        job_id = UUID(archiving.start({"session_id": SESSION})["id"])
    advance(database, job_id, partial(kept, KIND, app), partial(prepared, KIND, app))
    with database.session() as session:
        job = session.get_one(Job, job_id)
        assert (job.state, (job.error or {}).get("rule")) == ("failed", "congress.archive_fits")


def test_the_pages_of_a_closed_session_show_its_record(
    app: Flask, services: FakeClient, sign_in: Callable[..., Person]
) -> None:
    made = {"id": str(uuid7()), "session_id": SESSION, "manifest_sha256": "ab" * 32, "files": 16, "size": 4096,
            "made_at": "2026-03-13T00:00:00+00:00", "member_id": None}  # fmt: skip
    services.answers["governance.list_session_archives"] = {"items": [made], "next_cursor": None}
    revision = {"number": 2, "base": 1, "at": "2026-03-12T09:00:00+00:00", "member_id": DELEGATE, "note": "补充"}
    services.answers["governance.list_session_minutes"] = {"items": [revision], "next_cursor": None}
    services.answers["governance.get_session_minutes"] = lambda asked: {
        "session_id": SESSION, "number": asked["number"] or 2, "latest": 2, "text": f"第 {asked['number'] or 2} 份",
        "at": None, "member_id": DELEGATE,
    }  # fmt: skip
    officer, http = sign_in("officer"), app.test_client()
    page = http.get(f"/console/sessions/{SESSION}", headers=officer.headers).text
    for text in ("制作会议档案", "ab" * 32, "满意率 83.3%", "示例甲"):
        assert text in page, text
    minutes = http.get(f"/console/sessions/{SESSION}/minutes", headers=officer.headers).text
    assert "第 2 份" in minutes
    assert "第 2 稿" in minutes
    earlier = http.get(f"/console/sessions/{SESSION}/minutes?number=2", headers=officer.headers).text
    assert "第 2 稿比上一稿改了什么" in earlier
    assert "第 1 份" in earlier
    assert http.get(f"/sessions/{SESSION}/screen", headers=officer.headers).status_code == 200


def test_an_election_is_called_on_a_page_with_rows_for_candidates(
    app: Flask, services: FakeClient, sign_in: Callable[..., Person]
) -> None:
    services.answers["governance.get_congress"] = {
        "id": CONGRESS, "number": 6, "state": "in_term", "bodies": [{"body": "staff_congress"}], "actions": [],
    }  # fmt: skip
    election = {
        "id": str(uuid7()), "congress_id": CONGRESS, "body": "staff_congress", "unit_id": UNIT, "seats": 2, "filled": 1,
        "candidates": [], "ballot_id": BALLOT, "state": "round_due", "called_at": "2026-03-01T00:00:00+00:00",
        "reason": None, "refused_by": "congress.votes_elect",
    }  # fmt: skip
    services.answers["governance.list_unit_elections"] = {"items": [election], "next_cursor": None, "total": 1}
    officer, http = sign_in("officer"), app.test_client()
    listed = http.get(f"/console/congresses/{CONGRESS}/elections", headers=officer.headers).text
    for text in ("等待再次选举", "不再选举", "发起投票选举", "没有登记当选代表"):
        assert text in listed, text
    chosen = http.get(f"/console/congresses/{CONGRESS}/elections/new", headers=officer.headers)
    assert chosen.status_code == 200
