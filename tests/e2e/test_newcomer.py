"""A newcomer applies, the chair reviews, the officer approves; every service does its part."""

from __future__ import annotations

import requests

from tests.e2e.stories import activity, newcomer, unit_of
from tests.support.api import Api, eventually
from tests.support.waiting import ANSWER


def test_a_newcomer_applies_is_reviewed_approved_and_welcomed(union, signed_in):
    chair, officer = signed_in("chair"), signed_in("officer")
    unit = unit_of(chair)
    ceremony = officer.post(
        "/activities", activity(kind="newcomers_ceremony", title="新教工入会仪式", capacity=500), status=201
    )
    form = newcomer(unit)
    application = Api(union.url).post("/membership/applications", form, status=201)
    assert application["state"] == "submitted"
    assert form["id_number"] not in str(application)
    applicant = Api(union.url).sign_in(form["username"], form["password"])
    assert applicant.get("/me/home")["application"]["state"] == "submitted"

    path = f"/membership/applications/{application['id']}"
    eventually(lambda: [t for t in chair.all("/me/todos") if application["id"] in str(t)])
    reviewed = chair.post(f"{path}/review", {"decision": "accept"})
    assert reviewed["state"] == "unit_reviewed"
    eventually(lambda: [t for t in officer.all("/me/todos") if application["id"] in str(t)])
    approved = officer.post(f"{path}/approve")
    assert approved["state"] == "approved"
    assert approved["number"]

    home = eventually(lambda: (found := applicant.get("/me/home")) and found["entitlement_account"] and found)
    home = eventually(lambda: (found := applicant.get("/me/home")) and found["invitations"] and found)
    assert home["welcome"]["number"] == approved["number"]
    assert home["welcome"]["is_newcomer"]
    assert ceremony["id"] in str(home["invitations"])
    members = officer.get("/membership/members", q=approved["number"])["items"]
    assert [member["number"] for member in members] == [approved["number"]]
    assert not [t for t in chair.all("/me/todos") if application["id"] in str(t)]


def test_one_person_cannot_apply_twice(union, signed_in):
    unit = unit_of(signed_in("chair"))
    form = newcomer(unit)
    Api(union.url).post("/membership/applications", form, status=201)
    again = {**form, "username": form["username"] + "-2"}
    problem = Api(union.url).post("/membership/applications", again, status=409)
    assert problem["rule"]
    refused = requests.post(
        f"{union.url}/api/v1/sessions",
        json={"username": again["username"], "password": again["password"]},
        timeout=ANSWER,
    )
    assert refused.status_code == 401


def test_the_chair_of_another_unit_can_neither_see_nor_review(union, signed_in):
    chair, officer = signed_in("chair"), signed_in("officer")
    units = officer.all("/membership/units", kind="unit")
    other = next(unit["id"] for unit in units if unit["id"] != unit_of(chair))
    application = Api(union.url).post("/membership/applications", newcomer(other), status=201)
    assert application["id"] not in {row["id"] for row in chair.all("/membership/applications")}
    problem = chair.post(f"/membership/applications/{application['id']}/review", {"decision": "accept"}, status=403)
    assert problem["rule"] == "joining.reviewer_is_in_charge"


def test_approving_what_was_not_reviewed_names_the_legal_steps(union, signed_in):
    chair, officer = signed_in("chair"), signed_in("officer")
    application = Api(union.url).post("/membership/applications", newcomer(unit_of(chair)), status=201)
    problem = officer.post(f"/membership/applications/{application['id']}/approve", status=409)
    assert problem["rule"] == "workflow.joining"
    assert problem["legal"] or problem["params"]["legal"]


def test_a_returned_application_is_corrected_and_submitted_again(union, signed_in):
    chair = signed_in("chair")
    form = newcomer(unit_of(chair))
    application = Api(union.url).post("/membership/applications", form, status=201)
    path = f"/membership/applications/{application['id']}"
    chair.post(f"{path}/review", {"decision": "return"}, status=422)
    returned = chair.post(f"{path}/review", {"decision": "return", "reason": "请补充手机号码"})
    assert returned["state"] == "returned"
    applicant = Api(union.url).sign_in(form["username"], form["password"])
    seen = applicant.get(path)
    assert "请补充手机号码" in str(seen["steps"])
    applicant.ask("PATCH", path, 200, json={"version": seen["version"], "phone": "13800001111"})
    assert applicant.post(f"{path}/submit")["state"] == "submitted"
