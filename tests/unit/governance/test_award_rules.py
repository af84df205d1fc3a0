"""When an award may be recorded and taken back."""

from __future__ import annotations

from datetime import date

from services.governance.awards import rules

TODAY = date(2023, 12, 20)


def test_an_award_is_recorded_once_it_was_made_public():
    assert rules.awarded_on_is_past(TODAY, TODAY) is None
    assert rules.awarded_on_is_past(date(2023, 12, 21), TODAY) is not None


def test_an_award_is_taken_back_once():
    assert rules.award_stands("granted") is None
    assert rules.award_stands("revoked") is not None


def test_an_award_goes_to_somebody_the_union_knows():
    assert rules.holder_is_known(known=True, field="member_id") is None
    refusal = rules.holder_is_known(known=False, field="unit_id")
    assert refusal is not None
    assert refusal.field == "unit_id"
