"""Audiences by sex, age, posts, honours and joining: asked of membership once a batch, kept, explained, erased."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.activities.facts.tables import MemberFacts
from services.activities.participants.tables import Participant
from services.activities.registration.tables import Registration
from services.chassis import clock
from services.chassis.errors import DeadlineExceeded, InvalidInput, NotAllowed, NotFound, Refused
from services.contracts.activities import facts as contract
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.registration import operations as registration
from services.contracts.membership.facts import facts_of_members
from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.membership.retention import MemberAnonymised
from tests.component.activities.harness import CHAIR, OFFICER, UNIT, ActivitiesHarness, at, member_account

WOMEN = {"units": [], "employments": [], "sex": "female"}
YOUNG = {"units": [], "employments": [], "age_to": 35}


class Membership:
    """Membership as it tells facts: of the members it knows, unless it is away; every question is noted."""

    def __init__(self, activities: ActivitiesHarness) -> None:
        self.facts: dict[UUID, dict[str, Any]] = {}
        self.questions: list[Mapping[str, Any]] = []
        self.away = False
        activities.answers[facts_of_members.id] = self.answer

    def answer(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        self.questions.append(payload)
        if self.away:
            raise DeadlineExceeded("membership did not answer in time.")
        by_id = payload.get("member_ids") is not None
        asked = [UUID(one) for one in payload["member_ids"]] if by_id else sorted(self.facts)
        start = int(payload.get("cursor") or 0)
        page = asked[start : start + payload.get("limit", 1000)]
        known = [one for one in page if one in self.facts]
        items = [{"member_id": str(one), **{name: self.facts[one][name] for name in payload["facts"]}} for one in known]
        more = not by_id and start + len(page) < len(asked)
        return {
            "items": items, "unknown_ids": [str(one) for one in page if one not in self.facts],
            "next_cursor": str(start + len(page)) if more else None,
        }  # fmt: skip


@pytest.fixture
def told(activities: ActivitiesHarness) -> Membership:
    return Membership(activities)


def known(activities: ActivitiesHarness, told: Membership, *facts: dict[str, Any]) -> list[UUID]:
    """Members this service knows, with the facts membership tells of them."""
    members = activities.members(len(facts))
    everyday = {"sex": "female", "age": 40, "posts": [], "honours": [], "joined_on": "2012-09-01",
                "unit_id": str(UNIT), "employment": "contract", "standing": "active"}  # fmt: skip
    told.facts |= {member: {**everyday, **one} for member, one in zip(members, facts, strict=True)}
    return members


def outcomes(reply: Any) -> list[str]:
    return [one["rule"] or one["outcome"] for one in reply["outcomes"]]


@pytest.mark.databases("postgresql", "sqlite")
def test_a_batch_is_decided_by_facts_that_are_asked_for_once(activities: ActivitiesHarness, told: Membership):
    activity = activities.schedule(audience=WOMEN)
    woman, man = known(activities, told, {}, {"sex": "male"})
    stranger = activities.members(1)[0]

    reply = activities.register_batch(activity, [woman, man, stranger])
    again = activities.register_batch(activity, [woman, man])

    assert outcomes(reply) == [
        "confirmed", "registration.activity_is_for_women", "registration.facts_are_known",
    ]  # fmt: skip
    assert outcomes(again) == ["already", "registration.activity_is_for_women"]
    (question,) = told.questions
    assert (question["purpose"], question["facts"], question["about"]) == (
        "activity_audience", ["sex"], f"activity/{activity}",
    )  # fmt: skip
    activities.assert_sound(activity)


def test_an_activity_whose_audience_needs_no_facts_asks_nothing(activities: ActivitiesHarness, told: Membership):
    activity = activities.schedule(audience={"units": [UNIT], "employments": ["contract"]})
    activities.register_batch(activity, activities.members(3))
    since = activities.schedule(audience={"units": [], "employments": [], "joined_since": date(2012, 9, 1)})
    later = activities.schedule(audience={"units": [], "employments": [], "joined_since": date(2012, 9, 2)})
    [member] = activities.members(1)

    assert outcomes(activities.register_batch(since, [member])) == ["confirmed"]
    assert outcomes(activities.register_batch(later, [member])) == ["registration.joined_in_time"]
    assert told.questions == []


@pytest.mark.parametrize(
    ("audience", "facts", "outcome"),
    [
        ({"age_to": 35}, {"age": 35}, "confirmed"),
        ({"age_to": 35}, {"age": 36}, "registration.member_is_young_enough"),
        ({"age_from": 50}, {"age": 50}, "confirmed"),
        ({"age_from": 50, "age_to": 60}, {"age": 49}, "registration.member_is_old_enough"),
        ({"age_to": 35}, {"age": None}, "registration.age_is_known"),
        ({"sex": "male"}, {"sex": "female"}, "registration.activity_is_for_men"),
        ({"posts": ["unit_chair", "unit_deputy"]}, {"posts": ["unit_deputy"]}, "confirmed"),
        ({"posts": ["unit_chair"]}, {"posts": ["group_leader"]}, "registration.post_is_in_audience"),
        ({"honours": ["teaching"]}, {"honours": ["teaching", "home"]}, "confirmed"),
        ({"honours": ["teaching"]}, {}, "registration.honour_is_in_audience"),
    ],
)
def test_each_part_of_an_audience_decides(
    activities: ActivitiesHarness, told: Membership, audience: Any, facts: Any, outcome: str
):
    activity = activities.schedule(audience={"units": [], "employments": [], **audience})
    [member] = known(activities, told, facts)

    assert outcomes(activities.register_batch(activity, [member])) == [outcome]


def test_a_member_reads_every_reason_and_by_which_age(activities: ActivitiesHarness, told: Membership):
    activity = activities.schedule(audience={**WOMEN, "age_to": 35})
    [member] = known(activities, told, {"sex": "male", "age": 41})

    check = activities.ask(registration.check_registration, member_account(member), activity_id=activity)

    rules = {one["rule"]: one["params"] for one in check["register_refusals"]}
    assert set(rules) == {"registration.activity_is_for_women", "registration.member_is_young_enough"}
    assert rules["registration.member_is_young_enough"]["age"] == 41
    day = clock.day_of(at(days=10)).isoformat()
    assert (check["basis"]["age"], check["basis"]["sex"], check["basis"]["day"]) == (41, "male", day)
    refused = activities.refused(registration.register, member_account(member), activity_id=activity)
    assert isinstance(refused, Refused)
    assert len(told.questions) == 1, "who has looked is not asked about again"


def test_who_registers_others_reads_the_part_and_not_the_fact(activities: ActivitiesHarness, told: Membership):
    activity = activities.schedule(audience=YOUNG)
    [member] = known(activities, told, {"age": 41})

    reply = activities.ask(registration.register_members, OFFICER, activity_id=activity, member_ids=[member])

    (outcome,) = reply["outcomes"]
    assert (outcome["rule"], outcome["params"]) == ("registration.member_fits_audience", {"part": "age"})
    assert "41" not in outcome["detail"]


def test_membership_away_refuses_without_deciding_and_nothing_is_lost(activities: ActivitiesHarness, told: Membership):
    activity = activities.schedule(audience=WOMEN, capacity=1)
    first, second = known(activities, told, {}, {})
    activities.ask(registration.check_registration, member_account(first), activity_id=activity)
    told.away = True

    assert outcomes(activities.register_batch(activity, [second, first])) == [
        "registration.facts_are_known", "confirmed",
    ]  # fmt: skip

    told.away = False
    assert outcomes(activities.register_batch(activity, [second])) == ["waitlisted"]
    activities.assert_sound(activity)


def test_facts_are_used_for_a_day_while_membership_is_away_and_emptied_then(
    activities: ActivitiesHarness, told: Membership
):
    activity = activities.schedule(audience=WOMEN)
    first, second = known(activities, told, {}, {})
    activities.ask(registration.check_registrations, activity_id=activity, member_ids=[first, second])
    told.away = True
    for member, hours in ((first, 23), (second, 25)):
        with activities.transaction() as tx:
            aged = sa.update(MemberFacts).where(MemberFacts.member_id == member)
            tx.session.execute(aged.values(asked_at=tx.now - timedelta(hours=hours)))

    assert outcomes(activities.register_batch(activity, [first, second])) == [
        "confirmed", "registration.facts_are_known",
    ]  # fmt: skip
    activities.run_timer("forget_old_facts")
    kept = {row[0]: row[1] for row in activities.stored("SELECT asked_at, facts FROM member_facts")}
    assert sorted(value is None for value in kept.values()) == [False, True]


def test_what_is_kept_is_encrypted_and_dropped_when_the_record_changes(activities: ActivitiesHarness, told: Membership):
    activity = activities.schedule(audience=YOUNG)
    [member] = known(activities, told, {"age": 33})
    activities.register_batch(activity, [member])
    (facts,), (basis,) = (
        activities.stored("SELECT facts FROM member_facts")[0], activities.stored("SELECT basis FROM registration")[0],
    )  # fmt: skip
    assert "33" not in facts[:6]
    assert "age" not in facts
    assert "age" not in basis

    activities.tell(
        MemberUpdated, member_id=member, unit_id=UNIT, employment="contract", standing="active",
        fields_changed=["birth_date"],
    )  # fmt: skip

    assert activities.stored("SELECT facts FROM member_facts") == [(None,)]
    mine = activities.ask(registration.my_registrations, member_account(member))["items"]
    assert mine[0]["basis"]["age"] == 33, "the decision keeps what it was based on"


def test_the_age_is_that_of_the_activitys_day_when_it_is_moved(activities: ActivitiesHarness, told: Membership):
    activity = activities.schedule(audience=YOUNG)
    [member] = known(activities, told, {"age": 35})
    activities.ask(registration.check_registration, member_account(member), activity_id=activity)
    activities.ask(
        calendar.update_activity, OFFICER, activity_id=activity, starts_at=at(days=400), ends_at=at(days=400, hours=1)
    )
    told.facts[member]["age"] = 36

    assert outcomes(activities.register_batch(activity, [member])) == ["registration.member_is_young_enough"]
    assert [question["on"] for question in told.questions] == [
        clock.day_of(at(days=10)).isoformat(), clock.day_of(at(days=400)).isoformat(),
    ]  # fmt: skip


@pytest.mark.databases("postgresql", "sqlite")
def test_a_seat_passes_over_who_is_no_longer_in_the_audience(activities: ActivitiesHarness, told: Membership):
    activity = activities.schedule(capacity=1, audience={"units": [], "employments": [], "posts": ["unit_chair"]})
    chairs = known(activities, told, *[{"posts": ["unit_chair"]}] * 3)
    activities.register_batch(activity, chairs)
    told.facts[chairs[1]]["posts"] = []
    _age_facts(activities, hours=2)

    activities.cancel(activity, chairs[0])

    states = activities.states(activity)
    assert [states[one] for one in chairs] == ["cancelled", "cancelled", "confirmed"]
    assert len(told.questions) == 2, "all who wait are asked about together"
    bases = activities.stored("SELECT count(*) FROM registration WHERE basis IS NOT NULL")
    assert bases == [(3,)]
    activities.assert_sound(activity)


def test_a_waiting_list_stops_while_nothing_can_be_told_and_goes_on_by_itself(
    activities: ActivitiesHarness, told: Membership
):
    activity = activities.schedule(capacity=1, audience=WOMEN)
    women = known(activities, told, {}, {}, {})
    activities.register_batch(activity, women)
    _age_facts(activities, hours=30)
    told.away = True

    activities.cancel(activity, women[0])
    activities.run_timer("fill_seats")
    assert activities.activity(activity)["seats_taken"] == 0
    assert activities.waiting(activity) == women[1:]

    told.away = False
    activities.run_timer("fill_seats")
    assert [activities.states(activity)[one] for one in women[1:]] == ["confirmed", "waitlisted"]
    activities.assert_sound(activity)


def test_who_leaves_the_union_never_blocks_a_waiting_list(activities: ActivitiesHarness, told: Membership):
    activity = activities.schedule(capacity=1, audience=WOMEN)
    women = known(activities, told, {}, {}, {})
    activities.register_batch(activity, women)
    with activities.transaction() as tx:
        left = sa.update(Participant).where(Participant.member_id == women[1])
        tx.session.execute(left.values(standing="withdrawn"))
    del told.facts[women[1]]
    _age_facts(activities, hours=30)

    activities.cancel(activity, women[0])

    assert [activities.states(activity)[one] for one in women[1:]] == ["cancelled", "confirmed"]
    activities.assert_sound(activity)


@pytest.mark.databases("postgresql")
def test_two_thousand_at_once_take_one_question_for_each_batch(activities: ActivitiesHarness, told: Membership):
    activity = activities.schedule(capacity=300, audience={**WOMEN, "age_to": 45})
    facts = [{"sex": "male"} if place % 4 == 0 else {"age": 30 + place % 20} for place in range(2000)]
    members = known(activities, told, *facts)

    replies = [activities.register_batch(activity, members[start : start + 500]) for start in range(0, 2000, 500)]

    wanted = sum(one.get("sex") != "male" and one["age"] <= 45 for one in facts)
    given = [one["outcome"] for reply in replies for one in reply["outcomes"]]
    assert given.count("confirmed") == 300
    assert given.count("waitlisted") == wanted - 300
    assert len(told.questions) == 4
    activities.assert_sound(activity)


def test_a_newcomer_is_invited_to_a_ceremony_of_the_audience_once_membership_has_told(
    activities: ActivitiesHarness, told: Membership
):
    ceremony = activities.schedule(kind="newcomers_ceremony", audience=WOMEN)
    woman, man = uuid4(), uuid4()
    told.facts |= {woman: {"sex": "female"}, man: {"sex": "male"}}
    for member in (woman, man):
        activities.joined(member)
    assert activities.events("member_invited") == []

    for _ in range(2):
        activities.run_timer("invite_by_facts")

    assert [event["member_id"] for event in activities.events("member_invited")] == [str(woman)]
    waiting = activities.ask(registration.my_invitations, member_account(woman))["items"]
    assert [one["activity_id"] for one in waiting] == [str(ceremony)]


def test_an_audience_is_counted_page_by_page_and_small_groups_are_not_told(
    activities: ActivitiesHarness, told: Membership
):
    facts = [{"sex": "male", "employment": "agency"} for _ in range(2)] + [{"age": None}] + [{}] * 7
    known(activities, told, *facts)
    ask = {"audience": {**WOMEN, "age_to": 60}, "on": clock.today()}

    assert activities.ask(contract.count_audience, CHAIR, **ask) == {
        "members": 10, "in_audience": 7, "undecided": None,
    }  # fmt: skip
    men = {**ask, "audience": {"units": [], "employments": ["agency"], "joined_since": date(2012, 1, 1)}}
    assert activities.ask(contract.count_audience, OFFICER, **men)["in_audience"] is None
    activity = activities.schedule(audience=WOMEN)
    assert activities.ask(contract.count_audience, OFFICER, activity_id=activity)["in_audience"] == 8
    assert [question["about"] for question in told.questions] == ["activity/new"] * 2 + [f"activity/{activity}"]
    with pytest.raises(NotAllowed):
        activities.ask(contract.count_audience, CHAIR, activity_id=activity)
    with pytest.raises(InvalidInput):
        activities.ask(contract.count_audience, OFFICER, audience=WOMEN)


def test_an_officer_reads_the_basis_for_a_purpose_and_the_member_sees_it(
    activities: ActivitiesHarness, told: Membership
):
    activity = activities.schedule(audience=YOUNG)
    [member] = known(activities, told, {"age": 30})
    himself = member_account(member)
    activities.register_batch(activity, [member])
    asked = {"activity_id": activity, "member_id": member, "purpose": "核对名单"}

    assert activities.ask(contract.open_decision_basis, OFFICER, **asked)["basis"]["age"] == 30
    with pytest.raises(NotAllowed):
        activities.ask(contract.open_decision_basis, CHAIR, **asked)
    with pytest.raises(NotFound):
        activities.ask(contract.open_decision_basis, OFFICER, **{**asked, "member_id": uuid4()})
    looks = activities.ask(contract.my_basis_looks, himself)["items"]
    assert [look["purpose"] for look in looks] == ["核对名单"]
    (use,) = activities.ask(contract.my_fact_uses, himself)["items"]
    assert (use["activity_id"], use["facts"], use["title"]) == (str(activity), ["age"], "大合唱")


def test_anonymising_erases_what_was_told_and_what_decisions_were_based_on(
    activities: ActivitiesHarness, told: Membership
):
    activity = activities.schedule(audience=YOUNG)
    [member] = known(activities, told, {"age": 30})
    himself = member_account(member)
    activities.register_batch(activity, [member])
    activities.ask(contract.open_decision_basis, OFFICER, activity_id=activity, member_id=member, purpose="核对")

    activities.tell(MemberAnonymised, member_id=member)

    assert activities.stored("SELECT count(*) FROM member_facts") == [(0,)]
    with activities.database.session() as session:
        assert session.scalars(sa.select(Registration.basis)).all() == [None]
    assert activities.ask(contract.my_basis_looks, himself)["items"] == []


@pytest.mark.parametrize(
    ("audience", "field"),
    [
        ({"sex": "other"}, "sex"),
        ({"age_to": 12}, "age_to"),
        ({"age_from": 50, "age_to": 40}, "age_to"),
        ({"posts": ["king"]}, "posts"),
        ({"joined_since": "soon"}, "joined_since"),
    ],
)
def test_an_audience_that_makes_no_sense_is_refused(activities: ActivitiesHarness, audience: Any, field: str):
    refused = activities.refused(
        calendar.schedule_activity, OFFICER, title="大合唱", kind="choir", starts_at=at(days=1), ends_at=at(days=2),
        audience=audience,
    )  # fmt: skip

    assert set(refused.params["errors"]["audience"]) == {field}


@pytest.mark.databases("postgresql", "sqlite")
def test_an_audience_is_stored_announced_and_changed_with_all_its_parts(activities: ActivitiesHarness):
    rule = {
        "units": [], "employments": [], "sex": "female", "age_from": 20, "age_to": 35, "posts": ["unit_chair"],
        "joined_since": "2020-01-01", "honours": ["teaching"],
    }  # fmt: skip
    activity = activities.schedule(audience=rule)
    assert activities.activity(activity)["audience"] == rule
    assert activities.events("event_scheduled")[0]["audience"] == rule

    everybody = {"units": [], "employments": [], "sex": None, "posts": [], "age_to": None}
    activities.ask(calendar.update_activity, OFFICER, activity_id=activity, audience=everybody)

    assert activities.activity(activity)["audience"] == {"units": [], "employments": []}
    assert activities.events("event_rescheduled")[0]["changed"] == ["audience"]


def _age_facts(activities: ActivitiesHarness, *, hours: int) -> None:
    with activities.transaction() as tx:
        tx.session.execute(sa.update(MemberFacts).values(asked_at=tx.now - timedelta(hours=hours)))
