"""Photo, documents and consents of an application: asked for by rule, seen by few, taken over or forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.errors import NotAllowed, Problem, Refused
from services.chassis.files import StoredFile
from services.chassis.history import AccessLog
from services.chassis.principal import Principal
from services.chassis.rulebook import PolicyRule
from services.contracts.membership import joining as contract
from services.membership.consents import use_cases as consents
from services.membership.joining.use_cases import applying, attaching, forgetting
from tests.component.membership.test_joining import get, run
from tests.component.membership.union import Union, account, auditor, chair_of
from tests.unit.membership.pictures import PDF, picture

CONTRACT = {"kind": "labour_contract", "name": "合同.pdf", "media_type": "application/pdf", "content": PDF}
PHOTO = {"name": "me.jpg", "media_type": "image/jpeg", "content": picture()}
ALL = [{"purpose": one, "version": "2026-01"} for one in ("processing", "sensitive", "photo")]


def subjects(union: Union) -> list[tuple[str, str]]:
    with union.database.session() as session:
        return sorted((row.subject.partition("/")[0], row.purpose) for row in session.scalars(sa.select(StoredFile)))


def drop_rule(union: Union, key: str) -> None:
    with union.database.session() as session:
        session.execute(sa.delete(PolicyRule).where(PolicyRule.key == key))


def attach(union: Union, application_id: Any, by: Principal, **changes: Any) -> dict[str, Any]:
    return run(
        union, by, attaching.attach_to_application, contract.attach_to_application,
        application_id=application_id, **{**CONTRACT, **changes},
    )  # fmt: skip


def opened(union: Union, application_id: Any, file_id: Any, by: Principal, **values: Any) -> bytes:
    with union.acting(by) as tx:
        request = {"application_id": application_id, "file_id": file_id, "purpose": None, **values}
        return attaching.open_application_file(tx, request).content


def test_who_is_not_established_brings_what_the_rule_asks_for(any_union: Union) -> None:
    with pytest.raises(Refused) as caught:
        any_union.apply(employment="contract")
    assert caught.value.rule == "joining.documents_are_attached"
    assert caught.value.params["missing"] == ["labour_contract"]
    applied = any_union.apply(employment="contract", documents=[CONTRACT])
    assert [file["kind"] for file in applied["files"]] == ["labour_contract"]
    assert [rule["key"] for rule in applied["terms"]["rules"]] == ["joining.employments", "joining.documents.contract"]


def test_a_draft_is_completed_with_its_document_later(any_union: Union) -> None:
    newcomer = account()
    draft = any_union.apply(by=newcomer, employment="contract", draft=True)
    with pytest.raises(Refused):
        run(any_union, newcomer, applying.submit_draft, contract.submit_draft, application_id=draft["id"])
    attach(any_union, draft["id"], newcomer)
    sent = run(any_union, newcomer, applying.submit_draft, contract.submit_draft, application_id=draft["id"])
    assert sent["state"] == "submitted"


def test_without_a_rule_in_force_an_officer_makes_an_exception_by_name(any_union: Union) -> None:
    drop_rule(any_union, "joining.documents.agency")
    application = any_union.apply(employment="agency")["id"]
    assert get(any_union, application, any_union.officer)["terms"]["missing"]
    any_union.review(application)
    with pytest.raises(Refused) as caught:
        any_union.approve(application)
    assert caught.value.rule == "joining.rules_are_in_force"
    approved = any_union.approve(application, exception="人事处已来函证明")
    assert approved["steps"][-1].reason == "人事处已来函证明"


def test_consents_are_kept_with_their_wording_and_go_over_to_the_record(any_union: Union) -> None:
    application = any_union.apply(consents=ALL, photo=PHOTO, documents=[CONTRACT])["id"]
    assert {one["purpose"] for one in get(any_union, application, any_union.officer)["consents"]} == {
        "processing", "sensitive", "photo",
    }  # fmt: skip
    any_union.review(application)
    member_id = any_union.approve(application)["member_id"]
    with any_union.acting() as tx:
        given = consents.given_by_member(tx, member_id)
    assert [(one["purpose"], one["version"]) for one in given] == [(one["purpose"], "2026-01") for one in ALL]
    assert subjects(any_union) == [("member", "document.labour_contract"), ("member", "photo")]


def test_a_photo_needs_its_own_consent_and_an_old_wording_is_no_consent(any_union: Union) -> None:
    with pytest.raises(Refused) as caught:
        any_union.apply(photo=PHOTO)
    assert caught.value.rule == "consents.needed_are_given"
    with pytest.raises(Refused) as caught:
        any_union.apply(consent_version="2020-1")
    assert caught.value.rule == "consents.wordings_are_current"
    with pytest.raises(Refused) as caught:
        any_union.apply(consents=[{"purpose": "processing", "version": "2026-01"}])
    assert caught.value.params["missing"] == ["sensitive"]


def test_a_bad_photo_is_named_and_nothing_is_kept(any_union: Union) -> None:
    with pytest.raises(Problem) as caught:
        any_union.apply(consents=ALL, photo={**PHOTO, "content": PDF})
    assert caught.value.field == "photo"
    assert subjects(any_union) == []


def test_files_are_seen_by_applicant_chair_and_officer_and_a_look_is_logged(any_union: Union) -> None:
    newcomer, chair = account(), chair_of(any_union.units["01"])
    applied = any_union.apply(by=newcomer, employment="contract", documents=[CONTRACT])
    file = applied["files"][0]["id"]
    assert opened(any_union, applied["id"], file, newcomer) == PDF
    assert opened(any_union, applied["id"], file, chair, purpose="审核") == PDF
    for stranger in (account(), chair_of(any_union.units["02"]), auditor()):
        with pytest.raises(NotAllowed):
            opened(any_union, applied["id"], file, stranger, purpose="好奇")
    with any_union.database.session() as session:
        looks = session.scalars(sa.select(AccessLog)).all()
    assert [(look.field, look.purpose) for look in looks] == [("labour_contract", "审核")]


def test_what_led_nowhere_keeps_no_file(any_union: Union) -> None:
    newcomer = account()
    first = any_union.apply(1, by=newcomer, consents=ALL, photo=PHOTO)["id"]
    run(any_union, newcomer, applying.withdraw_application, contract.withdraw_application, application_id=first)
    assert subjects(any_union) == []
    second = any_union.apply(2, consents=ALL, photo=PHOTO)["id"]
    any_union.review(second, "reject")
    with clock.frozen(clock.now() + timedelta(days=181)), any_union.acting() as tx:
        assert forgetting.forget_old(tx) == 2
    assert subjects(any_union) == []


def test_after_the_decision_nothing_is_attached_any_more(any_union: Union) -> None:
    newcomer = account()
    application = any_union.apply(by=newcomer)["id"]
    any_union.review(application)
    any_union.approve(application)
    with pytest.raises(Refused) as caught:
        attach(any_union, application, newcomer)
    assert caught.value.rule == "joining.files_are_open"
