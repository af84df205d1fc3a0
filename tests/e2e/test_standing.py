"""A member is transferred and retires with a visit due; another leaves and joins again with the former number."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from deploy.demo.people import identity_number
from services.chassis.clock import today
from tests.e2e.stories import in_days, newcomer, unit_of
from tests.support.api import Api, eventually

TODAY = today()


def joined(union, signed_in, unit: str, **changes) -> tuple[Api, dict]:
    """Let a new person join a unit; return that member's caller and record."""
    officer, form = signed_in("officer"), newcomer(unit, **changes)
    application = Api(union.url).post("/membership/applications", form, status=201)
    path = f"/membership/applications/{application['id']}"
    signed_in("chair").post(f"{path}/review", {"decision": "accept"})
    approved = officer.post(f"{path}/approve", {"original_age": "M60"})
    himself = Api(union.url).sign_in(form["username"], form["password"])
    eventually(lambda: himself.get("/me").get("member_id"))
    eventually(lambda: "member" in [grant["role"] for grant in himself.get("/me")["roles"]])
    return himself, {**form, "member_id": approved["member_id"], "number": approved["number"]}


def test_a_member_is_transferred_when_both_units_agree(union, signed_in):
    chair, officer = signed_in("chair"), signed_in("officer")
    himself, record = joined(union, signed_in, unit_of(chair))
    other = next(unit["id"] for unit in officer.all("/membership/units", kind="unit") if unit["id"] != unit_of(chair))
    transfer = himself.post("/membership/transfers", {"to_unit_id": other, "reason": "工作调动"}, status=201)
    assert transfer["state"] == "requested"
    again = himself.post("/membership/transfers", {"to_unit_id": other, "reason": "工作调动"}, status=409)
    assert again["rule"] == "transfer.one_at_a_time"
    eventually(lambda: [todo for todo in chair.all("/me/todos") if transfer["id"] in todo["link"]])
    path = f"/membership/transfers/{transfer['id']}/decide"
    assert officer.post(path, {"decision": "release"}, status=403)["rule"] == "transfer.decider_is_in_charge"
    released = chair.post(path, {"decision": "release"})
    assert released["actions"] == []
    assert chair.post(path, {"decision": "accept"}, status=403)["rule"] in (
        "transfer.decider_is_in_charge", "workflow.transfer",
    )  # fmt: skip
    eventually(lambda: not [todo for todo in chair.all("/me/todos") if transfer["id"] in todo["link"]])
    standing = himself.get("/membership/standing")
    assert (standing["unit_id"], standing["standing"]) == (record["unit_id"], "transferring")
    taken_back = himself.post(f"/membership/transfers/{transfer['id']}/withdraw", {"reason": "不调了"})
    assert taken_back["state"] == "withdrawn"
    assert himself.get("/membership/standing")["standing"] == "active"


def test_a_member_retires_and_the_visit_is_due(union, signed_in):
    chair, officer = signed_in("chair"), signed_in("officer")
    born = date(1965, 5, 9)
    himself, record = joined(
        union, signed_in, unit_of(chair), gender="male", birth_date=born.isoformat(),
        id_number=identity_number(born, int(datetime.now(UTC).timestamp()) % 999), hired_on="2020-09-01",
    )  # fmt: skip
    explained = himself.get("/membership/retirement")
    assert (explained["statutory_month"], explained["delay_months"]) == ("2025-07-01", 2)
    roster = officer.get("/membership/retirements", year=2025, q=record["number"])["items"]
    assert [row["member_id"] for row in roster] == [record["member_id"]]
    path = f"/membership/members/{record['member_id']}/retirement"
    early = officer.post(f"{path}-month", {"approved_month": "2025-04-01", "reason": "人事通知"}, status=409)
    assert early["rule"] == "retirement.not_before_original_age"
    job = officer.post("/membership/retirements/confirm", {"member_ids": [record["member_id"]]}, status=202)
    # Approved today, so the month that applies is before the membership: the day is HR's.
    done = eventually(lambda: (seen := officer.get(f"/membership/jobs/{job['id']}"))["state"] == "done" and seen)
    assert done["problems"] == 1
    before = {visit["id"] for visit in officer.all("/welfare/visits")}
    confirmed = officer.post(path, {"retired_on": TODAY.isoformat()})
    assert confirmed["standing"] == "retained"
    assert "vote" in himself.get("/membership/standing")["ended"]
    eventually(lambda: {visit["id"] for visit in officer.all("/welfare/visits")} - before)
    later = {"title": "读书会", "kind": "salon", "place": "教工之家", "starts_at": in_days(20), "ends_at": in_days(21)}
    activity = officer.post("/activities", later, status=201)
    refused = eventually(
        lambda: (found := himself.send("POST", f"/activities/{activity['id']}/registrations", json={})).status_code
        in (403, 409) and found.json()
    )  # fmt: skip
    assert refused["rule"] == "registration.member_is_active"


def test_who_left_joins_again_with_his_number(union, signed_in):
    chair, officer = signed_in("chair"), signed_in("officer")
    himself, record = joined(union, signed_in, unit_of(chair))
    leave = himself.post("/membership/leave-requests", {"reason": "个人原因"}, status=201)
    eventually(lambda: [todo for todo in officer.all("/me/todos") if todo["subject_id"] == leave["id"]])
    path = f"/membership/members/{record['member_id']}/decisions"
    decision = {
        "kind": "expulsion",
        "decided_by": "校工会委员会",
        "decided_on": TODAY.isoformat(),
        "reason": "本人申请",
    }
    assert officer.post(path, decision, status=409)["rule"] == "standing.decision_is_recorded"
    assert officer.post(path, {**decision, "kind": "withdrawal"}, status=201)["new_standing"] == "withdrawn"
    eventually(lambda: "member" not in [grant["role"] for grant in himself.get("/me")["roles"]])
    form = {name: record[name] for name in newcomer(record["unit_id"]) if name not in ("username", "password")}
    application = Api(union.url).post("/membership/applications", form, status=201)
    chair.post(f"/membership/applications/{application['id']}/review", {"decision": "accept"})
    again = officer.post(f"/membership/applications/{application['id']}/approve")
    assert (again["number"], again["member_id"]) == (record["number"], record["member_id"])
    eventually(lambda: "member" in [grant["role"] for grant in himself.get("/me")["roles"]])
    changes = himself.get("/membership/standing-changes")["items"]
    assert [change["kind"] for change in changes] == ["rejoining", "withdrawal"]
    assert timedelta(0) <= TODAY - date.fromisoformat(changes[1]["decided_on"])
