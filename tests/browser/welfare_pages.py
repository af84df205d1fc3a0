"""The pages of welfare's subjects that the walk through every page opens, and the things they are about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.chassis.clock import today
from tests.support.api import Api, eventually

MEMBER = [
    "/recuperation", "/recuperation/trips/{trip_id}/draw",
    "/me/goods", "/me/goods/{entitlement_id}", "/me/birthday", "/me/examinations",
    "/me/welfare-looks",
    "/me/statement", "/me/statement?as_of=2026-01-15&year_from=2024",
    "/me/requests", "/me/requests/new/{request_type_id}", "/me/requests/counselling/{counselling_id}",
    "/requests/{request_id}",
    "/aid", "/aid/new", "/aid/{own_aid_id}", "/aid/{own_aid_id}/edit", "/care",
    "/decisions/{decision_id}",
    "/mutual-aid", "/mutual-aid/claims/{own_claim_id}",
    "/charity", "/charity/{drive_id}", "/charity/{disclosed_drive_id}", "/me/gifts",
]  # fmt: skip
OFFICER = [
    "/console/visits", "/console/visits?show=all", "/console/visits/statistics",
    "/console/visits/report?q=M", "/visits/{visit_id}",
    "/visits/{open_visit_id}/sheet",
    "/console/birthdays", "/console/birthdays/issue", "/console/care", "/console/care?month=6&year=2026",
    "/console/care/give?kind=children_day&month=6",
    "/console/programmes", "/console/programmes/new", "/console/programmes/{programme_id}",
    "/console/programmes/{programme_id}/cycles/new", "/console/cycles/{cycle_id}", "/console/cycles/{cycle_id}/goods",
    "/console/cycles/{cycle_id}/exclusions", "/console/cycles/{cycle_id}/reconciliation", "/console/hand-outs",
    "/console/recuperation", "/console/recuperation/routes", "/console/recuperation/routes/new",
    "/console/recuperation/new", "/console/recuperation/rounds/{round_id}",
    "/console/recuperation/rounds/{open_round_id}", "/console/recuperation/rounds/{open_round_id}/trips/new",
    "/console/trips/{trip_id}",
    "/console/requests", "/console/requests?show=all&sort=-submitted_at", "/console/request-types",
    "/console/request-types/new", "/console/request-types/{request_type_id}", "/console/counselling",
    "/console/counselling/{counselling_id}", "/console/counselling/{counselling_id}/slots/new",
    "/console/drives", "/console/drives/new", "/console/drives/{drive_id}", "/console/drives/{disclosed_drive_id}",
    "/console/drives/{drive_id}/change",
    "/console/drives/{drive_id}/counts", "/console/drives/{drive_id}/lists/cash",
    "/console/drives/{drive_id}/lists/goods",
    "/console/examinations", "/console/examinations/new", "/console/examinations/hospitals",
    "/console/examinations/hospitals/new", "/console/examinations/{examination_id}",
    "/console/examinations/{draft_examination_id}", "/console/examinations/{examination_id}/people",
    "/console/examinations/{examination_id}/not-eligible", "/console/examinations/{examination_id}/unbooked",
    "/console/examinations/{examination_id}/remind", "/console/examinations/{examination_id}/coverage",
    "/console/examinations/{examination_id}/slots/{slot_id}", "/console/examinations/{examination_id}/desk",
    "/console/examinations/{examination_id}/people/{examinee_id}",
    "/console/purchases", "/console/purchases?state=need&sort=-amount", "/console/purchases/new",
    "/console/purchases/new?cycle_id={cycle_id}", "/console/purchases/{purchase_id}",
    "/console/purchases/{purchase_id}/comparison", "/console/purchases/{purchase_id}/acceptance",
    "/console/purchases/{purchase_id}/acceptance/sheet", "/console/purchases/{quoting_id}",
    "/console/purchases/{quoting_id}/quotes/new", "/console/purchases/{counted_id}/acceptance",
    "/console/suppliers", "/console/suppliers?blocked=true", "/console/suppliers/new",
    "/console/suppliers/{supplier_id}", "/console/invoice-title",
    "/console/aid-applications", "/console/aid-applications/{aid_id}", "/console/aid-applications/{granted_aid_id}",
    "/console/hardship-records", "/console/hardship-records/new?q=M", "/console/hardship-records/{hardship_record_id}",
    "/console/care-campaigns", "/console/care-campaigns/new", "/console/care-campaigns/{campaign_id}",
    "/console/care-campaigns/{campaign_id}/people", "/care/{care_item_id}",
    "/console/mutual-aid", "/console/mutual-aid/plans", "/console/mutual-aid/plans/new",
    "/console/mutual-aid/plans/{plan_id}/periods/new", "/console/mutual-aid/periods/{period_id}",
    "/console/mutual-aid/periods/{period_id}/coverage", "/console/mutual-aid/periods/{open_period_id}/enrol",
    "/console/mutual-aid/claims", "/console/mutual-aid/claims/{claim_id}", "/console/mutual-aid/claims/new?q=M",
]  # fmt: skip


def welfare_things(officer: Api, chair: Api, member: Api, unit_id: str) -> dict[str, str]:
    """One of everything a page of welfare can be about."""
    return (
        _visits(officer, chair, unit_id)
        | _programmes(officer, member)
        | _recuperation(officer)
        | _charity(officer)
        | _examinations(officer)
        | _requests(officer, member)
        | _buying(officer)
        | _hardship(officer, member)
        | _care(officer)
        | _mutual_aid(officer, member)
    )


def _hardship(officer: Api, member: Api) -> dict[str, str]:
    by_state = {one["state"]: one["id"] for one in officer.get("/welfare/aid-applications", limit=100)["items"]}
    decided = [by_state[state] for state in ("paid", "granted") if state in by_state]
    return {
        "own_aid_id": member.get("/me/aid-applications")["items"][0]["id"],
        "aid_id": by_state["under_review"],
        "granted_aid_id": decided[0],
        "hardship_record_id": officer.get("/welfare/hardship-records")["items"][0]["id"],
    }


def _care(officer: Api) -> dict[str, str]:
    campaign = officer.get("/welfare/care-campaigns", state="open")["items"][0]
    items = officer.get("/welfare/care-items", campaign_id=campaign["id"], limit=100)["items"]
    return {
        "campaign_id": campaign["id"],
        "care_item_id": next(one["id"] for one in items if one["state"] == "assigned"),
    }


def _visits(officer: Api, chair: Api, unit_id: str) -> dict[str, str]:
    visit = _visit_with_entry(chair, officer, unit_id)
    return {
        "member_id": visit["member_id"],
        "visit_id": visit["id"],
        "entry_id": visit["entry_id"],
        "open_visit_id": _visit_to_make(officer),
    }


def _programmes(officer: Api, member: Api) -> dict[str, str]:
    programme = officer.get("/welfare/programmes")["items"][-1]
    cycle = officer.get(f"/welfare/programmes/{programme['id']}/cycles")["items"][0]
    goods = member.get("/me/goods")["items"][0]
    return {
        "programme_id": programme["id"],
        "cycle_id": cycle["id"],
        "entitlement_id": goods["id"],
        "decision_id": goods["decision_id"],
    }


def _visit_to_make(officer: Api) -> str:
    waiting = (officer.get(f"/welfare/visits/{row['id']}") for row in officer.get("/welfare/visits")["items"])
    return next(visit["id"] for visit in waiting if "complete" in visit["actions"])


def _recuperation(officer: Api) -> dict[str, str]:
    rounds = {row["state"]: row["id"] for row in officer.get("/welfare/recuperation-rounds")["items"]}
    trip = officer.get("/welfare/trips", round_id=rounds["committed"])["items"][0]
    return {"round_id": rounds["committed"], "open_round_id": rounds["open"], "trip_id": trip["id"]}


def _requests(officer: Api, member: Api) -> dict[str, str]:
    types = officer.get("/welfare/request-types")["items"]
    return {
        "request_type_id": next(one["id"] for one in types if not one["counted_only"]),
        "counselling_id": next(one["id"] for one in types if one["counted_only"]),
        "request_id": member.get("/me/requests")["items"][0]["id"],
    }


def _mutual_aid(officer: Api, member: Api) -> dict[str, str]:
    periods = {row["state"]: row for row in officer.get("/welfare/mutual-aid/periods")["items"]}
    return {
        "plan_id": periods["closed"]["plan_id"],
        "period_id": periods["closed"]["id"],
        "open_period_id": periods["open"]["id"],
        "claim_id": officer.get("/welfare/mutual-aid/claims")["items"][0]["id"],
        "own_claim_id": member.get("/me/mutual-aid-claims")["items"][0]["id"],
    }


def _buying(officer: Api) -> dict[str, str]:
    bought = officer.get("/welfare/purchases")["items"]
    paid = next(row for row in bought if row["kind"] == "equipment" and row["supplier_id"])
    return {
        "purchase_id": paid["id"],
        "supplier_id": paid["supplier_id"],
        "quoting_id": next(row["id"] for row in bought if row["state"] == "quoting"),
        "counted_id": next(row["id"] for row in bought if row["kind"] == "supplies"),
    }


def _charity(officer: Api) -> dict[str, str]:
    drives = {row["state"]: row["id"] for row in officer.get("/welfare/drives")["items"]}
    return {"drive_id": drives["open"], "disclosed_drive_id": drives["disclosed"]}


def _birth_of_somebody(chair: Api, member_ids: list[str]) -> dict[str, Any]:
    """Report a birth for the first of them for whom none was reported yet."""
    yesterday = (today() - timedelta(days=1)).isoformat()
    for member_id in reversed(member_ids):
        report = {"member_id": member_id, "occasion": "birth", "happened_on": yesterday}
        answer = chair.send("POST", "/welfare/life-events", json=report)
        if answer.status_code == 201:
            return answer.json()
        assert answer.json()["rule"] == "visits.was_not_reported_before", answer.text
    raise AssertionError("a birth was reported for everybody in the unit")


def _visit_with_entry(chair: Api, officer: Api, unit_id: str) -> dict[str, Any]:
    me = chair.get("/me")["member_id"]
    rows = [row for row in chair.all("/membership/members", unit_id=unit_id) if row["id"] != me]
    path = f"/welfare/visits/{_birth_of_somebody(chair, [row['id'] for row in rows])['visit_id']}"
    evidence = [{"kind": "note", "text": "已上门看望"}, {"kind": "signature", "text": "本人签收"}]
    made = {"visited_on": today().isoformat(), "evidence": evidence, "amount": "300.00", "form": "goods"}
    chair.post(f"{path}/complete", made)
    return eventually(lambda: (visit := officer.get(path))["entry_id"] and visit)


def _examinations(officer: Api) -> dict[str, str]:
    campaigns = {one["kind"]: one["id"] for one in officer.get("/welfare/examinations")["items"]}
    address = f"/welfare/examinations/{campaigns['general']}"
    return {
        "examination_id": campaigns["general"],
        "draft_examination_id": campaigns["women"],
        "slot_id": officer.get(address)["slots"][0]["id"],
        "examinee_id": officer.get(f"{address}/unbooked")["items"][0]["member_id"],
    }
