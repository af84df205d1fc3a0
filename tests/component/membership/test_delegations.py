"""Delegations: who may give what to whom, what the deputy may and may not, and what ends it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import eventlet
import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.history import ChangeHistory
from services.chassis.database.transaction import transaction
from services.chassis.errors import NotAllowed, Refused
from services.chassis.security.principal import Grant, Principal
from services.contracts.membership.organisation import delegations as contract
from services.contracts.membership.organisation import operations as organisation
from services.contracts.membership.record import operations as record
from services.contracts.membership.retirement import confirm_retirement
from services.membership.organisation.use_cases.roles import roles_of
from tests.component.membership.harness import MembershipHarness
from tests.support.principals import chair_of, member_account
from tests.unit.membership.people import id_number

TODAY = clock.today()
TOMORROW = TODAY + timedelta(days=1)


class Seated:
    """A unit with a chair, a colleague and the chair's post."""

    def __init__(self, membership: MembershipHarness) -> None:
        self.membership = membership
        self.chair, self.colleague = membership.member(1, name="王芳"), membership.member(2, name="李娜")
        self.post: UUID = membership.seat("01", "unit_chair", self.chair, TODAY - timedelta(days=30))["id"]
        self.by = chair_of(membership.units["01"], member_id=self.chair)

    def give(self, by: Principal | None = None, **changes: Any) -> dict[str, Any]:
        asked = {"post_id": self.post, "deputy_id": self.colleague, "starts_on": TODAY, "ends_on": TODAY + timedelta(9)}
        values = {**asked, "reason": "trip", **changes}
        return self.membership.ask_typed(contract.give_delegation, by or self.by, **values)

    def refusal(self, by: Principal | None = None, **changes: Any) -> str:
        with pytest.raises(Refused) as caught:
            self.give(by, **changes)
        return str(caught.value.rule)

    def listed(self, by: Principal | None = None, **filters: Any) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.membership.ask_typed(contract.list_delegations, by, **filters)["items"]
        return items

    def roles(self, member_id: UUID) -> set[Grant]:
        with transaction(self.membership.database) as tx:
            return set(roles_of(tx, member_id))


@pytest.fixture
def seated(membership: MembershipHarness) -> Seated:
    return Seated(membership)


@pytest.mark.databases("postgresql", "sqlite")
def test_a_deputy_has_the_role_of_the_post_for_its_time(seated: Seated) -> None:
    given = seated.give()
    assert (given["state"], given["giver_name"], given["deputy_name"]) == ("in_force", "王芳", "李娜")
    (told,) = seated.membership.events("delegation_given")
    expected = {"post_id": str(seated.post), "giver_id": str(seated.chair), "deputy_id": str(seated.colleague)}
    assert {**expected, "role": "chair", "kind": "unit_chair"}.items() <= told.items()
    assert "reason" not in told
    unit = seated.membership.units["01"]
    assert Grant("chair", unit) in seated.roles(seated.colleague)
    assert {grant.delegation for grant in seated.roles(seated.colleague) if grant.role == "chair"} == {given["id"]}
    assert Grant("chair", unit) in seated.roles(seated.chair)


def test_what_lies_ahead_gives_nothing_yet(seated: Seated) -> None:
    assert seated.give(starts_on=TOMORROW)["state"] == "coming"
    assert {grant.role for grant in seated.roles(seated.colleague)} == {"member"}


def test_only_own_posts_of_an_office_are_delegated_to_another_active_member_of_the_unit(seated: Seated) -> None:
    stranger, audits = seated.membership.member(3, "02"), seated.membership.member(4)
    seated.membership.seat("00", "auditor", audits, TODAY)
    sits = seated.membership.seat("01", "delegate", seated.chair, TODAY)["id"]
    other = chair_of(seated.membership.units["01"], member_id=seated.colleague)
    assert seated.refusal(by=other) == "organisation.post_is_own"
    assert seated.refusal(post_id=sits) == "organisation.post_is_delegable"
    assert seated.refusal(deputy_id=seated.chair) == "organisation.deputy_is_another"
    assert seated.refusal(deputy_id=stranger) == "organisation.deputy_belongs_to_unit"
    assert seated.refusal(deputy_id=audits) == "organisation.deputy_does_not_audit"
    assert seated.membership.events("delegation_given") == []


@pytest.mark.parametrize(
    ("starts", "days"), [(-1, 5), (3, -1), (0, contract.LONGEST_DELEGATION_DAYS), (300, 2000)], ids=str
)
def test_a_delegation_is_bounded(seated: Seated, starts: int, days: int) -> None:
    begins = TODAY + timedelta(days=starts)
    ends = min(begins + timedelta(days=days), TODAY + timedelta(days=700))
    assert seated.refusal(starts_on=begins, ends_on=ends) == "organisation.delegation_days_fit"


def test_a_delegation_does_not_outlast_the_term(seated: Seated) -> None:
    post = seated.membership.seat("01", "unit_deputy", seated.chair, TODAY)  # gives no role of its own
    assert seated.refusal(post_id=post["id"]) == "organisation.post_is_delegable"
    officer = seated.membership.member(5)
    held = seated.membership.seat("00", "union_officer", officer, TODAY, ends_on=TODAY + timedelta(days=5))["id"]
    by = Principal("account", uuid4(), officer, (Grant("member"), Grant("officer")))
    assert seated.refusal(by, post_id=held) == "organisation.delegation_days_fit"
    assert seated.give(by, post_id=held, ends_on=TODAY + timedelta(days=5))["kind"] == "union_officer"


def test_a_post_has_one_deputy_at_a_time(seated: Seated) -> None:
    third = seated.membership.member(3)
    seated.give()
    again = {"starts_on": TODAY + timedelta(days=9), "ends_on": TODAY + timedelta(days=20)}
    assert seated.refusal(deputy_id=third, **again) == "organisation.post_has_one_deputy"
    assert seated.give(deputy_id=third, starts_on=TODAY + timedelta(10), ends_on=TODAY + timedelta(20))


def test_two_that_are_given_at_the_same_moment_never_both_stand(seated: Seated) -> None:
    third = seated.membership.member(3)

    def attempt(deputy: UUID) -> str:
        try:
            return str(seated.give(deputy_id=deputy)["state"])
        except Refused as refused:
            return str(refused.rule)

    pool = eventlet.GreenPool()
    both = [pool.spawn(attempt, deputy) for deputy in (seated.colleague, third)]
    assert sorted(one.wait() for one in both) == ["in_force", "organisation.post_has_one_deputy"]


def test_a_deputy_neither_delegates_further_nor_appoints(seated: Seated) -> None:
    given = seated.give()["id"]
    deputy = Principal(
        "account", uuid4(), seated.colleague, (Grant("member"), Grant("chair", seated.membership.units["01"], given))
    )
    with pytest.raises(NotAllowed) as caught:
        seated.give(deputy, deputy_id=seated.membership.member(3))
    assert caught.value.rule == "holder_allows"
    acting = Principal("account", uuid4(), seated.colleague, (Grant("member"), Grant("officer", None, uuid4())))
    values = {"unit_id": seated.membership.units["00"], "kind": "union_officer", "member_id": seated.colleague}
    with pytest.raises(NotAllowed) as caught:
        seated.membership.ask_typed(organisation.assign_post, acting, starts_on=TODAY, **values)
    assert caught.value.rule == "holder_allows"


def test_what_a_deputy_does_is_logged_with_the_delegation(seated: Seated) -> None:
    given = seated.give()["id"]
    unit = seated.membership.units["01"]
    deputy = Principal("account", uuid4(), seated.colleague, (Grant("member"), Grant("chair", unit, given)))
    someone = seated.membership.member(6)
    version = seated.membership.ask_typed(record.get_member, member_id=someone)["version"]
    change = {"member_id": someone, "version": version, "phone": "13800138000", "reason": "a new number"}
    seated.membership.ask_typed(record.update_member, deputy, **change)
    history = seated.membership.ask_typed(record.member_history, member_id=someone)["items"]
    assert (history[0]["by"], history[0]["delegation_id"]) == (str(deputy.account_id), given)
    with transaction(seated.membership.database) as tx:
        noted = tx.session.scalars(sa.select(ChangeHistory).where(ChangeHistory.subject == f"delegation/{given}"))
        assert [entry.delegation_id for entry in noted] == [None]


@pytest.mark.parametrize("who", ["giver", "deputy", "officer"])
def test_either_side_and_an_officer_end_it_at_once(seated: Seated, who: str) -> None:
    given = seated.give()["id"]
    by = {"giver": seated.by, "deputy": member_account(seated.colleague), "officer": None}[who]
    with pytest.raises(NotAllowed) as caught:
        seated.membership.ask_typed(contract.end_delegation, member_account(), delegation_id=given)
    assert caught.value.rule == "organisation.own_delegation"
    assert seated.membership.ask_typed(contract.end_delegation, by, delegation_id=given)["state"] == "over"
    assert {grant.role for grant in seated.roles(seated.colleague)} == {"member"}
    (told,) = seated.membership.events("delegation_ended")
    assert told["ended_on"] == (TODAY - timedelta(days=1)).isoformat()
    with pytest.raises(Refused) as refused:
        seated.membership.ask_typed(contract.end_delegation, by, delegation_id=given)
    assert refused.value.rule == "organisation.delegation_is_open"
    assert seated.give()["state"] == "in_force"


@pytest.mark.databases("postgresql", "sqlite")
def test_it_ends_with_the_post(seated: Seated) -> None:
    seated.give()
    later = {"starts_on": TODAY + timedelta(days=30), "ends_on": TODAY + timedelta(days=40)}
    seated.give(**later)
    seated.membership.ask_typed(organisation.end_post, post_id=seated.post, reason="moved abroad")
    ended = seated.membership.events("delegation_ended")
    assert sorted(one["ended_on"] for one in ended) == [TODAY.isoformat(), (TODAY + timedelta(days=29)).isoformat()]
    assert {one["ended_on"] for one in seated.listed()} == {TODAY, TODAY + timedelta(days=29)}


def test_it_ends_when_the_deputy_retires(seated: Seated) -> None:
    birth = date(1964, 3, 3)
    deputy = seated.membership.member(7, birth_date=birth, id_number=id_number(birth, 7), original_age="M60")
    seated.give(deputy_id=deputy)
    seated.membership.ask_typed(confirm_retirement, member_id=deputy)
    assert len(seated.membership.events("delegation_ended")) == 1


def test_who_deputises_becomes_no_auditor_meanwhile(seated: Seated) -> None:
    seated.give()
    with pytest.raises(Refused) as caught:
        seated.membership.seat("00", "auditor", seated.colleague, TODAY)
    assert caught.value.rule == "organisation.deputy_does_not_audit"


def test_everybody_sees_who_acts_for_whom_and_members_no_old_ones_of_others(seated: Seated) -> None:
    given = seated.give()["id"]
    stranger = member_account()
    assert [one["deputy_name"] for one in seated.listed(stranger)] == ["李娜"]
    seated.membership.ask_typed(contract.end_delegation, delegation_id=given)
    assert seated.listed(stranger) == []
    assert [one["state"] for one in seated.listed(member_account(seated.colleague))] == ["over"]
    assert [one["id"] for one in seated.listed(state="over", unit_id=seated.membership.units["01"])] == [given]
    assert seated.listed(state="in_force") == seated.listed(kind="union_officer") == []


def test_the_last_day_counts(seated: Seated) -> None:
    assert seated.give(ends_on=TODAY)["state"] == "in_force"
    assert {grant.role for grant in seated.roles(seated.colleague)} == {"member", "chair"}
