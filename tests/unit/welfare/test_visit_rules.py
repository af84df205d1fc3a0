"""When a visit is called for, who may make it, when it is due and what evidence it needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.rules.refusal import Refusal
from services.welfare.visits import rules
from services.welfare.visits.rules import Occasion

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2023, 3, 1)
NOW = datetime(2023, 3, 1, 2, 0, tzinfo=UTC)
BIRTH = Occasion(
    due_within=timedelta(hours=48),
    escalate_after=timedelta(hours=24),
    evidence_needed=("note", "signature"),
    evidence_to_close=("document",),
    apart_days=180,
)
BEREAVEMENT = replace(BIRTH, relations=("spouse", "parent", "child"), apart_days=1)
WEDDING = replace(BIRTH, ahead_days=30)
UNIT, OTHER_UNIT = UUID(int=1), UUID(int=2)
VISITED, ASSIGNEE = UUID(int=3), UUID(int=4)


def may_go(**changes):
    values = {
        "level": "unit",
        "unit_id": UNIT,
        "visited": VISITED,
        "assignee": ASSIGNEE,
        "assignee_unit": UNIT,
        "standing": "active",
    }
    return rules.assignee_may_go(**{**values, **changes})


@pytest.mark.parametrize("standing", ["active", "transferring"])
def test_an_active_member_is_covered(standing):
    assert rules.member_is_covered(BIRTH, standing) is None


@pytest.mark.parametrize("standing", ["retained", "withdrawn", "expelled", "deceased"])
def test_who_has_left_or_retired_is_covered_only_where_the_occasion_says_so(standing):
    refusal = rules.member_is_covered(BIRTH, standing)
    assert (refusal.rule, refusal.field) == ("visits.member_is_covered", "member_id")
    assert rules.member_is_covered(replace(BIRTH, standings=(standing,)), standing) is None


def test_nobody_reports_the_own_death():
    death = replace(BIRTH, standings=("active", "deceased"))
    assert rules.condolence_is_reported_by_others(death, reported_by_member=True)
    assert rules.condolence_is_reported_by_others(death, reported_by_member=False) is None
    assert rules.condolence_is_reported_by_others(BIRTH, reported_by_member=True) is None


def test_a_bereavement_names_an_immediate_relative_and_nothing_else_does():
    assert rules.relation_is_immediate(BEREAVEMENT, "parent") is None
    assert rules.relation_is_immediate(BIRTH, None) is None
    for occasion, relation in [(BEREAVEMENT, None), (BEREAVEMENT, "cousin"), (BIRTH, "child")]:
        assert rules.relation_is_immediate(occasion, relation).rule == "visits.relation_is_immediate"


def test_what_has_not_happened_is_reported_only_as_far_ahead_as_the_occasion_allows():
    assert rules.day_is_within_reach(BIRTH, TODAY, TODAY) is None
    assert rules.day_is_within_reach(BIRTH, TODAY + timedelta(days=1), TODAY).params == {
        "earliest": "2022-03-01", "latest": "2023-03-01"}  # fmt: skip
    assert rules.day_is_within_reach(WEDDING, TODAY + timedelta(days=30), TODAY) is None
    assert rules.day_is_within_reach(WEDDING, TODAY + timedelta(days=31), TODAY).field == "happened_on"


@pytest.mark.parametrize(("days", "refused"), [(0, True), (-179, True), (179, True), (180, False), (-180, False)])
def test_a_second_report_of_the_same_kind_nearby_is_the_same_event(days, refused):
    refusal = rules.was_not_reported_before(BIRTH, TODAY, [TODAY + timedelta(days=days)])
    assert (refusal is not None) is refused


def test_the_same_day_is_never_reported_twice_whatever_the_data_say():
    careless = replace(BIRTH, apart_days=0)
    assert rules.was_not_reported_before(careless, TODAY, [TODAY]).rule == "visits.was_not_reported_before"
    assert rules.was_not_reported_before(careless, TODAY, []) is None


def test_a_visit_is_due_so_many_hours_after_the_report():
    assert rules.due_at(BIRTH, NOW, TODAY - timedelta(days=3), SHANGHAI) == NOW + timedelta(hours=48)


def test_a_visit_announced_ahead_is_due_counted_from_the_day_itself():
    due = rules.due_at(WEDDING, NOW, date(2023, 3, 20), SHANGHAI)
    assert due == datetime(2023, 3, 22, 0, 0, tzinfo=SHANGHAI)


@given(st.integers(0, 10_000_000), st.integers(-400, 60))
def test_a_visit_is_never_due_before_there_was_time_for_it(seconds, days):
    reported = NOW + timedelta(seconds=seconds)
    due = rules.due_at(WEDDING, reported, reported.date() + timedelta(days=days), SHANGHAI)
    assert due >= reported + WEDDING.due_within


def test_an_active_member_of_the_unit_may_go():
    assert may_go() is None
    assert may_go(level="union", assignee_unit=OTHER_UNIT) is None


@pytest.mark.parametrize(
    "changes",
    [{"assignee": VISITED}, {"standing": "retained"}, {"assignee_unit": OTHER_UNIT}],
    ids=["to himself", "retired", "of another unit"],
)
def test_nobody_else_may_go(changes):
    refusal = may_go(**changes)
    assert (refusal.rule, refusal.field) == ("visits.assignee_may_go", "assignee_id")


def test_the_visited_does_not_certify_the_visit():
    assert rules.visitor_is_not_the_visited(VISITED, VISITED).rule == "visits.visitor_is_not_the_visited"
    assert rules.visitor_is_not_the_visited(ASSIGNEE, VISITED) is None
    assert rules.visitor_is_not_the_visited(None, VISITED) is None


def test_a_visit_is_made_on_a_day_that_has_come_and_not_before_its_occasion():
    happened = TODAY - timedelta(days=2)
    assert rules.visit_day_fits(BIRTH, happened, happened, TODAY) is None
    assert rules.visit_day_fits(BIRTH, TODAY + timedelta(days=1), happened, TODAY).field == "visited_on"
    early = rules.visit_day_fits(BIRTH, happened - timedelta(days=1), happened, TODAY)
    assert early.params == {"earliest": "2023-02-27"}
    assert rules.visit_day_fits(WEDDING, TODAY, TODAY + timedelta(days=10), TODAY) is None


def test_evidence_the_type_asks_for_must_be_given():
    refusal = rules.evidence_is_given(BIRTH, {"note"}, Decimal(0))
    assert refusal.rule == "visits.evidence_is_given"
    assert refusal.params["missing"] == ["signature"]
    assert rules.evidence_is_given(BIRTH, {"note", "signature"}, Decimal(500)) is None


def test_whatever_was_given_is_signed_for():
    noted = replace(BIRTH, evidence_needed=("note",))
    assert rules.evidence_is_given(noted, {"note"}, Decimal(0)) is None
    assert rules.evidence_is_given(noted, {"note"}, Decimal("0.01")).rule == "visits.gift_is_signed_for"
    assert rules.evidence_is_given(noted, {"note", "receipt"}, Decimal(300)) is None


def test_late_evidence_is_wanted_to_close_not_to_complete():
    assert rules.evidence_is_given(BIRTH, {"note", "signature"}, Decimal(0)) is None
    assert not rules.evidence_is_complete(BIRTH, {"note", "signature"})
    assert rules.evidence_is_complete(BIRTH, {"document", "note", "signature", "photo"})


@given(st.sets(st.sampled_from(["note", "signature", "photo", "receipt", "document"])))
def test_evidence_is_complete_exactly_when_nothing_is_missing(kinds):
    missing = rules.evidence_missing((*BIRTH.evidence_needed, *BIRTH.evidence_to_close), kinds)
    assert rules.evidence_is_complete(BIRTH, kinds) is (missing == [])


@pytest.mark.parametrize(
    ("state", "due", "overdue"),
    [
        ("required", NOW, True),
        ("assigned", NOW - timedelta(days=1), True),
        ("required", NOW + timedelta(seconds=1), False),
        ("visited", NOW - timedelta(days=9), False),
        ("cancelled", NOW - timedelta(days=9), False),
    ],
)
def test_only_a_visit_still_to_be_made_is_overdue(state, due, overdue):
    assert rules.is_overdue(state, due, NOW) is overdue


def test_the_day_of_the_visit_counts_not_the_day_its_evidence_came():
    assert rules.was_in_time(date(2023, 3, 3), date(2023, 3, 3))
    assert not rules.was_in_time(date(2023, 3, 4), date(2023, 3, 3))


@pytest.mark.parametrize(("state", "refused"), [("none", True), ("pending", True), ("recorded", True),
                                                ("refused", False), ("reversed", False)])  # fmt: skip
def test_only_a_refused_or_reversed_claim_is_put_again(state, refused):
    assert (rules.claim_can_be_put_again(state) is not None) is refused


def test_a_photo_says_whether_people_can_be_recognised_and_a_paper_does_not() -> None:
    assert rules.people_are_asked("photo", "agreed") is None
    assert rules.people_are_asked("photo", "none") is None
    assert rules.people_are_asked("receipt", None) is None
    refusal = rules.people_are_asked("photo", None)
    assert refusal is not None
    assert (refusal.rule, refusal.field) == ("visits.people_are_asked", "people_shown")


@pytest.mark.parametrize("missing", [None, Refusal("visits.evidence_is_given", "Evidence is missing.")])
def test_a_file_is_removed_until_the_claim_is_in_the_ledger(missing: Refusal | None) -> None:
    for state in ("required", "assigned"):
        assert rules.evidence_can_be_removed(state, missing) is None
    assert rules.evidence_can_be_removed("visited", missing) == missing
    for state in ("claimed", "closed", "cancelled"):
        refusal = rules.evidence_can_be_removed(state, missing)
        assert refusal is not None
        assert refusal.rule == "visits.evidence_can_be_removed"


def test_a_reminder_goes_out_before_the_due_time_unless_its_time_is_past():
    now, hours = datetime(2023, 3, 1, tzinfo=UTC), timedelta(hours=1)
    reminding = replace(BIRTH, remind_before=12 * hours)
    assert rules.remind_at(reminding, now, now + 48 * hours) == now + 36 * hours
    assert rules.remind_at(reminding, now, now + 12 * hours) is None
    assert rules.remind_at(replace(BIRTH, remind_before=0 * hours), now, now + 48 * hours) is None


def test_who_holds_a_post_of_the_type_is_visited_by_the_union():
    chairs = replace(BIRTH, union_posts=("unit_chair",))
    assert rules.level_for("unit", chairs, ["group_leader", "unit_chair"]) == "union"
    assert rules.level_for("unit", chairs, ["group_leader"]) == "unit"
    assert rules.level_for("union", chairs, []) == "union"
    assert rules.level_for("unit", BIRTH, ["unit_chair"]) == "unit"
