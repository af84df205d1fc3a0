"""A month's dues: charged, deducted by the payroll, a reminder answered; the ledger holds exactly what came in."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice
from typing import Any

from services.chassis.clock import today
from services.chassis.files.spreadsheets import write_xlsx
from tests.support.api import Api, eventually
from tests.support.dues import unpaid

DUES = "/membership/dues"
MONTH = f"{today():%Y-%m}"


def job_of(officer: Api, job_id: str) -> dict[str, Any]:
    return eventually(lambda: (job := officer.get(f"/membership/jobs/{job_id}"))["state"] == "done" and job)


def months(officer: Api) -> list[dict[str, Any]]:
    return officer.get(f"{DUES}/months", months=24)["items"]


def paid_in_all(officer: Api) -> Decimal:
    return sum((Decimal(month["paid"]) for month in months(officer)), Decimal(0))


def booked_in_all(officer: Api) -> Decimal:
    sign = {"income": 1, "refund": -1}
    entries = officer.all("/governance/funds/entries", source="dues")
    return sum((sign[entry["kind"]] * Decimal(entry["amount"]) for entry in entries), Decimal(0))


def test_charging_again_charges_nobody_twice_and_a_newcomer_waits_for_a_base(union, signed_in):
    officer = signed_in("officer")
    before = months(officer)[0]
    preview = officer.get(f"{DUES}/months/{MONTH}/preview")
    assert before["month"] == MONTH
    assert preview["charged_already"] == before["members"]
    assert {rule["number"] for rule in preview["rules"]} >= {"工发〔1978〕101号"}

    job_of(officer, officer.post(f"{DUES}/months/{MONTH}/charge", status=202)["job_id"])

    assert officer.get(f"{DUES}/months/{MONTH}/preview")["to_charge"] == 0
    assert officer.post(f"{DUES}/months/2199-01/charge", status=422)["errors"]


def test_a_month_that_awaits_its_payroll_is_in_nobody_s_arrears(union, signed_in):
    officer = signed_in("officer")
    latest = months(officer)[0]
    assert (latest["state"], latest["members_owing"]) == ("waiting", 0)
    assert latest["members_waiting"] > 0
    assert all(row["since"] < MONTH for row in officer.all(f"{DUES}/arrears"))
    assert (
        signed_in("member").get(f"{DUES}/members/{signed_in('member').get('/me')['member_id']}")["months_waiting"] == 1
    )


def test_a_payroll_is_checked_posted_and_stands_in_the_ledger(union, signed_in):
    officer, chair = signed_in("officer"), signed_in("chair")
    owing = list(islice(unpaid(officer, MONTH), 40))
    rows = [{"who": row["number"], "amount": Decimal(row["owed"])} for row in owing]
    content = write_xlsx([("who", "会员号"), ("amount", "实扣金额")], [*rows, {"who": "M999999", "amount": Decimal(1)}])
    form = {"kind": "payroll", "month": MONTH}

    file = officer.ask("POST", f"{DUES}/files", 201, data=form, files={"file": ("工资.xlsx", content)})
    job = job_of(officer, file["check_job_id"])
    checked = officer.get(f"{DUES}/files/{file['id']}")
    assert checked["counts"] == {"exact": len(rows), "unknown": 1}
    problems = officer.send("GET", f"/membership/jobs/{job['id']}/file", params={"which": "problems"})
    assert "查无此会员" in problems.content.decode("utf-8-sig")

    job_of(officer, officer.post(f"{DUES}/files/{file['id']}/post", status=202)["job_id"])

    still = {row["member_id"] for row in officer.all(f"{DUES}/arrears")}
    assert still.isdisjoint(row["id"] for row in owing)
    eventually(lambda: booked_in_all(officer) == paid_in_all(officer))
    assert officer.get("/governance/funds/verdict")["intact"]
    assert all(row["owed"] is None for row in chair.all(f"{DUES}/arrears"))


def test_a_member_is_reminded_pays_and_asks_for_a_refund_another_officer_decides(union, signed_in):
    officer, member = signed_in("officer"), signed_in("member")
    me = member.get("/me")["member_id"]
    paths = f"{DUES}/members/{me}"
    for month in member.get(paths)["months"]:
        if Decimal(month["paid"]):
            officer.post(f"{paths}/months/{month['month']}/adjust", {"due": "99.00", "reason": "补缴差额"})

    job_of(officer, officer.post(f"{DUES}/arrears/remind", {"months": 1}, status=202)["job_id"])
    eventually(lambda: [todo for todo in member.all("/me/todos") if todo["kind"] == "dues_owed"])
    mine = member.get(paths)
    assert mine["bases"][0]["base"] == "****"
    for month in mine["months"]:
        if Decimal(month["owed"]):
            officer.post(f"{paths}/payments", {"month": month["month"], "amount": month["owed"]}, status=201)

    eventually(lambda: not [todo for todo in member.all("/me/todos") if todo["kind"] == "dues_owed"])
    assert member.get(paths)["owed"] == "0.00"
    asked = {"month": MONTH, "amount": "0.05", "reason": "多扣五分"}
    refund = officer.post(f"{paths}/refunds", asked, status=201)
    problem = officer.post(f"{DUES}/refunds/{refund['id']}/decide", {"approve": True}, status=409)
    assert problem["rule"] == "dues.second_officer_decides"
    payment = member.get(f"{paths}/payments")["items"][0]
    officer.post(f"{DUES}/payments/{payment['id']}/reverse", {"reason": "录错"}, status=201)
    eventually(lambda: booked_in_all(officer) == paid_in_all(officer))
    member.post(f"{DUES}/months/{MONTH}/charge", status=403)
