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
from services.membership.honours.use_cases import copying, records
from services.membership.record.use_cases import reading
from tests.component.membership.union import Union, account, asked, auditor, chair_of

STATES = {AwardGranted: "stands", AwardRevoked: "revoked"}


def announced(union: Union, event: type[Any], sequence: int, **changes: Any) -> None:
    data = event.load({**event.example, **{name: value and str(value) for name, value in changes.items()}})
    received = ReceivedEvent(
        uuid7(), event.source, event.type, clock.now(), f"award/{data['award_id']}", sequence, raw={}, data=data
    )
    with union.acting() as tx:
        copying.note_award(tx, received, STATES[event])


def honours(union: Union, by: Principal, **whose: UUID) -> list[str]:
    with union.acting(by) as tx:
        page = records.list_honours(tx, asked(contract.list_honours, **whose))
        return [honour.title for honour in page["items"]]


def typed_in(union: Union, member: UUID, by: Principal, **changes: Any) -> Any:
    stated = {"title": "优秀教师", "level": "university", "category": "teaching", "awarded_on": date(2015, 9, 10)}
    request = asked(contract.record_honour, member_id=member, evidence="证书原件", **{**stated, **changes})
    with union.acting(by) as tx:
        return records.record_honour(tx, request).id


def test_an_award_appears_on_the_record_and_in_its_history(any_union: Union) -> None:
    member = any_union.member(1)
    announced(any_union, AwardGranted, 1, member_id=member)
    announced(any_union, AwardGranted, 1, member_id=member)
    for principal in (any_union.officer, account(member), chair_of(any_union.units["01"]), auditor()):
        assert honours(any_union, principal, member_id=member) == ["优秀工会工作者"]
    with any_union.acting(account(member)) as tx:
        page = reading.member_history(tx, asked(record_contract.member_history, member_id=member))
    assert [one for item in page["items"] for one in item["changes"] if one["field"] == "honour"] == [
        {"field": "honour", "old": None, "new": "优秀工会工作者"}
    ]


@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_a_revoked_award_stands_on_no_record_whatever_came_first(any_union: Union, order: tuple[int, ...]) -> None:
    member, award = any_union.member(1), uuid4()
    told = [(AwardGranted, 1), (AwardRevoked, 2)]
    for place in order:
        event, sequence = told[place]
        announced(any_union, event, sequence, member_id=member, award_id=award)
    assert honours(any_union, any_union.officer, member_id=member) == []


def test_a_units_award_stands_with_the_unit(any_union: Union) -> None:
    unit = any_union.units["01"]
    announced(any_union, AwardGranted, 1, member_id=None, unit_id=unit, title="先进教工小家", category="home")
    assert honours(any_union, chair_of(unit), unit_id=unit) == ["先进教工小家"]
    with pytest.raises(NotAllowed):
        honours(any_union, chair_of(any_union.units["02"]), unit_id=unit)


def test_an_officer_types_in_an_earlier_honour_and_takes_it_back(any_union: Union) -> None:
    member = any_union.member(1)
    honour = typed_in(any_union, member, any_union.officer)
    assert honours(any_union, account(member), member_id=member) == ["优秀教师"]
    request = asked(contract.remove_honour, honour_id=honour, reason="the papers were another's")
    with any_union.acting(any_union.officer) as tx:
        records.remove_honour(tx, request)
    assert honours(any_union, account(member), member_id=member) == []
    with any_union.acting(any_union.officer) as tx, pytest.raises(Refused) as caught:
        records.remove_honour(tx, request)
    assert caught.value.rule == "honours.honour_stands"


def test_an_honour_before_birth_or_ahead_is_refused(any_union: Union) -> None:
    member = any_union.member(1)
    for day in (date(1950, 1, 1), clock.today() + timedelta(days=1)):
        with pytest.raises(Refused) as caught:
            typed_in(any_union, member, any_union.officer, awarded_on=day)
        assert caught.value.rule == "honours.awarded_on_is_possible"


def test_other_members_and_other_chairs_see_no_honours(any_union: Union) -> None:
    member = any_union.member(1)
    for stranger in (account(uuid4()), chair_of(any_union.units["02"])):
        with pytest.raises(NotAllowed):
            honours(any_union, stranger, member_id=member)
