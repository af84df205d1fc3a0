"""Options that share quotas, and parties: never a place too many, both or none, and nobody is overtaken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.activities.calendar.tables import Activity
from services.activities.options.rules import SEATS, can_never_fit, short_of
from services.activities.registration.tables import Registration, RegistrationHold
from services.activities.registration.use_cases.room import Room
from services.activities.registration.workflow import LIVE, SEATED
from services.chassis import clock
from services.chassis.errors import Refused
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.options import operations as contract
from services.contracts.activities.registration import decisions, holds
from services.contracts.activities.registration import operations as registration
from tests.component.activities.harness import (
    CHAIR,
    OFFICER,
    OTHER_UNIT,
    ActivitiesHarness,
    chair_of,
    member_account,
)

BUS, DINNER = "大巴", "晚餐"
GROUPS = [{"name": "附加", "least": 0, "most": 3}]


def form(bus: int = 2, dinner: int = 2, **changes: Any) -> dict[str, Any]:
    """Bus alone, dinner alone, and both together; at most two come along."""
    return {
        "most_companions": 2,
        "groups": GROUPS,
        "quotas": [{"number": 1, "name": BUS, "size": bus}, {"number": 2, "name": DINNER, "size": dinner}],
        "options": [
            {"number": 1, "name": "乘大巴", "group": "附加", "quotas": [BUS]},
            {"number": 2, "name": "吃晚餐", "group": "附加", "quotas": [DINNER]},
            {"number": 3, "name": "大巴加晚餐", "group": "附加", "quotas": [BUS, DINNER]},
        ],
        **changes,
    }


def with_form(activities: ActivitiesHarness, capacity: int | None = 10, **changes: Any) -> UUID:
    activity = activities.schedule(capacity=capacity)
    activities.ask(contract.set_options, OFFICER, activity_id=activity, **form(**changes))
    return activity


def choose(activities: ActivitiesHarness, activity: UUID, member: UUID, *options: int, companions: int = 0) -> Any:
    account = member_account(member)
    return activities.ask(
        registration.register, account, activity_id=activity, options=list(options), companions=companions
    )


def quotas(activities: ActivitiesHarness, activity: UUID) -> dict[str, tuple[int, int]]:
    state = activities.ask(contract.get_options, OFFICER, activity_id=activity)
    return {quota["name"]: (quota["taken"], quota["size"]) for quota in state["quotas"]}


def answer(activities: ActivitiesHarness, activity: UUID, member: UUID, *, accept: bool) -> Any:
    return activities.ask(registration.answer_offer, member_account(member), activity_id=activity, accept=accept)


def lapse(activities: ActivitiesHarness, activity: UUID, *members: UUID) -> None:
    """Let the time of these members' offers be over, and what looks for that every minute run."""
    theirs = Registration.activity_id == activity, Registration.state == "offered"
    with activities.database.session() as session:
        over = sa.update(Registration).where(*theirs, Registration.member_id.in_(members))
        session.execute(over.values(offered_until=clock.now() - timedelta(seconds=1)))
    activities.run_timer("lapse_offers")


def expire(activities: ActivitiesHarness, activity: UUID, *members: UUID) -> None:
    """Let the time of these members' holds be over, and what looks for that run."""
    theirs = RegistrationHold.activity_id == activity, RegistrationHold.member_id.in_(members)
    with activities.database.session() as session:
        session.execute(sa.update(RegistrationHold).where(*theirs).values(until=clock.now() - timedelta(seconds=1)))
    activities.run_timer("drop_holds")


def assert_exact(activities: ActivitiesHarness, activity: UUID) -> None:
    """Counters are the sums of what those with a seat take; nothing is exceeded; nobody who waits could have all."""
    with activities.transaction() as tx:
        stands = tx.session.get_one(Activity, activity)
        room = Room(tx, stands)
        sizes = room.sizes()
        taken = {SEATS: stands.seats_taken, **{number: quota.taken for number, quota in room.quotas.items()}}
        ordered = sa.select(Registration).where(Registration.activity_id == activity).order_by(Registration.rank)
        rows = tx.session.scalars(ordered).all()
        needs = {row.id: room.needs_of(row) for row in rows}
        waiting, free, held = stands.waiting, room.free(), room.held()
        states = {row.id: row.state for row in rows}
    counted: Counter[int] = Counter(dict.fromkeys(sizes, 0))
    for one, state in states.items():
        if state in SEATED:
            counted.update(needs[one])
    assert taken == dict(counted)
    assert all(size is None or taken[resource] + held[resource] <= size for resource, size in sizes.items())
    waits = [one for one, state in states.items() if state == "waitlisted"]
    assert waiting == len(waits)
    assert stands.pending == list(states.values()).count("pending")
    claimed: set[int] = set()
    for one in waits:
        short = short_of(needs[one], free, claimed)
        assert short, "nobody waits for what is free"
        if not can_never_fit(needs[one], sizes):
            claimed |= short


def test_an_option_takes_a_place_of_each_of_its_quotas_for_each_of_the_party(activities: ActivitiesHarness):
    activity = with_form(activities, bus=5, dinner=4)
    one, two = activities.members(2)

    answer = choose(activities, activity, one, 3, companions=2)
    choose(activities, activity, two, 1)

    assert (answer["state"], answer["seats_taken"], answer["seats_left"]) == ("confirmed", 3, 7)
    assert quotas(activities, activity) == {BUS: (4, 5), DINNER: (3, 4)}
    listed = activities.ask(registration.list_registrations, activity_id=activity)["items"]
    assert [(one["companions"], one["option_names"]) for one in listed] == [(2, ["大巴加晚餐"]), (0, ["乘大巴"])]


def test_who_waits_for_a_full_quota_does_not_stand_in_the_way_of_those_who_need_none_of_it(
    activities: ActivitiesHarness,
):
    activity = with_form(activities, capacity=10, bus=1)
    first, waits, alone, behind = activities.members(4)
    choose(activities, activity, first, 1)

    assert choose(activities, activity, waits, 1)["state"] == "waitlisted"
    assert choose(activities, activity, alone)["state"] == "confirmed"
    assert choose(activities, activity, behind, 3)["state"] == "waitlisted"
    activities.cancel(activity, first)

    assert activities.states(activity) == {
        first: "cancelled", waits: "confirmed", alone: "confirmed", behind: "waitlisted",
    }  # fmt: skip
    assert_exact(activities, activity)


def test_a_party_waits_as_one_and_is_not_overtaken_by_somebody_alone(activities: ActivitiesHarness):
    activity = with_form(activities, capacity=3)
    one, two, three, party, single = activities.members(5)
    for member in (one, two, three):
        choose(activities, activity, member)
    assert choose(activities, activity, party, companions=1)["state"] == "waitlisted"
    assert choose(activities, activity, single)["state"] == "waitlisted"

    activities.cancel(activity, one)
    assert activities.states(activity)[party] == "waitlisted"
    assert activities.states(activity)[single] == "waitlisted"
    activities.cancel(activity, two)

    assert activities.states(activity)[party] == "confirmed"
    assert activities.states(activity)[single] == "waitlisted"
    assert activities.activity(activity)["seats_taken"] == 3
    assert_exact(activities, activity)


def test_a_party_larger_than_all_places_is_refused_and_one_that_became_so_blocks_nobody(activities: ActivitiesHarness):
    activity = with_form(activities, capacity=2)
    first, party, single = activities.members(3)

    refused = activities.refused(
        registration.register, member_account(party), activity_id=activity, companions=2, options=[]
    )
    assert refused.rule == "options.party_fits"
    choose(activities, activity, first)
    choose(activities, activity, party, companions=1)
    activities.ask(calendar.update_activity, OFFICER, activity_id=activity, capacity=1)
    choose(activities, activity, single)
    activities.cancel(activity, first)

    assert activities.states(activity) == {first: "cancelled", party: "waitlisted", single: "confirmed"}


@pytest.mark.parametrize(
    ("chosen", "rule"),
    [
        ({"companions": 3}, "options.companions_are_within_the_limit"),
        ({"options": [9]}, "options.options_are_offered"),
        ({"options": [1, 1]}, "options.options_are_offered"),
        ({"options": [2]}, "options.groups_are_answered"),
    ],
)
def test_a_choice_that_the_form_does_not_have_is_refused(activities: ActivitiesHarness, chosen: dict, rule: str):
    options = [{**one, "group": "必选" if number == 0 else "附加"} for number, one in enumerate(form()["options"])]
    activity = with_form(activities, groups=[*GROUPS, {"name": "必选", "least": 1, "most": 1}], options=options)
    [member] = activities.members(1)

    assert (
        activities.refused(registration.register, member_account(member), activity_id=activity, **chosen).rule == rule
    )
    assert activities.states(activity) == {}


def test_a_full_quota_without_waiting_list_says_which(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=10, waiting_list=False)
    activities.ask(contract.set_options, OFFICER, activity_id=activity, **form(bus=1))
    first, second = activities.members(2)
    choose(activities, activity, first, 1)

    refused = activities.refused(registration.register, member_account(second), activity_id=activity, options=[3])

    assert (refused.rule, refused.params) == ("registration.places_of_options_left", {"options": BUS})


def test_a_batch_carries_the_choice_of_each_with_its_key(activities: ActivitiesHarness):
    activity = with_form(activities, bus=1)
    one, two, three = activities.members(3)
    keys = [{"actor": "account:1", "key": "k"}, None, None]
    choices = [{"options": [1], "companions": 0}, {"options": [1]}, None]

    def ask(choices: Sequence[Any]) -> Any:
        return activities.ask(
            registration.register_batch, activity_id=activity, member_ids=[one, two, three], keys=keys, choices=choices
        )

    reply, again = ask(choices), ask(choices)
    other = ask([{"options": [2]}, None, None])

    assert [outcome["outcome"] for outcome in reply["outcomes"]] == ["confirmed", "waitlisted", "confirmed"]
    assert again["repeated"][0]["registered"]["state"] == "confirmed"
    assert other["repeated"][0]["problem"]["rule"] is not None
    assert quotas(activities, activity)[BUS] == (1, 1)


def test_a_quota_that_is_lowered_moves_the_last_of_those_who_take_it_back(activities: ActivitiesHarness):
    activity = with_form(activities, bus=3)
    members = activities.members(4)
    for member, option in zip(members, (1, 3, 2, 1), strict=True):
        choose(activities, activity, member, option)

    lower = {"activity_id": activity, **form(bus=1)}
    refused = activities.refused(contract.set_options, OFFICER, **lower)
    assert refused.rule == "options.quotas_cover_those_taken"
    activities.ask(contract.set_options, OFFICER, **lower, move_overflow=True)

    assert list(activities.states(activity).values()) == ["confirmed", "waitlisted", "confirmed", "waitlisted"]
    assert quotas(activities, activity) == {BUS: (1, 1), DINNER: (1, 2)}
    activities.ask(contract.set_options, OFFICER, activity_id=activity, **form(bus=2))
    assert list(activities.states(activity).values()) == ["confirmed", "confirmed", "confirmed", "waitlisted"]
    assert_exact(activities, activity)


def test_an_option_that_somebody_chose_is_closed_and_neither_removed_nor_changed(activities: ActivitiesHarness):
    activity = with_form(activities)
    first, second = activities.members(2)
    choose(activities, activity, first, 1)
    stands = form()["options"]

    def refused(options: list[dict[str, Any]]) -> str:
        return activities.refused(contract.set_options, OFFICER, activity_id=activity, **form(options=options)).rule

    assert refused(stands[1:]) == "options.chosen_options_stay"
    assert refused([{**stands[0], "quotas": []}, *stands[1:]]) == "options.quotas_of_chosen_options_stay"
    closed = form(options=[{**stands[0], "closed": True, "name": "乘车"}])
    activities.ask(contract.set_options, OFFICER, activity_id=activity, **closed)
    again = activities.refused(registration.register, member_account(second), activity_id=activity, options=[1])
    assert again.rule == "options.options_are_offered"
    listed = activities.ask(registration.list_registrations, activity_id=activity)["items"]
    assert listed[0]["option_names"] == ["乘车"]


def test_only_its_organisers_set_the_form_and_they_see_what_changed_meanwhile(activities: ActivitiesHarness):
    activity = activities.schedule(organiser_unit_id=UUID(int=1))
    stranger = chair_of(OTHER_UNIT)

    assert activities.refused(contract.set_options, stranger, activity_id=activity, **form()).rule == "own_unit"
    activities.ask(contract.set_options, CHAIR, activity_id=activity, version=1, **form())
    stale = activities.refused(contract.set_options, CHAIR, activity_id=activity, version=1, **form())

    assert stale.rule == "calendar.version_is_the_one_that_stands"
    [event] = activities.events("event_rescheduled")
    assert event["changed"] == ["options"]


def test_a_form_without_changes_announces_nothing(activities: ActivitiesHarness):
    activity = with_form(activities)

    activities.ask(contract.set_options, OFFICER, activity_id=activity, **form())

    assert len(activities.events("event_rescheduled")) == 1


def test_a_cancelled_activity_and_a_member_who_leaves_give_all_places_back(activities: ActivitiesHarness):
    activity = with_form(activities, capacity=4)
    one, two = activities.members(2)
    choose(activities, activity, one, 3, companions=1)
    choose(activities, activity, two, 1)

    activities.ask(calendar.cancel_activity, OFFICER, activity_id=activity, reason="大风")

    assert quotas(activities, activity) == {BUS: (0, 2), DINNER: (0, 2)}
    assert_exact(activities, activity)


PEOPLE = 6
PERSON = st.integers(0, PEOPLE - 1)
OPTIONS = st.lists(st.integers(1, 3), max_size=3, unique=True)
STEPS = st.one_of(
    st.tuples(st.just("register"), PERSON, OPTIONS, st.integers(0, 2)),
    st.tuples(st.just("register"), PERSON, OPTIONS, st.integers(0, 2)),
    st.tuples(st.just("cancel"), PERSON),
    st.tuples(st.just("resize"), st.integers(1, 8) | st.none()),
    st.tuples(st.just("quotas"), st.integers(0, 5), st.integers(0, 5)),
    st.tuples(st.just("answer"), PERSON, st.booleans()),
    st.tuples(st.just("lapse"), PERSON),
    st.tuples(st.just("approve"), st.lists(PERSON, min_size=1, unique=True)),
    st.tuples(st.just("refuse"), PERSON),
    st.tuples(st.just("priority"), PERSON, st.integers(0, 2)),
    st.tuples(st.just("hand_over"), PERSON, PERSON),
    st.tuples(st.just("hold"), PERSON, OPTIONS, st.integers(0, 2)),
    st.tuples(st.just("release"), PERSON),
    st.tuples(st.just("expire"), PERSON),
)


def decide(activities: ActivitiesHarness, activity: UUID, people: list[UUID], what: str, *how: Any) -> None:
    """What organisers decide, and what members agree between themselves."""
    states = activities.states(activity)
    if what in ("approve", "refuse"):
        chosen = how[0] if what == "approve" else [how[0]]
        ids = [one for member, one in activities.pending(activity).items() if member in {people[i] for i in chosen}]
        if ids and what == "approve":
            activities.ask(decisions.approve_registrations, OFFICER, activity_id=activity, registration_ids=ids)
        elif ids:
            refusal = {"registration_ids": ids, "reason": "名单已定"}
            activities.ask(decisions.refuse_registrations, OFFICER, activity_id=activity, **refusal)
    elif what == "priority" and states.get(people[how[0]]) in ("waitlisted", "pending"):
        first = {"member_id": people[how[0]], "priority": how[1], "reason": "上次未轮到"}
        activities.ask(decisions.set_priority, OFFICER, activity_id=activity, **first)
    elif what == "hold" and states.get(people[how[0]]) not in LIVE:
        wanted = {"activity_id": activity, "options": how[1], "companions": how[2]}
        with suppress(Refused):
            activities.ask(holds.hold_seat, member_account(people[how[0]]), **wanted)
    elif what == "release":
        activities.ask(holds.release_hold, member_account(people[how[0]]), activity_id=activity)
    elif what == "expire":
        expire(activities, activity, people[how[0]])
    elif what == "hand_over" and states.get(people[how[0]]) == "confirmed" and states.get(people[how[1]]) not in LIVE:
        code = activities.ask(decisions.offer_hand_over, member_account(people[how[0]]), activity_id=activity)["code"]
        activities.ask(decisions.take_over, member_account(people[how[1]]), activity_id=activity, code=code)


@pytest.mark.databases("postgresql", "sqlite")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    capacity=st.integers(1, 6) | st.none(),
    hours=st.sampled_from([None, 24]),
    moderated=st.booleans(),
    steps=st.lists(STEPS, min_size=1, max_size=20),
)
def test_whatever_is_done_no_quota_is_exceeded_and_nobody_is_overtaken(
    activities: ActivitiesHarness, capacity: int | None, hours: int | None, moderated: bool, steps: list
):
    ways = {"offer_hours": hours, "moderated": moderated, "hand_over": True, "hold_minutes": 10}
    activity, people = with_form(activities, capacity=capacity, **ways), activities.members(PEOPLE)
    for what, *how in steps:
        decide(activities, activity, people, what, *how)
        if what == "register":
            person, options, companions = how
            one = {"member_ids": [people[person]], "choices": [{"options": options, "companions": companions}]}
            activities.ask(registration.register_batch, activity_id=activity, **one)
        elif what == "cancel" and activities.states(activity).get(people[how[0]]) in LIVE:
            activities.cancel(activity, people[how[0]])
        elif what == "answer" and activities.states(activity).get(people[how[0]]) == "offered":
            answer(activities, activity, people[how[0]], accept=how[1])
        elif what == "lapse":
            lapse(activities, activity, people[how[0]])
        elif what == "resize":
            changed = {"capacity": how[0], "move_overflow": True}
            activities.ask(calendar.update_activity, OFFICER, activity_id=activity, **changed)
        elif what == "quotas":
            changed = form(bus=how[0], dinner=how[1], **ways)
            activities.ask(contract.set_options, OFFICER, activity_id=activity, move_overflow=True, **changed)
        assert_exact(activities, activity)
