"""A member's rights: everything as one file, a correction asked for and answered, who looked."""

from __future__ import annotations

import base64
import io
import json
import zipfile

from tests.support.api import eventually
from tests.support.pictures import PDF
from tests.support.stack import PASSWORD


def test_everything_kept_about_a_member_comes_as_one_file_for_his_password(union, signed_in):
    member = signed_in("member")
    assert member.post("/me/data", {"password": "not-the-password"}, status=422)["rule"] == "password.is_current"
    answer = member.send("POST", "/me/data", json={"password": PASSWORD})
    assert answer.status_code == 200, answer.text[:500]
    assert answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        data = json.loads(archive.read("data.json"))
        assert archive.read("data.pdf").startswith(b"%PDF")
    assert data["not_reached"] == []
    assert "*" not in data["record"]["id_number"]
    assert data["member_id"] == member.get("/me")["member_id"]
    assert {"honours", "family", "consents", "dues", "registrations", "entitlements", "applications"} <= set(data)
    looks = member.all(f"/membership/members/{data['member_id']}/accesses")
    assert ("own_copy", "self") in [(one["field"], one["by_role"]) for one in looks]


def test_a_correction_is_asked_for_decided_and_told(union, signed_in):
    member, officer = signed_in("member"), signed_in("officer")
    me = f"/membership/members/{member.get('/me')['member_id']}"
    wanted = {"field": "native_place", "value": "浙江杭州", "reason": "户口本上如此"}
    member.post("/me/corrections", wanted, status=422)
    title = {"field": "professional_title", "value": f"研究员{member.get(me)['version']}", "reason": "职称证书"}
    content = base64.b64encode(PDF).decode()
    title["evidence"] = {"kind": "other", "name": "证书.pdf", "media_type": "application/pdf", "content": content}
    asked = member.post("/me/corrections", title, status=201)
    eventually(lambda: [one for one in officer.all("/me/todos") if one["kind"] == "correction"])
    opened = officer.post(f"/membership/corrections/{asked['id']}/open")
    assert opened["value"] == title["value"]
    paper = officer.send(
        "POST", f"{me}/files/{opened['document']['id']}/open", json={"purpose": "deciding the request"}
    )
    assert paper.content.startswith(b"%PDF-")
    decision = {"version": opened["version"], "decision": "accept"}
    officer.post(f"/membership/corrections/{asked['id']}/decide", decision)
    assert member.get(me)["professional_title"] == title["value"]
    assert [one["state"] for one in member.all("/me/corrections") if one["id"] == asked["id"]] == ["accepted"]
    eventually(lambda: [one for one in member.all("/me/timeline") if one["kind"] == "correction_ended"])
    eventually(lambda: not [one for one in officer.all("/me/todos") if one["subject_id"] == asked["id"]])


def test_officers_see_what_falls_due_and_list_whom_a_breach_concerns(union, signed_in):
    officer, auditor, chair = signed_in("officer"), signed_in("auditor"), signed_in("chair")
    rules = {one["data_class"]: one["months"] for one in auditor.get("/membership/retention/rules")["items"]}
    assert rules["family"] == 0
    assert rules["identity"] < rules["re_joining"]
    assert auditor.get("/membership/retention/preview", within_days=366)["items"]
    chair.get("/membership/retention/preview", status=403)
    wanted = {"fields_concerned": ["phone", "id_number"], "starts_on": "2023-01-01", "ends_on": "2023-12-31"}
    officer.post("/membership/breach-lists", wanted, status=422)
    job = officer.post("/membership/breach-lists", {**wanted, "purpose": "notice by law"}, status=201)["job_id"]
    done = eventually(lambda: (found := officer.get(f"/membership/jobs/{job}"))["state"] == "done" and found)
    assert done["done"] == done["total"] > 100
    assert done["has_file"]
