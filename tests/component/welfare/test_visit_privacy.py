"""Who sees what of a visit: never why, but for a purpose that is logged; and nobody another unit's."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from services.chassis.errors import InvalidInput, NoRuleInForce, NotAllowed, NotFound, NotSignedIn, Refused
from services.chassis.security.principal import ANONYMOUS
from services.contracts.governance.funds.events import ExpenseRefused
from services.contracts.welfare.visits import operations as visits
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import auditor, chair_of, member_account

SECRETS = ("hospitalisation", "appendix", "住院", "surgeon", "benefit.hospital")
EVIDENCE = [
    {"kind": "note", "text": "The surgeon was friendly."},
    {"kind": "signature", "text": "Sheet 12."},
]


@pytest.fixture
def visit_id(welfare: WelfareHarness) -> str:
    """A visit to somebody in hospital, reported by an officer."""
    return welfare.report(
        welfare.joined(), "hospitalisation", welfare.officer, note="An appendix; ward 5."
    )["visit_id"]  # fmt: skip


def test_the_chair_sees_a_visit_is_due_and_not_why(welfare: WelfareHarness, visit_id: str) -> None:
    shown = [
        welfare.ask(visits.list_visits, welfare.chair),
        welfare.ask(visits.get_visit, welfare.chair, visit_id=visit_id),
        welfare.ask(visits.list_life_events, welfare.chair),
    ]
    (row,) = shown[0]["items"]
    assert (row["due_at"], row["state"]) == ("2023-03-03T04:00:00+00:00", "required")
    assert not [secret for secret in SECRETS if secret in str(shown)]
    (event,) = shown[2]["items"]
    assert (event["occasion"], event["happened_on"], event["masked"], event["has_note"]) == (None, None, True, True)


def test_nor_does_the_chair_who_reports_get_it_read_back(welfare: WelfareHarness) -> None:
    reported = welfare.report(welfare.joined(), "hospitalisation", note="An appendix.")
    assert not [secret for secret in SECRETS if secret in str(reported)]


def test_lists_show_officers_and_auditors_no_more(welfare: WelfareHarness, visit_id: str) -> None:
    for principal in (welfare.officer, auditor()):
        shown = [welfare.ask(operation, principal) for operation in (visits.list_visits, visits.list_life_events)]
        assert not [secret for secret in SECRETS if secret in str(shown)]


def test_what_may_be_given_is_for_who_goes_without_its_rules_key(welfare: WelfareHarness, visit_id: str) -> None:
    visitor = welfare.joined()
    assert welfare.ask(visits.get_visit, welfare.chair, visit_id=visit_id)["benefit"] is None
    welfare.ask(visits.assign_visit, welfare.chair, visit_id=visit_id, assignee_id=visitor)
    benefit = welfare.ask(visits.get_visit, member_account(visitor), visit_id=visit_id)["benefit"]
    assert (benefit["cap"], benefit["forms"]) == ("300.00", ["cash", "goods"])
    assert {rule["key"] for rule in benefit["rules"]} == {"benefit"}
    assert not [secret for secret in SECRETS if secret in str(benefit["rules"])]
    keys = [rule["key"] for rule in welfare.ask(visits.get_visit, visit_id=visit_id)["benefit"]["rules"]]
    assert keys == ["benefit.hospitalisation.cap", "benefit.hospitalisation.forms"]


@pytest.mark.parametrize(
    ("occasion", "told"),
    [("hospitalisation", "住院慰问"), ("wedding", "新婚"), ("grave_illness", "住院慰问"), ("hardship", None)],
)
def test_who_is_sent_reads_as_much_of_the_occasion_as_its_type_lets(
    welfare: WelfareHarness, occasion: str, told: str | None
) -> None:
    visited, visitor = welfare.joined(), welfare.joined()
    visit_id = welfare.report(visited, occasion, welfare.officer)["visit_id"]
    welfare.ask(visits.assign_visit, visit_id=visit_id, assignee_id=visitor)
    seen = welfare.ask(visits.get_visit, member_account(visitor), visit_id=visit_id)
    assert seen["told_as"] == told
    assert bool(seen["benefit"]["rules"]) is (told is not None and seen["benefit"]["cap"] is not None)
    for other in (welfare.chair, welfare.officer, member_account(visited)):
        assert welfare.ask(visits.get_visit, other, visit_id=visit_id)["told_as"] is None


def test_a_missing_rule_is_told_the_visitor_without_its_key(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined(), "grave_illness", welfare.officer)["visit_id"]
    visitor = welfare.joined(welfare.other_unit)
    welfare.ask(visits.assign_visit, visit_id=visit_id, assignee_id=visitor)
    with pytest.raises(NoRuleInForce) as missing:
        welfare.complete(visit_id, member_account(visitor), form="cash", amount="100.00")
    assert missing.value.detail == "no rule in force for the benefit of this visit on 2023-03-01"
    assert "grave_illness" not in str(missing.value.to_wire())
    benefit = welfare.ask(visits.get_visit, member_account(visitor), visit_id=visit_id)["benefit"]
    assert benefit["why_not"] == missing.value.detail
    assert "grave_illness" not in str(benefit)


def test_a_refused_gift_does_not_name_the_occasion(welfare: WelfareHarness, visit_id: str) -> None:
    with pytest.raises(Refused) as refused:
        welfare.complete(visit_id, form="cash", amount="9999.00", evidence=EVIDENCE)
    assert not [secret for secret in SECRETS if secret in str(refused.value.to_wire())]


@pytest.mark.parametrize("given", [{"form": "voucher", "amount": "1.00"}])
def test_only_who_sees_all_is_told_the_article_of_a_refusing_rule(
    welfare: WelfareHarness, visit_id: str, given: dict[str, str]
) -> None:
    """Each occasion has an article of its own in the union's rules."""
    with pytest.raises(Refused) as refused:
        welfare.complete(visit_id, welfare.officer, evidence=EVIDENCE, **given)
    assert refused.value.params["article"] == "第八条"
    visitor = welfare.joined()
    welfare.ask(visits.assign_visit, visit_id=visit_id, assignee_id=visitor)
    for asker in (welfare.chair, member_account(visitor)):
        with pytest.raises(Refused) as told:
            welfare.complete(visit_id, asker, evidence=EVIDENCE, **given)
        assert told.value.rule == refused.value.rule
        assert told.value.params["article"] is None
        assert "Art." not in str(told.value.to_wire())


@pytest.mark.databases("postgresql", "sqlite")
def test_the_database_holds_no_readable_reason(welfare: WelfareHarness, visit_id: str) -> None:
    """Also not through a command that carried an idempotency key, whose answer is remembered."""
    mourner = welfare.joined()
    report = {"occasion": "bereavement", "relation": "parent", "happened_on": date(2023, 3, 1), "note": "At home."}
    own = welfare.ask_keyed("report", visits.report_life_event, member_account(mourner), **report)
    gift = {"visited_on": date(2023, 3, 1), "evidence": EVIDENCE, "amount": "300.00", "form": "cash"}
    welfare.ask_keyed("complete", visits.complete_visit, visit_id=visit_id, **gift)
    welfare.answered(ExpenseRefused, visit_id, rule="benefit.hospitalisation.cap")
    again = {"visit_id": visit_id, "amount": "200.00", "form": "cash", "reason": "the surgeon said so"}
    welfare.ask_keyed("again", visits.claim_visit_again, **again)
    welfare.ask_keyed("cancel", visits.cancel_visit, visit_id=own["visit_id"], reason="no parent died")
    for event in welfare.ask(visits.list_life_events)["items"]:
        look = {"life_event_id": event["id"], "field": "occasion", "purpose": "choose what to bring"}
        welfare.ask_keyed(event["id"], visits.unmask_life_event, **look)
    tables = ("life_event", "visit_evidence", "visit", "change_history", "access_log", "executed_command")
    for table in tables:
        rows = str(welfare.stored(f"SELECT * FROM {table}"))
        for secret in ("hospital", "bereavement", "parent", "appendix", "surgeon", "At home"):
            assert secret not in rows, (table, secret)
    assert len(welfare.stored("SELECT * FROM executed_command")) == 4


def test_an_officer_unmasks_for_a_purpose_and_the_member_sees_who_looked(welfare: WelfareHarness) -> None:
    visited = welfare.joined()
    reported = welfare.report(visited, "hospitalisation", note="An appendix.")
    event_id = reported["id"]
    for field, value in [("occasion", "hospitalisation"), ("note", "An appendix."), ("relation", None)]:
        plain = welfare.ask(
            visits.unmask_life_event, life_event_id=event_id, field=field, purpose="choose what to bring"
        )
        assert plain == {"field": field, "value": value}

    looks = welfare.ask(visits.list_life_event_accesses, member_account(visited), life_event_id=event_id)["items"]
    assert [look["field"] for look in looks] == ["relation", "note", "occasion"]
    assert {look["account_id"] for look in looks} == {str(welfare.officer.account_id)}
    assert {look["purpose"] for look in looks} == {"choose what to bring"}


def test_nobody_unmasks_without_a_purpose_or_the_post(welfare: WelfareHarness, visit_id: str) -> None:
    event_id = welfare.ask(visits.get_visit, visit_id=visit_id)["life_event_id"]
    with pytest.raises(InvalidInput) as invalid:
        welfare.ask(visits.unmask_life_event, life_event_id=event_id, field="note", purpose="")
    assert invalid.value.field == "purpose"
    for principal in (welfare.chair, auditor(), member_account(welfare.joined())):
        with pytest.raises(NotAllowed):
            welfare.ask(visits.unmask_life_event, principal, life_event_id=event_id, field="note", purpose="curious")
    assert welfare.ask(visits.list_life_event_accesses, life_event_id=event_id)["items"] == []


@pytest.mark.databases("postgresql", "sqlite")
def test_evidence_is_read_for_a_purpose_that_is_logged(welfare: WelfareHarness, visit_id: str) -> None:
    made = welfare.complete(visit_id, form="cash", amount="300.00", evidence=EVIDENCE)
    piece = made["evidence"][0]
    plain = welfare.ask(
        visits.unmask_evidence, auditor(), visit_id=visit_id, evidence_id=piece["id"], purpose="audit of March"
    )
    assert plain == {"field": "evidence", "value": "The surgeon was friendly."}
    looks = welfare.ask(visits.list_life_event_accesses, life_event_id=made["life_event_id"])["items"]
    assert [(look["field"], look["purpose"]) for look in looks] == [("evidence", "audit of March")]
    other = welfare.report(welfare.joined())["visit_id"]
    with pytest.raises(NotFound):
        welfare.ask(visits.unmask_evidence, visit_id=other, evidence_id=piece["id"], purpose="audit of March")


def test_another_member_does_not_see_who_looked(welfare: WelfareHarness, visit_id: str) -> None:
    event_id = welfare.ask(visits.get_visit, visit_id=visit_id)["life_event_id"]
    with pytest.raises(NotAllowed, match="another member"):
        welfare.ask(visits.list_life_event_accesses, member_account(welfare.joined()), life_event_id=event_id)


def test_another_units_chair_sees_and_does_nothing(welfare: WelfareHarness, visit_id: str) -> None:
    stranger = chair_of(welfare.other_unit)
    for operation, payload in [
        (visits.get_visit, {}),
        (visits.assign_visit, {"assignee_id": welfare.joined()}),
        (visits.cancel_visit, {"reason": "not ours"}),
        (visits.add_visit_evidence, {"kind": "note", "text": "not ours"}),
    ]:
        with pytest.raises(NotAllowed, match="another unit"):
            welfare.ask(operation, stranger, visit_id=visit_id, **payload)
    with pytest.raises(NotAllowed, match="another unit"):
        welfare.complete(visit_id, stranger)
    assert welfare.ask(visits.list_visits, stranger)["items"] == []
    assert welfare.ask(visits.list_life_events, stranger)["items"] == []
    for operation in (visits.list_visits, visits.list_life_events, visits.visit_figures):
        with pytest.raises(NotAllowed, match="another unit"):
            welfare.ask(operation, stranger, unit_id=welfare.unit)


def test_the_unions_visit_is_the_unions_to_make(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined(), "grave_illness")["visit_id"]
    shown = welfare.ask(visits.get_visit, welfare.chair, visit_id=visit_id)
    assert (shown["level"], shown["actions"]) == ("union", [])
    with pytest.raises(NotAllowed, match="the union's to make"):
        welfare.complete(visit_id, amount=None, form=None)


def test_a_member_sees_the_visits_he_is_to_make_and_his_own_events(welfare: WelfareHarness, visit_id: str) -> None:
    visitor = welfare.joined()
    welfare.ask(visits.assign_visit, welfare.chair, visit_id=visit_id, assignee_id=visitor)
    mine = welfare.ask(visits.my_visits, member_account(visitor))["items"]
    assert [visit["id"] for visit in mine] == [visit_id]
    assert welfare.ask(visits.my_visits, member_account(visitor), open=False)["items"] == []
    assert welfare.ask(visits.list_life_events, member_account(visitor))["items"] == []
    visited = mine[0]["member_id"]
    own = welfare.ask(visits.list_life_events, member_account(UUID(visited)))
    assert [event["occasion"] for event in own["items"]] == ["hospitalisation"]
    with pytest.raises(NotAllowed):
        welfare.ask(visits.get_visit, member_account(welfare.joined()), visit_id=visit_id)
    with pytest.raises(NotAllowed):
        welfare.ask(visits.list_visits, member_account(visitor))


def test_who_is_not_signed_in_is_told_so(welfare: WelfareHarness, visit_id: str) -> None:
    for operation, payload in [(visits.get_visit, {"visit_id": visit_id}), (visits.list_visits, {})]:
        with pytest.raises(NotSignedIn):
            welfare.ask(operation, ANONYMOUS, **payload)


def test_an_auditor_reads_but_changes_nothing(welfare: WelfareHarness, visit_id: str) -> None:
    assert welfare.ask(visits.get_visit, auditor(), visit_id=visit_id)["actions"] == []
    with pytest.raises(NotAllowed):
        welfare.ask(visits.cancel_visit, auditor(), visit_id=visit_id, reason="saving money")
    with pytest.raises(NotAllowed):
        welfare.report(welfare.joined(), by=auditor(), happened_on=date(2023, 2, 1))
