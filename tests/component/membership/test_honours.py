"""Honours on the record: copied from awards in whatever order they are announced, and typed in from papers."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.chassis import clock
from services.chassis.errors import NotAllowed, Refused
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.identifiers import uuid7
from services.chassis.security.principal import Principal
from services.contracts.governance.awards import AwardGranted, AwardRevoked
from services.contracts.membership import honours as contract
from services.contracts.membership.record import operations as record_contract
from services.membership.honours.use_cases import copying
from tests.component.membership.harness import MembershipHarness
from tests.support.principals import auditor, chair_of, member_account

STATES = {AwardGranted: "stands", AwardRevoked: "revoked"}


def announced(membership: MembershipHarness, event: type[Any], sequence: int, **changes: Any) -> None:
    data = event.load({**event.example, **{name: value and str(value) for name, value in changes.items()}})
    received = ReceivedEvent(
        uuid7(), event.source, event.type, clock.now(), f"award/{data['award_id']}", sequence, raw={}, data=data
    )
    with membership.transaction() as tx:
        copying.note_award(tx, received, STATES[event])


def honours(membership: MembershipHarness, by: Principal, **whose: UUID) -> list[str]:
    page = membership.ask_typed(contract.list_honours, by, **whose)
    return [honour["title"] for honour in page["items"]]


def typed_in(membership: MembershipHarness, member: UUID, by: Principal, **changes: Any) -> Any:
    stated = {"title": "优秀教师", "level": "university", "category": "teaching", "awarded_on": date(2015, 9, 10)}
    request = {"member_id": member, "evidence": "证书原件", **{**stated, **changes}}
    return membership.ask_typed(contract.record_honour, by, **request)["id"]


def test_an_award_appears_on_the_record_and_in_its_history(membership: MembershipHarness) -> None:
    member = membership.member(1)
    announced(membership, AwardGranted, 1, member_id=member)
    announced(membership, AwardGranted, 1, member_id=member)
    for principal in (membership.officer, member_account(member), chair_of(membership.units["01"]), auditor()):
        assert honours(membership, principal, member_id=member) == ["优秀工会工作者"]
    page = membership.ask_typed(record_contract.member_history, member_account(member), member_id=member)
    assert [one for item in page["items"] for one in item["changes"] if one["field"] == "honour"] == [
        {"field": "honour", "old": None, "new": "优秀工会工作者"}
    ]


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_a_revoked_award_stands_on_no_record_whatever_came_first(
    membership: MembershipHarness, order: tuple[int, ...]
) -> None:
    member, award = membership.member(1), uuid4()
    told = [(AwardGranted, 1), (AwardRevoked, 2)]
    for place in order:
        event, sequence = told[place]
        announced(membership, event, sequence, member_id=member, award_id=award)
    assert honours(membership, membership.officer, member_id=member) == []


def test_a_units_award_stands_with_the_unit(membership: MembershipHarness) -> None:
    unit = membership.units["01"]
    announced(membership, AwardGranted, 1, member_id=None, unit_id=unit, title="先进教工小家", category="home")
    assert honours(membership, chair_of(unit), unit_id=unit) == ["先进教工小家"]
    with pytest.raises(NotAllowed):
        honours(membership, chair_of(membership.units["02"]), unit_id=unit)


@pytest.mark.databases("postgresql", "sqlite")
def test_an_officer_types_in_an_earlier_honour_and_takes_it_back(membership: MembershipHarness) -> None:
    member = membership.member(1)
    honour = typed_in(membership, member, membership.officer)
    assert honours(membership, member_account(member), member_id=member) == ["优秀教师"]
    request = {"honour_id": honour, "reason": "the papers were another's"}
    membership.ask_typed(contract.remove_honour, **request)
    assert honours(membership, member_account(member), member_id=member) == []
    with pytest.raises(Refused) as caught:
        membership.ask_typed(contract.remove_honour, **request)
    assert caught.value.rule == "honours.honour_stands"


def test_an_honour_before_birth_or_ahead_is_refused(membership: MembershipHarness) -> None:
    member = membership.member(1)
    for day in (date(1950, 1, 1), clock.today() + timedelta(days=1)):
        with pytest.raises(Refused) as caught:
            typed_in(membership, member, membership.officer, awarded_on=day)
        assert caught.value.rule == "honours.awarded_on_is_possible"


def test_other_members_and_other_chairs_see_no_honours(membership: MembershipHarness) -> None:
    member = membership.member(1)
    for stranger in (member_account(uuid4()), chair_of(membership.units["02"])):
        with pytest.raises(NotAllowed):
            honours(membership, stranger, member_id=member)
