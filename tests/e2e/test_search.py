"""Searching: an officer finds people, activities and the plan in one box; a member finds what all may see."""

from __future__ import annotations

from tests.e2e.stories import activity
from tests.support.api import eventually


def found(api, q, **more):
    """Return the results by kind."""
    reply = api.get("/search", q=q, **more)
    return {group["kind"]: [item["title"] for item in group["items"]] for group in reply["groups"]}


def test_an_officer_finds_people_by_right_and_everybody_what_is_announced(union, signed_in):
    officer, chair, member = signed_in("officer"), signed_in("chair"), signed_in("member")
    someone = officer.get("/membership/members", limit=1, sort="-number")["items"][0]
    record = officer.get(f"/membership/members/{someone['id']}")
    assert someone["name"] in found(officer, someone["name"])["member"]
    assert someone["name"] in found(officer, record["pinyin"], kind="member", limit=50)["member"]
    assert found(officer, someone["number"])["member"] == [someone["name"]]
    assert "member" not in found(member, someone["name"])
    of_chair = {item["unit_id"] for item in chair.get("/membership/members", limit=50)["items"]}
    outside = next(one for one in officer.all("/membership/members") if one["unit_id"] not in of_chair)
    assert outside["name"] not in found(chair, outside["number"]).get("member", [])

    title = "鲸落深海科普夜"
    officer.post("/activities", activity(title=title, summary="看标本。"), status=201)
    for person in (officer, chair, member):
        assert eventually(lambda person=person: found(person, "深海 鲸落").get("activity")) == [title]
    assert "市教育工会乒乓球赛" in found(member, "乒乓球", kind="plan_item", limit=50)["plan_item"]
