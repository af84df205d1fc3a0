"""Photo, documents and consents of an application: asked for by rule, seen by few, taken over or forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from marshmallow import ValidationError

from services.chassis import clock
from services.chassis.database.history import AccessLog
from services.chassis.errors import NotAllowed, Problem, Refused
from services.chassis.files.storage import StoredFile
from services.chassis.rules.rulebook import PolicyRule
from services.chassis.security.principal import Principal
from services.contracts.membership.joining import operations as contract
from services.membership.consents.use_cases import wordings as consents
from services.membership.joining.tables import Application
from services.membership.joining.use_cases import applying, attaching, deciding, forgetting
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
        return attaching.open_application_file(tx, request)["content"]


def confirmed(union: Union, order: int = 1, by: Principal | None = None, **changes: Any) -> Any:
    """Apply, and let the unit accept it; return the application's id."""
    application = union.apply(order, by=by or account(), **changes)["id"]
    union.review(application)
    return application


def give_photo(union: Union, application_id: Any, by: Principal, **changes: Any) -> dict[str, Any]:
    return run(
        union, by, attaching.replace_application_photo, contract.replace_application_photo,
        application_id=application_id, **{"consent_version": "2026-01", **PHOTO, **changes},
    )  # fmt: skip


def refused(do: Any, *args: Any, **changes: Any) -> Problem:
    with pytest.raises(Problem) as caught:
        do(*args, **changes)
    return caught.value


def test_a_stranger_stores_nothing_before_the_unit_has_looked(any_union: Union) -> None:
    stranger = account()
    for changes in ({"draft": True}, {}):
        application = any_union.apply(2, by=stranger, employment="contract", **changes)
        assert not application["confirmed"]
        for give in (attach, give_photo):
            assert refused(give, any_union, application["id"], stranger).rule == "joining.unit_confirms_first"
    assert subjects(any_union) == []
    attach(any_union, application["id"], chair_of(any_union.units["01"]))
    any_union.review(application["id"], "return")
    assert get(any_union, application["id"], stranger)["confirmed"]
    attach(any_union, application["id"], stranger)
    assert len(subjects(any_union)) == 2


def test_who_is_not_established_brings_what_the_rule_asks_for(any_union: Union) -> None:
    newcomer = account()
    application = confirmed(any_union, by=newcomer, employment="contract")
    problem = refused(any_union.approve, application)
    assert (problem.rule, problem.params["missing"]) == ("joining.documents_are_attached", ["labour_contract"])
    attached = attach(any_union, application, newcomer)
    assert [file["kind"] for file in attached["files"]] == ["labour_contract"]
    assert [rule["key"] for rule in attached["terms"]["rules"]] == [
        "joining.employments", "joining.documents.contract",
    ]  # fmt: skip
    assert any_union.approve(application)["state"] == "approved"


def test_papers_the_unit_has_seen_need_not_be_attached(any_union: Union) -> None:
    application = any_union.apply(employment="contract")["id"]
    run(
        any_union, any_union.officer, deciding.review_application, contract.review_application,
        application_id=application, decision="accept", documents_seen=True,
    )  # fmt: skip
    assert any_union.approve(application)["state"] == "approved"


def test_an_application_takes_no_files_and_bears_with_an_older_gateway() -> None:
    older = {"draft": True, "photo": None, "documents": []}
    assert "photo" not in contract.submit_application.request_schema.load(older)
    with pytest.raises(ValidationError) as caught:
        contract.submit_application.request_schema.load({"draft": True, "documents": [CONTRACT]})
    assert list(caught.value.messages_dict) == ["documents"]


def test_what_was_returned_for_its_papers_is_submitted_with_them(any_union: Union) -> None:
    newcomer = account()
    application = any_union.apply(by=newcomer, employment="contract")["id"]
    any_union.review(application, "return")

    def submit() -> Any:
        return run(any_union, newcomer, applying.submit_draft, contract.submit_draft, application_id=application)

    assert refused(submit).rule == "joining.documents_are_attached"
    attach(any_union, application, newcomer)
    assert submit()["state"] == "submitted"


def test_a_queue_and_an_account_take_no_more_than_people_look_at(
    any_union: Union, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "MOST_WAITING", 2)
    waiting = [any_union.apply(order)["id"] for order in (1, 2)]
    assert refused(any_union.apply, 3).rule == "joining.queue_has_room"
    any_union.apply(4, unit="02")
    any_union.review(waiting[0])
    any_union.apply(3)
    somebody = account()
    for order in range(5, 5 + applying.MOST_DRAFTS):
        any_union.apply(order, by=somebody, draft=True)
    assert refused(any_union.apply, 9, by=somebody, draft=True).rule == "joining.drafts_are_few"
    any_union.apply(9, by=account(), draft=True)


def test_a_draft_nobody_goes_on_with_is_swept_after_a_month(any_union: Union) -> None:
    somebody = account()
    draft, submitted = any_union.apply(1, by=somebody, draft=True)["id"], any_union.apply(2)["id"]
    with clock.frozen(clock.now() + timedelta(days=31)), any_union.acting() as tx:
        assert forgetting.forget_old(tx) == 1
    assert get(any_union, submitted, any_union.officer)["name"]
    with any_union.database.session() as session:
        swept = session.get_one(Application, draft)
        assert (swept.state, swept.name, swept.id_number) == ("withdrawn", None, None)


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
    newcomer = account()
    application = confirmed(any_union, by=newcomer, consents=ALL)
    give_photo(any_union, application, newcomer)
    attach(any_union, application, newcomer)
    assert {one["purpose"] for one in get(any_union, application, any_union.officer)["consents"]} == {
        "processing", "sensitive", "photo",
    }  # fmt: skip
    member_id = any_union.approve(application)["member_id"]
    with any_union.acting() as tx:
        given = consents.given_by_member(tx, member_id)
    assert [(one["purpose"], one["version"]) for one in given] == [(one["purpose"], "2026-01") for one in ALL]
    assert subjects(any_union) == [("member", "document.labour_contract"), ("member", "photo")]


def test_a_photo_needs_its_own_consent_and_an_old_wording_is_no_consent(any_union: Union) -> None:
    newcomer = account()
    application = confirmed(any_union, by=newcomer)
    assert refused(give_photo, any_union, application, newcomer, consent_version="2020-1").rule == (
        "consents.wordings_are_current"
    )
    with pytest.raises(Refused) as caught:
        any_union.apply(consent_version="2020-1")
    assert caught.value.rule == "consents.wordings_are_current"
    with pytest.raises(Refused) as caught:
        any_union.apply(consents=[{"purpose": "processing", "version": "2026-01"}])
    assert caught.value.params["missing"] == ["sensitive"]


def test_a_bad_photo_is_refused_and_nothing_is_kept(any_union: Union) -> None:
    newcomer = account()
    application = confirmed(any_union, by=newcomer)
    assert refused(give_photo, any_union, application, newcomer, content=PDF).field in ("photo", "content")
    assert subjects(any_union) == []


def test_files_are_seen_by_applicant_chair_and_officer_and_a_look_is_logged(any_union: Union) -> None:
    newcomer, chair = account(), chair_of(any_union.units["01"])
    applied = {"id": confirmed(any_union, by=newcomer, employment="contract")}
    file = attach(any_union, applied["id"], newcomer)["files"][0]["id"]
    assert opened(any_union, applied["id"], file, newcomer).startswith(b"%PDF-")
    assert opened(any_union, applied["id"], file, chair, purpose="审核").startswith(b"%PDF-")
    for stranger in (account(), chair_of(any_union.units["02"]), auditor()):
        with pytest.raises(NotAllowed):
            opened(any_union, applied["id"], file, stranger, purpose="好奇")
    with any_union.database.session() as session:
        looks = session.scalars(sa.select(AccessLog)).all()
    assert [(look.field, look.purpose) for look in looks] == [("labour_contract", "审核")]


def test_what_led_nowhere_keeps_no_file(any_union: Union) -> None:
    newcomer = account()
    first = confirmed(any_union, 1, by=newcomer, consents=ALL)
    give_photo(any_union, first, newcomer)
    run(any_union, newcomer, applying.withdraw_application, contract.withdraw_application, application_id=first)
    assert subjects(any_union) == []
    second = any_union.apply(2, by=newcomer, consents=ALL)["id"]
    attach(any_union, second, chair_of(any_union.units["01"]))
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
