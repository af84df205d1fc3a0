"""Committees give their roles; a unit is split, its part merged back, and everybody and everything goes along."""

from __future__ import annotations

import secrets

from services.chassis.clock import today
from tests.e2e.stories import newcomer
from tests.support.api import Api, eventually


def roles_of(api: Api) -> set[str]:
    return {grant["role"] for grant in api.get("/me")["roles"]}


def test_a_seat_in_a_committee_gives_its_role_and_the_end_takes_it_away(union, signed_in):
    officer, member = signed_in("officer"), signed_in("member")
    mediation = next(
        one for one in officer.all("/membership/units", kind="committee") if one["committee"] == "mediation"
    )
    seat = {
        "unit_id": mediation["id"],
        "kind": "committee_member",
        "member_id": member.get("/me")["member_id"],
        "starts_on": "2023-03-01",
    }
    post = officer.post("/membership/posts", seat, status=201)
    assert post["role"] == "mediator"
    eventually(lambda: "mediator" in roles_of(member))
    officer.post(f"/membership/posts/{post['id']}/end", {"ended_on": "2022-03-01", "reason": "改选"}, status=409)
    ended = officer.post(f"/membership/posts/{post['id']}/end", {"reason": "改选"})
    assert ended["ended_on"] == today().isoformat()


def test_a_unit_is_split_and_its_part_merged_back(union, signed_in):
    officer = signed_in("officer")
    unit = next(one for one in officer.all("/membership/units", kind="unit") if one["code"] == "20")
    path = f"/membership/units/{unit['id']}"
    people = officer.all("/membership/members", unit_id=unit["id"], standing="active")
    code = f"T{secrets.token_hex(3)}"
    part = {"code": code, "name": "新分工会", "member_numbers": [people[0]["number"]], "member_ids": [people[1]["id"]]}
    preview = officer.post(f"{path}/split-preview", {"into": [part]})
    assert (preview["members"], preview["refusal"]) == (2, None)
    split = officer.post(f"{path}/split", {"into": [part], "version": unit["version"], "reason": "学院拆分"})
    new = split["founded"][0]
    moved = {row["id"] for row in officer.all("/membership/members", unit_id=new["id"])}
    assert moved == {people[0]["id"], people[1]["id"]}
    application = Api(union.url).post(
        "/membership/applications", newcomer(new["id"], employment="established"), status=201
    )
    counted = officer.get(f"/membership/units/{new['id']}/merge-preview", into_unit_id=unit["id"])
    assert (counted["members"], counted["applications"]) == (2, 1)
    body = {"into_unit_id": unit["id"], "version": new["version"], "reason": "学院合并"}
    merged = officer.post(f"/membership/units/{new['id']}/merge", body)
    assert (merged["unit"]["active"], merged["unit"]["merged_into_id"]) == (False, unit["id"])
    assert officer.get(f"/membership/applications/{application['id']}")["unit_id"] == unit["id"]
    again = officer.post(
        f"/membership/units/{new['id']}/merge", {**body, "version": merged["unit"]["version"]}, status=409
    )
    assert again["rule"] == "organisation.unit_is_open"
    kinds = [entry["kind"] for entry in officer.get(f"{path}/history")["items"]]
    assert kinds[:2] == ["took_in", "split_off"]


def test_only_officers_change_units(union, signed_in):
    chair = signed_in("chair")
    unit = chair.all("/membership/units", kind="unit")[0]
    body = {"into_unit_id": unit["id"], "version": 1, "reason": "不行"}
    chair.post(f"/membership/units/{unit['id']}/merge", body, status=403)


def test_a_term_that_ends_soon_is_the_officers_to_prepare(union, signed_in):
    officer = signed_in("officer")
    ending = officer.all("/membership/posts", ending_within=90, held_on=today().isoformat())
    assert ending
    todo = eventually(lambda: [one for one in officer.all("/me/todos") if one["kind"] == "term_ending"])
    assert {one["subject_id"] for one in todo} <= {post["id"] for post in ending}
