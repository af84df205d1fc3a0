"""Papers, consents and cards on the way into the union; a unit's newcomers approved as long work; a new series."""

from __future__ import annotations

import base64
import io
import zipfile
from datetime import timedelta

import requests

from services.chassis import clock
from tests.e2e.stories import newcomer, unit_of
from tests.support.api import Api, eventually
from tests.support.pictures import PDF, picture
from tests.support.waiting import ANSWER

CONTRACT = {"kind": "labour_contract", "name": "合同.pdf", "media_type": "application/pdf"}
AGREED = [{"purpose": one, "version": "2026-01"} for one in ("processing", "sensitive", "photo")]


def file(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def test_a_contract_worker_brings_his_papers_and_gets_a_card_that_verifies(union, signed_in):
    chair, officer = signed_in("chair"), signed_in("officer")
    form = newcomer(unit_of(chair), employment="contract") | {"consents": AGREED}
    made = Api(union.url).post("/membership/applications", form, status=201)
    path = f"/membership/applications/{made['id']}"
    applicant = Api(union.url).sign_in(form["username"], form["password"])
    contract = {**CONTRACT, "content": file(PDF)}
    early = applicant.post(f"{path}/files", contract, status=409)
    assert early["rule"] == "joining.unit_confirms_first"
    chair.post(f"{path}/review", {"decision": "accept"})
    assert officer.post(f"{path}/approve", status=409)["rule"] == "joining.documents_are_attached"
    applicant.post(f"{path}/files", contract, status=201)
    photo = {"name": "me.jpg", "media_type": "image/jpeg", "content": file(picture()), "consent_version": "2026-01"}
    application = applicant.ask("PUT", f"{path}/photo", 200, json=photo)
    assert {one["kind"] for one in application["files"]} == {"labour_contract", "photo"}
    assert [rule["article"] for rule in application["terms"]["rules"]] == ["第三条", "二"]
    document = next(one for one in application["files"] if one["kind"] != "photo")
    opened = chair.send("POST", f"{path}/files/{document['id']}/open", json={"purpose": "审核"})
    assert (opened.status_code, opened.content[:5]) == (200, b"%PDF-")
    member_id = officer.post(f"{path}/approve")["member_id"]

    member = eventually(lambda: (one := Api(union.url).sign_in(form["username"], form["password"])) and holds(one))
    card = member.get("/me/card")
    assert card["has_photo"]
    verified = Api(union.url).get(f"/membership/cards/{card['token']}")
    assert (verified["valid"], verified["name"]) == (True, "欧**")
    assert member_id not in str(verified)
    assert [one["kind"] for one in member.get(f"/membership/members/{member_id}/files")["items"]] == ["labour_contract"]
    page = requests.get(f"{union.url}/verify/{card['token']}", timeout=ANSWER)
    assert "会籍有效" in page.text
    assert "欧阳晓" not in page.text
    member.post(f"/membership/members/{member_id}/cards/revoke", {"reason": "手机丢失"})
    Api(union.url).get(f"/membership/cards/{card['token']}", status=404)


def holds(one: Api) -> Api | None:
    return one if "member" in {grant["role"] for grant in one.get("/me")["roles"]} else None


def test_a_units_newcomers_are_approved_as_long_work(union, signed_in):
    chair, officer = signed_in("chair"), signed_in("officer")
    kept = ("name", "gender", "birth_date", "id_number", "phone", "employment", "hired_on", "consent_version")
    rows = [{name: one[name] for name in kept} for one in (newcomer("") for _ in range(30))]
    made = chair.post("/membership/applications/propose", {"unit_id": unit_of(chair), "rows": rows})["items"]
    ids = [one["application_id"] for one in made]
    job = officer.post("/membership/applications/runs", {"application_ids": ids}, status=202)
    done = eventually(lambda: (now := officer.get(f"/membership/jobs/{job['id']}")) and now["state"] == "done" and now)
    assert (done["total"], done["done"], done["result"]) == (30, 30, {"approved": 30, "refused": 0})
    outcomes = officer.all(f"/membership/applications/runs/{job['id']}")
    assert {one["outcome"] for one in outcomes} == {"approved"}
    assert len({one["number"] for one in outcomes}) == 30
    chair.get(f"/membership/applications/runs/{job['id']}", status=403)


def test_wordings_and_series_are_data_an_officer_adds(union, signed_in):
    officer = signed_in("officer")
    texts = Api(union.url).get("/membership/consent-texts")["items"]
    assert {one["purpose"] for one in texts} >= {"processing", "sensitive", "photo", "publication"}
    series = officer.get("/membership/number-series")["items"]
    assert [one["prefix"] for one in series if one["current"]] == ["M"]
    ahead = (clock.today() + timedelta(days=30)).isoformat()
    clash = {"name": "clash", "prefix": "M1", "width": 5, "in_force_from": ahead, "document": "会议纪要"}
    assert officer.post("/membership/number-series", clash, status=409)["rule"] == "record.number_prefix_is_free"


def test_the_cards_of_everybody_are_drawn_as_long_work(union, signed_in):
    officer, chair, auditor = signed_in("officer"), signed_in("chair"), signed_in("auditor")
    job = officer.post("/membership/cards/sheets", status=202)
    done = eventually(lambda: (now := officer.get(f"/gateway/jobs/{job['id']}"))["state"] == "done" and now)
    assert done["done"] == done["total"] == officer.get("/membership/cards", limit=1, with_total=True)["total"] > 100
    answer = officer.send("GET", f"/gateway/jobs/{job['id']}/file")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert len(archive.namelist()) == -(-done["total"] // 50)
        assert archive.read(archive.namelist()[0]).startswith(b"%PDF")
    chair.get(f"/gateway/jobs/{job['id']}", status=404)
    auditor.post("/membership/cards/sheets", status=403)
