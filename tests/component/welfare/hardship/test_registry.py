"""The registry of members in hardship: opened, reviewed each year, ended; and what a death does to an application."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from services.chassis import clock
from services.chassis.errors import NoRuleInForce, NotAllowed, PreconditionFailed
from services.chassis.rules.rulebook import PolicyRule
from services.contracts.membership.organisation.unit_changes import UnitMerged
from services.contracts.membership.standing.operations import MemberLeft, MemberReinstated
from services.contracts.welfare.hardship import operations as contract
from tests.component.welfare.hardship.aid import Aid, refused
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import auditor, member_account


def opened(welfare: WelfareHarness, member_id: UUID | None = None, **changes: Any) -> dict[str, Any]:
    values = {
        "member_id": member_id or welfare.joined(), "grade": "relative", "since": "2022-03-01",
        "circumstances": "One income, two pupils.", **changes,
    }  # fmt: skip
    return dict(welfare.ask(contract.open_hardship_record, **values))


@pytest.mark.databases("postgresql", "sqlite")
def test_a_record_is_due_a_year_later_and_its_review_sets_the_next(welfare: WelfareHarness) -> None:
    record = opened(welfare)
    assert (record["review_due"], record["state"], record["overdue"]) == ("2023-03-01", "open", False)
    (due,) = welfare.ask(contract.list_hardship_records, due=True)["items"]
    assert due["id"] == record["id"]
    review = {"record_id": record["id"], "outcome": "regraded", "grade": "deep", "note": "Lost the second income."}
    reviewed = welfare.ask(contract.review_hardship_record, **review)
    assert (reviewed["grade"], reviewed["review_due"], reviewed["reviews"][0]["outcome"]) == (
        "deep", "2024-03-01", "regraded",
    )  # fmt: skip
    assert welfare.ask(contract.list_hardship_records, due=True)["items"] == []


def test_what_is_due_is_announced_once_and_taken_back_with_the_review(welfare: WelfareHarness) -> None:
    record = opened(welfare)
    for _ in range(2):
        welfare.run_timer("watch_hardship_reviews")
    assert [one["open"] for one in welfare.events("hardship_review_due")] == [True]
    welfare.ask(contract.review_hardship_record, record_id=record["id"], outcome="kept", note="No change.")
    assert [one["open"] for one in welfare.events("hardship_review_due")] == [True, False]
    with clock.frozen(datetime(2024, 3, 1, 4, 0, tzinfo=UTC)):
        welfare.run_timer("watch_hardship_reviews")
    assert [one["due_on"] for one in welfare.events("hardship_review_due")][-1] == "2024-03-01"


def test_a_member_has_one_open_record_that_others_keep(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    record = opened(welfare, member_id)
    assert refused(opened, welfare, member_id) == "hardship.member_is_not_on_record"
    assert refused(opened, welfare, since="2023-03-02") == "hardship.since_has_come"
    ended = welfare.ask(
        contract.review_hardship_record, record_id=record["id"], outcome="ended", note="Earns well again.",
        version=record["version"],
    )  # fmt: skip
    assert (ended["state"], ended["ended_on"]) == ("closed", "2023-03-01")
    with pytest.raises(PreconditionFailed):
        welfare.ask(
            contract.review_hardship_record, record_id=record["id"], outcome="kept", note="again",
            version=record["version"],
        )  # fmt: skip
    again = {"record_id": record["id"], "outcome": "kept", "note": "again"}
    assert refused(welfare.ask, contract.review_hardship_record, **again) == "hardship.record_is_open"
    assert opened(welfare, member_id)["state"] == "open"


def test_a_grade_is_named_when_and_only_when_it_changes(welfare: WelfareHarness) -> None:
    record = opened(welfare)
    for outcome, grade in (("regraded", None), ("regraded", "relative"), ("kept", "deep")):
        review = {"record_id": record["id"], "outcome": outcome, "grade": grade, "note": "looked at"}
        assert refused(welfare.ask, contract.review_hardship_record, **review) == "hardship.grade_fits_outcome"


def test_what_is_written_is_for_officers_with_a_purpose_and_for_the_member(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    record = opened(welfare, member_id)
    assert "circumstances" not in record
    for table in ("hardship_record", "change_history", "outbox"):
        assert "two pupils" not in str(welfare.stored(f"SELECT * FROM {table}"))
    asked = {"record_id": record["id"], "purpose": "the yearly review"}
    assert welfare.ask(contract.unmask_hardship_record, **asked)["value"] == "One income, two pupils."
    with pytest.raises(NotAllowed):
        welfare.ask(contract.unmask_hardship_record, auditor(), **asked)
    with pytest.raises(NotAllowed):
        welfare.ask(contract.list_hardship_records, welfare.chair)
    (mine,) = welfare.ask(contract.my_hardship_records, member_account(member_id))["items"]
    assert mine["circumstances"] == "One income, two pupils."


def test_without_rules_the_missing_one_is_named(welfare_without_rules: WelfareHarness) -> None:
    with pytest.raises(NoRuleInForce) as told:
        opened(welfare_without_rules)
    assert told.value.rule == "aid.review_months"


def died(welfare: WelfareHarness, member_id: UUID, sequence: int = 10) -> None:
    left = {"member_id": member_id, "unit_id": welfare.unit, "standing": "deceased", "on": date(2023, 3, 1)}
    welfare.receive("on_member_left", welfare.example_message(MemberLeft, sequence, **left))


def rule_says(welfare: WelfareHarness, value: str | None) -> None:
    """Let the rule about a death say something else, or be absent."""
    with welfare.transaction() as tx:
        (rule,) = tx.session.query(PolicyRule).filter(PolicyRule.key == "aid.after_death").all()
        if value is None:
            tx.session.delete(rule)
        else:
            rule.value = value


def test_after_a_death_the_family_gets_what_the_rule_lets_them(aid: Aid) -> None:
    aid.under_review()
    died(aid.welfare, aid.member_id)
    assert (aid.look()["state"], aid.look()["for_family"]) == ("under_review", True)
    decided = aid.decide()
    assert decided["state"] == "granted"


def test_after_a_death_an_application_ends_where_the_rule_says_so(aid: Aid) -> None:
    rule_says(aid.welfare, "ends")
    aid.under_review()
    died(aid.welfare, aid.member_id)
    assert (aid.look()["state"], aid.look()["end_cause"]) == ("withdrawn", "member_died")
    back = {"member_id": aid.member_id, "unit_id": aid.welfare.unit}
    aid.welfare.receive("on_member_reinstated", aid.welfare.example_message(MemberReinstated, 11, **back))
    assert (aid.look()["state"], aid.look()["end_cause"]) == ("submitted", None)
    assert len(aid.mine()["evidence"]) == 1


def test_without_a_rule_the_decision_after_a_death_asks_for_it(aid: Aid) -> None:
    rule_says(aid.welfare, None)
    aid.under_review()
    died(aid.welfare, aid.member_id)
    assert aid.look()["state"] == "under_review"
    with pytest.raises(NoRuleInForce) as told:
        aid.decide()
    assert told.value.rule == "aid.after_death"


def test_what_was_granted_before_a_death_stays_payable(aid: Aid) -> None:
    aid.under_review()
    aid.decide()
    died(aid.welfare, aid.member_id)
    aid.paid(claim=1)
    assert aid.look()["state"] == "paid"


def test_who_leaves_takes_no_application_and_no_record_along(aid: Aid) -> None:
    opened(aid.welfare, aid.member_id)
    aid.submitted()
    left = {"member_id": aid.member_id, "unit_id": aid.welfare.unit, "standing": "withdrawn", "on": date(2023, 3, 1)}
    aid.welfare.receive("on_member_left", aid.welfare.example_message(MemberLeft, 10, **left))
    assert (aid.look()["state"], aid.look()["end_cause"]) == ("withdrawn", "member_left")
    assert aid.welfare.stored("SELECT id FROM stored_file") == []
    (record,) = aid.welfare.ask(contract.list_hardship_records)["items"]
    assert record["state"] == "closed"


def test_a_merged_units_applications_go_to_its_successor(aid: Aid) -> None:
    aid.submitted()
    merged = {"unit_id": aid.welfare.unit, "into_unit_id": aid.welfare.other_unit}
    aid.welfare.receive("hand_over_aid_of_merged_unit", aid.welfare.example_message(UnitMerged, **merged))
    assert aid.look()["unit_id"] == str(aid.welfare.other_unit)
