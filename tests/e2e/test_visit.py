"""The chair reports a birth, the visit falls due, is made with evidence, and the claim stands in the ledger."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from PIL import Image

from services.chassis import clock
from tests.e2e.stories import unit_of
from tests.support.api import eventually
from tests.support.pictures import picture


def somebody(chair, unit, skip=0):
    """Return a member of the chair's unit who is not the chair, nobody's account."""
    me = chair.get("/me")["member_id"]
    rows = [row for row in chair.all("/membership/members", unit_id=unit) if row["id"] != me]
    return rows[skip]["id"]


def made_visit(chair, report):
    """Report, find the visit and complete it with the evidence its type asks for."""
    event = chair.post("/welfare/life-events", report, status=201)
    return eventually(lambda: [v for v in chair.all("/welfare/visits") if v["life_event_id"] == event["id"]])[0]


def test_a_birth_becomes_a_visit_a_claim_and_progress_of_the_plan(union, signed_in):
    chair, officer, auditor = signed_in("chair"), signed_in("officer"), signed_in("auditor")
    duty = next(i for i in officer.all(f"/governance/plan/{clock.today().year}/items") if i["key"] == "iv-five-visits")
    today = datetime.now(UTC).date().isoformat()
    visit = made_visit(chair, {"member_id": somebody(chair, unit_of(chair)), "occasion": "birth", "happened_on": today})
    assert "birth" not in str(visit)
    eventually(lambda: [todo for todo in chair.all("/me/todos") if visit["id"] in str(todo)])
    evidence = [{"kind": "note", "text": "已上门看望"}, {"kind": "signature", "text": "本人签收"}]
    done = chair.post(
        f"/welfare/visits/{visit['id']}/complete",
        {"visited_on": today, "evidence": evidence, "amount": "500.00", "form": "goods"},
    )
    assert done["state"] in ("visited", "claimed", "closed")
    entry = eventually(
        lambda: [e for e in auditor.all("/governance/funds/entries") if e.get("source_id") == visit["id"]]
    )[0]
    whole = auditor.get(f"/governance/funds/entries/{entry['id']}")
    assert "500.00" in str(whole)
    assert "benefit.birth.cap" in str(whole)
    assert whole["line_code"]
    eventually(lambda: officer.get(f"/welfare/visits/{visit['id']}")["state"] in ("claimed", "closed"))
    eventually(lambda: not [todo for todo in chair.all("/me/todos") if visit["id"] in str(todo)])
    moved = eventually(
        lambda: (
            (found := officer.get(f"/governance/plan/items/{duty['id']}"))
            and found["visits_done"] > duty["visits_done"]
            and found
        )
    )
    assert moved["visits_due"] >= moved["visits_done"]


def test_a_photo_of_a_visit_is_sent_once_and_opened_without_its_camera(union, signed_in):
    chair, officer, auditor = signed_in("chair"), signed_in("officer"), signed_in("auditor")
    today = datetime.now(UTC).date().isoformat()
    report = {"member_id": somebody(chair, unit_of(chair)), "occasion": "hospitalisation", "happened_on": today}
    address = f"/welfare/visits/{made_visit(chair, report)['id']}/evidence"
    sent = {
        "data": {"kind": "photo", "people_shown": "agreed", "caption": "送去的花"},
        "headers": {"Idempotency-Key": "the-photo-of-the-visit"},
    }
    photo = ("病房.jpg", picture(2400, 3000), "image/jpeg")
    first = chair.ask("POST", f"{address}/files", 201, files={"file": photo}, **sent)
    assert chair.ask("POST", f"{address}/files", 201, files={"file": photo}, **sent) == first
    (piece,) = first["evidence"]
    assert (piece["has_file"], piece["opens"]) == (True, "freely")

    small = chair.send("GET", f"{address}/{piece['id']}/thumbnail")
    assert max(Image.open(BytesIO(small.content)).size) == 320
    officer.get(f"{address}/{piece['id']}/thumbnail", status=403)
    officer.post(f"{address}/{piece['id']}/open", {}, status=422)
    whole = auditor.send("POST", f"{address}/{piece['id']}/open", json={"purpose": "核对凭证"})
    assert Image.open(BytesIO(whole.content)).size == (2000, 1600)
    assert b"SECRET-CAMERA" not in whole.content
    assert whole.headers["Content-Disposition"] == "attachment; filename=photo.jpg"
    left = chair.ask("DELETE", f"{address}/{piece['id']}", 200, json={"reason": "拍错了"})
    assert left["evidence"] == []


def test_above_the_cap_is_refused_with_the_rule_it_stands_in(union, signed_in):
    chair = signed_in("chair")
    today = datetime.now(UTC).date().isoformat()
    visit = made_visit(
        chair,
        {"member_id": somebody(chair, unit_of(chair), 1), "occasion": "hospitalisation", "happened_on": today},
    )
    evidence = [{"kind": "note", "text": "已上门看望"}, {"kind": "signature", "text": "本人签收"}]
    problem = chair.post(
        f"/welfare/visits/{visit['id']}/complete",
        {"visited_on": today, "evidence": evidence, "amount": "300.01", "form": "goods"},
        status=409,
    )
    assert problem["rule"]
    assert "300" in problem["detail"]


def test_the_same_event_is_not_reported_twice(union, signed_in):
    chair = signed_in("chair")
    today = datetime.now(UTC).date().isoformat()
    report = {"member_id": somebody(chair, unit_of(chair), 1), "occasion": "wedding", "happened_on": today}
    made_visit(chair, report)
    assert chair.post("/welfare/life-events", report, status=409)["rule"]


def test_the_ledger_proves_itself(union, signed_in):
    verdict = signed_in("auditor").get("/governance/funds/verdict")
    assert verdict["intact"] is True
