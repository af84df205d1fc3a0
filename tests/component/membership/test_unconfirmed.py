"""Made-up applications: few from one network, listed apart, rejected as counted, gone by the rule."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.transaction import transaction
from services.chassis.errors import NotAllowed, Problem
from services.chassis.rpc.context import CallContext
from services.chassis.rules.rulebook import PolicyRule
from services.chassis.security.principal import ANONYMOUS, Principal
from services.contracts.membership.joining import operations as contract
from services.membership.joining.tables import Application
from services.membership.joining.use_cases import applying, reading, unconfirmed
from tests.component.membership.test_joining import get, run
from tests.component.membership.union import Union, account, asked, auditor, chair_of
from tests.unit.membership.people import applicant

CAMPUS, ELSEWHERE = "c" * 32, "e" * 32
REASON = "经核实，名单中没有这些人"


def applied(union: Union, order: int, origin: str, by: Principal = ANONYMOUS, unit: str = "01", **stated: Any) -> Any:
    """Apply from a network; return the application's id."""
    request = asked(contract.submit_application, **applicant(union.units[unit], order, **stated))
    with transaction(union.database, CallContext(principal=by, origin=origin)) as tx:
        return applying.submit_application(tx, request)["id"]


def listed(union: Union, by: Principal, **chosen: Any) -> dict[str, Any]:
    return run(
        union, by, unconfirmed.list_unconfirmed, contract.list_unconfirmed, **{"with_total": True, **chosen}
    )  # fmt: skip


def reject(union: Union, by: Principal, expected: int, **chosen: Any) -> dict[str, Any]:
    values = {"unit_id": union.units["01"], "reason": REASON, **chosen, "expected": expected}
    return run(union, by, unconfirmed.reject_unconfirmed, contract.reject_unconfirmed, **values)


def rule_of(do: Any, *args: Any, **values: Any) -> str | None:
    with pytest.raises(Problem) as caught:
        do(*args, **values)
    return caught.value.rule


def test_one_network_has_a_hall_of_newcomers_and_no_more(any_union: Union, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "MOST_FROM_A_PLACE", 3)
    first = applied(any_union, 1, CAMPUS)
    applied(any_union, 2, CAMPUS, unit="02")
    applied(any_union, 3, CAMPUS, by=account(), draft=True)
    for stated in ({}, {"draft": True, "by": account()}):
        assert rule_of(applied, any_union, 4, CAMPUS, **stated) == "joining.origin_is_modest"
    applied(any_union, 4, ELSEWHERE)
    any_union.apply(5)
    any_union.review(first)
    applied(any_union, 6, CAMPUS)


def test_where_an_application_came_from_is_forgotten_with_the_first_look(any_union: Union) -> None:
    newcomer = account()
    ids = [applied(any_union, order, CAMPUS, by=newcomer) for order in (1, 2, 3, 4)]
    any_union.review(ids[0])
    any_union.review(ids[1], "return")
    any_union.review(ids[2], "reject")
    run(any_union, newcomer, applying.withdraw_application, contract.withdraw_application, application_id=ids[3])
    with any_union.database.session() as session:
        assert set(session.scalars(sa.select(Application.origin))) == {None}


def test_what_nobody_has_looked_at_is_listed_apart_with_how_many_came_along(any_union: Union) -> None:
    campus = [applied(any_union, order, CAMPUS) for order in (1, 2)]
    other = applied(any_union, 3, ELSEWHERE, unit="02")
    plain = any_union.apply(4)["id"]
    looked_at = applied(any_union, 5, CAMPUS)
    any_union.review(looked_at)
    page = listed(any_union, auditor())
    assert {row["id"]: row["from_same_place"] for row in page["items"]} == {
        campus[0]: 2, campus[1]: 2, other: 1, plain: None,
    }  # fmt: skip
    assert page["total"] == 4
    assert [row["id"] for row in listed(any_union, any_union.officer, same_place_as=campus[0])["items"]] == campus
    assert listed(any_union, chair_of(any_union.units["02"]))["total"] == 1
    tomorrow = clock.today() + timedelta(days=1)
    assert listed(any_union, any_union.officer, submitted_from=tomorrow)["total"] == 0
    assert listed(any_union, any_union.officer, submitted_until=clock.today())["total"] == 4
    with pytest.raises(NotAllowed):
        listed(any_union, chair_of(any_union.units["02"]), unit_id=any_union.units["01"])


def test_the_queue_leaves_them_out_where_that_is_asked_for(any_union: Union) -> None:
    made_up = applied(any_union, 1, CAMPUS)
    accepted, returned = applied(any_union, 2, CAMPUS), applied(any_union, 3, CAMPUS)
    any_union.review(accepted)
    any_union.review(returned, "return")

    def queue(**filters: Any) -> tuple[set[Any], int]:
        page = run(
            any_union,
            any_union.officer,
            reading.list_applications,
            contract.list_applications,
            with_total=True,
            **filters,
        )
        return {row["id"] for row in page["items"]}, page["total"]

    assert queue() == ({made_up, accepted, returned}, 3)
    assert queue(confirmed=True) == ({accepted, returned}, 2)
    assert queue(confirmed=True, state="submitted") == (set(), 0)
    assert queue(confirmed=False) == ({made_up}, 1)


def test_many_are_rejected_as_many_as_were_told(any_union: Union) -> None:
    made_up = [applied(any_union, order, ELSEWHERE) for order in range(1, 8)]
    honest, another_unit = applied(any_union, 20, CAMPUS), applied(any_union, 21, ELSEWHERE, unit="02")
    officer, flood = any_union.officer, {"same_place_as": made_up[0]}
    assert rule_of(reject, any_union, officer, 6, **flood) == "joining.number_is_as_told"
    for stranger in (chair_of(any_union.units["02"]), account()):
        with pytest.raises(NotAllowed):
            reject(any_union, stranger, 7, **flood)
    before = len(any_union.events("application_rejected"))
    assert reject(any_union, officer, 7, **flood) == {"rejected": 7}
    rejected = any_union.events("application_rejected")[before:]
    assert {one["application_id"] for one in rejected} == {str(one) for one in made_up}
    assert {one["by"] for one in rejected} == {"union"}
    one = get(any_union, made_up[3], officer)
    assert (one["state"], one["steps"][-1].action, one["steps"][-1].reason) == ("rejected", "reject", REASON)
    for left in (honest, another_unit):
        assert get(any_union, left, officer)["state"] == "submitted"
    assert reject(any_union, chair_of(any_union.units["01"]), 1) == {"rejected": 1}
    assert rule_of(reject, any_union, officer, 1) == "joining.number_is_as_told"


def test_nobody_rejects_the_own_application_among_many(any_union: Union) -> None:
    own = applied(any_union, 1, CAMPUS, by=any_union.officer)
    applied(any_union, 2, CAMPUS)
    assert reject(any_union, any_union.officer, 2) == {"rejected": 1}
    assert reject(any_union, any_union.officer, 1) == {"rejected": 0}
    assert get(any_union, own, any_union.officer)["state"] == "submitted"


def test_it_lapses_after_the_days_of_the_rule_and_only_unseen(any_union: Union) -> None:
    unseen, seen = applied(any_union, 1, CAMPUS), applied(any_union, 2, CAMPUS)
    any_union.review(seen, "return")
    with clock.frozen(clock.now() + timedelta(days=59)), any_union.acting() as tx:
        assert unconfirmed.let_lapse(tx) == 0
    with clock.frozen(clock.now() + timedelta(days=61)):
        with any_union.acting() as tx:
            assert unconfirmed.let_lapse(tx) == 1
        with any_union.acting() as tx:
            assert unconfirmed.let_lapse(tx) == 0
    lapsed = get(any_union, unseen, any_union.officer)
    assert (lapsed["state"], lapsed["steps"][-1].action, lapsed["id_number"]) == ("withdrawn", "lapse", None)
    assert get(any_union, seen, any_union.officer)["state"] == "returned"
    assert any_union.events("application_withdrawn")[-1]["application_id"] == str(unseen)
    applied(any_union, 1, CAMPUS)


def test_without_a_rule_nothing_lapses(any_union: Union) -> None:
    applied(any_union, 1, CAMPUS)
    with any_union.database.session() as session:
        session.execute(sa.delete(PolicyRule).where(PolicyRule.key == unconfirmed.LAPSES))
    with clock.frozen(clock.now() + timedelta(days=900)), any_union.acting() as tx:
        assert unconfirmed.let_lapse(tx) == 0


def test_a_full_queue_of_another_unit_or_confirmed_ones_fill_no_queue(
    any_union: Union, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "MOST_WAITING", 1)
    newcomer = account()
    first = applied(any_union, 1, CAMPUS, by=newcomer)
    assert rule_of(applied, any_union, 2, ELSEWHERE) == "joining.queue_has_room"
    any_union.review(first, "return")
    run(any_union, newcomer, applying.submit_draft, contract.submit_draft, application_id=first)
    applied(any_union, 2, ELSEWHERE)
