"""Units and posts: founding, closing, terms, one chair at a time, who sees what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import eventlet
import pytest

from services.chassis import clock
from services.chassis.errors import NotAllowed, NotFound, PreconditionFailed, Refused
from services.chassis.security.principal import ANONYMOUS, Principal
from services.contracts.membership.organisation import operations as contract
from tests.component.membership.harness import MembershipHarness
from tests.support.principals import chair_of, member_account

TODAY = clock.today()


def change(membership: MembershipHarness, code: str, version: int = 1, **changes: Any) -> Any:
    values = {"unit_id": membership.units[code], "version": version, "reason": "decided by the committee", **changes}
    return membership.ask_typed(contract.update_unit, **values)


def listed(membership: MembershipHarness, by: Principal = ANONYMOUS, **filters: Any) -> list[str]:
    return [unit["code"] for unit in membership.ask_typed(contract.list_units, by, **filters)["items"]]


def posts_seen(membership: MembershipHarness, by: Principal, **filters: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = membership.ask_typed(contract.list_posts, by, **filters)["items"]
    return items


def end(membership: MembershipHarness, post_id: UUID, **changes: Any) -> dict[str, Any]:
    return membership.ask_typed(contract.end_post, post_id=post_id, reason="moved abroad", **changes)


def figures(membership: MembershipHarness, by: Principal, unit_id: UUID | None = None) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = membership.ask_typed(contract.unit_figures, by, unit_id=unit_id)["items"]
    return items


def test_anyone_may_see_the_units_to_choose_where_to_apply(membership: MembershipHarness) -> None:
    membership.found("01-1", "group", "01")
    assert listed(membership) == ["00", "01", "01-1", "02"]
    assert listed(membership, kind="unit") == ["01", "02"]
    assert listed(membership, parent_id=membership.units["01"]) == ["01-1"]
    assert listed(membership, q="单位01") == ["01", "01-1"]
    assert listed(membership, q="%") == []


@pytest.mark.parametrize(
    ("code", "kind", "parent", "rule"),
    [
        ("01", "unit", "00", "organisation.code_is_free"),
        ("09", "union", None, "organisation.union_is_one"),
        ("09", "unit", None, "organisation.parent_fits_kind"),
        ("09", "group", "00", "organisation.parent_fits_kind"),
        ("09", "unit", "01", "organisation.parent_fits_kind"),
    ],
)
def test_a_unit_stands_where_it_belongs(
    membership: MembershipHarness, code: str, kind: str, parent: str | None, rule: str
) -> None:
    with pytest.raises(Refused) as caught:
        membership.found(code, kind, parent)
    assert caught.value.rule == rule


def test_a_unit_is_renamed_with_a_trace(membership: MembershipHarness) -> None:
    renamed = change(membership, "01", name="计算机学院分工会", name_en="School of Computing")
    assert (renamed["name"], renamed["version"]) == ("计算机学院分工会", 2)
    (told,) = membership.events("unit_updated")
    assert (told["name_en"], told["active"]) == ("School of Computing", True)
    with pytest.raises(PreconditionFailed):
        change(membership, "01", name="信息学院分工会")


def test_only_an_empty_unit_is_closed_and_it_takes_nobody_any_more(membership: MembershipHarness) -> None:
    membership.apply(1, unit="02")
    membership.member(1, "01")
    for code, left in (("01", {"members": 1}), ("02", {"applications": 1}), ("00", {"parts": 2})):
        with pytest.raises(Refused) as caught:
            change(membership, code, active=False)
        assert caught.value.params == left
    membership.found("03")
    assert change(membership, "03", active=False)["active"] is False
    with pytest.raises(Refused) as caught:
        membership.found("03-1", "group", "03")
    assert caught.value.rule == "organisation.parent_is_open"
    assert change(membership, "03", version=2, active=True)["active"] is True


def test_closing_a_unit_and_joining_it_at_the_same_time_never_both_succeed(membership: MembershipHarness) -> None:
    membership.found("03")
    application = membership.apply(1, unit="03")["id"]
    membership.review(application)

    def close() -> str:
        try:
            change(membership, "03", active=False)
        except Refused as refused:
            return str(refused.rule)
        return "closed"

    pool = eventlet.GreenPool()
    approved, closed = pool.spawn(lambda: membership.approve(application)["state"]), pool.spawn(close)
    assert (approved.wait(), closed.wait()) == ("approved", "organisation.unit_is_empty")


@pytest.mark.databases("postgresql", "sqlite")
def test_a_post_gives_its_role_for_its_term(membership: MembershipHarness) -> None:
    member = membership.member(1, name="王芳")
    post = membership.seat("01", "unit_chair", member, date(2023, 3, 1), term_years=3, term="第六届")
    assert (post["role"], post["ends_on"], post["member_name"]) == ("chair", date(2026, 2, 28), "王芳")
    (told,) = membership.events("post_assigned")
    expected = {"role": "chair", "starts_on": "2023-03-01", "ends_on": "2026-02-28", "member_id": str(member)}
    assert expected.items() <= told.items()


@pytest.mark.parametrize(
    ("unit", "kind", "changes", "rule"),
    [
        ("00", "unit_chair", {}, "organisation.post_fits_unit"),
        ("01", "union_officer", {}, "organisation.post_fits_unit"),
        ("02", "unit_chair", {}, "organisation.chair_belongs_to_unit"),
        ("01", "delegate", {"ends_on": TODAY + timedelta(days=366 * 5)}, "organisation.term_is_lawful"),
        ("01", "delegate", {"ends_on": TODAY - timedelta(days=1)}, "organisation.term_is_lawful"),
    ],
)
def test_a_post_that_cannot_be_is_refused(
    membership: MembershipHarness, unit: str, kind: str, changes: dict[str, Any], rule: str
) -> None:
    member = membership.member(1)
    with pytest.raises(Refused) as caught:
        membership.seat(unit, kind, member, TODAY, **changes)
    assert caught.value.rule == rule


def test_nobody_unknown_or_retired_holds_a_post(membership: MembershipHarness) -> None:
    import sqlalchemy as sa

    with pytest.raises(NotFound):
        membership.seat("01", "delegate", uuid4(), TODAY)
    member = membership.member(1)
    with membership.database.session() as session:
        session.execute(sa.text("UPDATE member SET standing = 'retained'"))
    with pytest.raises(Refused) as caught:
        membership.seat("01", "delegate", member, TODAY)
    assert caught.value.rule == "organisation.holder_is_active"


def test_a_unit_has_one_chair_at_a_time_and_another_after_him(membership: MembershipHarness) -> None:
    first, second = membership.member(1), membership.member(2)
    post = membership.seat("01", "unit_chair", first, TODAY - timedelta(days=100))
    with pytest.raises(Refused) as caught:
        membership.seat("01", "unit_chair", second, TODAY)
    assert caught.value.rule == "organisation.post_is_vacant"
    assert end(membership, post["id"])["ended_on"] == TODAY
    membership.seat("01", "unit_chair", second, TODAY + timedelta(days=1))
    (told,) = membership.events("post_ended")
    assert (told["role"], told["ended_on"]) == ("chair", TODAY.isoformat())


def test_two_chairs_named_at_the_same_time_are_one(membership: MembershipHarness) -> None:
    members = [membership.member(order) for order in range(1, 6)]

    def attempt(member: UUID) -> str:
        try:
            membership.seat("01", "unit_chair", member, TODAY)
        except Refused as refused:
            return str(refused.rule)
        return "named"

    outcomes = sorted(eventlet.GreenPool().imap(attempt, members))
    assert outcomes == ["named", *["organisation.post_is_vacant"] * 4]


def test_nobody_holds_one_post_twice_and_the_chair_of_the_union_does_not_audit(membership: MembershipHarness) -> None:
    member = membership.member(1)
    membership.seat("01", "delegate", member, TODAY)
    membership.seat("02", "delegate", member, TODAY)
    with pytest.raises(Refused) as caught:
        membership.seat("01", "delegate", member, TODAY)
    assert caught.value.rule == "organisation.holder_has_it_once"
    membership.seat("00", "union_chair", member, TODAY)
    with pytest.raises(Refused) as caught:
        membership.seat("00", "auditor", member, TODAY)
    assert caught.value.rule == "organisation.auditor_does_not_lead"


def test_a_post_ends_once_and_within_its_term(membership: MembershipHarness) -> None:
    post = membership.seat("01", "delegate", membership.member(1), TODAY - timedelta(days=100))
    for day in (TODAY - timedelta(days=101), TODAY + timedelta(days=1)):
        with pytest.raises(Refused):
            end(membership, post["id"], ended_on=day)
    end(membership, post["id"], ended_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused) as caught:
        end(membership, post["id"])
    assert caught.value.rule == "organisation.end_lies_in_term"
    with pytest.raises(NotFound):
        end(membership, uuid4())


@pytest.mark.databases("postgresql", "sqlite")
def test_posts_are_listed_by_their_end_and_others_see_their_own(membership: MembershipHarness) -> None:
    first, second = membership.member(1), membership.member(2)
    membership.seat("01", "delegate", first, TODAY - timedelta(days=400), ends_on=TODAY + timedelta(days=20))
    membership.seat("01", "unit_chair", second, TODAY, term_years=3)
    membership.seat("02", "delegate", second, TODAY - timedelta(days=400), ends_on=TODAY - timedelta(days=1))
    officer = membership.officer

    def kinds(by: Principal, **filters: Any) -> list[str]:
        return [f"{post['kind']}:{post['in_office']}" for post in posts_seen(membership, by, **filters)]

    assert kinds(officer) == ["delegate:False", "delegate:True", "unit_chair:True"]
    assert kinds(officer, held_on=TODAY) == ["delegate:True", "unit_chair:True"]
    assert kinds(officer, ending_within=30) == ["delegate:True"]
    assert kinds(officer, unit_id=membership.units["01"], kind="unit_chair") == ["unit_chair:True"]
    assert kinds(member_account(first)) == ["delegate:True"]
    assert kinds(member_account(first), member_id=second) == []


@pytest.mark.databases("postgresql", "sqlite")
def test_figures_of_a_unit_say_what_the_law_asks(membership: MembershipHarness) -> None:
    for order in range(1, 26):
        membership.member(order, gender="female" if order <= 10 else "male")
    membership.found("01-1", "group", "01")
    membership.seat("01", "unit_chair", membership.member(30), TODAY)
    first, second = figures(membership, membership.officer)
    assert (first["members"], first["women"], first["groups"], first["has_chair"]) == (26, 11, 1, True)
    assert (first["needs_committee"], first["needs_women_committee"]) == (True, True)
    assert first["by_employment"] == {"established": 26}
    assert (second["members"], second["needs_committee"], second["has_chair"]) == (0, False, False)
    mine = chair_of(membership.units["02"])
    assert [one["unit_id"] for one in figures(membership, mine)] == [membership.units["02"]]
    with pytest.raises(NotAllowed):
        figures(membership, mine, membership.units["01"])
