"""A founded union gives aid, visits the registry, covers members and holds a charity drive, with its own figures."""

from __future__ import annotations

from tests.e2e import founding
from tests.e2e.founded_welfare import day, decide, no_rule, paid, paper


def test_hardship_is_aided_and_the_registry_is_visited(founder, people):
    member, member_id = people[2]["caller"], people[2]["member_id"]
    record = {"member_id": member_id, "grade": "relative", "since": day(), "circumstances": "一人收入，供养四口。"}
    assert no_rule(founder.post("/welfare/hardship-records", record, status=409)) == "aid.review_months"
    decide(founder, "aid")
    founder.post("/welfare/hardship-records", record, status=201)
    draft = {"kind": "hardship", "asked": "3000.00", "reason": "配偶失业，入不敷出。"}
    application_id = member.post("/welfare/aid-applications", draft, status=201)["id"]
    path = f"/welfare/aid-applications/{application_id}"
    member.post(f"{path}/evidence", paper(kind="income"), status=201)
    member.post(f"{path}/submit")
    founder.post(f"{path}/forward")
    founder.post(f"{path}/take-up")
    present = [founder.get("/me")["member_id"], *(one["member_id"] for one in people[:2])]
    decision = {"outcome": "granted", "granted": "2000.00", "decided_on": day(), "present": present, "note": "属实"}
    founder.post(f"{path}/decide", decision)
    assert paid(founder, application_id) == "2000.00"

    campaign = {"kind": "warmth", "title": "送温暖", "starts_on": day(), "ends_on": day(9), "amount": "500.00",
                "form": "goods"}  # fmt: skip
    assert no_rule(founder.post("/welfare/care-campaigns", campaign, status=409)) == "campaign.warmth.cap"
    decide(founder, "campaign")
    campaign_id = founder.post("/welfare/care-campaigns", campaign, status=201)["id"]
    path = f"/welfare/care-campaigns/{campaign_id}"
    assert founder.post(f"{path}/people", {"source": "registry"})["new"] == 1
    founder.post(f"{path}/assign", {"visitor_id": present[0]})
    founder.post(f"{path}/open")
    item = founder.get("/welfare/care-items", campaign_id=campaign_id)["items"][0]
    founder.post(f"/welfare/care-items/{item['id']}/complete", {"given_on": day(), "signed_by": "本人"})
    founder.post(f"{path}/close")
    assert paid(founder, campaign_id) == "500.00"


def test_members_are_covered_and_claim(founder, people):
    decide(founder, "mutual_aid")
    member = people[2]["caller"]
    plan = {"name": "住院互助", "kind": "inpatient", "provider": "职工互助保障会", "document": "互助条款",
            "fee": "60.00", "sum_insured": "20000.00", "age_from": 18, "age_to": 65, "claim_days": 180,
            "remind_days": 30, "about": "住院自付部分"}  # fmt: skip
    plan_id = founder.post("/welfare/mutual-aid/plans", plan, status=201)["id"]
    terms = {"title": "本期", "payer": "union", "enrol_from": day(-20), "enrol_until": day(), "starts_on": day(-10),
             "ends_on": day(300)}  # fmt: skip
    period_id = founder.post(f"/welfare/mutual-aid/plans/{plan_id}/periods", terms, status=201)["id"]
    path, unit_id = f"/welfare/mutual-aid/periods/{period_id}", founding.unit_of_founders(founder)
    founder.post(f"{path}/covers", {"unit_id": unit_id, "everybody": True}, status=201)
    founder.post(f"{path}/close", {"line_code": "aid"})
    assert paid(founder, period_id) == "240.00"
    filed = {"plan_id": plan_id, "event_on": day(-2), "asked": "3000.00"}
    claim = f"/welfare/mutual-aid/claims/{member.post('/welfare/mutual-aid/claims', filed, status=201)['id']}"
    member.post(f"{claim}/documents", paper(kind="form"), status=201)
    founder.post(f"{claim}/forward")
    founder.post(f"{claim}/send-on")
    founder.post(f"{claim}/paid", {"paid": "1800.00", "paid_on": day()})
    assert member.get("/me/mutual-aid-claims")["items"][0]["state"] == "paid"


def test_a_charity_drive_is_disclosed(founder, people):
    terms = {"title": "一日捐", "purpose": "助学", "opens_on": day(), "closes_on": day(),
             "wording": "同意从工资中代扣所填金额",
             "wording_version": "1", "charity_name": "某慈善会", "credit_code": "53330000500001234W",
             "certificate": "证 1"}  # fmt: skip
    path = f"/welfare/drives/{founder.post('/welfare/drives', terms, status=201)['id']}"
    founder.post(f"{path}/open")
    unit_id = founding.unit_of_founders(founder)
    gifts = [{"member_id": people[2]["member_id"], "amount": "50.00"}, {"amount": "30.00"}]
    founder.post(f"{path}/lists", {"unit_id": unit_id, "way": "cash", "given_on": day(), "gifts": gifts})
    for who in (founder, people[0]["caller"]):
        who.post(f"{path}/counts", {"unit_id": unit_id, "counted": "80.00"})
    founder.post(f"{path}/close")
    handed = {"handed_on": day(), "handed_amount": "80.00", "charity_receipt": "000126", **paper()}
    founder.post(f"{path}/hand-over", handed)
    founder.post(f"{path}/disclose", {"report": "用于资助学生，每人一套学习用品。"})
    assert people[2]["caller"].get("/me/gifts")["items"][0]["amount"] == "50.00"
