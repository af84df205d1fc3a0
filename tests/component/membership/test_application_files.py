"""Photo, documents and consents of an application: asked for by rule, seen by few, taken over or forgotten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
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
from services.membership.joining.use_cases import applying, forgetting
from tests.component.membership.harness import MembershipHarness
from tests.component.membership.test_joining import get
from tests.support.pictures import PDF, picture
from tests.support.principals import applicant_account, auditor, chair_of

CONTRACT = {"kind": "labour_contract", "name": "合同.pdf", "media_type": "application/pdf", "content": PDF}
PHOTO = {"name": "me.jpg", "media_type": "image/jpeg", "content": picture()}
ALL = [{"purpose": one, "version": "2026-01"} for one in ("processing", "sensitive", "photo")]


def subjects(membership: MembershipHarness) -> list[tuple[str, str]]:
    with membership.database.session() as session:
        return sorted((row.subject.partition("/")[0], row.purpose) for row in session.scalars(sa.select(StoredFile)))


def drop_rule(membership: MembershipHarness, key: str) -> None:
    with membership.database.session() as session:
        session.execute(sa.delete(PolicyRule).where(PolicyRule.key == key))


def attach(membership: MembershipHarness, application_id: Any, by: Principal, **changes: Any) -> dict[str, Any]:
    return membership.ask_typed(contract.attach_to_application, by,
        application_id=application_id, **{**CONTRACT, **changes},
    )  # fmt: skip


def opened(membership: MembershipHarness, application_id: Any, file_id: Any, by: Principal, **values: Any) -> bytes:
    request = {"application_id": application_id, "file_id": file_id, "purpose": None, **values}
    return membership.ask_typed(contract.open_application_file, by, **request)["content"]


def confirmed(membership: MembershipHarness, order: int = 1, by: Principal | None = None, **changes: Any) -> Any:
    """Apply, and let the unit accept it; return the application's id."""
    application = membership.apply(order, by=by or applicant_account(), **changes)["id"]
    membership.review(application)
    return application


def give_photo(membership: MembershipHarness, application_id: Any, by: Principal, **changes: Any) -> dict[str, Any]:
    return membership.ask_typed(contract.replace_application_photo, by,
        application_id=application_id, **{"consent_version": "2026-01", **PHOTO, **changes},
    )  # fmt: skip


def refused(do: Any, *args: Any, **changes: Any) -> Problem:
    with pytest.raises(Problem) as caught:
        do(*args, **changes)
    return caught.value


def test_a_stranger_stores_nothing_before_the_unit_has_looked(membership: MembershipHarness) -> None:
    stranger = applicant_account()
    for changes in ({"draft": True}, {}):
        application = membership.apply(2, by=stranger, employment="contract", **changes)
        assert not application["confirmed"]
        for give in (attach, give_photo):
            assert refused(give, membership, application["id"], stranger).rule == "joining.unit_confirms_first"
    assert subjects(membership) == []
    attach(membership, application["id"], chair_of(membership.units["01"]))
    membership.review(application["id"], "return")
    assert get(membership, application["id"], stranger)["confirmed"]
    attach(membership, application["id"], stranger)
    assert len(subjects(membership)) == 2


def test_who_is_not_established_brings_what_the_rule_asks_for(membership: MembershipHarness) -> None:
    newcomer = applicant_account()
    application = confirmed(membership, by=newcomer, employment="contract")
    problem = refused(membership.approve, application)
    assert (problem.rule, problem.params["missing"]) == ("joining.documents_are_attached", ["labour_contract"])
    attached = attach(membership, application, newcomer)
    assert [file["kind"] for file in attached["files"]] == ["labour_contract"]
    assert [rule["key"] for rule in attached["terms"]["rules"]] == [
        "joining.employments", "joining.documents.contract",
    ]  # fmt: skip
    assert membership.approve(application)["state"] == "approved"


def test_papers_the_unit_has_seen_need_not_be_attached(membership: MembershipHarness) -> None:
    application = membership.apply(employment="contract")["id"]
    membership.ask_typed(contract.review_application,
        application_id=application, decision="accept", documents_seen=True,
    )  # fmt: skip
    assert membership.approve(application)["state"] == "approved"


def test_an_application_takes_no_files_and_bears_with_an_older_gateway() -> None:
    older = {"draft": True, "photo": None, "documents": []}
    assert "photo" not in contract.submit_application.request_schema.load(older)
    with pytest.raises(ValidationError) as caught:
        contract.submit_application.request_schema.load({"draft": True, "documents": [CONTRACT]})
    assert list(caught.value.messages_dict) == ["documents"]


def test_what_was_returned_for_its_papers_is_submitted_with_them(membership: MembershipHarness) -> None:
    newcomer = applicant_account()
    application = membership.apply(by=newcomer, employment="contract")["id"]
    membership.review(application, "return")

    def submit() -> Any:
        return membership.ask_typed(contract.submit_draft, newcomer, application_id=application)

    assert refused(submit).rule == "joining.documents_are_attached"
    attach(membership, application, newcomer)
    assert submit()["state"] == "submitted"


def test_a_queue_and_an_account_take_no_more_than_people_look_at(
    membership: MembershipHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "MOST_WAITING", 2)
    waiting = [membership.apply(order)["id"] for order in (1, 2)]
    assert refused(membership.apply, 3).rule == "joining.queue_has_room"
    membership.apply(4, unit="02")
    membership.review(waiting[0])
    membership.apply(3)
    somebody = applicant_account()
    for order in range(5, 5 + applying.MOST_DRAFTS):
        membership.apply(order, by=somebody, draft=True)
    assert refused(membership.apply, 9, by=somebody, draft=True).rule == "joining.drafts_are_few"


@pytest.mark.databases("postgresql")
def test_no_more_drafts_are_kept_of_many_at_once(membership: MembershipHarness) -> None:
    somebody = applicant_account()

    def draft(order: int) -> bool:
        try:
            membership.apply(order, by=somebody, draft=True)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(draft, range(1, 7))) == applying.MOST_DRAFTS
    membership.apply(9, by=applicant_account(), draft=True)


def test_a_draft_nobody_goes_on_with_is_swept_after_a_month(membership: MembershipHarness) -> None:
    somebody = applicant_account()
    draft, submitted = membership.apply(1, by=somebody, draft=True)["id"], membership.apply(2)["id"]
    with clock.frozen(clock.now() + timedelta(days=31)), membership.transaction() as tx:
        assert forgetting.forget_old(tx) == 1
    assert get(membership, submitted, membership.officer)["name"]
    with membership.database.session() as session:
        swept = session.get_one(Application, draft)
        assert (swept.state, swept.name, swept.id_number) == ("withdrawn", None, None)


def test_without_a_rule_in_force_an_officer_makes_an_exception_by_name(membership: MembershipHarness) -> None:
    drop_rule(membership, "joining.documents.agency")
    application = membership.apply(employment="agency")["id"]
    assert get(membership, application, membership.officer)["terms"]["missing"]
    assert get(membership, application, membership.officer)["terms"]["missing_rules"] == ["joining.documents.agency"]
    membership.review(application)
    with pytest.raises(Refused) as caught:
        membership.approve(application)
    assert caught.value.rule == "joining.rules_are_in_force"
    approved = membership.approve(application, exception="人事处已来函证明")
    assert approved["steps"][-1]["reason"] == "人事处已来函证明"


@pytest.mark.databases("postgresql", "sqlite")
def test_consents_are_kept_with_their_wording_and_go_over_to_the_record(membership: MembershipHarness) -> None:
    newcomer = applicant_account()
    application = confirmed(membership, by=newcomer, consents=ALL)
    give_photo(membership, application, newcomer)
    attach(membership, application, newcomer)
    assert {one["purpose"] for one in get(membership, application, membership.officer)["consents"]} == {
        "processing", "sensitive", "photo",
    }  # fmt: skip
    member_id = membership.approve(application)["member_id"]
    with membership.transaction() as tx:
        given = consents.given_by_member(tx, member_id)
    assert [(one["purpose"], one["version"]) for one in given] == [(one["purpose"], "2026-01") for one in ALL]
    assert subjects(membership) == [("member", "document.labour_contract"), ("member", "photo")]


def test_a_photo_needs_its_own_consent_and_an_old_wording_is_no_consent(membership: MembershipHarness) -> None:
    newcomer = applicant_account()
    application = confirmed(membership, by=newcomer)
    assert refused(give_photo, membership, application, newcomer, consent_version="2020-1").rule == (
        "consents.wordings_are_current"
    )
    with pytest.raises(Refused) as caught:
        membership.apply(consent_version="2020-1")
    assert caught.value.rule == "consents.wordings_are_current"
    with pytest.raises(Refused) as caught:
        membership.apply(consents=[{"purpose": "processing", "version": "2026-01"}])
    assert caught.value.params["missing"] == ["sensitive"]


def test_a_bad_photo_is_refused_and_nothing_is_kept(membership: MembershipHarness) -> None:
    newcomer = applicant_account()
    application = confirmed(membership, by=newcomer)
    assert refused(give_photo, membership, application, newcomer, content=PDF).field in ("photo", "content")
    assert subjects(membership) == []


def test_files_are_seen_by_applicant_chair_and_officer_and_a_look_is_logged(membership: MembershipHarness) -> None:
    newcomer, chair = applicant_account(), chair_of(membership.units["01"])
    applied = {"id": confirmed(membership, by=newcomer, employment="contract")}
    file = attach(membership, applied["id"], newcomer)["files"][0]["id"]
    assert opened(membership, applied["id"], file, newcomer).startswith(b"%PDF-")
    assert opened(membership, applied["id"], file, chair, purpose="审核").startswith(b"%PDF-")
    for stranger in (applicant_account(), chair_of(membership.units["02"]), auditor()):
        with pytest.raises(NotAllowed):
            opened(membership, applied["id"], file, stranger, purpose="好奇")
    with membership.database.session() as session:
        looks = session.scalars(sa.select(AccessLog)).all()
    assert [(look.field, look.purpose) for look in looks] == [("labour_contract", "审核")]


@pytest.mark.databases("postgresql", "sqlite")
def test_what_led_nowhere_keeps_no_file(membership: MembershipHarness) -> None:
    newcomer = applicant_account()
    first = confirmed(membership, 1, by=newcomer, consents=ALL)
    give_photo(membership, first, newcomer)
    membership.ask_typed(contract.withdraw_application, newcomer, application_id=first)
    assert subjects(membership) == []
    second = membership.apply(2, by=newcomer, consents=ALL)["id"]
    attach(membership, second, chair_of(membership.units["01"]))
    membership.review(second, "reject")
    with clock.frozen(clock.now() + timedelta(days=181)), membership.transaction() as tx:
        assert forgetting.forget_old(tx) == 2
    assert subjects(membership) == []


def test_after_the_decision_nothing_is_attached_any_more(membership: MembershipHarness) -> None:
    newcomer = applicant_account()
    application = membership.apply(by=newcomer)["id"]
    membership.review(application)
    membership.approve(application)
    with pytest.raises(Refused) as caught:
        attach(membership, application, newcomer)
    assert caught.value.rule == "joining.files_are_open"
