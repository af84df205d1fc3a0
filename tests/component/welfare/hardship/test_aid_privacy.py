"""Who sees what of an application: the reason and the papers for few, each look logged, nothing readable at rest."""

from __future__ import annotations

import base64

import pytest

from services.chassis.errors import InvalidInput, NotAllowed, NotFound
from services.contracts.membership.retention import MemberAnonymised
from services.contracts.welfare.hardship import operations as contract
from tests.component.welfare.hardship.aid import REASON, Aid, refused
from tests.support.pictures import PDF
from tests.support.principals import auditor, chair_of, member_account


@pytest.mark.databases("postgresql", "sqlite")
def test_a_chair_forwards_without_kind_reason_and_papers(aid: Aid) -> None:
    aid.submitted()
    (listed,) = aid.welfare.ask(contract.list_aid_applications, aid.welfare.chair)["items"]
    shown = aid.look(aid.welfare.chair)
    assert (listed["kind"], shown["kind"], shown["evidence"], shown["present"]) == (None, None, [], [])
    assert shown["actions"] == ["forward"]
    forwarded = aid.do(contract.forward_aid_application, aid.welfare.chair)
    assert (forwarded["kind"], forwarded["evidence"]) == (None, [])
    paper = aid.mine()["evidence"][0]["id"]
    for operation, request in (
        (contract.open_aid_paper, {"evidence_id": paper, "purpose": "to forward it"}),
        (contract.unmask_aid_application, {"field": "reason", "purpose": "to forward it"}),
        (contract.list_aid_accesses, {}),
    ):
        with pytest.raises(NotAllowed):
            aid.do(operation, aid.welfare.chair, **request)


def test_an_auditor_sees_sums_and_the_decision_but_no_papers(aid: Aid) -> None:
    aid.under_review()
    aid.decide()
    shown = aid.look(auditor())
    assert (shown["granted"], shown["kind"], len(shown["present"])) == ("6000.00", "grave_illness", 3)
    assert shown["evidence"] == []
    paper = aid.mine()["evidence"][0]["id"]
    with pytest.raises(NotAllowed):
        aid.do(contract.open_aid_paper, auditor(), evidence_id=paper, purpose="an audit")
    with pytest.raises(NotAllowed):
        aid.do(contract.unmask_aid_application, auditor(), field="reason", purpose="an audit")


def test_officers_open_for_a_purpose_and_the_applicant_sees_who_looked(aid: Aid) -> None:
    aid.under_review()
    paper = aid.look()["evidence"][0]["id"]
    with pytest.raises(InvalidInput):
        aid.do(contract.open_aid_paper, evidence_id=paper)
    assert base64.b64decode(aid.do(contract.open_aid_paper, evidence_id=paper, purpose="the committee")["content"])
    told = aid.do(contract.unmask_aid_application, field="reason", purpose="the committee meets")
    assert told["value"] == REASON
    looks = aid.do(contract.list_aid_accesses, aid.applicant)["items"]
    assert [(one["field"], one["purpose"]) for one in looks] == [
        ("reason", "the committee meets"), ("paper", "the committee"),
    ]  # fmt: skip
    assert base64.b64decode(aid.do(contract.open_aid_paper, aid.applicant, evidence_id=paper)["content"])[:4] == PDF[:4]


def test_drafts_and_others_applications_are_out_of_sight(aid: Aid) -> None:
    aid.draft()
    aid.attach()
    with pytest.raises(NotAllowed) as told:
        aid.look()
    assert told.value.rule == "hardship.draft_is_private"
    assert aid.welfare.ask(contract.list_aid_applications)["items"] == []
    stranger = member_account(aid.welfare.joined())
    paper = aid.mine()["evidence"][0]["id"]
    with pytest.raises(NotAllowed):
        aid.do(contract.open_aid_paper, stranger, evidence_id=paper)
    with pytest.raises(NotAllowed):
        aid.do(contract.withdraw_aid_application, stranger)
    with pytest.raises(NotAllowed):
        aid.do(contract.list_aid_accesses, stranger)
    assert aid.welfare.ask(contract.list_aid_applications, chair_of(aid.welfare.other_unit))["items"] == []


def test_a_paper_of_another_application_is_not_found(aid: Aid) -> None:
    aid.under_review()
    paper = aid.look()["evidence"][0]["id"]
    other = Aid(aid.welfare)
    other.under_review()
    with pytest.raises(NotFound):
        other.do(contract.open_aid_paper, evidence_id=paper, purpose="the committee")


@pytest.mark.databases("postgresql", "sqlite")
def test_nothing_readable_tells_why_and_no_event_names_the_member_with_the_application(aid: Aid) -> None:
    aid.under_review()
    aid.decide()
    aid.paid(claim=1)
    for table in ("aid_application", "aid_paper", "stored_file", "change_history", "outbox", "decision"):
        rows = str(aid.welfare.stored(f"SELECT * FROM {table}"))
        for secret in (REASON, "grave_illness", "病历", "The committee agreed"):
            assert secret not in rows, (table, secret)
    member = str(aid.member_id)
    for row in aid.welfare.outbox():
        told = str({**row.data, "subject": row.subject})
        assert not (member in told and aid.id in told), row.type
    matters = aid.welfare.outbox("private_matter_moved")
    moved = {row.correlation_id for row in aid.welfare.outbox("aid_application_moved")}
    assert matters
    assert not moved & {row.correlation_id for row in matters}


def test_a_former_members_words_and_papers_are_erased_and_the_sums_stay(aid: Aid) -> None:
    aid.under_review()
    aid.decide()
    aid.welfare.receive("on_member_anonymised", aid.welfare.example_message(MemberAnonymised, member_id=aid.member_id))
    assert aid.welfare.stored("SELECT id FROM stored_file") == []
    assert aid.welfare.stored("SELECT reason, note FROM aid_application") == [(None, None)]
    assert aid.look()["granted"] == "6000.00"
    assert aid.do(contract.list_aid_accesses)["items"] == []


def test_one_does_not_unmask_the_own_application_as_officer(aid: Aid) -> None:
    aid.under_review()
    officer = aid.welfare.officer.__class__(
        kind="account", account_id=aid.applicant.account_id, member_id=aid.member_id, grants=aid.welfare.officer.grants
    )
    asked = {"field": "reason", "purpose": "just looking"}
    assert refused(aid.do, contract.unmask_aid_application, officer, **asked) == "hardship.others_act_on_it"
