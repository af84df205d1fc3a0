"""Slips of a large unit are long work: a printer killed twice in the middle leaves each member one slip that opens."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from gateway.identity import invitations
from gateway.identity.tables import Invitation, KnownMember
from services.chassis.database.engine import Database
from services.chassis.identifiers import uuid7
from services.chassis.jobs.tables import Job
from tests.component.gateway.test_opening_accounts import open_account
from tests.unit.gateway.conftest import OTHER_UNIT, UNIT, Person

pytestmark = pytest.mark.databases("postgresql")
MEMBERS = 1_500


@pytest.fixture
def http(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def members(database: Database) -> list[str]:
    """The numbers of a unit's members; one of another unit and one who left are not among them."""
    rows = [
        {"member_id": uuid7(), "number": f"M{order:06d}", "unit_id": UNIT, "standing": "active", "sequence": 1}
        for order in range(1, MEMBERS + 1)
    ]
    others = [
        {"member_id": uuid7(), "number": "M009998", "unit_id": OTHER_UNIT, "standing": "active", "sequence": 1},
        {"member_id": uuid7(), "number": "M009999", "unit_id": UNIT, "standing": "withdrawn", "sequence": 1},
    ]
    with database.session() as session:
        session.execute(sa.insert(KnownMember), rows + others)
    return [row["number"] for row in rows]


def printer(database: Database, job_id: UUID) -> subprocess.Popen[str]:
    url = database.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.component.gateway.slip_printer", url, str(job_id)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))


def killed_after(process: subprocess.Popen[str], done: int) -> None:
    """Kill a printer once it has told of so many slips: most likely while it draws or stores the next ones."""
    for line in told(process):
        if int(line.split()[1]) >= done:
            process.send_signal(signal.SIGKILL)
            break
    assert process.wait(60) == -signal.SIGKILL


def told(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None
    return (line for line in process.stdout if line.split()[0] in ("queued", "running", "done"))


def printed(archive: bytes) -> list[tuple[str, str]]:
    """Return number and code of each slip in the archive, from what the paper says."""
    found = []
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        for name in opened.namelist():
            for page in PdfReader(io.BytesIO(opened.read(name))).pages:
                text = page.extract_text().replace("\0", "")
                numbers = re.findall(r"M\d{6}", text)
                found += zip(numbers, re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", text), strict=True)
    return found


def test_a_printer_that_is_killed_twice_makes_no_slip_twice_and_leaves_nobody_out(
    http: FlaskClient, database: Database, members: list[str], sign_in: Callable[..., Person]
) -> None:
    officer = sign_in("officer")
    asked = http.post("/api/v1/accounts/slips/runs", json={"unit_id": str(UNIT)}, headers=officer.headers)
    assert asked.status_code == 202, asked.text
    job_id = UUID(asked.json["id"])
    assert asked.json["total"] == MEMBERS

    for done in (300, 900):
        killed_after(printer(database, job_id), done)
        with database.session() as session:
            stored = session.scalar(sa.select(sa.func.count()).select_from(Invitation))
            assert session.get_one(Job, job_id).done == stored
    last = printer(database, job_id)
    assert [line.split() for line in told(last)][-1] == ["done", str(MEMBERS)]
    assert last.wait(60) == 0

    archive = http.get(f"/api/v1/gateway/jobs/{job_id}/file", headers=officer.headers)
    assert archive.status_code == 200, archive.text
    slips = printed(archive.data)
    assert sorted(number for number, _ in slips) == members
    assert len({code for _, code in slips}) == MEMBERS
    assert set(slips) == set(good_codes(database, slips))
    for number, code in (slips[0], slips[MEMBERS // 2], slips[-1]):
        opened: Any = open_account(http, number, code, f"somebody-{number.lower()}")
        assert opened.status_code == 201, opened.text
    assert open_account(http, *slips[0], "somebody-else").status_code == 409


def good_codes(database: Database, slips: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Return those of the slips whose code is the one kept for its member."""
    joined = sa.select(KnownMember.number, KnownMember.member_id, Invitation.code_hash).join(
        Invitation, Invitation.member_id == KnownMember.member_id
    )
    with database.session() as session:
        kept = {row.number: row for row in session.execute(joined)}
    for number, code in slips:
        row = kept[number]
        if row.code_hash == invitations.hash_of(row.member_id, code):
            yield number, code
