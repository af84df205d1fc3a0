"""Who sees what of a visit: never why, but for a purpose that is logged; and nobody another unit's."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from services.chassis.errors import InvalidInput, NoRuleInForce, NotAllowed, NotFound, NotSignedIn, Refused
from services.chassis.security.principal import ANONYMOUS
from services.contracts.governance.funds.events import ExpenseRefused
from services.contracts.welfare.visits import operations as visits
from tests.component.welfare.office import Office, auditor, chair_of, member

SECRETS = ("hospitalisation", "appendix", "住院", "surgeon", "benefit.hospital")
EVIDENCE = [
    {"kind": "note", "text": "The surgeon was friendly."},
    {"kind": "signature", "text": "Sheet 12."},
]


@pytest.fixture
def visit_id(office: Office) -> str:
    """A visit to somebody in hospital, reported by an officer."""
    return office.report(
        office.joined(), "hospitalisation", office.officer, note="An appendix; ward 5."
    )["visit_id"]  # fmt: skip


def test_the_chair_sees_a_visit_is_due_and_not_why(office: Office, visit_id: str) -> None:
    shown = [
        office.ask(visits.list_visits, office.chair),
        office.ask(visits.get_visit, office.chair, visit_id=visit_id),
        office.ask(visits.list_life_events, office.chair),
    ]
    (row,) = shown[0]["items"]
    assert (row["due_at"], row["state"]) == ("2023-03-03T04:00:00+00:00", "required")
    assert not [secret for secret in SECRETS if secret in str(shown)]
    (event,) = shown[2]["items"]
    assert (event["occasion"], event["happened_on"], event["masked"], event["has_note"]) == (None, None, True, True)


def test_nor_does_the_chair_who_reports_get_it_read_back(office: Office) -> None:
    reported = office.report(office.joined(), "hospitalisation", note="An appendix.")
    assert not [secret for secret in SECRETS if secret in str(reported)]


def test_lists_show_officers_and_auditors_no_more(office: Office, visit_id: str) -> None:
    for principal in (office.officer, auditor()):
        shown = [office.ask(operation, principal) for operation in (visits.list_visits, visits.list_life_events)]
        assert not [secret for secret in SECRETS if secret in str(shown)]


def test_what_may_be_given_is_for_who_goes_without_its_rules_key(office: Office, visit_id: str) -> None:
    visitor = office.joined()
    assert office.ask(visits.get_visit, office.chair, visit_id=visit_id)["benefit"] is None
    office.ask(visits.assign_visit, office.chair, visit_id=visit_id, assignee_id=visitor)
    benefit = office.ask(visits.get_visit, member(visitor), visit_id=visit_id)["benefit"]
    assert (benefit["cap"], benefit["forms"], benefit["rules"]) == ("300.00", ["cash", "goods"], [])
    keys = [rule["key"] for rule in office.ask(visits.get_visit, visit_id=visit_id)["benefit"]["rules"]]
    assert keys == ["benefit.hospitalisation.cap", "benefit.hospitalisation.forms"]


def test_a_missing_rule_is_told_the_visitor_without_its_key(office: Office) -> None:
    visit_id = office.report(office.joined(), "grave_illness", office.officer)["visit_id"]
    visitor = office.joined(office.other_unit)
    office.ask(visits.assign_visit, visit_id=visit_id, assignee_id=visitor)
    with pytest.raises(NoRuleInForce) as missing:
        office.complete(visit_id, member(visitor), form="cash", amount="100.00")
    assert missing.value.detail == "no rule in force for the benefit of this visit on 2023-03-01"
    assert "grave_illness" not in str(missing.value.to_wire())


def test_a_refused_gift_does_not_name_the_occasion(office: Office, visit_id: str) -> None:
    with pytest.raises(Refused) as refused:
        office.complete(visit_id, form="cash", amount="9999.00", evidence=EVIDENCE)
    assert not [secret for secret in SECRETS if secret in str(refused.value.to_wire())]


def test_the_database_holds_no_readable_reason(office: Office, visit_id: str) -> None:
    """Also not through a command that carried an idempotency key, whose answer is remembered."""
    mourner = office.joined()
    report = {"occasion": "bereavement", "relation": "parent", "happened_on": date(2023, 3, 1), "note": "At home."}
    own = office.ask(visits.report_life_event, member(mourner), key="report", **report)
    gift = {"visited_on": date(2023, 3, 1), "evidence": EVIDENCE, "amount": "300.00", "form": "cash"}
    office.ask(visits.complete_visit, key="complete", visit_id=visit_id, **gift)
    office.answered(ExpenseRefused, visit_id, rule="benefit.hospitalisation.cap")
    again = {"visit_id": visit_id, "amount": "200.00", "form": "cash", "reason": "the surgeon said so"}
    office.ask(visits.claim_visit_again, key="again", **again)
    office.ask(visits.cancel_visit, key="cancel", visit_id=own["visit_id"], reason="no parent died")
    for event in office.ask(visits.list_life_events)["items"]:
        look = {"life_event_id": event["id"], "field": "occasion", "purpose": "choose what to bring"}
        office.ask(visits.unmask_life_event, key=event["id"], **look)
    tables = ("life_event", "visit_evidence", "visit", "change_history", "access_log", "executed_command")
    for table in tables:
        rows = str(office.stored(f"SELECT * FROM {table}"))
        for secret in ("hospital", "bereavement", "parent", "appendix", "surgeon", "At home"):
            assert secret not in rows, (table, secret)
    assert len(office.stored("SELECT * FROM executed_command")) == 4


def test_an_officer_unmasks_for_a_purpose_and_the_member_sees_who_looked(office: Office) -> None:
    visited = office.joined()
    reported = office.report(visited, "hospitalisation", note="An appendix.")
    event_id = reported["id"]
    for field, value in [("occasion", "hospitalisation"), ("note", "An appendix."), ("relation", None)]:
        plain = office.ask(
            visits.unmask_life_event, life_event_id=event_id, field=field, purpose="choose what to bring"
        )
        assert plain == {"field": field, "value": value}

    looks = office.ask(visits.list_life_event_accesses, member(visited), life_event_id=event_id)["items"]
    assert [look["field"] for look in looks] == ["relation", "note", "occasion"]
    assert {look["account_id"] for look in looks} == {str(office.officer.account_id)}
    assert {look["purpose"] for look in looks} == {"choose what to bring"}


def test_nobody_unmasks_without_a_purpose_or_the_post(office: Office, visit_id: str) -> None:
    event_id = office.ask(visits.get_visit, visit_id=visit_id)["life_event_id"]
    with pytest.raises(InvalidInput) as invalid:
        office.ask(visits.unmask_life_event, life_event_id=event_id, field="note", purpose="")
    assert invalid.value.field == "purpose"
    for principal in (office.chair, auditor(), member(office.joined())):
        with pytest.raises(NotAllowed):
            office.ask(visits.unmask_life_event, principal, life_event_id=event_id, field="note", purpose="curious")
    assert office.ask(visits.list_life_event_accesses, life_event_id=event_id)["items"] == []


def test_evidence_is_read_for_a_purpose_that_is_logged(office: Office, visit_id: str) -> None:
    made = office.complete(visit_id, form="cash", amount="300.00", evidence=EVIDENCE)
    piece = made["evidence"][0]
    plain = office.ask(
        visits.unmask_evidence, auditor(), visit_id=visit_id, evidence_id=piece["id"], purpose="audit of March"
    )
    assert plain == {"field": "evidence", "value": "The surgeon was friendly."}
    looks = office.ask(visits.list_life_event_accesses, life_event_id=made["life_event_id"])["items"]
    assert [(look["field"], look["purpose"]) for look in looks] == [("evidence", "audit of March")]
    other = office.report(office.joined())["visit_id"]
    with pytest.raises(NotFound):
        office.ask(visits.unmask_evidence, visit_id=other, evidence_id=piece["id"], purpose="audit of March")


def test_another_member_does_not_see_who_looked(office: Office, visit_id: str) -> None:
    event_id = office.ask(visits.get_visit, visit_id=visit_id)["life_event_id"]
    with pytest.raises(NotAllowed, match="another member"):
        office.ask(visits.list_life_event_accesses, member(office.joined()), life_event_id=event_id)


def test_another_units_chair_sees_and_does_nothing(office: Office, visit_id: str) -> None:
    stranger = chair_of(office.other_unit)
    for operation, payload in [
        (visits.get_visit, {}),
        (visits.assign_visit, {"assignee_id": office.joined()}),
        (visits.cancel_visit, {"reason": "not ours"}),
        (visits.add_visit_evidence, {"kind": "note", "text": "not ours"}),
    ]:
        with pytest.raises(NotAllowed, match="another unit"):
            office.ask(operation, stranger, visit_id=visit_id, **payload)
    with pytest.raises(NotAllowed, match="another unit"):
        office.complete(visit_id, stranger)
    assert office.ask(visits.list_visits, stranger)["items"] == []
    assert office.ask(visits.list_life_events, stranger)["items"] == []
    for operation in (visits.list_visits, visits.list_life_events, visits.visit_figures):
        with pytest.raises(NotAllowed, match="another unit"):
            office.ask(operation, stranger, unit_id=office.unit)


def test_the_unions_visit_is_the_unions_to_make(office: Office) -> None:
    visit_id = office.report(office.joined(), "grave_illness")["visit_id"]
    shown = office.ask(visits.get_visit, office.chair, visit_id=visit_id)
    assert (shown["level"], shown["actions"]) == ("union", [])
    with pytest.raises(NotAllowed, match="the union's to make"):
        office.complete(visit_id, amount=None, form=None)


def test_a_member_sees_the_visits_he_is_to_make_and_his_own_events(office: Office, visit_id: str) -> None:
    visitor = office.joined()
    office.ask(visits.assign_visit, office.chair, visit_id=visit_id, assignee_id=visitor)
    mine = office.ask(visits.my_visits, member(visitor))["items"]
    assert [visit["id"] for visit in mine] == [visit_id]
    assert office.ask(visits.my_visits, member(visitor), open=False)["items"] == []
    assert office.ask(visits.list_life_events, member(visitor))["items"] == []
    visited = mine[0]["member_id"]
    own = office.ask(visits.list_life_events, member(UUID(visited)))
    assert [event["occasion"] for event in own["items"]] == ["hospitalisation"]
    with pytest.raises(NotAllowed):
        office.ask(visits.get_visit, member(office.joined()), visit_id=visit_id)
    with pytest.raises(NotAllowed):
        office.ask(visits.list_visits, member(visitor))


def test_who_is_not_signed_in_is_told_so(office: Office, visit_id: str) -> None:
    for operation, payload in [(visits.get_visit, {"visit_id": visit_id}), (visits.list_visits, {})]:
        with pytest.raises(NotSignedIn):
            office.ask(operation, ANONYMOUS, **payload)


def test_an_auditor_reads_but_changes_nothing(office: Office, visit_id: str) -> None:
    assert office.ask(visits.get_visit, auditor(), visit_id=visit_id)["actions"] == []
    with pytest.raises(NotAllowed):
        office.ask(visits.cancel_visit, auditor(), visit_id=visit_id, reason="saving money")
    with pytest.raises(NotAllowed):
        office.report(office.joined(), by=auditor(), happened_on=date(2023, 2, 1))
