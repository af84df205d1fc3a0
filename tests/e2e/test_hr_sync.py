"""The campus HR system delivers, an officer looks, applies one and many; programs do nothing else."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Any

from deploy.demo.people import identity_number
from services.chassis.clock import today
from tests.support.api import Api, eventually

HR = "/membership/hr"


def person(unit_code: str, **changes: Any) -> dict[str, Any]:
    """Return HR's record of somebody nobody has seen."""
    born = date(1991, 5, 2) + timedelta(days=secrets.randbelow(2000))
    return {
        "hr_id": f"E{secrets.token_hex(6)}",
        "sequence": 1,
        "unit_code": unit_code,
        "name": "上官宁",
        "gender": "female",
        "birth_date": born.isoformat(),
        "id_number": identity_number(born, secrets.randbelow(1000)),
        "phone": f"176{secrets.randbelow(10**8):08d}",
        "employment": "established",
        "original_age": "F55",
        "hired_on": today().isoformat(),
        **changes,
    }


def difference_of(officer: Api, hr_id: str, state: str = "open") -> dict[str, Any]:
    return next(one for one in officer.all(f"{HR}/differences", state=state) if one["hr_id"] == hr_id)


def apply(officer: Api, hr_id: str) -> dict[str, Any]:
    seen = officer.get(f"{HR}/differences/{difference_of(officer, hr_id)['id']}")
    body = {"version": seen["version"], "member_version": seen["member_version"]}
    return officer.post(f"{HR}/differences/{seen['id']}/apply", body)


def test_hr_delivers_and_an_officer_applies(union, signed_in):
    hr, officer = signed_in("hr-system"), signed_in("officer")
    record = person("11")
    receipt = hr.post(f"{HR}/changes", {"items": [record]})
    assert (receipt["new"], receipt["differing"]) == (1, 1)
    assert hr.post(f"{HR}/changes", {"items": [record]})["repeated"] == 1
    joined = apply(officer, record["hr_id"])
    member = officer.get(f"/membership/members/{joined['member_id']}")
    assert (member["name"], member["standing"]) == ("上官宁", "active")

    moved = {"hr_id": record["hr_id"], "sequence": 2, "unit_code": "12", "phone": "17600000000"}
    assert hr.post(f"{HR}/changes", {"items": [moved]})["differing"] == 1
    seen = difference_of(officer, record["hr_id"])
    assert (seen["kind"], seen["fields_changed"]) == ("move", ["phone", "unit_id"])
    apply(officer, record["hr_id"])
    unit = next(one for one in officer.all("/membership/units", kind="unit") if one["code"] == "12")
    assert officer.get(f"/membership/members/{joined['member_id']}")["unit_id"] == unit["id"]

    left = {"hr_id": record["hr_id"], "sequence": 3, "status": "left", "left_on": today().isoformat()}
    hr.post(f"{HR}/changes", {"items": [left]})
    apply(officer, record["hr_id"])
    assert officer.get(f"/membership/members/{joined['member_id']}")["standing"] == "withdrawn"


def test_many_are_applied_as_long_work_with_progress(union, signed_in):
    hr, officer = signed_in("hr-system"), signed_in("officer")
    records = [person("13") for _ in range(5)]
    hr.post(f"{HR}/changes", {"items": records})
    ids = [difference_of(officer, one["hr_id"])["id"] for one in records]
    job = officer.post(f"{HR}/differences/apply", {"record_ids": ids}, status=202)
    path = f"/membership/jobs/{job['id']}"
    done = eventually(lambda: (found := officer.get(path))["state"] == "done" and found)
    assert (done["done"], done["problems"], done["result"]) == (5, 0, {"applied": 5})


def test_the_hr_system_does_nothing_but_deliver(union, signed_in):
    hr, officer = signed_in("hr-system"), signed_in("officer")
    assert [grant["role"] for grant in hr.get("/me")["roles"]] == ["hr"]
    hr.get("/membership/members", status=403)
    hr.get(f"{HR}/differences", status=403)
    officer.post(f"{HR}/changes", {"items": [person("11")]}, status=403)
    problem = officer.post(f"{HR}/pull", status=409)
    assert problem["rule"] == "hr_sync.pull_is_configured"
