"""Made-up applications: few from one network, listed apart, rejected as counted, gone by the rule."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.errors import NotAllowed, Problem
from services.chassis.rpc.context import CallContext
from services.chassis.rules.rulebook import PolicyRule
from services.chassis.security.principal import ANONYMOUS, Principal
from services.contracts.membership.joining import operations as contract
from services.membership.joining.tables import Application
from services.membership.joining.use_cases import applying, unconfirmed
from tests.component.membership.harness import MembershipHarness
from tests.component.membership.test_joining import get
from tests.support.principals import applicant_account, auditor, chair_of
from tests.unit.membership.people import applicant

CAMPUS, ELSEWHERE = "c" * 32, "e" * 32
REASON = "经核实，名单中没有这些人"


def applied(
    membership: MembershipHarness, order: int, origin: str, by: Principal = ANONYMOUS, unit: str = "01", **stated: Any
) -> Any:
    """Apply from a network; return the application's id."""
    context = CallContext(principal=by, origin=origin)
    request = applicant(membership.units[unit], order, **stated)
    return UUID(membership.ask_in(context, contract.submit_application, **request)["id"])


def listed(membership: MembershipHarness, by: Principal, **chosen: Any) -> dict[str, Any]:
    return membership.ask_typed(contract.list_unconfirmed, by, **{"with_total": True, **chosen}
    )  # fmt: skip


def reject(membership: MembershipHarness, by: Principal, expected: int, **chosen: Any) -> dict[str, Any]:
    values = {"unit_id": membership.units["01"], "reason": REASON, **chosen, "expected": expected}
    return membership.ask_typed(contract.reject_unconfirmed, by, **values)


def rule_of(do: Any, *args: Any, **values: Any) -> str | None:
    with pytest.raises(Problem) as caught:
        do(*args, **values)
    return caught.value.rule


def test_one_network_has_a_hall_of_newcomers_and_no_more(
    membership: MembershipHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "MOST_FROM_A_PLACE", 3)
    first = applied(membership, 1, CAMPUS)
    applied(membership, 2, CAMPUS, unit="02")
    applied(membership, 3, CAMPUS, by=applicant_account(), draft=True)
    for stated in ({}, {"draft": True, "by": applicant_account()}):
        assert rule_of(applied, membership, 4, CAMPUS, **stated) == "joining.origin_is_modest"
    applied(membership, 4, ELSEWHERE)
    membership.apply(5)
    membership.review(first)
    applied(membership, 6, CAMPUS)


def test_where_an_application_came_from_is_forgotten_with_the_first_look(membership: MembershipHarness) -> None:
    newcomer = applicant_account()
    ids = [applied(membership, order, CAMPUS, by=newcomer) for order in (1, 2, 3, 4)]
    membership.review(ids[0])
    membership.review(ids[1], "return")
    membership.review(ids[2], "reject")
    membership.ask_typed(contract.withdraw_application, newcomer, application_id=ids[3])
    with membership.database.session() as session:
        assert set(session.scalars(sa.select(Application.origin))) == {None}


@pytest.mark.databases("postgresql", "sqlite")
def test_what_nobody_has_looked_at_is_listed_apart_with_how_many_came_along(membership: MembershipHarness) -> None:
    campus = [applied(membership, order, CAMPUS) for order in (1, 2)]
    other = applied(membership, 3, ELSEWHERE, unit="02")
    plain = membership.apply(4)["id"]
    looked_at = applied(membership, 5, CAMPUS)
    membership.review(looked_at)
    page = listed(membership, auditor())
    assert {row["id"]: row["from_same_place"] for row in page["items"]} == {
        campus[0]: 2, campus[1]: 2, other: 1, plain: None,
    }  # fmt: skip
    assert page["total"] == 4
    assert [row["id"] for row in listed(membership, membership.officer, same_place_as=campus[0])["items"]] == campus
    assert listed(membership, chair_of(membership.units["02"]))["total"] == 1
    tomorrow = clock.today() + timedelta(days=1)
    assert listed(membership, membership.officer, submitted_from=tomorrow)["total"] == 0
    assert listed(membership, membership.officer, submitted_until=clock.today())["total"] == 4
    with pytest.raises(NotAllowed):
        listed(membership, chair_of(membership.units["02"]), unit_id=membership.units["01"])


def test_the_queue_leaves_them_out_where_that_is_asked_for(membership: MembershipHarness) -> None:
    made_up = applied(membership, 1, CAMPUS)
    accepted, returned = applied(membership, 2, CAMPUS), applied(membership, 3, CAMPUS)
    membership.review(accepted)
    membership.review(returned, "return")

    def queue(**filters: Any) -> tuple[set[Any], int]:
        page = membership.ask_typed(
            contract.list_applications,
            with_total=True,
            **filters,
        )
        return {row["id"] for row in page["items"]}, page["total"]

    assert queue() == ({made_up, accepted, returned}, 3)
    assert queue(confirmed=True) == ({accepted, returned}, 2)
    assert queue(confirmed=True, state="submitted") == (set(), 0)
    assert queue(confirmed=False) == ({made_up}, 1)


@pytest.mark.databases("postgresql", "sqlite")
def test_many_are_rejected_as_many_as_were_told(membership: MembershipHarness) -> None:
    made_up = [applied(membership, order, ELSEWHERE) for order in range(1, 8)]
    honest, another_unit = applied(membership, 20, CAMPUS), applied(membership, 21, ELSEWHERE, unit="02")
    officer, flood = membership.officer, {"same_place_as": made_up[0]}
    assert rule_of(reject, membership, officer, 6, **flood) == "joining.number_is_as_told"
    for stranger in (chair_of(membership.units["02"]), applicant_account()):
        with pytest.raises(NotAllowed):
            reject(membership, stranger, 7, **flood)
    before = len(membership.events("application_rejected"))
    assert reject(membership, officer, 7, **flood) == {"rejected": 7}
    rejected = membership.events("application_rejected")[before:]
    assert {one["application_id"] for one in rejected} == {str(one) for one in made_up}
    assert {one["by"] for one in rejected} == {"union"}
    one = get(membership, made_up[3], officer)
    assert (one["state"], one["steps"][-1]["action"], one["steps"][-1]["reason"]) == ("rejected", "reject", REASON)
    for left in (honest, another_unit):
        assert get(membership, left, officer)["state"] == "submitted"
    assert reject(membership, chair_of(membership.units["01"]), 1) == {"rejected": 1}
    assert rule_of(reject, membership, officer, 1) == "joining.number_is_as_told"


def test_nobody_rejects_the_own_application_among_many(membership: MembershipHarness) -> None:
    own = applied(membership, 1, CAMPUS, by=membership.officer)
    applied(membership, 2, CAMPUS)
    assert reject(membership, membership.officer, 2) == {"rejected": 1}
    assert reject(membership, membership.officer, 1) == {"rejected": 0}
    assert get(membership, own, membership.officer)["state"] == "submitted"


def test_it_lapses_after_the_days_of_the_rule_and_only_unseen(membership: MembershipHarness) -> None:
    unseen, seen = applied(membership, 1, CAMPUS), applied(membership, 2, CAMPUS)
    membership.review(seen, "return")
    with clock.frozen(clock.now() + timedelta(days=59)), membership.transaction() as tx:
        assert unconfirmed.let_lapse(tx) == 0
    with clock.frozen(clock.now() + timedelta(days=61)):
        with membership.transaction() as tx:
            assert unconfirmed.let_lapse(tx) == 1
        with membership.transaction() as tx:
            assert unconfirmed.let_lapse(tx) == 0
    lapsed = get(membership, unseen, membership.officer)
    assert (lapsed["state"], lapsed["steps"][-1]["action"], lapsed["id_number"]) == ("withdrawn", "lapse", None)
    assert get(membership, seen, membership.officer)["state"] == "returned"
    assert membership.events("application_withdrawn")[-1]["application_id"] == str(unseen)
    applied(membership, 1, CAMPUS)


def test_without_a_rule_nothing_lapses(membership: MembershipHarness) -> None:
    applied(membership, 1, CAMPUS)
    with membership.database.session() as session:
        session.execute(sa.delete(PolicyRule).where(PolicyRule.key == unconfirmed.LAPSES))
    with clock.frozen(clock.now() + timedelta(days=900)), membership.transaction() as tx:
        assert unconfirmed.let_lapse(tx) == 0


def test_a_full_queue_of_another_unit_or_confirmed_ones_fill_no_queue(
    membership: MembershipHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "MOST_WAITING", 1)
    newcomer = applicant_account()
    first = applied(membership, 1, CAMPUS, by=newcomer)
    assert rule_of(applied, membership, 2, ELSEWHERE) == "joining.queue_has_room"
    membership.review(first, "return")
    membership.ask_typed(contract.submit_draft, newcomer, application_id=first)
    applied(membership, 2, ELSEWHERE)
