"""The walks of the README in a union that was founded without the demonstration, from a roster to the ledger."""

from __future__ import annotations

import csv
import io
import re
from base64 import b64encode
from datetime import date
from typing import Any

import pytest

from deploy.demo.people import identity_number
from services.chassis.clock import today
from tests.e2e import founding
from tests.support.api import Api, eventually
from tests.support.stack import EmbeddedStack

PASSWORD = "my-own-long-phrase"


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


def roster() -> bytes:
    """Return a table of two people as the personnel office keeps them."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["姓名", "身份证号", "分工会", "用工形式"])
    writer.writerow(["赵一", identity_number(date(1988, 5, 6), 1), "机关分工会", "在编"])
    writer.writerow(["钱二", identity_number(date(1991, 7, 8), 2), "机关分工会", "在编"])
    return text.getvalue().encode()


def imported(officer: Api) -> None:
    """Bring the roster in: uploaded, judged, carried out."""
    content = {"name": "名册.csv", "content": b64encode(roster()).decode()}
    found = officer.post("/membership/imports", content, status=201)
    path = f"/membership/imports/{found['id']}"
    officer.post(f"{path}/map", {"version": found["version"], "mapping": found["mapping"]}, status=202)
    checked = eventually(lambda: (one := officer.get(path))["state"] == "checked" and one)
    officer.post(f"{path}/start", {"version": checked["version"], "confirmed": True}, status=202)
    eventually(lambda: officer.get(path)["state"] == "imported")


def codes(pdf: bytes) -> list[tuple[str, str]]:
    """Return number and code of each slip of a sheet."""
    from pypdf import PdfReader

    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    numbers = re.findall(r"M\d{6}", text)
    return list(zip(numbers, re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", text), strict=False))


def test_who_came_by_roster_opens_an_account_and_lives_the_three_walks(founded: Any):
    officer = founding.make_chair(founded, founding.officer_of(founded))
    imported(officer)
    waiting = eventually(lambda: len(found := officer.all("/accounts", state="none")) == 2 and found)
    assert [one["number"] for one in waiting] == ["M000002", "M000003"]

    number, code = codes(officer.download("POST", "/accounts/slips", {}))[0]
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
    activity = officer.post("/activities", {**wanted, "plan_item_id": item["id"], **ACTIVITY}, status=201)
    registered = eventually(lambda: member.try_post(f"/activities/{activity['id']}/register"))
    assert registered["state"] == "confirmed"
    eventually(lambda: officer.get(f"/governance/plan/items/{item['id']}")["state"] == "scheduled")

    founding.set_figure(officer, "benefit.birth.cap", "800.00")
    officer.post(f"/governance/funds/budget/{year}/open", {"lines": "benefits"})
    founding.set_line(officer, "care.birth")
    visit = founding.reported(officer, member_id, "birth")
    founding.made(officer, visit, "700.00", "goods")
    assert founding.entry_of(officer, visit["id"])["amount"] == "700.00"


ITEM = {
    "part": "calendar", "month": today().month, "title": "健步走", "title_en": "Walk", "owner": "文体部",
    "measure": "activity", "kind": "sports",
}  # fmt: skip
ACTIVITY = {"capacity": 20}
