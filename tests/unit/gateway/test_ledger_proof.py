"""A long ledger is proved as long work: part by part, resumed after a crash, with its verdict as the job's result."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from functools import partial
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask, g

from gateway.jobs.entrypoints import kept, prepared
from gateway.subjects import SUBJECTS
from gateway.subjects.governance.funds import ledger_proof
from services.chassis.database.engine import Database
from services.chassis.errors import Refused, Unavailable
from services.chassis.identifiers import uuid7
from services.chassis.jobs.runner import advance
from services.chassis.jobs.tables import Job
from tests.unit.gateway.conftest import FakeClient, Person

ENTRIES, AT_ONCE = 5_000, 2_000
PROOF = SUBJECTS.jobs["prove_ledger"]


@pytest.fixture
def app(app_with_portal: Flask) -> Flask:
    return app_with_portal


@contextmanager
def asking(app: Flask, person: Person):
    with app.test_request_context(base_url="https://union.example", headers=person.headers):
        g.correlation_id = str(uuid7())
        yield


def part_of_ledger(payload: dict[str, Any]) -> dict[str, Any]:
    """Answer as governance does for a whole ledger."""
    proved = min(payload.get("entries", 0) + AT_ONCE, ENTRIES)
    return {
        "intact": True, "entries": proved, "last_hash": f"{proved:064d}", "broken_at": None, "finding": None,
        "places": {"2026": proved}, "begun": {"place": ENTRIES, "digest": "d"}, "ended": proved == ENTRIES,
        "total": ENTRIES,
    }  # fmt: skip


def test_it_goes_on_part_by_part_and_ends_with_the_verdict(
    app: Flask, database: Database, services: FakeClient, sign_in: Callable[..., Person]
) -> None:
    services.answers["governance.verify_ledger_part"] = part_of_ledger
    with asking(app, sign_in("auditor")):
        job_id = UUID(ledger_proof.start({})["id"])
    progress = []
    for away in (False, True, False, False):
        if away:
            services.answers["governance.verify_ledger_part"] = Unavailable("governance is away")
        advance(database, job_id, partial(kept, PROOF, app), partial(prepared, PROOF, app))
        services.answers["governance.verify_ledger_part"] = part_of_ledger
        with database.session() as session:
            job = session.get_one(Job, job_id)
            progress.append((job.state, job.done, job.total))
    assert progress == [
        ("running", 2_000, 5_000), ("running", 2_000, 5_000), ("running", 4_000, 5_000), ("done", 5_000, 5_000),
    ]  # fmt: skip
    with database.session() as session:
        result = session.scalar(sa.select(Job.result))
    assert (result["intact"], result["entries"], result["broken_at"]) == (True, 5_000, None)
    asked = [one.payload for one in services.asked if one.operation == "governance.verify_ledger_part"]
    assert [one.get("entries", 0) for one in asked] == [0, 2_000, 2_000, 4_000]
    assert asked[-1]["places"] == {"2026": 4_000}


def test_the_page_of_a_long_ledger_starts_the_proof_and_shows_its_verdict(
    app: Flask, database: Database, services: FakeClient, sign_in: Callable[..., Person]
) -> None:
    services.answers["governance.verify_ledger"] = Refused(
        "too long", rule="fund.ledger_is_short", params={"entries": ENTRIES}
    )
    services.answers["governance.verify_ledger_part"] = part_of_ledger
    auditor, http = sign_in("auditor"), app.test_client()
    page = http.get("/console/funds/verify", headers=auditor.headers)
    assert page.status_code == 200
    assert "开始核验" in page.text
    assert "5000" in page.text
    with asking(app, auditor):
        job_id = UUID(ledger_proof.start({})["id"])
    for _ in range(3):
        advance(database, job_id, partial(kept, PROOF, app), partial(prepared, PROOF, app))
    shown = http.get(f"/console/jobs/{job_id}", headers=auditor.headers)
    assert "账目完整" in shown.text
