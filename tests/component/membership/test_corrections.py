"""Requests for correction: asked in the form of the record, decided by an officer, applied with history."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.chassis.errors import InvalidInput, NotFound, PreconditionFailed, Refused
from services.chassis.security.principal import Grant, Principal
from services.contracts.membership import corrections as contract
from services.contracts.membership.record import operations as record_contract
from services.membership.privacy.use_cases import correcting
from services.membership.record.use_cases import filing, reading
from tests.component.membership.union import Union, account, asked
from tests.unit.membership.pictures import PDF

PAPER = {"kind": "other", "name": "合同.pdf", "media_type": "application/pdf", "content": PDF}


def ask(
    union: Union, member: UUID, field: str = "hired_on", value: str = "2009-09-01", **evidence: Any
) -> dict[str, Any]:
    request = {**asked(contract.ask_correction, field=field, value=value, reason="合同上是这一天"), **evidence}
    with union.acting(account(member)) as tx:
        return correcting.ask_correction(tx, request)


def decide(union: Union, found: dict[str, Any], by: Principal | None = None, **changes: Any) -> dict[str, Any]:
    values = {"correction_id": found["id"], "version": found["version"], "decision": "accept", **changes}
    with union.acting(by or union.officer) as tx:
        return correcting.decide_correction(tx, asked(contract.decide_correction, **values))


def test_an_accepted_request_corrects_the_record_with_its_history(any_union: Union) -> None:
    member = any_union.member(1, hired_on=date(2010, 9, 1))
    found = ask(any_union, member)
    assert (found["present"], found["value"], found["state"]) == ("2010-09-01", "2009-09-01", "asked")
    assert decide(any_union, found)["state"] == "accepted"
    with any_union.acting(any_union.officer) as tx:
        assert reading.get_member(tx, member)["hired_on"] == date(2009, 9, 1)
        history = reading.member_history(tx, asked(record_contract.member_history, member_id=member))
    assert "合同上是这一天" in history["items"][0]["reason"]
    told = any_union.events("correction_asked", "correction_ended", "member_updated")
    assert [event["type"] for event in told] == ["correction_asked", "member_updated", "correction_ended"]
    assert told[-1]["outcome"] == "accepted"


def test_a_refusal_needs_its_reason_and_changes_nothing(any_union: Union) -> None:
    member = any_union.member(1)
    found = ask(any_union, member)
    with pytest.raises(Refused) as caught:
        decide(any_union, found, decision="refuse")
    assert caught.value.rule == "privacy.refusal_says_why"
    answered = decide(any_union, found, decision="refuse", answer="合同上是 2010 年")
    assert (answered["state"], answered["answer"]) == ("refused", "合同上是 2010 年")
    with pytest.raises(Refused) as caught:
        decide(any_union, {**found, "version": 2})
    assert caught.value.rule == "privacy.correction_is_open"
    assert any_union.events("member_updated") == []


def test_an_auditor_sees_no_more_of_a_field_than_in_the_record(any_union: Union) -> None:
    member = any_union.member(1, ethnicity="回族", hired_on=date(2010, 9, 1))
    ask(any_union, member, "ethnicity", "汉族")
    ask(any_union, member)
    auditor = Principal("account", None, None, (Grant("auditor"),))

    def seen(by: Principal) -> list[tuple[Any, ...]]:
        with any_union.acting(by) as tx:
            page = correcting.list_corrections(tx, asked(contract.list_corrections))
        return [(item["field"], item["present"], item["value"]) for item in page["items"]]

    plain = [("hired_on", "2010-09-01", "2009-09-01"), ("ethnicity", "回族", "汉族")]
    assert seen(any_union.officer) == plain
    assert seen(auditor) == [plain[0], ("ethnicity", None, None)]


def test_what_the_record_could_not_hold_is_refused_when_it_is_asked(any_union: Union) -> None:
    member = any_union.member(1, hired_on=date(2010, 9, 1))
    for field, value in (("hired_on", "yesterday"), ("hired_on", "2999-01-01"), ("education", "genius")):
        with pytest.raises(InvalidInput) as caught:
            ask(any_union, member, field, value)
        assert "value" in (caught.value.errors or {caught.value.field: []})
    with pytest.raises(Refused) as refused:
        ask(any_union, member, "hired_on", "2010-09-01")
    assert refused.value.rule == "privacy.value_differs"


def test_one_request_for_a_field_at_a_time(any_union: Union) -> None:
    member = any_union.member(1)
    found = ask(any_union, member)
    with pytest.raises(Refused) as caught:
        ask(any_union, member, value="2008-09-01")
    assert caught.value.rule == "privacy.correction_is_asked_once"
    with any_union.acting(account(any_union.member(2))) as tx, pytest.raises(NotFound):
        correcting.take_back_correction(tx, {"correction_id": found["id"]})
    with any_union.acting(account(member)) as tx:
        assert correcting.take_back_correction(tx, {"correction_id": found["id"]})["state"] == "taken_back"
    assert ask(any_union, member, value="2008-09-01")["state"] == "asked"


def test_nobody_decides_about_himself_and_only_what_he_has_seen(any_union: Union) -> None:
    member = any_union.member(1)
    found = ask(any_union, member)
    himself = Principal("account", UUID(int=5), member, (Grant("officer"), Grant("member")))
    with pytest.raises(Refused) as caught:
        decide(any_union, found, himself)
    assert caught.value.rule == "privacy.decider_is_another"
    with pytest.raises(PreconditionFailed):
        decide(any_union, found, version=7)


def test_a_masked_value_is_opened_with_a_trace(any_union: Union) -> None:
    member = any_union.member(1, political_status="masses")
    found = ask(any_union, member, "political_status", "party_member")
    with any_union.acting(any_union.officer) as tx:
        (listed,) = correcting.list_corrections(tx, asked(contract.list_corrections))["items"]
        assert (listed["value"], listed["present"]) == ("****", "****")
        assert correcting.open_correction(tx, {"correction_id": found["id"]})["value"] == "party_member"
    with any_union.acting(account(member)) as tx:
        page = reading.member_accesses(tx, asked(record_contract.member_accesses, member_id=member))
    assert [(one["field"], one["by_role"]) for one in page["items"]] == [("political_status", "officer")]


def test_evidence_comes_with_the_request_and_stays_with_the_record(any_union: Union) -> None:
    member = any_union.member(1)
    found = ask(any_union, member, evidence=PAPER)
    assert (found["document"]["name"], found["document"]["id"]) == ("合同.pdf", found["document_id"])
    with any_union.acting(any_union.officer) as tx:
        (listed,) = correcting.list_corrections(tx, asked(contract.list_corrections))["items"]
        assert 0 < listed["document"]["size"] <= len(PAPER["content"])
        opened = {"member_id": member, "file_id": found["document_id"], "purpose": "办理本人的更正申请"}
        assert filing.open_member_file(tx, opened)["content"].startswith(b"%PDF-")
    with any_union.acting(account(member)) as tx:
        filing.detach_from_member(tx, {"member_id": member, "file_id": found["document_id"], "reason": None})
    with any_union.acting(any_union.officer) as tx:
        shown = correcting.open_correction(tx, {"correction_id": found["id"]})
    assert (shown["document_id"], shown["document"]) == (found["document_id"], None)


def test_a_refused_request_leaves_no_evidence_behind(any_union: Union) -> None:
    member = any_union.member(1)
    kept = ask(any_union, member, evidence=PAPER)["document_id"]
    for evidence in ({**PAPER, "content": b"no pdf at all"}, PAPER):
        with pytest.raises(Refused):
            ask(any_union, member, evidence=evidence)
    with pytest.raises(Refused) as caught:
        ask(any_union, member, "professional_title", "教授", document_id=kept, evidence=PAPER)
    assert caught.value.rule == "privacy.evidence_comes_once"
    with any_union.acting(account(member)) as tx:
        assert [file["id"] for file in filing.list_member_files(tx, {"member_id": member})["items"]] == [kept]
