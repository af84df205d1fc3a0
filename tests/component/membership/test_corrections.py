"""Requests for correction: asked in the form of the record, decided by an officer, applied with history."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.chassis.errors import InvalidInput, NotFound, PreconditionFailed, Refused
from services.chassis.security.principal import Grant, Principal
from services.contracts.membership import corrections as contract
from services.contracts.membership.record import files as files_contract
from services.contracts.membership.record import operations as record_contract
from tests.component.membership.harness import MembershipHarness
from tests.support.pictures import PDF
from tests.support.principals import member_account

PAPER = {"kind": "other", "name": "合同.pdf", "media_type": "application/pdf", "content": PDF}


def ask(
    membership: MembershipHarness, member: UUID, field: str = "hired_on", value: str = "2009-09-01", **evidence: Any
) -> dict[str, Any]:
    request = {**{"field": field, "value": value, "reason": "合同上是这一天"}, **evidence}
    return membership.ask_typed(contract.ask_correction, member_account(member), **request)


def decide(
    membership: MembershipHarness, found: dict[str, Any], by: Principal | None = None, **changes: Any
) -> dict[str, Any]:
    values = {"correction_id": found["id"], "version": found["version"], "decision": "accept", **changes}
    return membership.ask_typed(contract.decide_correction, by or membership.officer, **values)


def test_an_accepted_request_corrects_the_record_with_its_history(membership: MembershipHarness) -> None:
    member = membership.member(1, hired_on=date(2010, 9, 1))
    found = ask(membership, member)
    assert (found["present"], found["value"], found["state"]) == ("2010-09-01", "2009-09-01", "asked")
    assert decide(membership, found)["state"] == "accepted"
    assert membership.ask_typed(record_contract.get_member, member_id=member)["hired_on"] == date(2009, 9, 1)
    history = membership.ask_typed(record_contract.member_history, member_id=member)
    assert "合同上是这一天" in history["items"][0]["reason"]
    told = membership.events("correction_asked", "correction_ended", "member_updated")
    assert [event["type"] for event in told] == ["correction_asked", "member_updated", "correction_ended"]
    assert told[-1]["outcome"] == "accepted"


def test_a_refusal_needs_its_reason_and_changes_nothing(membership: MembershipHarness) -> None:
    member = membership.member(1)
    found = ask(membership, member)
    with pytest.raises(Refused) as caught:
        decide(membership, found, decision="refuse")
    assert caught.value.rule == "privacy.refusal_says_why"
    answered = decide(membership, found, decision="refuse", answer="合同上是 2010 年")
    assert (answered["state"], answered["answer"]) == ("refused", "合同上是 2010 年")
    with pytest.raises(Refused) as caught:
        decide(membership, {**found, "version": 2})
    assert caught.value.rule == "privacy.correction_is_open"
    assert membership.events("member_updated") == []


def test_an_auditor_sees_no_more_of_a_field_than_in_the_record(membership: MembershipHarness) -> None:
    member = membership.member(1, ethnicity="回族", hired_on=date(2010, 9, 1))
    ask(membership, member, "ethnicity", "汉族")
    ask(membership, member)
    auditor = Principal("account", None, None, (Grant("auditor"),))

    def seen(by: Principal) -> list[tuple[Any, ...]]:
        page = membership.ask_typed(contract.list_corrections, by)
        return [(item["field"], item["present"], item["value"]) for item in page["items"]]

    plain = [("hired_on", "2010-09-01", "2009-09-01"), ("ethnicity", "回族", "汉族")]
    assert seen(membership.officer) == plain
    assert seen(auditor) == [plain[0], ("ethnicity", None, None)]


def test_what_the_record_could_not_hold_is_refused_when_it_is_asked(membership: MembershipHarness) -> None:
    member = membership.member(1, hired_on=date(2010, 9, 1))
    for field, value in (("hired_on", "yesterday"), ("hired_on", "2999-01-01"), ("education", "genius")):
        with pytest.raises(InvalidInput) as caught:
            ask(membership, member, field, value)
        assert "value" in (caught.value.errors or {caught.value.field: []})
    with pytest.raises(Refused) as refused:
        ask(membership, member, "hired_on", "2010-09-01")
    assert refused.value.rule == "privacy.value_differs"


@pytest.mark.databases("postgresql", "sqlite")
def test_one_request_for_a_field_at_a_time(membership: MembershipHarness) -> None:
    member = membership.member(1)
    found = ask(membership, member)
    with pytest.raises(Refused) as caught:
        ask(membership, member, value="2008-09-01")
    assert caught.value.rule == "privacy.correction_is_asked_once"
    with pytest.raises(NotFound):
        membership.ask_typed(
            contract.take_back_correction, member_account(membership.member(2)), correction_id=found["id"]
        )
    assert (
        membership.ask_typed(contract.take_back_correction, member_account(member), correction_id=found["id"])["state"]
        == "taken_back"
    )
    assert ask(membership, member, value="2008-09-01")["state"] == "asked"


def test_nobody_decides_about_himself_and_only_what_he_has_seen(membership: MembershipHarness) -> None:
    member = membership.member(1)
    found = ask(membership, member)
    himself = Principal("account", UUID(int=5), member, (Grant("officer"), Grant("member")))
    with pytest.raises(Refused) as caught:
        decide(membership, found, himself)
    assert caught.value.rule == "privacy.decider_is_another"
    with pytest.raises(PreconditionFailed):
        decide(membership, found, version=7)


def test_a_masked_value_is_opened_with_a_trace(membership: MembershipHarness) -> None:
    member = membership.member(1, political_status="masses")
    found = ask(membership, member, "political_status", "party_member")
    (listed,) = membership.ask_typed(contract.list_corrections)["items"]
    assert (listed["value"], listed["present"]) == ("****", "****")
    assert membership.ask_typed(contract.open_correction, correction_id=found["id"])["value"] == "party_member"
    page = membership.ask_typed(record_contract.member_accesses, member_account(member), member_id=member)
    assert [(one["field"], one["by_role"]) for one in page["items"]] == [("political_status", "officer")]


def test_evidence_comes_with_the_request_and_stays_with_the_record(membership: MembershipHarness) -> None:
    member = membership.member(1)
    found = ask(membership, member, evidence=PAPER)
    assert (found["document"]["name"], found["document"]["id"]) == ("合同.pdf", found["document_id"])
    (listed,) = membership.ask_typed(contract.list_corrections)["items"]
    assert 0 < listed["document"]["size"] <= len(PAPER["content"])
    opened = {"member_id": member, "file_id": found["document_id"], "purpose": "办理本人的更正申请"}
    assert membership.ask_typed(files_contract.open_member_file, **opened)["content"].startswith(b"%PDF-")
    membership.ask_typed(
        files_contract.detach_from_member,
        member_account(member),
        member_id=member,
        file_id=found["document_id"],
        reason=None,
    )
    shown = membership.ask_typed(contract.open_correction, correction_id=found["id"])
    assert (shown["document_id"], shown["document"]) == (found["document_id"], None)


def test_a_refused_request_leaves_no_evidence_behind(membership: MembershipHarness) -> None:
    member = membership.member(1)
    kept = ask(membership, member, evidence=PAPER)["document_id"]
    for evidence in ({**PAPER, "content": b"no pdf at all"}, PAPER):
        with pytest.raises(Refused):
            ask(membership, member, evidence=evidence)
    with pytest.raises(Refused) as caught:
        ask(membership, member, "professional_title", "教授", document_id=kept, evidence=PAPER)
    assert caught.value.rule == "privacy.evidence_comes_once"
    assert [
        file["id"]
        for file in membership.ask_typed(files_contract.list_member_files, member_account(member), member_id=member)[
            "items"
        ]
    ] == [kept]
