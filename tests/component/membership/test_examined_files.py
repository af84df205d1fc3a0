"""Uploads are examined before the transaction, of those only who may attach something, and kept only when clean."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from services.chassis.errors import NotAllowed, NotFound, Refused, Unavailable
from services.chassis.files import attachments
from services.chassis.security.principal import ANONYMOUS
from services.contracts.membership import corrections
from services.contracts.membership.joining import operations as joining
from services.contracts.membership.record import files
from tests.component.membership.harness import MembershipHarness
from tests.component.membership.test_application_files import CONTRACT, confirmed
from tests.component.membership.test_cards import DOCUMENT, PHOTO, himself
from tests.support import open_transactions
from tests.support.clamd import HARMFUL, Clamd
from tests.support.pictures import PDF, picture
from tests.support.principals import applicant_account

AGREED = {**PHOTO, "consent_version": "2026-01"}


@pytest.fixture(autouse=True)
def files_outside_of_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is scanned or opened while a transaction is open fails the test."""
    open_transactions.watch(monkeypatch)


@pytest.fixture
def unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is opened fails the test."""

    def opened(*_: object, **__: object) -> None:
        raise AssertionError("the file was opened")

    monkeypatch.setattr(attachments, "parsed", opened)


def kept(membership: MembershipHarness) -> int:
    ((count,),) = membership.stored("SELECT count(*) FROM stored_file")
    return int(count)


def asked(**changes: Any) -> dict[str, Any]:
    upload = {"kind": "identity", "name": "a.pdf", "media_type": "application/pdf", "content": PDF}
    return {"field": "name", "value": "李四", "reason": "misspelt", "evidence": upload, **changes}


def test_every_upload_of_membership_is_examined_outside_of_the_transaction(membership: MembershipHarness) -> None:
    member = membership.member(1)
    membership.ask(files.replace_member_photo, himself(member), member_id=member, **AGREED)
    membership.ask(files.attach_to_member, himself(member), member_id=member, **DOCUMENT)
    membership.ask(corrections.ask_correction, himself(member), **asked())
    applicant = applicant_account()
    application = confirmed(membership, 2, applicant)
    membership.ask(joining.attach_to_application, applicant, application_id=application, **CONTRACT)
    membership.ask(joining.replace_application_photo, applicant, application_id=application, **AGREED)
    assert kept(membership) == 5


def test_a_scanner_away_keeps_nothing_and_a_harmful_file_is_refused(
    membership: MembershipHarness, clamd: Clamd
) -> None:
    member = membership.member(1)
    membership.ask(files.replace_member_photo, himself(member), member_id=member, **AGREED)
    before = membership.ask(files.member_photo, member_id=member)
    harmful = {**AGREED, "content": picture(kind="PNG") + HARMFUL}
    with pytest.raises(Refused) as refused:
        membership.ask(files.replace_member_photo, himself(member), member_id=member, **harmful)
    assert refused.value.rule == "files.file_is_clean"
    clamd.stop()
    for operation, upload in ((files.replace_member_photo, AGREED), (files.attach_to_member, DOCUMENT)):
        with pytest.raises(Unavailable) as away:
            membership.ask(operation, himself(member), member_id=member, **upload)
        assert away.value.code == "scanner_away"
    with pytest.raises(Unavailable):
        membership.ask(corrections.ask_correction, himself(member), **asked())
    assert membership.ask(corrections.list_my_corrections, himself(member))["items"] == []
    assert (kept(membership), membership.ask(files.member_photo, member_id=member)) == (1, before)


@pytest.mark.usefixtures("unopened")
def test_files_of_people_who_may_attach_nothing_are_not_opened(membership: MembershipHarness) -> None:
    member, other = membership.member(1), himself(membership.member(2))
    for operation, upload in ((files.replace_member_photo, AGREED), (files.attach_to_member, DOCUMENT)):
        with pytest.raises(NotAllowed):
            membership.ask(operation, other, member_id=member, **upload)
    application = confirmed(membership, 3)
    for operation, upload in ((joining.attach_to_application, CONTRACT), (joining.replace_application_photo, AGREED)):
        with pytest.raises(NotAllowed):
            membership.ask(operation, applicant_account(), application_id=application, **upload)
    code = {"application_id": application, "receipt_code": "wrong-code-1"}
    for operation, upload in ((joining.attach_with_receipt, CONTRACT), (joining.replace_photo_with_receipt, AGREED)):
        with pytest.raises(NotFound):
            membership.ask(operation, ANONYMOUS, **code, **upload)
    both = asked(document_id=uuid4())
    with pytest.raises(Refused):
        membership.ask(corrections.ask_correction, himself(member), **both)


def test_a_repeat_is_answered_while_the_scanner_is_away(membership: MembershipHarness, clamd: Clamd) -> None:
    member = membership.member(1)
    account, upload = himself(member), {"member_id": member, **DOCUMENT}
    first = membership.ask_keyed("one", files.attach_to_member, account, **upload)
    clamd.stop()
    again = membership.ask_keyed("one", files.attach_to_member, account, **upload)
    assert (again, kept(membership)) == (first, 1)
