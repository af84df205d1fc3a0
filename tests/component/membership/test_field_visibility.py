"""Every role against every field: what is seen, what is corrected, what is shown in plain, and the history of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from services.chassis.errors import NotAllowed, Refused
from services.chassis.security.principal import Grant, Principal
from services.contracts.membership.record import fields
from services.contracts.membership.record import operations as contract
from services.contracts.membership.record.particulars import PARTICULARS
from tests.component.membership.harness import MembershipHarness, officer
from tests.support.principals import auditor, chair_of, member_account

FULL = {
    "hr_id": "20230017", "education": "doctorate", "degree": "doctor", "professional_title": "副教授",
    "position": "系副主任", "political_status": "party_member", "ethnicity": "汉族", "native_place": "浙江绍兴",
    "marital_status": "married", "office_phone": "88200000-12", "address": "文一西路 100 号 3 幢",
    "emergency_name": "王建国", "emergency_phone": "13711112222", "emergency_relation": "spouse", "skills": "书法",
    "hobbies": "气排球",
}  # fmt: skip
ANOTHER = {
    "name": "李梅", "gender": "male", "phone": "13700001111", "email": "li.mei@example.edu.cn", "employment": "agency",
    "original_age": "M60", "hr_id": "20230018", "education": "master", "degree": "master",
    "professional_title": "教授", "position": "系主任", "political_status": "masses", "ethnicity": "回族",
    "native_place": "山东济南", "marital_status": "single", "office_phone": "88200001", "address": "余杭塘路 1 号",
    "emergency_name": "王建军", "emergency_phone": "13711113333", "emergency_relation": "sibling", "skills": "绘画",
    "hobbies": "游泳",
}  # fmt: skip


def a_member(membership: MembershipHarness) -> UUID:
    return membership.member(1, **FULL)


def in_capacity(capacity: str, membership: MembershipHarness, member: UUID) -> Principal:
    return {
        "self": member_account(member),
        "chair": chair_of(membership.units["01"]),
        "officer": officer(),
        "auditor": auditor(),
    }[capacity]


def update(membership: MembershipHarness, by: Principal, member: UUID, **changes: Any) -> dict[str, Any]:
    request = {"member_id": member, "version": 1, "reason": "HR 2023-17", **changes}
    return membership.ask_typed(contract.update_member, by, **request)


def test_every_particular_has_a_value_to_try_with() -> None:
    assert set(FULL) == set(PARTICULARS)


@pytest.mark.parametrize("capacity", fields.CAPACITIES)
def test_each_role_sees_the_fields_of_the_table_and_no_other(membership: MembershipHarness, capacity: str) -> None:
    member = a_member(membership)
    record = contract.get_member.reply_schema.dump(
        membership.ask_typed(contract.get_member, in_capacity(capacity, membership, member), member_id=member)
    )
    for name in (*FULL, "id_number", "phone", "email"):
        assert (record[name] is not None) is (capacity in fields.BY_NAME[name].sees), name
    assert set(record["seen"]) == fields.seen_by({capacity})
    assert set(record["changeable"]) == fields.changed_by({capacity})
    plain = [FULL["address"], FULL["emergency_name"], FULL["emergency_phone"], FULL["political_status"]]
    assert not [value for value in plain if value in str(record)]


@pytest.mark.parametrize("capacity", ["self", "chair", "officer"])
def test_each_role_corrects_the_fields_of_the_table_and_no_other(membership: MembershipHarness, capacity: str) -> None:
    member = a_member(membership)
    by = in_capacity(capacity, membership, member)
    allowed = fields.changed_by({capacity})
    for name, value in ANOTHER.items():
        if name not in allowed:
            with pytest.raises(Refused) as caught:
                update(membership, by, member, **{name: value})
            assert caught.value.rule == "record.fields_are_open"
    changed = {name: value for name, value in ANOTHER.items() if name in allowed}
    record = update(membership, by, member, **changed)
    unmasked = {name for name in changed if fields.BY_NAME[name].mask is None}
    assert {name: record[name] for name in unmasked} == {name: ANOTHER[name] for name in unmasked}
    (told,) = membership.events("member_updated")
    assert told["fields_changed"] == sorted(changed)


@pytest.mark.parametrize("capacity", fields.CAPACITIES)
def test_each_role_unmasks_what_the_table_opens_to_it(membership: MembershipHarness, capacity: str) -> None:
    member = a_member(membership)
    by = in_capacity(capacity, membership, member)
    for name in fields.MASKED_FIELDS:
        request = {"member_id": member, "field": name, "purpose": "check the papers"}
        if name in fields.shown_plain_to({capacity}):
            assert (
                membership.ask_typed(contract.unmask_member, by, **request)["value"] == FULL.get(name)
                or name not in FULL
            )
        else:
            with pytest.raises(NotAllowed):
                membership.ask_typed(contract.unmask_member, by, **request)


def test_the_history_shows_a_chair_no_change_of_what_he_does_not_see(membership: MembershipHarness) -> None:
    member = a_member(membership)
    update(membership, officer(), member, position="系主任", marital_status="divorced", political_status="masses")
    seen = {}
    for capacity in ("chair", "officer"):
        page = membership.ask_typed(
            contract.member_history, in_capacity(capacity, membership, member), member_id=member
        )
        seen[capacity] = {change["field"] for item in page["items"] for change in item["changes"]}
        assert "party_member" not in str(page)
    assert seen == {"chair": {"position", "standing"}, "officer": {
        "position", "marital_status", "political_status", "standing"}}  # fmt: skip


def test_a_number_of_hr_is_given_once(membership: MembershipHarness) -> None:
    a_member(membership)
    with pytest.raises(Refused) as caught:
        update(membership, officer(), membership.member(2), hr_id=FULL["hr_id"])
    assert caught.value.rule == "record.hr_id_is_free"


def test_a_principal_without_any_part_in_the_record_sees_nothing(membership: MembershipHarness) -> None:
    member = a_member(membership)
    stranger = Principal("account", UUID(int=7), UUID(int=8), (Grant("member"), Grant("chair", membership.units["02"])))
    with pytest.raises(NotAllowed):
        membership.ask_typed(contract.get_member, stranger, member_id=member)
