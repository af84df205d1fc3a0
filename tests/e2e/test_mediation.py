"""A dispute over HTTP: applied for, consented to, mediated, agreed, performed; nobody without a part sees anything."""

from __future__ import annotations

from datetime import timedelta

from services.chassis.clock import today

DISPUTES = "/governance/disputes"
APPLICATION = {
    "matter": "pay", "claim": "请求补发三次夜间值班的津贴。", "facts": "值班表有记录，津贴没有发放。",
    "applicant_name": "申请人（端到端）", "applicant_contact": "校内邮箱", "respondent_kind": "department",
    "respondent_name": "保障部（端到端）", "employed": True,
}  # fmt: skip


def days(count):
    return (today() + timedelta(days=count)).isoformat()


def test_a_dispute_ends_in_a_performed_agreement_and_nobody_else_sees_it(union, signed_in):
    clerk, applicant, respondent, mediator = (signed_in(name) for name in ("officer", "judge", "handler", "mediator"))
    strangers = [signed_in(name) for name in ("chair", "auditor", "member", "delegate")]
    case = applicant.post(DISPUTES, APPLICATION, status=201)
    address = f"{DISPUTES}/{case['id']}"

    def nobody_sees_it():
        for one in strangers:
            assert one.send("POST", f"{address}/open").status_code in (403, 404)
            listed = one.send("GET", DISPUTES)
            assert listed.status_code == 403 or case["id"] not in [row["id"] for row in listed.json()["items"]]

    # Before it is taken an officer sees that something waits, and no more.
    assert clerk.post(f"{address}/open", status=404)["code"] == "not_found"
    assert clerk.get(f"{DISPUTES}/queue")["waiting"] >= 1
    nobody_sees_it()
    while clerk.post(f"{DISPUTES}/take")["id"] != case["id"]:
        pass
    for name in ("register", "ask_consent"):
        clerk.post(f"{address}/moves", {"move": name})
    other = next(one for one in clerk.post(f"{address}/open")["parties"] if one["side"] == "respondent")
    clerk.post(f"{address}/parties/{other['id']}/link", {"member_id": respondent.get("/me")["member_id"]})
    early = clerk.ask("POST", f"{address}/moves", 409, json={"move": "perform"})
    assert (early["rule"], "decline" in early["legal"]) == ("workflow.dispute", True)
    respondent.post(f"{address}/consent", {"about": "mediation", "answer": True})
    clerk.post(f"{address}/mediators", {"mediator_id": mediator.get("/me")["member_id"]}, status=201)
    mediator.post(f"{address}/mediators/answer", {"answer": True})
    mediator.post(f"{address}/moves", {"move": "begin"})
    mediator.post(f"{address}/agreement", {"text": "保障部在三十日内补发津贴三百元。", "perform_by": days(30)})
    marks = {
        "applicant_mark": "signed", "respondent_mark": "sealed", "mediator_signed_on": days(0), "sealed_on": days(0),
    }  # fmt: skip
    mediator.post(f"{address}/agreement/conclude", marks)
    assert clerk.post(f"{address}/moves", {"move": "perform"})["state"] == "performed"
    nobody_sees_it()
    seen = applicant.post(f"{address}/open")
    assert {one["role"] for one in seen["looks"]} >= {"clerk"}
    for one in strangers:
        assert "端到端）" not in one.send("GET", "/search", params={"q": "端到端"}).text
