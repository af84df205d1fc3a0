"""Children's classes: registering with consent, waiting, collecting, days, fees, what is erased and when."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from services.chassis.clock import frozen, today
from services.contracts.activities.children_classes import children, classes
from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.membership.retention import MemberAnonymised
from tests.component.activities.harness import AUDITOR, OFFICER, UNIT, ActivitiesHarness, at, member_account
from tests.component.activities.minding import COLLECTS, asking, born, open_class, open_term, register, with_child_rules

BOTH = pytest.mark.databases("postgresql", "sqlite")


@pytest.fixture
def union(activities: ActivitiesHarness) -> ActivitiesHarness:
    return with_child_rules(activities)


def listed(union: ActivitiesHarness, found: UUID, **filters):
    return union.ask(children.list_child_registrations, AUDITOR, class_id=found, limit=100, **filters)["items"]


def refused(union: ActivitiesHarness, member: UUID, found: UUID, **changes) -> str | None:
    return union.refused(children.register_child, member_account(member), **asking(found, **changes)).rule


@BOTH
def test_children_fill_a_class_wait_in_order_and_move_up(union: ActivitiesHarness):
    found = open_class(union)
    members = union.members(4)
    made = [register(union, found, one, f"孩子{place}") for place, one in enumerate(members)]

    assert [(one["state"], one["position"]) for one in made] == [
        ("confirmed", None), ("confirmed", None), ("waiting", 1), ("waiting", 2),
    ]  # fmt: skip
    gone = {"registration_id": made[0]["id"]}
    stranger = union.refused(children.withdraw_child, member_account(members[1]), **gone)
    assert stranger.rule == "children.child_is_ones_own"
    union.ask(children.withdraw_child, member_account(members[0]), **gone)
    again = union.refused(children.withdraw_child, member_account(members[0]), **gone)
    assert again.rule == "workflow.child_registration"
    assert [one["state"] for one in listed(union, found)] == ["confirmed", "confirmed", "waiting"]
    moved = [one for one in union.events("child_confirmed") if one["moved_up"]]
    assert [one["member_id"] for one in moved] == [str(members[2])]
    seen = union.ask(classes.get_children_class, member_account(members[3]), class_id=found)
    assert (seen["confirmed"], seen["waiting"], seen["phase"]) == (2, 1, "open")


@BOTH
def test_what_is_kept_of_a_child_is_encrypted_masked_and_looks_are_told(union: ActivitiesHarness):
    found, (member, other) = open_class(union), union.members(2)
    made = register(union, found, member)

    stored = union.stored("SELECT child, child_key FROM child_registration")
    assert "李小雨" not in str(stored)
    assert "13900002222" not in str(stored)
    assert all("李小雨" not in str(event) and "13900002222" not in str(event) for event in union.events())
    [row] = listed(union, found)
    assert (row["child_name"], row["age"]) == ("李**", made["age"])
    assert "phone" not in row
    ref = {"registration_id": made["id"]}
    opened = union.ask(children.open_child, OFFICER, **ref, purpose="核对接送人")
    assert (opened["child_name"], opened["health_note"], opened["pick_up"]) == ("李小雨", "对花生过敏", COLLECTS)
    assert opened["born_on"] == str(born())
    day = union.ask(children.open_class_day, OFFICER, class_id=found, day=today(), purpose="当天接送")["items"]
    assert [one["child_name"] for one in day] == ["李小雨"]
    looks = union.ask(children.list_child_looks, member_account(member), **ref)["items"]
    assert [one["purpose"] for one in looks] == ["当天接送", "核对接送人"]
    assert union.refused(children.list_child_looks, member_account(other), **ref).status == 403


@BOTH
def test_consent_ages_and_the_term_decide_who_is_registered(union: ActivitiesHarness):
    found, (member,) = open_class(union), union.members(1)

    assert refused(union, member, found, consents=False) == "children.consent_is_given"
    assert refused(union, member, found, born_on=born(12)) == "children.age_fits"
    closed = open_class(union, open_term(union, opens_at=at(days=-20), closes_at=at(days=-1)), name="游泳托班")
    assert refused(union, member, closed) == "children.registration_is_open"
    text = "我是孩子的监护人，同意工会为开办子女托班处理孩子的姓名、出生日期、健康提示和接送人的姓名、电话，用后删除。"
    union.ask(classes.set_guardian_consent, OFFICER, text=text)
    assert refused(union, member, found) == "children.consent_is_current"
    made = register(union, found, member, consent_version=2)
    assert (made["consent_version"], made["consent_text"]) == (2, text)
    assert refused(union, member, found, consent_version=2) == "children.child_is_not_in_it"
    assert refused(union, union.members(1)[0], found, consent_version=2) == "children.child_is_not_in_it"


@BOTH
def test_without_a_rule_of_keeping_nobody_is_registered(activities: ActivitiesHarness):
    found, (member,) = open_class(activities), activities.members(1)
    problem = activities.refused(children.register_child, member_account(member), **asking(found))

    assert problem.rule == "children.keep_months"


@BOTH
def test_a_class_without_places_lets_everybody_wait_and_gives_new_places_in_order(union: ActivitiesHarness):
    """A report on an event system: with no places and a waiting list, people were registered all the same."""
    term = open_term(union)
    found = open_class(union, term, places=0)
    made = [register(union, found, one, f"孩子{place}") for place, one in enumerate(union.members(3))]
    assert {one["state"] for one in made} == {"waiting"}
    known = union.ask(classes.get_children_class, OFFICER, class_id=found)
    changed = {
        name: known[name] for name in ("term_id", "name", "place", "times", "age_from", "age_to", "version")
    } | {"class_id": found}  # fmt: skip

    union.ask(classes.change_children_class, OFFICER, **changed, places=2)

    assert [one["state"] for one in listed(union, found)] == ["confirmed", "confirmed", "waiting"]
    old = union.refused(classes.change_children_class, OFFICER, **changed, places=2)
    assert old.rule == "children.version_is_the_one_that_stands"
    fewer = union.refused(classes.change_children_class, OFFICER, **{**changed, "version": 2}, places=1)
    assert fewer.rule == "children.places_hold_who_is_in"


@BOTH
def test_attendance_of_a_day_is_recorded_corrected_and_taken_back(union: ActivitiesHarness):
    """A report on an attendance system: what was entered for the wrong day could not be taken back."""
    found, (member, other) = open_class(union), union.members(2)
    made, second = register(union, found, member), register(union, found, other, "张小鱼")

    def record(day, **words):
        entries = [{"registration_id": one, "attendance": word} for one, word in words.items()]
        return {"class_id": found, "day": day, "entries": entries}

    day = today()
    union.ask(
        children.record_child_attendance, OFFICER, **record(day, **{made["id"]: "present", second["id"]: "absent"})
    )
    assert {one["days_present"] for one in listed(union, found)} == {0, 1}
    union.ask(children.record_child_attendance, OFFICER, **record(day, **{made["id"]: "none", second["id"]: "present"}))
    shown = union.ask(children.open_class_day, OFFICER, class_id=found, day=day, purpose="当天接送")["items"]
    assert [one["attendance"] for one in shown] == ["none", "present"]

    def rule(request):
        return union.refused(children.record_child_attendance, OFFICER, **request).rule

    words = {made["id"]: "present"}
    assert rule(record(day + timedelta(days=1), **words)) == "children.day_has_come"
    assert rule(record(day - timedelta(days=100), **words)) == "children.day_is_of_the_term"
    elsewhere = open_class(union, name="游泳托班")
    assert rule({**record(day, **words), "class_id": elsewhere}) == "children.child_is_in_the_class"


@BOTH
def test_contact_and_fee_are_kept_with_the_registration(union: ActivitiesHarness):
    found, (member,) = open_class(union, fee="600.00"), union.members(1)
    made = register(union, found, member)
    ref = {"registration_id": made["id"]}
    assert (made["fee"], made["fee_state"]) == ("600.00", "owed")

    other = [{"name": "赵阿姨", "phone": "13700003333", "relation": "carer"}]
    changed = union.ask(
        children.change_child_contact, member_account(member), **ref, phone="13600004444", pick_up=other
    )
    assert (changed["pick_up"], changed["phone"], changed["health_note"]) == (other, "13600004444", None)
    assert changed["child_name"] == "李小雨"
    union.ask(children.record_child_fee, OFFICER, **ref, fee_state="paid", fee_note="收据 0042")
    assert listed(union, found, fee_state="owed") == []
    assert union.ask(children.my_children, member_account(member))["items"][0]["fee_note"] == "收据 0042"
    reason = union.refused(children.withdraw_child, OFFICER, **ref)
    assert reason.rule == "children.reason_is_given"


@BOTH
def test_data_are_erased_on_leaving_and_by_rule_after_the_term(union: ActivitiesHarness):
    found, (member, leaver, waits) = open_class(union), union.members(3)
    stays = register(union, found, member)
    gone = register(union, found, leaver, "张小鱼")
    register(union, found, waits, "王小石")
    union.ask(children.withdraw_child, member_account(leaver), registration_id=gone["id"])
    [withdrawn] = listed(union, found, state="withdrawn")
    assert (withdrawn["child_name"], withdrawn["erased"], withdrawn["age"]) == (None, True, None)

    with frozen(at(days=60)):
        union.run_timer("forget_children")
    kept = union.ask(children.my_children, member_account(member))["items"][0]
    assert kept["child_name"] == "李小雨"
    with frozen(at(days=50 + 32 * 8)):
        union.run_timer("forget_children")
    kept = union.ask(children.my_children, member_account(member))["items"][0]
    assert (kept["id"], kept["child_name"], kept["erased"]) == (stays["id"], None, True)
    assert {row[0] for row in union.stored("SELECT child FROM child_registration")} == {None}


@BOTH
def test_children_of_who_leaves_the_union_leave_those_of_who_dies_stay(union: ActivitiesHarness):
    found = open_class(union)
    dies, leaves, waits = union.members(3)
    for place, one in enumerate((dies, leaves, waits)):
        register(union, found, one, f"孩子{place}")

    def told(member: UUID, standing: str) -> str:
        return union.message(
            MemberUpdated, 9, member_id=member, fields_changed=["standing"], unit_id=UNIT, employment="contract",
            standing=standing,
        )  # fmt: skip

    union.receive("on_member_updated", told(dies, "deceased"), told(leaves, "withdrawn"))
    assert [(one["member_id"], one["state"]) for one in listed(union, found)] == [
        (str(dies), "confirmed"), (str(waits), "confirmed"),
    ]  # fmt: skip
    union.receive("forget_guardian", union.example_message(MemberAnonymised, 10, member_id=dies))
    assert [one["member_id"] for one in listed(union, found)] == [str(waits)]
    former = [one for one in listed(union, found, state="withdrawn") if one["member_id"] is None]
    assert len(former) == 1


@BOTH
def test_who_waits_at_the_end_of_the_term_is_told_and_erased(union: ActivitiesHarness):
    found = open_class(union, places=1)
    first, second = union.members(2)
    register(union, found, first, "孩子一")
    register(union, found, second, "孩子二")

    with frozen(at(days=60)):
        union.run_timer("end_waiting_children")

    [ended] = union.events("child_withdrawn")
    assert (ended["cause"], ended["waited"]) == ("not_reached", True)
    assert [one["erased"] for one in listed(union, found, state="withdrawn")] == [True]


@BOTH
def test_a_child_is_in_few_classes_of_a_term(activities: ActivitiesHarness):
    union = with_child_rules(activities, classes_most=1)
    term, (member,) = open_term(union), union.members(1)
    first, second = open_class(union, term), open_class(union, term, name="游泳托班")
    register(union, first, member)

    assert refused(union, member, second) == "children.classes_are_few"
    register(union, open_class(union, open_term(union, name="冬季班"), name="滑冰托班"), member)
