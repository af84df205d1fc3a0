"""An activity for some members: decided by facts that membership tells, explained, counted, logged."""

from __future__ import annotations

from tests.e2e.stories import activity
from tests.support.api import eventually


def own_record(member):
    return member.get(f"/membership/members/{member.get('/me')['member_id']}")


def test_who_is_not_in_the_audience_reads_why_and_who_is_reads_by_which_facts(union, signed_in):
    officer, member = signed_in("officer"), signed_in("member")
    mine = own_record(member)["gender"]
    other = {"female": "male", "male": "female"}[mine]
    theirs = officer.post("/activities", activity(audience={"sex": other}), status=201)
    refused = member.post(f"/activities/{theirs['id']}/registrations", status=409)
    assert refused["rule"] == f"registration.activity_is_for_{'women' if other == 'female' else 'men'}"
    assert theirs["audience"] == {"units": [], "employments": [], "sex": other}

    old = officer.post("/activities", activity(audience={"sex": mine, "age_from": 100}), status=201)
    check = member.get(f"/activities/{old['id']}/registrations/check")
    (why,) = check["register_refusals"]
    assert why["rule"] == "registration.member_is_old_enough"
    assert why["params"]["age"] == check["basis"]["age"] < 100

    ours = officer.post("/activities", activity(audience={"sex": mine, "age_to": 100}), status=201)
    path = f"/activities/{ours['id']}/registrations"
    assert member.post(path, status=201)["state"] == "confirmed"
    registered = member.get(f"{path}/check")
    basis = registered["basis"]
    assert (basis["sex"], basis["age"]) == (mine, check["basis"]["age"])
    member_id = registered["registration"]["member_id"]
    opened = officer.post(f"{path}/{member_id}/basis", {"purpose": "核对名单"})["basis"]
    assert opened == basis
    assert "核对名单" in str(member.get("/me/fact-looks"))
    uses = {one["activity_id"]: one["facts"] for one in member.all("/me/fact-uses")}
    assert (uses[theirs["id"]], uses[ours["id"]]) == (["sex"], ["age", "sex"])


def test_everybody_reads_the_audience_and_officers_its_number_and_the_log(union, signed_in):
    officer, auditor, member = signed_in("officer"), signed_in("auditor"), signed_in("delegate")
    made = officer.post("/activities", activity(audience={"sex": "female", "age_to": 60}), status=201)
    rule = {"units": [], "employments": [], "sex": "female", "age_to": 60}
    eventually(lambda: member.get(f"/activities/{made['id']}")["audience"] == rule)

    counted = officer.post("/activities/audience-count", {"activity_id": made["id"]})
    women = officer.post("/activities/audience-count", {"audience": {"sex": "female"}, "on": made["starts_at"][:10]})
    men = officer.post("/activities/audience-count", {"audience": {"sex": "male"}, "on": made["starts_at"][:10]})
    assert women["in_audience"] + men["in_audience"] == women["members"] == men["members"]
    assert 0 < counted["in_audience"] <= women["in_audience"]
    about = [use["about"] for use in auditor.get("/membership/fact-uses", limit=100)["items"]]
    assert {f"activity/{made['id']}", "activity/new"} <= set(about)
    member.get("/membership/fact-uses", status=403)
    member.post("/activities/audience-count", {"activity_id": made["id"]}, status=403)
    wrong = officer.post("/activities", activity(audience={"age_from": 40, "age_to": 30}), status=422)
    assert "audience.age_to" in str(wrong["errors"]) or "age_to" in wrong["errors"]["audience"]
