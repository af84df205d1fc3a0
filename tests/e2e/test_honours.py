"""An officer records a commendation; it reaches the member's record and news, and goes when it is taken back."""

from __future__ import annotations

from tests.e2e.stories import unit_of
from tests.support.api import Api, eventually


def commendation(**changes: object) -> dict[str, object]:
    award = {"title": "优秀工会工作者", "level": "university", "category": "union_worker", "awarded_on": "2023-12-20"}
    return {**award, "document": "校工〔2023〕21号", **changes}


def titles(one: Api, member_id: str) -> list[str]:
    return [item["title"] for item in one.get("/membership/honours", member_id=member_id)["items"]]


def test_a_commendation_reaches_the_record_and_goes_when_it_is_revoked(union, signed_in):
    officer, member, auditor = signed_in("officer"), signed_in("member"), signed_in("auditor")
    me = member.get("/me")["member_id"]
    award = officer.post("/governance/awards", commendation(member_id=me), status=201)
    again = officer.post("/governance/awards", commendation(member_id=me), status=201)
    assert again["id"] == award["id"]
    eventually(lambda: "优秀工会工作者" in titles(member, me))
    eventually(lambda: [news for news in member.all("/me/timeline") if news["kind"] == "award_granted"])
    assert award["id"] in [one["id"] for one in auditor.all("/governance/awards", year=2023)]

    revoke = {"version": award["version"], "reason": "the document names another person"}
    officer.post(f"/governance/awards/{award['id']}/revoke", revoke)
    assert officer.post(f"/governance/awards/{award['id']}/revoke", revoke, status=409)["rule"] == "awards.award_stands"
    eventually(lambda: "优秀工会工作者" not in titles(member, me))


def test_an_award_goes_to_somebody_known_and_is_recorded_by_officers_only(union, signed_in):
    officer, chair = signed_in("officer"), signed_in("chair")
    nobody = "018f3b7a-9a10-7c3e-8b11-5a2f6f6fffff"
    for holder in ({"member_id": nobody}, {"unit_id": nobody}):
        refused = officer.post("/governance/awards", commendation(**holder), status=409)
        assert refused["rule"] == "awards.holder_is_known"
    chair.post("/governance/awards", commendation(unit_id=unit_of(chair)), status=403)
    officer.post("/governance/awards", commendation(), status=422)
    home = commendation(unit_id=unit_of(chair), title="先进教工小家", category="home")
    officer.post("/governance/awards", home, status=201)
    eventually(lambda: chair.get("/membership/honours", unit_id=unit_of(chair))["items"])


def test_an_earlier_honour_is_typed_in_with_its_evidence(union, signed_in):
    officer, member = signed_in("officer"), signed_in("member")
    me = member.get("/me")["member_id"]
    earlier = commendation(member_id=me, title="省级教坛新秀", level="provincial", category="teaching")
    officer.post("/membership/honours", earlier, status=422)
    honour = officer.post("/membership/honours", {**earlier, "evidence": "证书原件"}, status=201)
    assert "省级教坛新秀" in titles(member, me)
    officer.post(f"/membership/honours/{honour['id']}/remove", {"reason": "typed in twice"})
    assert "省级教坛新秀" not in titles(member, me)
