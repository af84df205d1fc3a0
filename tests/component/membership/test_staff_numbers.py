"""Whom a staff number belongs to: asked by the gateway when an identity provider vouches for one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis.security.principal import service_principal
from services.contracts.membership.record import operations as contract
from services.membership.record.tables import Member
from tests.component.membership.harness import MembershipHarness
from tests.support.principals import applicant_account

GATEWAY = service_principal("gateway")


def found(membership: MembershipHarness, staff_number: str) -> Any:
    return membership.ask_typed(contract.member_with_staff_number, GATEWAY, staff_number=staff_number)["member_id"]


@pytest.mark.databases("postgresql", "sqlite")
def test_the_standing_member_with_the_whole_number_is_found(membership: MembershipHarness) -> None:
    wanted = membership.member(1, hr_id="T0001")
    membership.member(2, hr_id="T00011")
    membership.member(3)
    assert {typed: found(membership, typed) for typed in ("T0001", "t0001", " T0001 ")} == dict.fromkeys(
        ("T0001", "t0001", " T0001 "), wanted
    )
    assert [found(membership, typed) for typed in ("T000", "T0002", "%", "T0001%")] == [None] * 4


def test_a_member_who_left_is_not_found(membership: MembershipHarness) -> None:
    member_id = membership.member(1, hr_id="T0001")
    with membership.transaction() as tx:
        left = sa.update(Member).where(Member.id == member_id).values(standing="withdrawn", left_on=date(2023, 1, 1))
        tx.session.execute(left)
    assert found(membership, "T0001") is None


def test_nobody_but_a_service_may_ask(membership: MembershipHarness) -> None:
    for who in (membership.by, applicant_account()):
        refused = membership.refused(contract.member_with_staff_number, who, staff_number="T0001")
        assert refused.rule == "role_allows"
