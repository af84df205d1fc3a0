"""The walks of the README in a union that was founded without the demonstration, from a roster to the ledger."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from services.chassis.clock import today
from tests.e2e import founding, rosters
from tests.support.api import Api, eventually
from tests.support.stack import EmbeddedStack

PASSWORD = "my-own-long-phrase"
ITEM = {
    "part": "calendar", "month": today().month, "title": "健步走", "title_en": "Walk", "owner": "文体部",
    "measure": "activity", "kind": "sports",
}  # fmt: skip


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory):
    """A union that was just founded, in one process, and runs."""
    stack = EmbeddedStack(tmp_path_factory.mktemp("walks"), members=0)
    founding.found(stack)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


def codes(pdf: bytes) -> list[tuple[str, str]]:
    """Return number and code of each slip of a sheet."""
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\0", "")
    numbers = re.findall(r"M\d{6}", text)
    found = re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", text)
    return list(zip(numbers, found, strict=True))


def test_who_came_by_roster_opens_an_account_and_lives_the_three_walks(founded: Any):
    officer = founding.make_chair(founded, founding.officer_of(founded))
    unit = officer.all("/membership/units", kind="unit")[0]["code"]
    found = rosters.checked(officer, rosters.uploaded(officer, [rosters.person(one, unit) for one in (1, 2)]))
    rosters.started(officer, found)
    rosters.imported(officer, found)
    waiting = eventually(lambda: len(found := officer.all("/accounts", state="none")) == 2 and found)
    assert [one["number"] for one in waiting] == ["M000002", "M000003"]

    sheet = officer.send("POST", "/accounts/slips", json={})
    assert sheet.headers["Content-Type"] == "application/pdf", sheet.text
    number, code = codes(sheet.content)[0]
    stranger = Api(founded.url)
    stranger.post("/accounts", {"number": number, "code": code, "username": "zhao", "password": PASSWORD}, status=201)
    member = Api(founded.url).sign_in("zhao", PASSWORD)
    member_id = member.get("/me")["member_id"]
    assert {"account", "slip"} == {one["state"] for one in officer.all("/accounts") if one["number"] != "M000001"}

    year = today().year
    officer.post("/governance/plan", {"year": year}, status=201)
    item = officer.post(f"/governance/plan/{year}/items", ITEM, status=201)
    officer.post(f"/governance/plan/{year}/publish")
    suggested = officer.get(f"/governance/plan/items/{item['id']}")["suggestion"]
    wanted = {name: value for name, value in suggested.items() if name != "duration_minutes"}
    activity = officer.post(
        "/activities", {**wanted, "plan_item_id": item["id"], "place": "操场", "capacity": 20}, status=201
    )
    eventually(lambda: member.get(f"/activities/{activity['id']}"))
    registered = member.post(f"/activities/{activity['id']}/registrations", status=201)
    assert registered["state"] == "confirmed"
    eventually(lambda: officer.get(f"/governance/plan/items/{item['id']}")["state"] == "scheduled")

    founding.set_figure(officer, "benefit.birth.cap", "800.00")
    officer.post(f"/governance/funds/budget/{year}/open", {"lines": "benefits"})
    founding.set_line(officer, "care.birth")
    visit = founding.reported(officer, member_id, "birth")
    founding.made(officer, visit, "700.00", "goods")
    assert founding.entry_of(officer, visit["id"])["amount"] == "700.00"
