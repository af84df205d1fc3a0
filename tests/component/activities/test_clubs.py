"""Clubs: applying, founding, joining, offices, the year with its grant and review, what ends by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from services.activities.clubs.rules import end_of_term
from services.chassis.clock import frozen, today
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.clubs import clubs, members, work
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused, ExpenseReversed
from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.membership.retention import MemberAnonymised
from tests.component.activities.clubbing import apply, club_of, found, membership, with_club_rules
from tests.component.activities.harness import AUDITOR, OFFICER, OTHER_UNIT, UNIT, ActivitiesHarness, at, member_account

BOTH = pytest.mark.databases("postgresql", "sqlite")


def join(union: ActivitiesHarness, club: UUID, member: UUID):
    return union.ask(members.join_club, member_account(member), club_id=club)


def updated(union: ActivitiesHarness, member: UUID, standing: str) -> None:
    told = union.message(
        MemberUpdated, 9, member_id=member, fields_changed=["standing"], unit_id=UNIT, employment="contract",
        standing=standing,
    )  # fmt: skip
    union.receive("on_member_updated", told)


@BOTH
def test_a_club_is_founded_with_who_supported_it_and_the_applicant_presides(activities: ActivitiesHarness):
    union = with_club_rules(activities, least_founders=3, term_months=36)
    first, second, third = union.members(3)
    club = apply(union, first, charter=False)
    decide = {"club_id": club, "found": True, "note": "同意成立"}

    assert union.refused(clubs.decide_club, OFFICER, **decide).rule == "clubs.charter_is_there"
    union.ask(clubs.dissolve_club, OFFICER, club_id=apply_and_found(union, third), reason="人数太少")
    again = apply(union, second, name="合唱协会")
    assert union.refused(clubs.decide_club, OFFICER, **{**decide, "club_id": again}).rule == "clubs.founders_are_enough"
    join(union, again, first)
    join(union, again, third)
    made = union.ask(clubs.decide_club, OFFICER, **{**decide, "club_id": again})

    assert (made["state"], made["members"], made["waiting"]) == ("founded", 3, 0)
    assert made["president_id"] == str(second)
    [office] = union.ask(members.list_club_officers, AUDITOR, club_id=again)["items"]
    assert (office["post"], office["chosen"]) == ("president", "founder")
    assert office["ends_on"] == str(end_of_term(today(), 36))
    types = [one["type"] for one in union.events(subject=f"club/{again}")]
    assert types == ["club_changed"] * 3 + ["club_joined"] * 3 + ["club_founded", "club_changed"]


def apply_and_found(union: ActivitiesHarness, member: UUID) -> UUID:
    others = union.members(2)
    return found(union, member, *others, name="短命协会")


@BOTH
def test_joining_an_open_club_and_asking_a_closed_one(activities: ActivitiesHarness):
    president, first, second = activities.members(3)
    open_club = found(activities, president, joining="open")
    closed = found(activities, president, name="合唱协会")

    assert join(activities, open_club, first)["state"] == "member"
    assert join(activities, closed, first)["state"] == "applied"
    twice = activities.refused(members.join_club, member_account(first), club_id=closed)
    assert twice.rule == "clubs.not_in_it_yet"
    waiting = membership(activities, closed, first)
    decide = {"membership_id": waiting, "take": True}
    stranger = activities.refused(members.decide_club_member, member_account(second), **decide)
    assert stranger.rule == "clubs.president_runs_it"
    taken = activities.ask(members.decide_club_member, member_account(president), **decide)
    assert taken["state"] == "member"
    again = activities.refused(members.decide_club_member, member_account(president), **decide)
    assert again.rule == "workflow.club_membership"
    assert club_of(activities, closed)["members"] == 2
    refused_id = join(activities, closed, second)["id"]
    without = activities.refused(
        members.decide_club_member, member_account(president), membership_id=refused_id, take=False
    )
    assert without.rule == "clubs.reason_is_given"
    activities.ask(
        members.decide_club_member, member_account(president), membership_id=refused_id, take=False, reason="声部已满"
    )
    [left] = activities.events("club_left")
    assert (left["cause"], left["waited"]) == ("refused", True)


@BOTH
def test_who_left_is_counted_nowhere_and_joins_again(activities: ActivitiesHarness):
    """A report on CiviCRM: contacts that were removed still counted in their groups."""
    president, member = activities.members(2)
    club = found(activities, president, joining="open", most_members=2)
    for _ in range(3):
        join(activities, club, member)
        assert club_of(activities, club)["members"] == 2
        activities.ask(members.leave_club, member_account(member), club_id=club)
        assert club_of(activities, club)["members"] == 1

    listed = activities.ask(members.list_club_members, OFFICER, club_id=club)["items"]
    assert [one["member_id"] for one in listed] == [str(president)]
    former = activities.ask(members.list_club_members, OFFICER, club_id=club, state="left")["items"]
    assert len(former) == 3


@BOTH
def test_limits_audience_and_standing_of_who_joins(activities: ActivitiesHarness):
    union = with_club_rules(activities, joined_most=1)
    president, other, retired = union.members(3)
    club = found(union, president, joining="open", units=[str(UNIT)], for_retained=False, most_members=2)
    [stranger] = union.members(1, unit=OTHER_UNIT)

    def rule(member: UUID) -> str | None:
        return union.refused(members.join_club, member_account(member), club_id=club).rule

    assert rule(stranger) == "clubs.member_is_in_audience"
    updated(union, retired, standing="retained")
    assert rule(retired) == "clubs.standing_may_join"
    assert rule(uuid4()) == "clubs.standing_may_join"
    join(union, club, other)
    [late] = union.members(1)
    assert rule(late) == "clubs.club_has_room"
    busy = union.refused(clubs.apply_club, member_account(other), name="围棋协会", kind="other", aim="以棋会友")
    assert busy.rule == "clubs.clubs_are_few"


@BOTH
def test_officers_are_members_and_a_new_president_takes_the_place(activities: ActivitiesHarness):
    president, second, outsider = activities.members(3)
    club = found(activities, president, second)
    office = {"club_id": club, "chosen": "elected", "starts_on": today(), "ends_on": today() + timedelta(days=700)}

    def refused(principal, **changes):
        return activities.refused(members.appoint_club_officer, principal, **{**office, **changes}).rule

    assert refused(OFFICER, member_id=outsider, post="vice") == "clubs.officer_is_a_member"
    own = member_account(president)
    assert refused(own, member_id=second, post="president") == "clubs.president_is_named_by_the_union"
    assert refused(OFFICER, member_id=second, post="vice", ends_on=None) == "clubs.term_has_an_end"
    activities.ask(members.appoint_club_officer, own, **office, member_id=second, post="secretary")
    assert refused(own, member_id=second, post="secretary") == "clubs.office_is_not_held"
    leave = activities.refused(members.leave_club, own, club_id=club)
    assert leave.rule == "clubs.president_stays"
    activities.ask(members.appoint_club_officer, OFFICER, **office, member_id=second, post="president")

    assert club_of(activities, club)["president_id"] == str(second)
    assert activities.ask(members.leave_club, own, club_id=club)["state"] == "left"
    offices = activities.ask(members.list_club_officers, OFFICER, club_id=club)["items"]
    assert (offices[-1]["post"], offices[-1]["end"]) == ("president", "replaced")
    assert {(one["post"], one["end"]) for one in offices[:2]} == {("president", None), ("secretary", None)}


@BOTH
def test_a_president_drafts_an_activity_which_the_union_announces(activities: ActivitiesHarness):
    president, member = activities.members(2)
    club = found(activities, president)
    plan = {"title": "周末双打赛", "kind": "match", "starts_at": at(days=5), "ends_at": at(days=5, hours=2)}

    stranger = activities.refused(work.draft_club_activity, member_account(member), club_id=club, **plan)
    assert stranger.rule == "clubs.president_runs_it"
    made = activities.ask(work.draft_club_activity, member_account(president), club_id=club, **plan)
    seen = activities.ask(work.list_club_activities, member_account(member), club_id=club)["items"]
    assert (made["state"], seen) == ("draft", [])
    activities.ask(calendar.announce_activity, OFFICER, activity_id=made["id"])
    [shown] = activities.ask(work.list_club_activities, member_account(member), club_id=club)["items"]
    assert shown["title"] == "周末双打赛"
    told = activities.ask(work.club_of_activity, member_account(member), activity_id=made["id"])
    assert told["name"] == "羽毛球协会"
    other = found(activities, president, name="合唱协会")
    taken = activities.refused(work.link_club_activity, OFFICER, club_id=other, activity_id=made["id"])
    assert taken.rule == "clubs.activity_is_free"
    activities.ask(work.unlink_club_activity, OFFICER, club_id=club, activity_id=made["id"])
    activities.ask(work.link_club_activity, OFFICER, club_id=other, activity_id=made["id"])


@BOTH
def test_a_grant_is_decided_once_a_year_within_the_rule_and_follows_the_funds(activities: ActivitiesHarness):
    union = with_club_rules(activities, grant_most="3000.00")
    [president] = union.members(1)
    club = found(union, president)
    given = {
        "club_id": club, "year": today().year, "line_code": "activity.culture", "decision": "工会委员会第3次会议",
        "decided_on": today(),
    }  # fmt: skip

    assert union.refused(work.grant_club, OFFICER, **given, amount="3000.01").rule == "clubs.grant_is_within"
    grant = union.ask(work.grant_club, OFFICER, **given, amount="3000.00")
    assert union.refused(work.grant_club, OFFICER, **given, amount="1").rule == "clubs.grant_is_the_first"
    [event] = union.events("club_grant_decided")
    assert (event["amount"], event["claim"]) == ("3000.00", 1)
    answer = {"source_type": "club", "source_id": grant["id"], "claim": 1, "unit_id": None}
    refused = {**answer, "refusal_id": uuid4(), "rule": "funds.line", "reason_code": "no_budget_line"}
    union.receive("note_club_grant_refused", union.message(ExpenseRefused, **refused))
    [seen] = union.ask(work.list_club_grants, AUDITOR)["items"]
    assert (seen["state"], seen["refused_code"]) == ("refused", "no_budget_line")
    union.ask(work.ask_club_grant_again, OFFICER, grant_id=grant["id"])
    union.receive("note_club_grant_refused", union.message(ExpenseRefused, **refused))
    entry = uuid4()
    paid = {**answer, "claim": 2, "entry_id": entry, "number": "2026-000001", "amount": Decimal(3000)}
    posted = {**paid, "line_code": "activity.culture", "posted_on": today()}
    union.receive("note_club_grant_paid", union.message(ExpenseRecorded, **posted))
    [seen] = union.ask(work.list_club_grants, member_account(president), club_id=club)["items"]
    assert (seen["state"], seen["entry_id"]) == ("paid", str(entry))
    reversal = {name: value for name, value in paid.items() if name != "unit_id"}
    reversal |= {"entry_id": uuid4(), "reverses": entry, "line_code": "activity.culture"}
    union.receive("note_club_grant_reversed", union.message(ExpenseReversed, **reversal))
    assert union.ask(work.list_club_grants, OFFICER, state="reversed")["items"][0]["id"] == grant["id"]
    assert union.refused(work.list_club_grants, member_account(union.members(1)[0]), club_id=club).status == 403


@BOTH
def test_a_year_is_reported_with_its_figures_judged_and_suspends_by_rule(activities: ActivitiesHarness):
    union = with_club_rules(activities, least_activities=2, failed_most=1)
    president, member = union.members(2)
    club, own = found(union, president), member_account(president)
    for attended in (12, 30):
        held = union.schedule(starts_at=at(hours=1), ends_at=at(hours=2))
        union.ask(work.link_club_activity, OFFICER, club_id=club, activity_id=held)
        with frozen(at(hours=3)):
            if attended == 12:
                union.ask(calendar.hold_activity, OFFICER, activity_id=held, attended=attended)
    report = {"club_id": club, "year": today().year, "report": "全年组织了每周训练和一次比赛。"}

    assert union.refused(work.hand_in_club_review, member_account(member), **report).rule == "clubs.president_runs_it"
    assert union.refused(work.hand_in_club_review, own, **{**report, "year": 2001}).rule == "clubs.year_can_be_told"
    review = union.ask(work.hand_in_club_review, own, **report)
    assert (review["activities_held"], review["attended"], review["members"]) == (1, 12, 1)
    assert union.refused(work.hand_in_club_review, own, **report).rule == "workflow.club_review"
    judge = {"review_id": review["id"], "note": "请补充经费使用"}
    union.ask(work.decide_club_review, OFFICER, **judge)
    union.ask(work.hand_in_club_review, own, **report)
    good = union.refused(work.decide_club_review, OFFICER, **judge, verdict="passed")
    assert good.rule == "clubs.verdict_fits_activities"
    union.ask(work.decide_club_review, OFFICER, **judge, verdict="failed")

    assert club_of(union, club)["state"] == "suspended"
    assert union.refused(members.join_club, member_account(member), club_id=club).rule == "clubs.club_takes_members"
    [told] = union.events("club_reviewed")
    assert (told["verdict"], told["suspended"], told["activities_held"]) == ("failed", True, 1)
    union.ask(clubs.resume_club, OFFICER, club_id=club, reason="已整改")
    money = {
        "club_id": club, "year": today().year, "amount": "100", "line_code": "activity.culture", "decision": "会议",
        "decided_on": today(),
    }  # fmt: skip
    assert union.refused(work.grant_club, OFFICER, **money).rule == "clubs.last_review_allows_money"


@BOTH
def test_reviews_fall_due_after_new_year_and_terms_are_reminded_of_once(activities: ActivitiesHarness):
    union = with_club_rules(activities, review_days=60, reminder_days=30, term_months=12)
    [president] = union.members(1)
    with frozen(datetime(2026, 5, 1, 4, tzinfo=UTC)):
        club = found(union, president)
        union.run_timer("ask_for_reviews")
    assert not union.ask(work.list_club_reviews, OFFICER)["items"]
    with frozen(datetime(2027, 1, 2, 4, tzinfo=UTC)):
        union.run_timer("ask_for_reviews")
        union.run_timer("ask_for_reviews")
        union.run_timer("remind_of_terms")
    [review] = union.ask(work.list_club_reviews, OFFICER)["items"]
    assert (review["year"], review["state"], review["due_on"]) == (2026, "due", "2027-03-01")
    with frozen(datetime(2027, 4, 10, 4, tzinfo=UTC)):
        union.run_timer("remind_of_terms")
        union.run_timer("remind_of_terms")
    changes = [one for one in union.events("club_changed", subject=f"club/{club}") if one["change"] != "applied"]
    assert [one["change"] for one in changes] == ["founded", "review_due", "term_ending"]
    assert changes[-1]["term_ends_on"] == "2027-04-30"


@BOTH
def test_who_leaves_the_union_is_in_no_club_and_is_forgotten(activities: ActivitiesHarness):
    union = with_club_rules(activities, keep_months=12)
    president, member = union.members(2)
    club = found(union, president, member)

    updated(union, president, standing="withdrawn")
    assert club_of(union, club)["president_id"] is None
    assert club_of(union, club)["members"] == 1
    told = union.example_message(MemberAnonymised, 10, member_id=president)
    union.receive("forget_club_memberships", told)
    listed = union.ask(members.list_club_members, OFFICER, club_id=club, state="left")["items"]
    assert [(one["member_id"], one["cause"]) for one in listed] == [(None, "no_member")]
    assert club_of(union, club)["applicant_id"] is None
    union.ask(clubs.dissolve_club, OFFICER, club_id=club, reason="没有负责人")
    with frozen(at(days=800)):
        union.run_timer("forget_old_memberships")
    assert union.ask(members.my_clubs, member_account(member))["items"] == []
    assert union.refused(clubs.get_club, member_account(member), club_id=club).status == 404


@BOTH
def test_two_clubs_of_one_name_are_not_applied_for(activities: ActivitiesHarness):
    first, second = activities.members(2)
    club = apply(activities, first)
    same = activities.refused(clubs.apply_club, member_account(second), name="羽毛球协会", kind="sports", aim="打球")
    assert same.rule == "clubs.name_is_free"
    assert activities.refused(clubs.withdraw_club, member_account(second), club_id=club).status == 403
    activities.ask(clubs.withdraw_club, member_account(first), club_id=club)
    again = activities.refused(clubs.withdraw_club, member_account(first), club_id=club)
    assert again.rule == "workflow.club"
    apply(activities, second)
    assert membership(activities, club, first)
