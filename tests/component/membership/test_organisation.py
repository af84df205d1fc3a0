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
from services.membership.organisation.use_cases import posts, units
from tests.component.membership.union import Union, account, asked, chair_of

TODAY = clock.today()


def change(union: Union, code: str, version: int = 1, **changes: Any) -> Any:
    values = {"unit_id": union.units[code], "version": version, "reason": "decided by the committee", **changes}
    with union.acting(union.officer) as tx:
        return units.update_unit(tx, asked(contract.update_unit, **values))


def listed(union: Union, by: Principal = ANONYMOUS, **filters: Any) -> list[str]:
    with union.acting(by) as tx:
        return [unit.code for unit in units.list_units(tx, asked(contract.list_units, **filters))["items"]]


def posts_seen(union: Union, by: Principal, **filters: Any) -> list[dict[str, Any]]:
    with union.acting(by) as tx:
        items: list[dict[str, Any]] = posts.list_posts(tx, asked(contract.list_posts, **filters))["items"]
    return items


def end(union: Union, post_id: UUID, **changes: Any) -> dict[str, Any]:
    with union.acting(union.officer) as tx:
        return posts.end_post(tx, asked(contract.end_post, post_id=post_id, reason="moved abroad", **changes))


def figures(union: Union, by: Principal, unit_id: UUID | None = None) -> list[dict[str, Any]]:
    with union.acting(by) as tx:
        items: list[dict[str, Any]] = units.unit_figures(tx, {"unit_id": unit_id})["items"]
    return items


def test_anyone_may_see_the_units_to_choose_where_to_apply(any_union: Union) -> None:
    any_union.found("01-1", "group", "01")
    assert listed(any_union) == ["00", "01", "01-1", "02"]
    assert listed(any_union, kind="unit") == ["01", "02"]
    assert listed(any_union, parent_id=any_union.units["01"]) == ["01-1"]
    assert listed(any_union, q="单位01") == ["01", "01-1"]
    assert listed(any_union, q="%") == []


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
def test_a_unit_stands_where_it_belongs(any_union: Union, code: str, kind: str, parent: str | None, rule: str) -> None:
    with pytest.raises(Refused) as caught:
        any_union.found(code, kind, parent)
    assert caught.value.rule == rule


def test_a_unit_is_renamed_with_a_trace(any_union: Union) -> None:
    renamed = change(any_union, "01", name="计算机学院分工会", name_en="School of Computing")
    assert (renamed.name, renamed.version) == ("计算机学院分工会", 2)
    (told,) = any_union.events("unit_updated")
    assert (told["name_en"], told["active"]) == ("School of Computing", True)
    with pytest.raises(PreconditionFailed):
        change(any_union, "01", name="信息学院分工会")


def test_only_an_empty_unit_is_closed_and_it_takes_nobody_any_more(any_union: Union) -> None:
    any_union.apply(1, unit="02")
    any_union.member(1, "01")
    for code, left in (("01", {"members": 1}), ("02", {"applications": 1}), ("00", {"parts": 2})):
        with pytest.raises(Refused) as caught:
            change(any_union, code, active=False)
        assert caught.value.params == left
    any_union.found("03")
    assert change(any_union, "03", active=False).active is False
    with pytest.raises(Refused) as caught:
        any_union.found("03-1", "group", "03")
    assert caught.value.rule == "organisation.parent_is_open"
    assert change(any_union, "03", version=2, active=True).active is True


def test_closing_a_unit_and_joining_it_at_the_same_time_never_both_succeed(union: Union) -> None:
    union.found("03")
    application = union.apply(1, unit="03")["id"]
    union.review(application)

    def close() -> str:
        try:
            change(union, "03", active=False)
        except Refused as refused:
            return str(refused.rule)
        return "closed"

    pool = eventlet.GreenPool()
    approved, closed = pool.spawn(lambda: union.approve(application)["state"]), pool.spawn(close)
    assert (approved.wait(), closed.wait()) == ("approved", "organisation.unit_is_empty")


def test_a_post_gives_its_role_for_its_term(any_union: Union) -> None:
    member = any_union.member(1, name="王芳")
    post = any_union.seat("01", "unit_chair", member, date(2023, 3, 1), term_years=3, term="第六届")
    assert (post["role"], post["ends_on"], post["member_name"]) == ("chair", date(2026, 2, 28), "王芳")
    (told,) = any_union.events("post_assigned")
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
    any_union: Union, unit: str, kind: str, changes: dict[str, Any], rule: str
) -> None:
    member = any_union.member(1)
    with pytest.raises(Refused) as caught:
        any_union.seat(unit, kind, member, TODAY, **changes)
    assert caught.value.rule == rule


def test_nobody_unknown_or_retired_holds_a_post(any_union: Union) -> None:
    import sqlalchemy as sa

    with pytest.raises(NotFound):
        any_union.seat("01", "delegate", uuid4(), TODAY)
    member = any_union.member(1)
    with any_union.database.session() as session:
        session.execute(sa.text("UPDATE member SET standing = 'retained'"))
    with pytest.raises(Refused) as caught:
        any_union.seat("01", "delegate", member, TODAY)
    assert caught.value.rule == "organisation.holder_is_active"


def test_a_unit_has_one_chair_at_a_time_and_another_after_him(any_union: Union) -> None:
    first, second = any_union.member(1), any_union.member(2)
    post = any_union.seat("01", "unit_chair", first, TODAY - timedelta(days=100))
    with pytest.raises(Refused) as caught:
        any_union.seat("01", "unit_chair", second, TODAY)
    assert caught.value.rule == "organisation.post_is_vacant"
    assert end(any_union, post["id"])["ended_on"] == TODAY
    any_union.seat("01", "unit_chair", second, TODAY + timedelta(days=1))
    (told,) = any_union.events("post_ended")
    assert (told["role"], told["ended_on"]) == ("chair", TODAY.isoformat())


def test_two_chairs_named_at_the_same_time_are_one(any_union: Union) -> None:
    members = [any_union.member(order) for order in range(1, 6)]

    def attempt(member: UUID) -> str:
        try:
            any_union.seat("01", "unit_chair", member, TODAY)
        except Refused as refused:
            return str(refused.rule)
        return "named"

    outcomes = sorted(eventlet.GreenPool().imap(attempt, members))
    assert outcomes == ["named", *["organisation.post_is_vacant"] * 4]


def test_nobody_holds_one_post_twice_and_the_chair_of_the_union_does_not_audit(any_union: Union) -> None:
    member = any_union.member(1)
    any_union.seat("01", "delegate", member, TODAY)
    any_union.seat("02", "delegate", member, TODAY)
    with pytest.raises(Refused) as caught:
        any_union.seat("01", "delegate", member, TODAY)
    assert caught.value.rule == "organisation.holder_has_it_once"
    any_union.seat("00", "union_chair", member, TODAY)
    with pytest.raises(Refused) as caught:
        any_union.seat("00", "auditor", member, TODAY)
    assert caught.value.rule == "organisation.auditor_does_not_lead"


def test_a_post_ends_once_and_within_its_term(any_union: Union) -> None:
    post = any_union.seat("01", "delegate", any_union.member(1), TODAY - timedelta(days=100))
    for day in (TODAY - timedelta(days=101), TODAY + timedelta(days=1)):
        with pytest.raises(Refused):
            end(any_union, post["id"], ended_on=day)
    end(any_union, post["id"], ended_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused) as caught:
        end(any_union, post["id"])
    assert caught.value.rule == "organisation.end_lies_in_term"
    with pytest.raises(NotFound):
        end(any_union, uuid4())


def test_posts_are_listed_by_their_end_and_others_see_their_own(any_union: Union) -> None:
    first, second = any_union.member(1), any_union.member(2)
    any_union.seat("01", "delegate", first, TODAY - timedelta(days=400), ends_on=TODAY + timedelta(days=20))
    any_union.seat("01", "unit_chair", second, TODAY, term_years=3)
    any_union.seat("02", "delegate", second, TODAY - timedelta(days=400), ends_on=TODAY - timedelta(days=1))
    officer = any_union.officer

    def kinds(by: Principal, **filters: Any) -> list[str]:
        return [f"{post['kind']}:{post['in_office']}" for post in posts_seen(any_union, by, **filters)]

    assert kinds(officer) == ["delegate:False", "delegate:True", "unit_chair:True"]
    assert kinds(officer, held_on=TODAY) == ["delegate:True", "unit_chair:True"]
    assert kinds(officer, ending_within=30) == ["delegate:True"]
    assert kinds(officer, unit_id=any_union.units["01"], kind="unit_chair") == ["unit_chair:True"]
    assert kinds(account(first)) == ["delegate:True"]
    assert kinds(account(first), member_id=second) == []


def test_figures_of_a_unit_say_what_the_law_asks(any_union: Union) -> None:
    for order in range(1, 26):
        any_union.member(order, gender="female" if order <= 10 else "male")
    any_union.found("01-1", "group", "01")
    any_union.seat("01", "unit_chair", any_union.member(30), TODAY)
    first, second = figures(any_union, any_union.officer)
    assert (first["members"], first["women"], first["groups"], first["has_chair"]) == (26, 11, 1, True)
    assert (first["needs_committee"], first["needs_women_committee"]) == (True, True)
    assert first["by_employment"] == {"established": 26}
    assert (second["members"], second["needs_committee"], second["has_chair"]) == (0, False, False)
    mine = chair_of(any_union.units["02"])
    assert [one["unit_id"] for one in figures(any_union, mine)] == [any_union.units["02"]]
    with pytest.raises(NotAllowed):
        figures(any_union, mine, any_union.units["01"])
