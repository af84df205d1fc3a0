"""Transfers and standing: who may, when, who decides, what is kept; and the way through the workflow."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.errors import NotAllowed, Refused
from services.chassis.rules.months import months_before
from services.membership.standing import rules as standing
from services.membership.transfer import rules, workflow
from services.membership.transfer.workflow import OPEN_STATES, RECEIVING, RELEASING, TRANSFER

UNIT, OTHER = uuid4(), uuid4()
TODAY = date(2026, 3, 31)


def test_the_diagram_in_the_readme_is_the_table() -> None:
    readme = Path(workflow.__file__).parents[1] / "README.md"
    assert f"```mermaid\n{TRANSFER.mermaid()}```" in readme.read_text(encoding="utf-8")


def test_states_under_way_are_those_that_are_not_final() -> None:
    assert set(OPEN_STATES) == set(TRANSFER.states) - set(TRANSFER.final_states)


def test_each_unit_decides_when_it_is_its_turn() -> None:
    assert TRANSFER.apply("requested", "release", roles={RELEASING}) == "released"
    assert TRANSFER.apply("released", "accept", roles={RECEIVING}) == "accepted"
    with pytest.raises(NotAllowed):
        TRANSFER.apply("requested", "release", roles={RECEIVING})
    with pytest.raises(Refused):
        TRANSFER.apply("requested", "accept", roles={RECEIVING})


def test_an_officer_speaks_for_a_unit_only_without_chair() -> None:
    assert rules.speaks_for_unit(UNIT, (), is_officer=True, has_chair=False)
    assert not rules.speaks_for_unit(UNIT, (), is_officer=True, has_chair=True)
    assert rules.speaks_for_unit(UNIT, {UNIT}, is_officer=False, has_chair=True)
    assert not rules.speaks_for_unit(UNIT, {OTHER}, is_officer=False, has_chair=False)
    assert rules.speaks_for_unit(None, (), is_officer=True, has_chair=False)


def test_only_an_active_member_is_transferred_once_at_a_time() -> None:
    assert rules.member_may_transfer("active") is None
    for wrong in ("transferring", "retained", "withdrawn"):
        assert rules.member_may_transfer(wrong) is not None


def test_a_transfer_is_dated_from_today_for_a_year() -> None:
    assert rules.effective_day_is_possible(TODAY, TODAY) is None
    assert rules.effective_day_is_possible(TODAY - timedelta(days=1), TODAY) is not None
    assert rules.effective_day_is_possible(TODAY + timedelta(days=367), TODAY) is not None


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 400))
def test_six_months_are_counted_by_the_calendar(decided: date, days: int) -> None:
    began = decided - timedelta(days=days)
    since = {"unpaid_since": began, "inactive_since": began, "talked_on": decided}
    refusal = standing.six_months_have_passed("deemed_withdrawal", since, decided)
    assert (refusal is None) == (began <= months_before(decided, 6))
    assert standing.six_months_have_passed("expulsion", since, decided) is None


def test_the_last_of_a_month_stands_for_days_it_has_not() -> None:
    assert months_before(date(2026, 8, 31), 6) == date(2026, 2, 28)
    assert months_before(date(2026, 3, 15), 6) == date(2025, 9, 15)


def test_who_retired_is_never_deemed_to_have_left() -> None:
    assert standing.decision_fits_standing("deemed_withdrawal", "retained") is not None
    assert standing.decision_fits_standing("expulsion", "retained") is None
    assert standing.decision_fits_standing("death", "deceased") is not None


def test_what_a_standing_keeps_and_what_has_ended() -> None:
    keeps, ended = standing.kept_and_ended("retained")
    assert {"membership", "care"} <= set(keeps)
    assert {"dues", "vote", "candidacy"} <= set(ended)
    assert standing.kept_and_ended("active")[1] == ()
    assert standing.kept_and_ended("expelled")[0] == ("number", "history")


def test_a_reinstated_membership_is_in_no_transfer() -> None:
    assert [standing.standing_before(one) for one in ("active", "transferring", "retained")] == [
        "active", "active", "retained",
    ]  # fmt: skip
