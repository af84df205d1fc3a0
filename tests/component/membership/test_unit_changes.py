"""Units merged, split and moved: everybody and everything goes along in one transaction, with its history."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import eventlet
import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.errors import InvalidInput, NotFound, PreconditionFailed, Refused
from services.chassis.security.principal import ANONYMOUS
from services.contracts.membership.organisation import operations as organisation
from services.contracts.membership.organisation import unit_changes
from services.membership.organisation.tables import Post, Unit
from services.membership.organisation.use_cases import ending
from services.membership.record.tables import Member
from tests.component.membership.harness import MembershipHarness, roster_row

TODAY = clock.today()
WHY = "decided by the committee"


def merge(membership: MembershipHarness, code: str, into: str, version: int = 1, **values: Any) -> dict[str, Any]:
    values = {"unit_id": membership.units[code], "into_unit_id": membership.units[into], "version": version, **values}
    return membership.ask_typed(unit_changes.merge_unit, reason=WHY, **values)


def split(
    membership: MembershipHarness, code: str, *parts: dict[str, Any], version: int = 1, **values: Any
) -> dict[str, Any]:
    values = {"unit_id": membership.units[code], "into": list(parts), "version": version, **values}
    done = membership.ask_typed(unit_changes.split_unit, reason=WHY, **values)
    membership.units |= {unit["code"]: unit["id"] for unit in done["founded"]}
    return done


def move(membership: MembershipHarness, code: str, parent: str, version: int = 1) -> dict[str, Any]:
    values = {
        "unit_id": membership.units[code],
        "parent_id": membership.units[parent],
        "version": version,
        "reason": WHY,
    }
    return membership.ask_typed(unit_changes.move_unit, **values)


def refusal_of(change: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as caught:
        change(*args, **kwargs)
    return str(caught.value.rule)


def history(membership: MembershipHarness, code: str) -> dict[str, Any]:
    return membership.ask_typed(unit_changes.unit_history, unit_id=membership.units[code])


def test_a_stranger_reads_what_became_of_a_unit_and_not_who_noted_it_and_why(membership: MembershipHarness) -> None:
    merge(membership, "01", "02")
    told = history(membership, "01")["items"][0]
    assert (told["reason"], told["by"]) == (WHY, membership.officer.actor)
    shown = membership.ask_typed(unit_changes.unit_history, ANONYMOUS, unit_id=membership.units["01"])["items"][0]
    assert (shown["kind"], shown["reason"], shown["by"]) == ("merged_into", None, None)


def places(membership: MembershipHarness) -> dict[UUID, tuple[UUID, UUID | None]]:
    with membership.database.session() as session:
        rows = session.execute(sa.select(Member.id, Member.unit_id, Member.group_id))
        return {row.id: (row.unit_id, row.group_id) for row in rows}


@pytest.mark.databases("postgresql", "sqlite")
def test_a_merged_unit_takes_everybody_and_everything_along(membership: MembershipHarness) -> None:
    membership.found("01-1", "group", "01")
    membership.found("01-W", "committee", "01")
    grouped, chair = membership.member(1, group_id=membership.units["01-1"]), membership.member(2)
    membership.seat("01", "unit_chair", chair, TODAY)
    membership.seat("01-W", "committee_member", grouped, TODAY)
    membership.seat("01-1", "group_leader", grouped, TODAY)
    application = membership.apply(9)
    done = merge(membership, "01", "02")
    counted = ("members", "groups", "committees", "posts", "applications")
    assert {name: done[name] for name in counted} == dict(zip(counted, (2, 1, 1, 2, 1), strict=True))
    assert places(membership) == {
        grouped: (membership.units["02"], membership.units["01-1"]),
        chair: (membership.units["02"], None),
    }
    assert (done["unit"]["active"], done["unit"]["closed_on"], done["unit"]["merged_into_id"]) == (
        False, TODAY, membership.units["02"],
    )  # fmt: skip
    moved = membership.events("unit_changed")
    assert {event["member_id"] for event in moved} == {str(grouped), str(chair)}
    (told,) = membership.events("unit_merged")
    assert (told["into_unit_id"], told["members"]) == (str(membership.units["02"]), 2)
    assert {event["kind"] for event in membership.events("post_ended")} == {"unit_chair", "committee_member"}
    with membership.database.session() as session:
        assert session.scalar(sa.text("SELECT unit_id FROM application")) in (
            membership.units["02"],
            membership.units["02"].hex,
        )
        open_posts = session.scalars(sa.select(Post.kind).where(Post.last_day >= TODAY)).all()
    assert open_posts == ["group_leader"]
    assert application["state"] == "submitted"
    assert [entry["kind"] for entry in history(membership, "02")["items"]] == ["took_in", "founded"]
    assert {entry["kind"] for entry in history(membership, "01")["items"]} == {"merged_into", "closed", "founded"}


def test_what_cannot_be_merged_is_refused_and_nothing_moves(membership: MembershipHarness) -> None:
    for code, kind, parent in (("01-1", "group", "01"), ("01-2", "group", "01"), ("02-1", "group", "02")):
        membership.found(code, kind, parent)
    member = membership.member(1)
    like = "organisation.merges_into_its_like"
    assert refusal_of(merge, membership, "01", "01") == like
    assert refusal_of(merge, membership, "01", "01-1") == like
    assert refusal_of(merge, membership, "01-1", "02-1") == like
    assert (
        refusal_of(merge, membership, "01", "02", on=TODAY + timedelta(days=1)) == "organisation.change_day_is_possible"
    )
    with membership.database.session() as session:
        session.execute(sa.text("UPDATE member SET standing = 'transferring'"))
    part = {"code": "11", "name": "新一", "member_ids": [member]}
    assert refusal_of(split, membership, "01", part) == "organisation.no_transfer_is_open"
    with pytest.raises(PreconditionFailed):
        merge(membership, "01", "02", version=7)
    assert places(membership)[member][0] == membership.units["01"]
    merge(membership, "01-1", "01-2")
    assert refusal_of(merge, membership, "01-1", "01-2", version=2) == "organisation.unit_is_open"
    assert membership.events("unit_changed") == []


def test_a_merged_group_puts_its_members_into_the_other(membership: MembershipHarness) -> None:
    membership.found("01-1", "group", "01")
    membership.found("01-2", "group", "01")
    member = membership.member(1, group_id=membership.units["01-1"])
    assert merge(membership, "01-1", "01-2")["members"] == 1
    assert places(membership)[member] == (membership.units["01"], membership.units["01-2"])
    (told,) = membership.events("member_updated")
    assert told["fields_changed"] == ["group_id"]


def test_a_preview_counts_and_says_why_not(membership: MembershipHarness) -> None:
    membership.seat("01", "unit_chair", membership.member(1), TODAY)
    membership.apply(9)

    def preview(into: str) -> dict[str, Any]:
        values = {"unit_id": membership.units["01"], "into_unit_id": membership.units[into]}
        return membership.ask_typed(unit_changes.preview_merge, **values)

    shown = preview("02")
    assert (shown["members"], shown["posts"], shown["applications"], shown["refusal"]) == (1, 1, 1, None)
    assert preview("01")["refusal"]["rule"] == "organisation.merges_into_its_like"


@pytest.mark.databases("postgresql", "sqlite")
def test_a_unit_is_split_by_groups_members_and_numbers(membership: MembershipHarness) -> None:
    membership.found("01-1", "group", "01")
    membership.found("01-2", "group", "01")
    group, other = membership.units["01-1"], membership.units["01-2"]
    first, second, third, chair = (
        membership.admit(roster_row(membership.units["01"], order, group_id=where))[0]
        for order, where in enumerate((group, other, None, None), start=1)
    )
    membership.seat("01", "unit_chair", chair[0], TODAY)
    done = split(
        membership, "01",
        {"code": "11", "name": "新一", "group_ids": [group], "member_numbers": [f" {second[1].lower()} "]},
        {"code": "12", "name": "新二", "member_ids": [chair[0]]},
    )  # fmt: skip
    assert (done["members"], done["posts"], [one["code"] for one in done["founded"]]) == (3, 1, ["11", "12"])
    assert places(membership) == {
        first[0]: (membership.units["11"], group),
        second[0]: (membership.units["11"], None),
        third[0]: (membership.units["01"], None),
        chair[0]: (membership.units["12"], None),
    }
    assert [one["role"] for one in membership.events("post_ended")] == ["chair"]
    (told,) = membership.events("unit_split")
    assert (told["closed"], len(told["new_unit_ids"]), told["members"]) == (False, 2, 3)
    assert [entry["kind"] for entry in history(membership, "11")["items"]] == ["split_from"]
    assert history(membership, "11")["names"][0]["name"] == "新一"


def test_a_unit_split_up_is_closed_when_nobody_is_left(membership: MembershipHarness) -> None:
    membership.found("01-1", "group", "01")
    members = [
        one for one, _ in membership.admit(*(roster_row(membership.units["01"], order) for order in range(1, 4)))
    ]
    membership.apply(9)
    part = {"code": "11", "name": "新一", "member_ids": members[:2]}
    assert refusal_of(split, membership, "01", part, close=True) == "organisation.nobody_is_left"
    other = {"code": "12", "name": "新二", "member_ids": members[2:]}
    done = split(membership, "01", part, other, close=True)
    assert (done["applications"], done["unit"]["active"]) == (1, False)
    with membership.database.session() as session:
        left = session.scalars(sa.select(Unit.code).where(Unit.parent_id == membership.units["01"], Unit.active)).all()
    assert left == []


def test_a_split_that_cannot_be_is_refused(membership: MembershipHarness) -> None:
    here, there = membership.member(1), membership.member(2, unit="02")
    part = {"code": "11", "name": "新一", "member_ids": [here]}
    for parts, rule in (
        (({**part, "code": "02"},), "organisation.code_is_free"),
        (({**part, "member_ids": [here, there]},), "organisation.part_takes_its_own"),
        (({**part, "member_numbers": ["M999999"]},), "organisation.part_takes_its_own"),
        ((part, {**part, "code": "12"}), "organisation.nobody_goes_twice"),
        (({"code": "11", "name": "新一"},), "organisation.each_part_has_members"),
    ):
        assert refusal_of(split, membership, "01", *parts) == rule
    membership.units["99"] = here
    with pytest.raises(NotFound):
        split(membership, "99", part)


def test_a_group_moves_to_another_unit_with_its_members(membership: MembershipHarness) -> None:
    membership.found("01-1", "group", "01")
    member = membership.member(1, group_id=membership.units["01-1"])
    membership.seat("01", "unit_deputy", member, TODAY)
    assert move(membership, "01-1", "02")["posts"] == 1
    assert places(membership)[member] == (membership.units["02"], membership.units["01-1"])
    assert [event["to_unit_id"] for event in membership.events("unit_changed")] == [str(membership.units["02"])]
    assert refusal_of(move, membership, "01-1", "02", version=2) == "organisation.moves_elsewhere"
    assert refusal_of(move, membership, "01", "02") == "organisation.moves_elsewhere"
    assert refusal_of(move, membership, "01-1", "00", version=2) == "organisation.parent_fits_kind"


@pytest.mark.databases("postgresql", "sqlite")
def test_names_are_known_by_date(membership: MembershipHarness) -> None:
    founded = date(1958, 9, 1)
    request = {"code": "05", "name": "旧名", "kind": "unit", "parent_id": membership.units["00"], "founded_on": founded}
    membership.units["05"] = membership.ask_typed(organisation.create_unit, **request)["id"]

    def rename(name: str, on: date, version: int) -> None:
        values = {"unit_id": membership.units["05"], "version": version, "name": name, "on": on, "reason": WHY}
        membership.ask_typed(organisation.update_unit, **values)

    rename("新名", date(2020, 1, 1), 1)
    assert refusal_of(rename, "更旧名", date(2019, 1, 1), 2) == "organisation.change_day_is_possible"
    names = [(one["name"], one["since"], one["to"]) for one in history(membership, "05")["names"]]
    assert names == [("旧名", founded, date(2019, 12, 31)), ("新名", date(2020, 1, 1), None)]


def test_committees_give_their_roles_and_stand_where_they_reach(membership: MembershipHarness) -> None:
    request = {"code": "A", "name": "经审会", "kind": "committee", "committee": "audit"}
    audit = {**request, "parent_id": membership.units["00"]}
    membership.units["A"] = membership.ask_typed(organisation.create_unit, **audit)["id"]
    elsewhere = {**{**request, "code": "B", "parent_id": membership.units["01"]}}
    with pytest.raises(Refused) as caught:
        membership.ask_typed(organisation.create_unit, **elsewhere)
    assert caught.value.rule == "organisation.committee_stands_at_union"
    member, leader = membership.member(1), membership.member(2)
    assert membership.seat("A", "committee_chair", member, TODAY)["role"] == "auditor"
    membership.seat("00", "union_chair", leader, TODAY)
    assert refusal_of(membership.seat, "A", "committee_member", leader, TODAY) == "organisation.auditor_does_not_lead"
    assert [event["role"] for event in membership.events("post_assigned")] == ["auditor", "officer"]


def test_ending_terms_are_told_once_and_their_successor_names_them(membership: MembershipHarness) -> None:
    member, next_one = membership.member(1), membership.member(2)
    soon = membership.seat("01", "unit_chair", member, TODAY - timedelta(days=900), ends_on=TODAY + timedelta(days=90))
    membership.seat("02", "delegate", member, TODAY, ends_on=TODAY + timedelta(days=91))
    for _ in range(2):
        with membership.transaction() as tx:
            ending.tell_ending_terms(tx)
    (told,) = membership.events("post_term_ending")
    assert told["post_id"] == str(soon["id"])
    membership.seat("01", "unit_chair", next_one, TODAY + timedelta(days=91))
    assert membership.events("post_assigned")[-1]["succeeds_post_id"] == str(soon["id"])


def test_merging_and_joining_at_the_same_time_leave_nobody_in_a_closed_unit(membership: MembershipHarness) -> None:
    application = membership.apply(1)["id"]
    membership.review(application)
    membership.member(2)

    def approve() -> None:
        with suppress(Refused, InvalidInput):
            membership.approve(application)

    pool = eventlet.GreenPool()
    pool.spawn(approve)
    pool.spawn(merge, membership, "01", "02")
    pool.waitall()
    assert {unit for unit, _ in places(membership).values()} == {membership.units["02"]}


def test_five_thousand_members_move_in_a_few_seconds(membership: MembershipHarness) -> None:
    for start in range(0, 5000, 1000):
        membership.admit(*(roster_row(membership.units["01"], order) for order in range(start + 1, start + 1001)))
    began = clock.now()
    assert merge(membership, "01", "02")["members"] == 5000
    assert len(membership.events("unit_changed")) == 5000
    assert (clock.now() - began).total_seconds() < 30
