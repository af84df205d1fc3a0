"""A member states a child with the guardian's consent, an officer looks for a purpose, the withdrawal erases it."""

from __future__ import annotations

from datetime import timedelta

from services.chassis.clock import today
from tests.support.api import eventually


def test_a_child_is_stated_with_consent_looked_at_for_a_purpose_and_erased_by_withdrawal(union, signed_in):
    member, officer, chair = signed_in("delegate"), signed_in("officer"), signed_in("chair")
    me = member.get("/me")["member_id"]
    family = f"/membership/members/{me}/family"
    (wording,) = member.get("/membership/consent-texts", purpose="guardian")["items"]
    child = {"relation": "child", "name": "李小宝", "birth_date": (today() - timedelta(days=2000)).isoformat()}
    refused = member.post("/me/family", child, status=409)
    assert refused["rule"] == "family.guardian_consents"
    stated = member.post("/me/family", {**child, "guardian_consent": wording["version"]}, status=201)

    chair.get(family, status=403)
    assert [one["name"] for one in officer.get(family)["items"]] == ["李**"]
    seen = officer.post(f"{family}/view", {"purpose": "invite to the children's day"})
    assert [one["name"] for one in seen["items"]] == ["李小宝"]
    looks = member.all(f"/membership/members/{me}/accesses")
    assert ("family", "officer") in [(one["field"], one["by_role"]) for one in looks]

    withdrawn = member.post(f"/me/consents/{stated['consent_id']}/withdraw")
    assert withdrawn == {"purpose": "guardian", "caused": ["children_erased"]}
    eventually(lambda: [one for one in member.all("/me/timeline") if one["kind"] == "consent_withdrawn"])
    assert member.get(family)["items"] == []
