"""The year's plan in the store: importing, publishing, changing, and what moves it."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest

from services.chassis.errors import InvalidInput, NotFound, PreconditionFailed, Refused
from services.chassis.identifiers import uuid7
from services.contracts.governance.plan import operations as plan
from services.contracts.welfare.care_campaigns.events import CareCampaignEnded, CareCampaignOpened
from services.governance.plan.use_cases.planfile import SHIPPED
from tests.component.governance.harness import GovernanceHarness

CHOIR = "09-choir-contest"


def shipped() -> dict[str, Any]:
    return json.loads(SHIPPED.read_text(encoding="utf-8"))


def items(governance: GovernanceHarness, year: int = 2023, **filters: Any) -> list[dict[str, Any]]:
    found, cursor = [], None
    while True:
        page = governance.ask(plan.list_plan_items, year=year, limit=50, cursor=cursor, **filters)
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def item(governance: GovernanceHarness, key: str = CHOIR) -> dict[str, Any]:
    return next(one for one in items(governance) if one["key"] == key)


@pytest.fixture
def planned(governance: GovernanceHarness) -> GovernanceHarness:
    """An governance with the plan of 2023, published."""
    governance.ask(plan.import_plan)
    governance.ask(plan.publish_plan, year=2023)
    return governance


@pytest.mark.databases("postgresql", "sqlite")
def test_importing_twice_is_importing_once(governance: GovernanceHarness):
    first = governance.ask(plan.import_plan)
    second = governance.ask(plan.import_plan)

    assert (len(first["added"]), first["unchanged"]) == (78, 0)
    assert (second["added"], second["changed"], second["unchanged"]) == ([], [], 78)
    assert len(items(governance)) == 78


def test_a_dry_run_shows_differences_and_changes_nothing(governance: GovernanceHarness):
    governance.ask(plan.import_plan)
    changed = shipped()
    changed["items"][0]["title"] = "另一个题目"
    del changed["items"][-1]

    outcome = governance.ask(plan.import_plan, document=changed, dry_run=True)

    assert [(one["field"], one["after"]) for one in outcome["changed"]] == [("title", "另一个题目")]
    assert outcome["not_in_file"] == [shipped()["items"][-1]["key"]]
    assert items(governance)[0]["title"] == shipped()["items"][0]["title"]


def test_a_dry_run_into_nothing_leaves_no_plan(governance: GovernanceHarness):
    assert len(governance.ask(plan.import_plan, dry_run=True)["added"]) == 78
    with pytest.raises(NotFound):
        governance.ask(plan.get_plan, year=2023)


def test_what_an_officer_changed_by_hand_an_import_leaves_alone(governance: GovernanceHarness):
    governance.ask(plan.import_plan)
    choir = item(governance)
    governance.ask(plan.update_plan_item, item_id=choir["id"], title="合唱之夜", version=choir["version"])

    outcome = governance.ask(plan.import_plan)

    assert outcome["kept"] == [CHOIR]
    assert item(governance)["title"] == "合唱之夜"


def test_last_years_plan_begins_the_next_one(governance: GovernanceHarness):
    governance.ask(plan.import_plan, year=2026)

    assert governance.ask(plan.get_plan, year=2026)["title"] == "工会2026年工作计划"
    assert len(items(governance, 2026)) == 78


def test_a_wrong_file_is_refused_at_its_place_and_stores_nothing(governance: GovernanceHarness):
    broken = shipped()
    broken["items"][3]["part"] = "VI"
    with pytest.raises(InvalidInput) as refused:
        governance.ask(plan.import_plan, document=broken)

    assert list(refused.value.errors) == ["document.items.3.part"]
    with pytest.raises(NotFound):
        governance.ask(plan.get_plan, year=2023)


@pytest.mark.databases("postgresql", "sqlite")
def test_items_are_found_by_part_month_measure_and_words(planned: GovernanceHarness):
    assert len(items(planned, part="calendar")) == 34
    assert {one["key"] for one in items(planned, month=8)} == {
        "07-recuperation", "07-summer-training", "07-summer-coolness"}  # fmt: skip
    assert [one["key"] for one in items(planned, measure="visits")] == ["iv-five-visits"]
    assert CHOIR in {one["key"] for one in items(planned, q="合唱")}
    assert CHOIR in {one["key"] for one in items(planned, q="CHOIR")}
    assert items(planned, q="100%") == []


def test_an_item_suggests_all_that_scheduling_needs(planned: GovernanceHarness):
    suggestion = planned.ask(plan.get_plan_item, item_id=item(planned)["id"])["suggestion"]

    assert (suggestion["kind"], suggestion["capacity"], suggestion["duration_minutes"]) == ("choir", 600, 240)
    assert suggestion["starts_at"] > "2026-03-11"


def test_publishing_announces_every_item_and_an_empty_plan_is_not_published(planned: GovernanceHarness):
    announced = planned.events("plan_published")

    assert len(announced) == 1
    assert len(announced[0]["items"]) == 78
    added = planned.ask(
        plan.add_plan_item, year=2024, part="I", title="一", title_en="One", owner="校工会", measure="manual"
    )
    planned.ask(plan.remove_plan_item, item_id=added["id"], reason="a slip")
    with pytest.raises(Refused, match="no items"):
        planned.ask(plan.publish_plan, year=2024)


def test_scheduling_and_holding_move_an_item_to_done(planned: GovernanceHarness):
    activity, choir = uuid7(), item(planned)["id"]

    planned.scheduled(activity, choir)
    assert (item(planned)["state"], item(planned)["scheduled"]) == ("scheduled", 1)
    planned.held(activity, choir, 3)
    assert (item(planned)["state"], item(planned)["progress"], item(planned)["held"]) == ("done", 100, 1)
    assert [(one["state"], one["progress"]) for one in planned.events("plan_item_progressed")] == [
        ("scheduled", 0), ("done", 100)]  # fmt: skip


def test_a_cancelled_activity_counts_no_longer(planned: GovernanceHarness):
    activity, choir = uuid7(), item(planned)["id"]
    planned.scheduled(activity, choir)
    planned.cancelled(activity, choir, 2)

    assert (item(planned)["state"], item(planned)["scheduled"]) == ("open", 0)


def test_an_activity_moved_to_another_item_counts_there_only(planned: GovernanceHarness):
    activity = uuid7()
    choir, other = item(planned)["id"], item(planned, "iv-choir")["id"]
    planned.scheduled(activity, choir)
    planned.rescheduled(activity, other, 2)

    assert item(planned)["state"] == "open"
    assert item(planned, "iv-choir")["state"] == "scheduled"
    planned.rescheduled(activity, None, 3)
    assert item(planned, "iv-choir")["state"] == "open"


@pytest.mark.databases("postgresql", "sqlite")
def test_events_of_one_activity_end_the_same_in_every_order_and_when_they_come_twice(planned: GovernanceHarness):
    choir, other = item(planned)["id"], item(planned, "iv-choir")["id"]
    for order in permutations(range(3)):
        activity = uuid7()
        arrivals = [
            lambda a=activity: planned.scheduled(a, choir, 1),
            lambda a=activity: planned.rescheduled(a, other, 2),
            lambda a=activity: planned.held(a, other, 3),
        ]
        for place in (*order, *order):
            arrivals[place]()
        assert item(planned)["scheduled"] == item(planned)["held"] == 0, order
    assert (item(planned, "iv-choir")["scheduled"], item(planned, "iv-choir")["held"]) == (0, 6)


def test_a_change_after_it_was_held_does_not_unhold_an_activity(planned: GovernanceHarness):
    activity, choir = uuid7(), item(planned)["id"]
    planned.scheduled(activity, choir, 1)
    planned.held(activity, choir, 2)
    planned.rescheduled(activity, choir, 3, title="A better title")

    assert item(planned)["state"] == "done"


def test_an_activity_without_plan_item_is_kept_but_moves_nothing(planned: GovernanceHarness):
    planned.scheduled(uuid7(), None)
    planned.scheduled(uuid7(), uuid7())

    assert planned.ask(plan.get_plan, year=2023)["by_state"]["open"] == 78


def test_visits_move_the_item_that_answers_for_them(planned: GovernanceHarness):
    first, second = uuid7(), uuid7()
    planned.visit_required(first)
    planned.visit_required(second)
    planned.visit_completed(first)

    visits = item(planned, "iv-five-visits")
    assert (visits["state"], visits["progress"], visits["visits_due"], visits["visits_done"]) == (
        "in_progress",
        50,
        2,
        1,
    )


def test_a_visit_counts_once_whatever_overtakes_what(planned: GovernanceHarness):
    visit = uuid7()
    planned.visit_completed(visit, 3)
    planned.visit_required(visit, 1)
    planned.visit_completed(visit, 3)

    visits = item(planned, "iv-five-visits")
    assert (visits["visits_due"], visits["visits_done"], visits["progress"]) == (1, 1, 100)


def test_a_cancelled_visit_is_no_longer_due(planned: GovernanceHarness):
    visit = uuid7()
    planned.visit_required(visit)
    planned.visit_cancelled(visit, 2)

    assert (item(planned, "iv-five-visits")["visits_due"], item(planned, "iv-five-visits")["state"]) == (0, "open")


@pytest.mark.databases("postgresql", "sqlite")
def test_visits_made_before_a_years_plan_was_published_move_over_to_it(planned: GovernanceHarness):
    visit = uuid7()
    planned.visit_required(visit)
    planned.ask(plan.import_plan, year=2026)
    planned.ask(plan.publish_plan, year=2026)

    of_2026 = next(one for one in items(planned, 2026) if one["measure"] == "visits")
    assert of_2026["visits_due"] == 1
    assert item(planned, "iv-five-visits")["visits_due"] == 0


def test_what_no_activity_proves_an_officer_declares_done_and_takes_back(planned: GovernanceHarness):
    archives = item(planned, "03-archives")["id"]
    done = planned.ask(plan.complete_plan_item, item_id=archives, note="handed over on paper")
    assert (done["state"], done["completed_on"]) == ("done", "2026-03-11")

    open_again = planned.ask(plan.complete_plan_item, item_id=archives, done=False, note="two boxes are missing")
    assert (open_again["state"], open_again["completed_on"]) == ("open", None)
    with pytest.raises(Refused):
        planned.ask(plan.complete_plan_item, item_id=archives, done=False, note="again")


@pytest.mark.databases("postgresql", "sqlite")
def test_an_item_that_does_not_take_place_stays_with_its_reason_and_can_come_back(planned: GovernanceHarness):
    archives, choir = item(planned, "03-archives")["id"], item(planned)["id"]
    dropped = planned.ask(plan.drop_plan_item, item_id=archives, reason="改到明年")
    assert (dropped["state"], dropped["dropped_on"], dropped["drop_reason"]) == ("dropped", "2026-03-11", "改到明年")
    assert planned.events("plan_item_updated")[-1]["removed"] is True
    assert [one["key"] for one in items(planned, state="dropped")] == ["03-archives"]
    assert planned.ask(plan.get_plan, year=2023)["by_state"]["dropped"] == 1
    assert refused(planned, plan.drop_plan_item, item_id=archives, reason="again") == "plan.item_is_in_the_plan"
    assert refused(planned, plan.complete_plan_item, item_id=archives, note="done") == "plan.item_is_in_the_plan"
    planned.ask(plan.publish_plan, year=2023)
    assert archives not in {one["item_id"] for one in planned.events("plan_published")[-1]["items"]}

    back = planned.ask(plan.drop_plan_item, item_id=archives, dropped=False, reason="还是办")
    assert (back["state"], back["dropped_on"]) == ("open", None)
    assert planned.events("plan_item_updated")[-1]["removed"] is False
    assert refused(planned, plan.drop_plan_item, item_id=archives, dropped=False, reason="x") == "plan.item_is_dropped"
    planned.scheduled(uuid7(), choir)
    assert refused(planned, plan.drop_plan_item, item_id=choir, reason="x") == "plan.item_has_nothing_scheduled"


def refused(governance: GovernanceHarness, operation: Any, **payload: Any) -> str:
    """Return the rule that refuses a command."""
    with pytest.raises(Refused) as refusal:
        governance.ask(operation, **payload)
    return str(refusal.value.rule)


@pytest.mark.databases("postgresql", "sqlite")
def test_lists_tell_what_is_late_and_the_days_of_activities(planned: GovernanceHarness):
    planned.ask(plan.import_plan, year=2026)
    of_2026 = {one["key"]: one for one in items(planned, 2026)}
    first, second, choir = uuid7(), uuid7(), of_2026[CHOIR]["id"]
    planned.held(first, choir, 2)
    planned.scheduled(second, choir, 1)

    listed = {one["key"]: one for one in items(planned, 2026)}
    told = {one["activity_id"]: (one["state"], one["day"]) for one in listed[CHOIR]["activities"]}
    assert told.keys() == {str(first), str(second)}
    assert [state for state, _ in told.values()].count("held") == 1
    assert all(day for _, day in told.values())
    assert listed["03-archives"]["activities"] == []
    late = {one["key"] for one in items(planned, 2026, late=True)}
    assert late == {one["key"] for one in listed.values() if one["late"]}
    assert late == {"02-retirement-ceremony-2022", "02-congress-6-3"}
    assert planned.ask(plan.get_plan, year=2026)["late_by_state"] == {"open": 2}
    assert listed["04-teaching-contest"]["title"] == "2026年青年教师教学比赛"


def test_an_item_somebody_changed_meanwhile_is_not_overwritten(planned: GovernanceHarness):
    choir = item(planned)
    planned.ask(plan.update_plan_item, item_id=choir["id"], target=2, version=choir["version"])
    with pytest.raises(PreconditionFailed):
        planned.ask(plan.update_plan_item, item_id=choir["id"], target=3, version=choir["version"])


def test_a_higher_target_takes_progress_back(planned: GovernanceHarness):
    activity, choir = uuid7(), item(planned)["id"]
    planned.held(activity, choir, 2)
    changed = planned.ask(plan.update_plan_item, item_id=choir, target=2)

    assert (changed["state"], changed["progress"]) == ("in_progress", 50)
    assert planned.events("plan_item_updated")[-1]["progress"] == 50


def test_a_change_that_does_not_fit_is_refused(planned: GovernanceHarness):
    choir = item(planned)["id"]
    with pytest.raises(Refused, match="month"):
        planned.ask(plan.update_plan_item, item_id=choir, month=None)
    with pytest.raises(Refused, match="ends before"):
        planned.ask(plan.update_plan_item, item_id=choir, month_to=3)


def test_an_item_with_an_activity_stays_in_the_plan(planned: GovernanceHarness):
    choir = item(planned)["id"]
    planned.scheduled(uuid7(), choir)
    with pytest.raises(Refused) as refused:
        planned.ask(plan.remove_plan_item, item_id=choir, reason="no longer wanted")

    assert refused.value.rule == "plan.item_is_unused"


def test_a_cursor_somebody_tampered_with_is_refused(planned: GovernanceHarness):
    with pytest.raises(InvalidInput) as refused:
        planned.ask(plan.list_plan_items, year=2023, cursor="gAAAA-not-ours")

    assert refused.value.field == "cursor"


def test_a_plan_is_begun_empty_and_written_item_by_item(governance: GovernanceHarness):
    begun = governance.ask(plan.begin_plan, year=2026)
    assert (begun["state"], begun["items"], begun["title"]) == ("draft", 0, "工会2026年工作计划")
    with pytest.raises(Refused) as twice:
        governance.ask(plan.begin_plan, year=2026)
    assert (twice.value.rule, twice.value.params) == ("plan.plan_is_new", {"year": 2026})
    own = {"part": "calendar", "month": 3, "title": "健步走", "title_en": "Walk", "owner": "文体部"}
    made = governance.ask(plan.add_plan_item, year=2026, measure="activity", kind="sports", **own)
    governance.ask(plan.update_plan_item, item_id=made["id"], month=4)
    assert [(one["title"], one["month"]) for one in items(governance, 2026)] == [("健步走", 4)]
    assert governance.ask(plan.publish_plan, year=2026)["state"] == "published"


def test_the_draft_of_a_wrong_year_is_given_up_and_the_year_can_begin_anew(planned: GovernanceHarness):
    planned.ask(plan.begin_plan, year=2042, from_year=2023)
    told = planned.events("plan_published", "plan_item_updated")
    assert planned.ask(plan.discard_plan, year=2042, reason="年份填错") == {"year": 2042, "items": 78}
    with pytest.raises(NotFound):
        planned.ask(plan.get_plan, year=2042)
    with pytest.raises(NotFound) as again:
        planned.ask(plan.discard_plan, year=2042, reason="年份填错")
    assert again.value.rule == "plan.exists"
    assert planned.events("plan_published", "plan_item_updated") == told
    assert planned.ask(plan.begin_plan, year=2042)["items"] == 0
    assert len(items(planned)) == 78


def test_a_plan_that_is_published_or_used_is_not_given_up(planned: GovernanceHarness):
    with pytest.raises(Refused) as published:
        planned.ask(plan.discard_plan, year=2023, reason="年份填错")
    assert (published.value.rule, published.value.params) == ("plan.plan_is_draft", {"year": 2023})
    planned.ask(plan.begin_plan, year=2024, from_year=2023)
    choir = next(one for one in items(planned, 2024) if one["key"] == CHOIR)
    planned.scheduled(uuid7(), choir["id"])
    with pytest.raises(Refused) as used:
        planned.ask(plan.discard_plan, year=2024, reason="年份填错")
    assert (used.value.rule, used.value.params) == ("plan.plan_is_unused", {"activities": 1})
    assert len(items(planned, 2024)) == 78


def test_a_plan_is_begun_from_last_year_s_without_its_progress(planned: GovernanceHarness):
    done = item(planned)
    planned.ask(plan.complete_plan_item, item_id=done["id"], note="已办")
    planned.ask(plan.update_plan_item, item_id=done["id"], title="合唱节")
    with pytest.raises(NotFound) as nothing:
        planned.ask(plan.begin_plan, year=2030, from_year=2029)
    assert nothing.value.rule == "plan.exists"

    begun = planned.ask(plan.begin_plan, year=2024, from_year=2023)
    copied = items(planned, 2024)
    assert (begun["items"], begun["progress"], begun["state"]) == (78, 0, "draft")
    assert [one["key"] for one in copied] == [one["key"] for one in items(planned)]
    choir = next(one for one in copied if one["key"] == CHOIR)
    assert (choir["title"], choir["state"], choir["completed_on"], choir["year"]) == ("合唱节", "open", None, 2024)
    assert choir["id"] != done["id"]
    planned.ask(plan.remove_plan_item, item_id=choir["id"], reason="今年不办")
    assert item(planned)["title"] == "合唱节"
    # What was changed by hand last year stays so when the shipped plan is imported into the new one.
    outcome = planned.ask(plan.import_plan, year=2024, dry_run=True)
    assert outcome["added"] == [CHOIR]


def test_an_item_needs_no_english_name_and_follows_the_chinese_one(governance: GovernanceHarness):
    item = governance.ask(plan.add_plan_item, year=2026, part="I", title="读书", owner="校工会", measure="manual")
    assert (item["title_en"], item["owner_en"]) == ("读书", "校工会")
    renamed = governance.ask(plan.update_plan_item, item_id=item["id"], title="共读")
    assert (renamed["title_en"], renamed["owner_en"]) == ("共读", "校工会")
    named = governance.ask(plan.update_plan_item, item_id=item["id"], title="读书会", title_en="Book club")
    assert (named["title"], named["title_en"]) == ("读书会", "Book club")
    kept = governance.ask(plan.update_plan_item, item_id=item["id"], title="读书沙龙")
    assert kept["title_en"] == "Book club"


@pytest.mark.databases("postgresql", "sqlite")
def test_a_care_campaign_moves_the_item_it_fulfils(planned: GovernanceHarness):
    campaign, care = uuid4(), item(planned, "iv-hardship-care")["id"]
    about = {"campaign_id": campaign, "plan_item_id": care}
    planned.tell("link_opened_campaign", CareCampaignOpened, 1, **about)
    assert (item(planned, "iv-hardship-care")["state"], item(planned, "iv-hardship-care")["scheduled"]) == (
        "scheduled", 1,
    )  # fmt: skip
    for _ in range(2):
        planned.tell("count_ended_campaign", CareCampaignEnded, 2, **about, held=True)
    assert (item(planned, "iv-hardship-care")["state"], item(planned, "iv-hardship-care")["held"]) == ("done", 1)


def test_a_cancelled_care_campaign_leaves_its_item_as_it_was(planned: GovernanceHarness):
    about = {"campaign_id": uuid4(), "plan_item_id": item(planned, "07-summer-coolness")["id"]}
    planned.tell("count_ended_campaign", CareCampaignEnded, 2, **about, held=False)
    planned.tell("link_opened_campaign", CareCampaignOpened, 1, **about)
    assert item(planned, "07-summer-coolness")["state"] == "open"
    planned.tell("link_opened_campaign", CareCampaignOpened, 1, campaign_id=uuid4(), plan_item_id=None)
