"""A unit's year over HTTP: plan, guidance, record with checklist and papers, accepted, compared, read by members."""

from __future__ import annotations

from services.chassis.clock import today
from tests.e2e.stories import unit_of

FILINGS = "/governance/filings"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="


def test_a_units_year_is_filed_and_compared(union, signed_in):
    officer, chair, member, other = (signed_in(name) for name in ("officer", "chair", "member", "judge"))
    year, unit_id = today().year - 3, unit_of(chair)
    officer.post(f"{FILINGS}/years", {"year": year}, status=201)
    (filing,) = chair.get(FILINGS, year=year)["items"]
    assert (filing["unit_id"], filing["state"]) == (unit_id, "awaited")
    address = f"{FILINGS}/{filing['id']}"
    early = chair.ask("POST", f"{address}/record/submit", 409, json={})
    assert (early["rule"], early["legal"]) == ("workflow.filing", ["submit_plan"])
    plan = {"form": "all_staff", "planned_on": f"{year}-06-20", "place": "学院报告厅", "agenda": "听取工作报告"}
    assert chair.post(f"{address}/plan", plan)["state"] == "plan_filed"
    returned = officer.post(f"{address}/review", {"decision": "return", "reason": "请补充民主评议。"})
    assert returned["state"] == "plan_returned"
    chair.post(f"{address}/plan", {**plan, "agenda": "听取工作报告\n民主评议"})
    assert officer.post(f"{address}/review", {"decision": "accept"})["state"] == "planned"

    guidance = officer.post(f"{address}/guidance", {"text": "请写明表决票数。"}, status=201)["guidance"][-1]
    entitled = chair.get(address)["members"]
    record = {"held_on": f"{year}-06-20", "entitled": entitled, "present": entitled, "summary": "完成各项议程。"}
    chair.ask("PUT", f"{address}/record", 200, json=record)
    told = chair.post(f"{address}/resolutions", {"title": "通过年度计划", "votes_for": entitled}, status=201)
    answers = [{"item": one["item"], "done": True, "note": None} for one in told["checks"]]
    chair.post(f"{address}/checks", {"answers": answers})
    for kind in ("sign_in", "resolution", "minutes"):
        paper = {"kind": kind, "name": "材料.png", "media_type": "image/png", "content": PNG}
        chair.post(f"{address}/documents", paper, status=201)
    waits = chair.ask("POST", f"{address}/record/submit", 409, json={})
    assert waits["rule"] == "unit_congresses.guidance_is_answered"
    chair.post(f"{address}/guidance/{guidance['id']}/answer", {"answer": "已写明。"})
    assert chair.post(f"{address}/record/submit")["state"] == "record_filed"
    assert officer.post(f"{address}/review", {"decision": "accept"})["state"] == "accepted"

    compared = officer.get(f"{FILINGS}/comparison", year=year)["items"]
    assert next(one for one in compared if one["unit_id"] == unit_id)
    assert member.get(address)["state"] == "accepted"
    assert other.send("GET", address).status_code in (403, 404)
