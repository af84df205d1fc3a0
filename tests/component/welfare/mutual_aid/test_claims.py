"""Claims: filed within the deadline, once for an event, forwarded sealed, sent on, paid or refused; few see inside."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.chassis.errors import InvalidInput, NotAllowed, NotFound
from services.contracts.membership.organisation.unit_changes import UnitMerged
from services.contracts.membership.retention import MemberAnonymised
from services.contracts.membership.retirement import MemberRetired, RetirementUndone
from services.contracts.membership.standing.operations import MemberLeft, MemberReinstated
from services.contracts.welfare import decisions
from services.contracts.welfare.mutual_aid import operations as contract
from services.contracts.welfare.statement import my_statement
from tests.component.welfare.harness import WelfareHarness
from tests.component.welfare.mutual_aid.plans import IN_HOSPITAL, Plan, on
from tests.support.at_once import at_once
from tests.support.principals import auditor, chair_of, member_account, officer

LATER = date(2026, 7, 20)
DUE = date(2026, 8, 30)
"""Sixty days after the event."""


def rule_of(plan: Plan, *arguments: Any, **request: Any) -> str | None:
    return plan.welfare.refused(*arguments, **request).rule


def filed(plan: Plan) -> tuple[Any, dict[str, Any]]:
    member = plan.covered()
    with on(LATER):
        return member, plan.submit(member)


def forwarded(plan: Plan) -> tuple[Any, dict[str, Any]]:
    member, claim = filed(plan)
    with on(LATER):
        plan.attach(claim["id"], member)
        plan.welfare.ask(contract.forward_mutual_aid_claim, plan.welfare.chair, claim_id=claim["id"])
    return member, claim


def test_a_claim_goes_its_way_to_the_payment(plan: Plan) -> None:
    member, claim = forwarded(plan)
    ask, told = plan.welfare.ask, {"claim_id": claim["id"]}
    with on(LATER):
        ask(contract.send_on_mutual_aid_claim, **told)
        paid = ask(contract.record_claim_paid, **told, paid="2400.00", paid_on=LATER)

    assert (claim["state"], claim["due_on"], claim["asked"]) == ("submitted", "2026-08-30", "3000.00")
    assert (paid["state"], paid["paid"]) == ("paid", "2400.00")
    (mine,) = ask(contract.my_mutual_aid_claims, member)["items"]
    assert (mine["paid"], mine["details"], len(mine["documents"])) == ("2400.00", "阑尾炎住院", 1)
    states = [event["state"] for event in plan.welfare.events("mutual_aid_claim_changed")]
    assert states == ["submitted", "forwarded", "sent_on", "paid"]


def test_the_chair_sees_state_and_deadline_and_nothing_of_what_happened(plan: Plan) -> None:
    member, claim = forwarded(plan)
    chair, told = plan.welfare.chair, {"claim_id": claim["id"]}

    (listed,) = plan.claims(chair)
    detail = plan.welfare.ask(contract.get_mutual_aid_claim, chair, **told)

    for shown in (listed, detail):
        assert (shown["member_id"], shown["due_on"]) == (str(member.member_id), "2026-08-30")
        hidden = ("plan_id", "plan_name", "event_on", "asked", "paid", "paid_on", "decision_id", "details", "reason")
        assert [shown[name] for name in hidden if shown.get(name) is not None] == []
    assert detail["sealed"]
    assert "documents" not in detail
    (inside,) = plan.welfare.ask(contract.get_mutual_aid_claim, **told)["documents"]
    document = {**told, "document_id": inside["id"], "purpose": "报送"}
    by_chair = plan.welfare.refused(contract.open_claim_document, chair, **document)
    assert isinstance(by_chair, NotAllowed)
    assert by_chair.rule == "mutual_aid.claim_is_sealed"
    audited = plan.welfare.ask(contract.get_mutual_aid_claim, auditor(), **told)
    assert audited["asked"] == "3000.00"
    assert audited["sealed"]
    assert "details" not in audited
    refused = plan.welfare.refused(contract.get_mutual_aid_claim, chair_of(uuid4()), **told)
    assert isinstance(refused, NotAllowed)
    stranger = plan.welfare.refused(contract.get_mutual_aid_claim, member_account(plan.welfare.joined()), **told)
    assert isinstance(stranger, NotAllowed)
    decided = plan.welfare.ask(contract.get_mutual_aid_claim, member, **told)["decision_id"]
    of_chair = plan.welfare.refused(decisions.get_decision, chair, decision_id=decided)
    assert of_chair.rule == "decisions.sensitive_is_for_few"


def test_nothing_stored_or_announced_tells_what_happened(plan: Plan) -> None:
    forwarded(plan)
    for table in ("mutual_aid_claim", "stored_file", "change_history", "decision", "executed_command"):
        assert "阑尾炎" not in str(plan.welfare.stored(f"SELECT * FROM {table}")), table
    told = plan.welfare.events("mutual_aid_claim_changed")
    assert set(told[0]) == {"type", "claim_id", "member_id", "unit_id", "state", "due_on"}


def test_looks_at_documents_are_logged_and_the_member_sees_them(plan: Plan) -> None:
    member, claim = forwarded(plan)
    document_id = plan.welfare.ask(contract.get_mutual_aid_claim, claim_id=claim["id"])["documents"][0]["id"]
    ref = {"claim_id": claim["id"], "document_id": document_id}
    assert isinstance(plan.welfare.refused(contract.open_claim_document, **ref), InvalidInput)
    opened = plan.welfare.ask(contract.open_claim_document, **ref, purpose="核对后报送")
    plan.welfare.ask(contract.open_claim_document, member, **ref)

    assert opened["name"] == "medical.jpg"
    looks = plan.welfare.ask(contract.list_claim_accesses, member, claim_id=claim["id"])["items"]
    assert [look["purpose"] for look in looks] == ["查看本人的申领材料", "核对后报送"]
    assert looks[1]["account_id"] == str(plan.welfare.officer.account_id)
    refused = plan.welfare.refused(
        contract.list_claim_accesses, member_account(plan.welfare.joined()), claim_id=claim["id"]
    )
    assert isinstance(refused, NotAllowed)
    _, other = filed(Plan(plan.welfare))
    foreign = {**ref, "claim_id": other["id"], "purpose": "核对"}
    assert isinstance(plan.welfare.refused(contract.open_claim_document, **foreign), NotFound)


def test_an_event_is_claimed_once_also_when_sent_at_once(plan: Plan) -> None:
    member = plan.covered()

    def outcome(_: int) -> str | None:
        told = plan.welfare.answer(
            contract.submit_mutual_aid_claim, member, plan_id=plan.id, event_on=IN_HOSPITAL
        )  # fmt: skip
        return told.get("problem", {}).get("rule")

    with on(LATER):
        found = at_once(4, outcome)
        second = plan.welfare.refused(
            contract.submit_mutual_aid_claim, member, plan_id=plan.id, event_on=IN_HOSPITAL
        )  # fmt: skip
        plan.submit(member, IN_HOSPITAL + timedelta(days=1))

    assert sorted(found, key=str) == [None, *["mutual_aid.event_is_claimed_once"] * 3]
    first = plan.claims()[0]
    assert (second.params["claim_id"], second.params["submitted_on"]) == (first["id"], "2026-07-20")


def test_a_withdrawn_claim_is_erased_inside_and_can_be_filed_again(plan: Plan) -> None:
    member, claim = forwarded(plan)
    other = member_account(plan.welfare.joined())
    told = {"claim_id": claim["id"]}
    assert rule_of(plan, contract.withdraw_mutual_aid_claim, other, **told) == "mutual_aid.claim_is_ones_own"

    withdrawn = plan.welfare.ask(contract.withdraw_mutual_aid_claim, member, **told)

    assert withdrawn["state"] == "withdrawn"
    assert plan.welfare.stored("SELECT id FROM stored_file") == []
    assert plan.welfare.ask(contract.get_mutual_aid_claim, member, **told)["details"] is None
    with on(LATER):
        assert plan.submit(member)["state"] == "submitted"


def test_what_is_not_covered_or_too_late_is_refused_by_a_recorded_decision(plan: Plan) -> None:
    member = plan.covered()

    def refused(today: date, event_on: date) -> str | None:
        ask = {"plan_id": plan.id, "event_on": event_on}
        with on(today):
            return rule_of(plan, contract.submit_mutual_aid_claim, member, **ask)

    assert refused(LATER, date(2026, 5, 31)) == "mutual_aid.event_is_covered"
    assert refused(DUE + timedelta(days=1), IN_HOSPITAL) == "mutual_aid.claim_is_in_time"
    assert refused(LATER, LATER + timedelta(days=1)) == "mutual_aid.event_has_happened"
    reasons = plan.welfare.stored("SELECT reason FROM decision WHERE kind = 'mutual_aid.claim' ORDER BY id")
    assert [reason for (reason,) in reasons] == ["mutual_aid.event_is_covered", "mutual_aid.claim_is_in_time"]
    with on(DUE):
        assert plan.submit(member)["due_on"] == DUE.isoformat()


def test_an_officer_files_for_a_family_and_a_member_only_for_oneself(plan: Plan) -> None:
    member = plan.covered()
    ask = {"plan_id": plan.id, "event_on": IN_HOSPITAL, "member_id": member.member_id}
    with on(LATER):
        stranger = member_account(plan.welfare.joined())
        assert rule_of(plan, contract.submit_mutual_aid_claim, stranger, **ask) == "mutual_aid.claim_is_ones_own"
        claim = plan.welfare.ask(contract.submit_mutual_aid_claim, **ask)
    assert claim["member_id"] == str(member.member_id)


def test_a_claim_needs_documents_and_other_hands_than_the_claimants(plan: Plan) -> None:
    _, claim = filed(plan)
    told = {"claim_id": claim["id"]}
    assert (
        rule_of(plan, contract.forward_mutual_aid_claim, plan.welfare.chair, **told) == "mutual_aid.documents_are_there"
    )
    member_id = plan.member()
    plan.enrol(member_id)
    leader = chair_of(plan.welfare.unit, member_id=member_id)
    with on(LATER):
        own = plan.submit(leader)
    plan.attach(own["id"], leader)
    refused = rule_of(plan, contract.forward_mutual_aid_claim, leader, claim_id=own["id"])
    assert refused == "mutual_aid.others_handle_ones_claim"
    assert plan.welfare.ask(contract.forward_mutual_aid_claim, claim_id=own["id"])["state"] == "forwarded"


def test_a_claim_sent_on_is_paid_within_the_sum_or_refused(plan: Plan) -> None:
    member, claim = forwarded(plan)
    told = {"claim_id": claim["id"]}
    assert rule_of(plan, contract.record_claim_refused, **told, reason="材料不全") == "workflow.mutual_aid_claim"
    plan.welfare.ask(contract.send_on_mutual_aid_claim, **told)
    for changes, rule in (
        ({"paid": "20000.01", "paid_on": LATER}, "mutual_aid.paid_is_within_sum"),
        ({"paid": "1.00", "paid_on": IN_HOSPITAL - timedelta(days=1)}, "mutual_aid.paid_after_the_event"),
    ):
        with on(LATER):
            assert rule_of(plan, contract.record_claim_paid, **told, **changes) == rule
    document = {"kind": "other", "name": "a.jpg", "media_type": "image/jpeg", "content": b"\xff\xd8\xff"}
    sent_on = rule_of(plan, contract.attach_claim_document, member, **told, **document)
    assert sent_on == "mutual_aid.claim_is_not_sent_on"
    assert rule_of(plan, contract.withdraw_mutual_aid_claim, member, **told) == "workflow.mutual_aid_claim"

    plan.welfare.ask(contract.record_claim_refused, **told, reason="不属于保障范围")
    assert plan.welfare.ask(contract.get_mutual_aid_claim, member, **told)["reason"] == "不属于保障范围"


def test_a_document_is_kept_once_and_removed_until_the_claim_is_sent_on(plan: Plan) -> None:
    member, claim = filed(plan)
    plan.attach(claim["id"], member)
    twice = plan.attach(claim["id"], member)
    more = plan.attach(claim["id"], member, kind="receipt", side=300)
    assert ([len(one["documents"]) for one in (twice, more)]) == [1, 2]
    ref = {"claim_id": claim["id"], "document_id": more["documents"][1]["id"]}
    left = plan.welfare.ask(contract.remove_claim_document, member, **ref)
    assert [one["kind"] for one in left["documents"]] == ["medical"]


def test_deadlines_are_told_before_and_after_once_each(plan: Plan) -> None:
    _, claim = filed(plan)
    welfare = plan.welfare

    def watch(day: date) -> list[bool]:
        with on(day):
            welfare.run_timer("watch_claim_deadlines")
            welfare.run_timer("watch_claim_deadlines")
        return [event["overdue"] for event in welfare.events("mutual_aid_claim_due")]

    assert watch(DUE - timedelta(days=16)) == []
    assert watch(DUE - timedelta(days=15)) == [False]
    assert watch(DUE) == [False]
    assert watch(DUE + timedelta(days=1)) == [False, True]
    with on(DUE + timedelta(days=1)):
        assert [one["id"] for one in plan.claims(late=True)] == [claim["id"]]
        assert plan.claims(late=False) == []


def test_claims_are_listed_by_deadline_unit_and_state(plan: Plan) -> None:
    member, first = filed(plan)
    with on(LATER):
        second = plan.submit(member, IN_HOSPITAL + timedelta(days=3))

    def ids(**filters: Any) -> list[str]:
        return [one["id"] for one in plan.claims(**filters)]

    assert ids() == [first["id"], second["id"]]
    assert ids(sort="-due_on") == [second["id"], first["id"]]
    assert set(ids(sort="-submitted_at", unit_id=plan.welfare.unit)) == {first["id"], second["id"]}
    assert ids(state="sent_on") == []


def test_covers_end_as_the_plan_says_and_earlier_events_still_count(plan: Plan) -> None:
    member = plan.covered()
    welfare = plan.welfare
    died = welfare.example_message(MemberLeft, member_id=member.member_id, standing="deceased", on=LATER)
    with on(LATER):
        welfare.receive("on_member_left", died)
    (cover,) = plan.covers()
    assert (cover["state"], cover["ends_on"], cover["end_reason"]) == ("ended", LATER.isoformat(), "deceased")

    ask = {"plan_id": plan.id, "member_id": member.member_id}
    with on(LATER + timedelta(days=2)):
        after = {**ask, "event_on": LATER + timedelta(days=1)}
        assert rule_of(plan, contract.submit_mutual_aid_claim, **after) == "mutual_aid.event_is_covered"
        assert welfare.ask(contract.submit_mutual_aid_claim, **ask, event_on=IN_HOSPITAL)["state"] == "submitted"
    welfare.receive("on_member_reinstated", welfare.example_message(MemberReinstated, member_id=member.member_id))
    (cover,) = plan.covers()
    assert (cover["state"], cover["ends_on"], cover["end_reason"]) == ("covered", "2027-05-31", None)


@pytest.mark.parametrize(("ends", "state"), [(True, "ended"), (False, "covered")])
def test_retirement_ends_a_cover_where_the_plan_says_so(
    welfare_without_rules: WelfareHarness, ends: bool, state: str
) -> None:
    plan = Plan(welfare_without_rules, ends_with_retirement=ends)
    member = plan.covered()
    retired = plan.welfare.example_message(MemberRetired, member_id=member.member_id, retired_on=LATER)
    plan.welfare.receive("end_covers_on_retirement", retired)
    assert plan.covers()[0]["state"] == state
    undone = plan.welfare.example_message(RetirementUndone, member_id=member.member_id)
    plan.welfare.receive("restore_covers_after_retirement", undone)
    assert [(one["state"], one["ends_on"]) for one in plan.covers()] == [("covered", "2027-05-31")]


def test_open_claims_go_to_the_unit_that_a_closed_one_was_merged_into(plan: Plan) -> None:
    _, claim = filed(plan)
    merged = {"unit_id": plan.welfare.unit, "into_unit_id": plan.welfare.other_unit}
    plan.welfare.receive("move_claims_of_merged_unit", plan.welfare.example_message(UnitMerged, **merged))
    assert [one["id"] for one in plan.claims(chair_of(plan.welfare.other_unit))] == [claim["id"]]


def test_of_an_anonymised_member_states_and_sums_stay(plan: Plan) -> None:
    member, claim = forwarded(plan)
    gone = plan.welfare.example_message(MemberAnonymised, member_id=member.member_id)
    plan.welfare.receive("on_member_anonymised", gone)

    kept = plan.welfare.ask(contract.get_mutual_aid_claim, claim_id=claim["id"])
    assert (kept["state"], kept["details"], kept["documents"]) == ("forwarded", None, [])
    assert plan.welfare.stored("SELECT id FROM stored_file") == []


def test_few_claims_are_not_told_in_figures(plan: Plan) -> None:
    member = plan.covered()
    for day in range(5):
        if day == 4:
            before = plan.welfare.ask(contract.coverage_figures, period_id=plan.period)["years"]
        with on(LATER):
            claim = plan.submit(member, IN_HOSPITAL + timedelta(days=day))
            plan.attach(claim["id"], member)
            for step in (contract.forward_mutual_aid_claim, contract.send_on_mutual_aid_claim):
                plan.welfare.ask(step, officer(), claim_id=claim["id"])
            plan.welfare.ask(contract.record_claim_paid, claim_id=claim["id"], paid="100.00", paid_on=LATER)

    assert before == [{"year": 2026}]
    figures = plan.welfare.ask(contract.coverage_figures, period_id=plan.period)
    assert figures["years"] == [{"year": 2026, "claims": 5, "paid_claims": 5, "paid_sum": "500.00"}]


def test_a_statement_tells_covers_and_claims_as_of_any_day(plan: Plan) -> None:
    member, claim = forwarded(plan)
    with on(LATER):
        refused = {"plan_id": plan.id, "event_on": date(2026, 5, 1)}
        plan.welfare.refused(contract.submit_mutual_aid_claim, member, **refused)
    with on(LATER + timedelta(days=10)):
        plan.welfare.ask(contract.send_on_mutual_aid_claim, claim_id=claim["id"])
        paid = {"paid": "2400.00", "paid_on": LATER + timedelta(days=10)}
        plan.welfare.ask(contract.record_claim_paid, claim_id=claim["id"], **paid)

    def told(day: date) -> list[tuple[str, str]]:
        with on(LATER + timedelta(days=20)):
            lines = plan.welfare.ask(my_statement, member, as_of=day)["lines"]
        return sorted((one["state"], one.get("amount") or "") for one in lines if one["kind"] == "mutual_aid")

    assert told(date(2026, 5, 3)) == []
    assert told(date(2026, 5, 4)) == [("given", "")]
    assert told(LATER) == [("given", ""), ("pending", "3000.00"), ("refused", "")]
    assert told(LATER + timedelta(days=10)) == [("given", ""), ("given", "2400.00"), ("refused", "")]
