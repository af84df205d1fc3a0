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
from services.contracts.membership.organisation import operations as organisation
from services.contracts.membership.organisation import unit_changes
from services.membership.organisation.tables import Post, Unit
from services.membership.organisation.use_cases import ending, merging, splitting, unit_history, units
from services.membership.record.tables import Member
from tests.component.membership.union import Union, asked, roster_row

TODAY = clock.today()
WHY = "decided by the committee"


def merge(union: Union, code: str, into: str, version: int = 1, **values: Any) -> dict[str, Any]:
    values = {"unit_id": union.units[code], "into_unit_id": union.units[into], "version": version, **values}
    with union.acting(union.officer) as tx:
        return merging.merge_unit(tx, asked(unit_changes.merge_unit, reason=WHY, **values))


def split(union: Union, code: str, *parts: dict[str, Any], version: int = 1, **values: Any) -> dict[str, Any]:
    values = {"unit_id": union.units[code], "into": list(parts), "version": version, **values}
    with union.acting(union.officer) as tx:
        done = splitting.split_unit(tx, asked(unit_changes.split_unit, reason=WHY, **values))
    union.units |= {unit.code: unit.id for unit in done["founded"]}
    return done


def move(union: Union, code: str, parent: str, version: int = 1) -> dict[str, Any]:
    values = {"unit_id": union.units[code], "parent_id": union.units[parent], "version": version, "reason": WHY}
    with union.acting(union.officer) as tx:
        return merging.move_unit(tx, asked(unit_changes.move_unit, **values))


def refusal_of(change: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as caught:
        change(*args, **kwargs)
    return str(caught.value.rule)


def history(union: Union, code: str) -> dict[str, Any]:
    with union.acting(union.officer) as tx:
        return unit_history.unit_history(tx, asked(unit_changes.unit_history, unit_id=union.units[code]))


def test_a_stranger_reads_what_became_of_a_unit_and_not_who_noted_it_and_why(union: Union) -> None:
    merge(union, "01", "02")
    told = history(union, "01")["items"][0]
    assert (told["reason"], told["by"]) == (WHY, union.officer.actor)
    with union.acting() as tx:
        shown = unit_history.unit_history(tx, asked(unit_changes.unit_history, unit_id=union.units["01"]))["items"][0]
    assert (shown["kind"], shown["reason"], shown["by"]) == ("merged_into", None, None)


def places(union: Union) -> dict[UUID, tuple[UUID, UUID | None]]:
    with union.database.session() as session:
        rows = session.execute(sa.select(Member.id, Member.unit_id, Member.group_id))
        return {row.id: (row.unit_id, row.group_id) for row in rows}


def test_a_merged_unit_takes_everybody_and_everything_along(any_union: Union) -> None:
    union = any_union
    union.found("01-1", "group", "01")
    union.found("01-W", "committee", "01")
    grouped, chair = union.member(1, group_id=union.units["01-1"]), union.member(2)
    union.seat("01", "unit_chair", chair, TODAY)
    union.seat("01-W", "committee_member", grouped, TODAY)
    union.seat("01-1", "group_leader", grouped, TODAY)
    application = union.apply(9)
    done = merge(union, "01", "02")
    counted = ("members", "groups", "committees", "posts", "applications")
    assert {name: done[name] for name in counted} == dict(zip(counted, (2, 1, 1, 2, 1), strict=True))
    assert places(union) == {grouped: (union.units["02"], union.units["01-1"]), chair: (union.units["02"], None)}
    assert (done["unit"].active, done["unit"].closed_on, done["unit"].merged_into_id) == (
        False, TODAY, union.units["02"],
    )  # fmt: skip
    moved = union.events("unit_changed")
    assert {event["member_id"] for event in moved} == {str(grouped), str(chair)}
    (told,) = union.events("unit_merged")
    assert (told["into_unit_id"], told["members"]) == (str(union.units["02"]), 2)
    assert {event["kind"] for event in union.events("post_ended")} == {"unit_chair", "committee_member"}
    with union.database.session() as session:
        assert session.scalar(sa.text("SELECT unit_id FROM application")) in (union.units["02"], union.units["02"].hex)
        open_posts = session.scalars(sa.select(Post.kind).where(Post.last_day >= TODAY)).all()
    assert open_posts == ["group_leader"]
    assert application["state"] == "submitted"
    assert [entry["kind"] for entry in history(union, "02")["items"]] == ["took_in", "founded"]
    assert {entry["kind"] for entry in history(union, "01")["items"]} == {"merged_into", "closed", "founded"}


def test_what_cannot_be_merged_is_refused_and_nothing_moves(any_union: Union) -> None:
    union = any_union
    for code, kind, parent in (("01-1", "group", "01"), ("01-2", "group", "01"), ("02-1", "group", "02")):
        union.found(code, kind, parent)
    member = union.member(1)
    like = "organisation.merges_into_its_like"
    assert refusal_of(merge, union, "01", "01") == like
    assert refusal_of(merge, union, "01", "01-1") == like
    assert refusal_of(merge, union, "01-1", "02-1") == like
    assert refusal_of(merge, union, "01", "02", on=TODAY + timedelta(days=1)) == "organisation.change_day_is_possible"
    with union.database.session() as session:
        session.execute(sa.text("UPDATE member SET standing = 'transferring'"))
    part = {"code": "11", "name": "新一", "member_ids": [member]}
    assert refusal_of(split, union, "01", part) == "organisation.no_transfer_is_open"
    with pytest.raises(PreconditionFailed):
        merge(union, "01", "02", version=7)
    assert places(union)[member][0] == union.units["01"]
    merge(union, "01-1", "01-2")
    assert refusal_of(merge, union, "01-1", "01-2", version=2) == "organisation.unit_is_open"
    assert union.events("unit_changed") == []


def test_a_merged_group_puts_its_members_into_the_other(any_union: Union) -> None:
    union = any_union
    union.found("01-1", "group", "01")
    union.found("01-2", "group", "01")
    member = union.member(1, group_id=union.units["01-1"])
    assert merge(union, "01-1", "01-2")["members"] == 1
    assert places(union)[member] == (union.units["01"], union.units["01-2"])
    (told,) = union.events("member_updated")
    assert told["fields_changed"] == ["group_id"]


def test_a_preview_counts_and_says_why_not(any_union: Union) -> None:
    union = any_union
    union.seat("01", "unit_chair", union.member(1), TODAY)
    union.apply(9)

    def preview(into: str) -> dict[str, Any]:
        values = {"unit_id": union.units["01"], "into_unit_id": union.units[into]}
        with union.acting(union.officer) as tx:
            return merging.preview_merge(tx, asked(unit_changes.preview_merge, **values))

    shown = preview("02")
    assert (shown["members"], shown["posts"], shown["applications"], shown["refusal"]) == (1, 1, 1, None)
    assert preview("01")["refusal"]["rule"] == "organisation.merges_into_its_like"


def test_a_unit_is_split_by_groups_members_and_numbers(any_union: Union) -> None:
    union = any_union
    union.found("01-1", "group", "01")
    union.found("01-2", "group", "01")
    group, other = union.units["01-1"], union.units["01-2"]
    first, second, third, chair = (
        union.admit(roster_row(union.units["01"], order, group_id=where))[0]
        for order, where in enumerate((group, other, None, None), start=1)
    )
    union.seat("01", "unit_chair", chair[0], TODAY)
    done = split(
        union, "01",
        {"code": "11", "name": "新一", "group_ids": [group], "member_numbers": [f" {second[1].lower()} "]},
        {"code": "12", "name": "新二", "member_ids": [chair[0]]},
    )  # fmt: skip
    assert (done["members"], done["posts"], [one.code for one in done["founded"]]) == (3, 1, ["11", "12"])
    assert places(union) == {
        first[0]: (union.units["11"], group),
        second[0]: (union.units["11"], None),
        third[0]: (union.units["01"], None),
        chair[0]: (union.units["12"], None),
    }
    assert [one["role"] for one in union.events("post_ended")] == ["chair"]
    (told,) = union.events("unit_split")
    assert (told["closed"], len(told["new_unit_ids"]), told["members"]) == (False, 2, 3)
    assert [entry["kind"] for entry in history(union, "11")["items"]] == ["split_from"]
    assert history(union, "11")["names"][0]["name"] == "新一"


def test_a_unit_split_up_is_closed_when_nobody_is_left(any_union: Union) -> None:
    union = any_union
    union.found("01-1", "group", "01")
    members = [one for one, _ in union.admit(*(roster_row(union.units["01"], order) for order in range(1, 4)))]
    union.apply(9)
    part = {"code": "11", "name": "新一", "member_ids": members[:2]}
    assert refusal_of(split, union, "01", part, close=True) == "organisation.nobody_is_left"
    other = {"code": "12", "name": "新二", "member_ids": members[2:]}
    done = split(union, "01", part, other, close=True)
    assert (done["applications"], done["unit"].active) == (1, False)
    with union.database.session() as session:
        left = session.scalars(sa.select(Unit.code).where(Unit.parent_id == union.units["01"], Unit.active)).all()
    assert left == []


def test_a_split_that_cannot_be_is_refused(any_union: Union) -> None:
    union = any_union
    here, there = union.member(1), union.member(2, unit="02")
    part = {"code": "11", "name": "新一", "member_ids": [here]}
    for parts, rule in (
        (({**part, "code": "02"},), "organisation.code_is_free"),
        (({**part, "member_ids": [here, there]},), "organisation.part_takes_its_own"),
        (({**part, "member_numbers": ["M999999"]},), "organisation.part_takes_its_own"),
        ((part, {**part, "code": "12"}), "organisation.nobody_goes_twice"),
        (({"code": "11", "name": "新一"},), "organisation.each_part_has_members"),
    ):
        assert refusal_of(split, union, "01", *parts) == rule
    union.units["99"] = here
    with pytest.raises(NotFound):
        split(union, "99", part)


def test_a_group_moves_to_another_unit_with_its_members(any_union: Union) -> None:
    union = any_union
    union.found("01-1", "group", "01")
    member = union.member(1, group_id=union.units["01-1"])
    union.seat("01", "unit_deputy", member, TODAY)
    assert move(union, "01-1", "02")["posts"] == 1
    assert places(union)[member] == (union.units["02"], union.units["01-1"])
    assert [event["to_unit_id"] for event in union.events("unit_changed")] == [str(union.units["02"])]
    assert refusal_of(move, union, "01-1", "02", version=2) == "organisation.moves_elsewhere"
    assert refusal_of(move, union, "01", "02") == "organisation.moves_elsewhere"
    assert refusal_of(move, union, "01-1", "00", version=2) == "organisation.parent_fits_kind"


def test_names_are_known_by_date(any_union: Union) -> None:
    union = any_union
    founded = date(1958, 9, 1)
    with union.acting(union.officer) as tx:
        request = {"code": "05", "name": "旧名", "kind": "unit", "parent_id": union.units["00"], "founded_on": founded}
        union.units["05"] = units.create_unit(tx, asked(organisation.create_unit, **request)).id

    def rename(name: str, on: date, version: int) -> None:
        values = {"unit_id": union.units["05"], "version": version, "name": name, "on": on, "reason": WHY}
        with union.acting(union.officer) as tx:
            units.update_unit(tx, asked(organisation.update_unit, **values))

    rename("新名", date(2020, 1, 1), 1)
    assert refusal_of(rename, "更旧名", date(2019, 1, 1), 2) == "organisation.change_day_is_possible"
    names = [(one["name"], one["since"], one["to"]) for one in history(union, "05")["names"]]
    assert names == [("旧名", founded, date(2019, 12, 31)), ("新名", date(2020, 1, 1), None)]


def test_committees_give_their_roles_and_stand_where_they_reach(any_union: Union) -> None:
    union = any_union
    with union.acting(union.officer) as tx:
        request = {"code": "A", "name": "经审会", "kind": "committee", "committee": "audit"}
        audit = {**request, "parent_id": union.units["00"]}
        union.units["A"] = units.create_unit(tx, asked(organisation.create_unit, **audit)).id
    elsewhere = asked(organisation.create_unit, **{**request, "code": "B", "parent_id": union.units["01"]})
    with union.acting(union.officer) as tx, pytest.raises(Refused) as caught:
        units.create_unit(tx, elsewhere)
    assert caught.value.rule == "organisation.committee_stands_at_union"
    member, leader = union.member(1), union.member(2)
    assert union.seat("A", "committee_chair", member, TODAY)["role"] == "auditor"
    union.seat("00", "union_chair", leader, TODAY)
    assert refusal_of(union.seat, "A", "committee_member", leader, TODAY) == "organisation.auditor_does_not_lead"
    assert [event["role"] for event in union.events("post_assigned")] == ["auditor", "officer"]


def test_ending_terms_are_told_once_and_their_successor_names_them(any_union: Union) -> None:
    union = any_union
    member, next_one = union.member(1), union.member(2)
    soon = union.seat("01", "unit_chair", member, TODAY - timedelta(days=900), ends_on=TODAY + timedelta(days=90))
    union.seat("02", "delegate", member, TODAY, ends_on=TODAY + timedelta(days=91))
    for _ in range(2):
        with union.acting() as tx:
            ending.tell_ending_terms(tx)
    (told,) = union.events("post_term_ending")
    assert told["post_id"] == str(soon["id"])
    union.seat("01", "unit_chair", next_one, TODAY + timedelta(days=91))
    assert union.events("post_assigned")[-1]["succeeds_post_id"] == str(soon["id"])


def test_merging_and_joining_at_the_same_time_leave_nobody_in_a_closed_unit(union: Union) -> None:
    application = union.apply(1)["id"]
    union.review(application)
    union.member(2)

    def approve() -> None:
        with suppress(Refused, InvalidInput):
            union.approve(application)

    pool = eventlet.GreenPool()
    pool.spawn(approve)
    pool.spawn(merge, union, "01", "02")
    pool.waitall()
    assert {unit for unit, _ in places(union).values()} == {union.units["02"]}


def test_five_thousand_members_move_in_a_few_seconds(union: Union) -> None:
    for start in range(0, 5000, 1000):
        union.admit(*(roster_row(union.units["01"], order) for order in range(start + 1, start + 1001)))
    began = clock.now()
    assert merge(union, "01", "02")["members"] == 5000
    assert len(union.events("unit_changed")) == 5000
    assert (clock.now() - began).total_seconds() < 30
