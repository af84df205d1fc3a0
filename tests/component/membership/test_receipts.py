"""What an applicant without account does by the receipt code: nothing until the unit has looked."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis.errors import NotFound, Problem
from services.chassis.files.storage import StoredFile
from services.chassis.security.principal import ANONYMOUS
from services.contracts.membership.joining import operations as contract
from tests.component.membership.harness import MembershipHarness
from tests.component.membership.test_application_files import ALL, CONTRACT, PHOTO
from tests.component.membership.test_proposing import newcomer, propose


def by_code(membership: MembershipHarness, operation: str, applied: dict[str, Any], **values: Any) -> dict[str, Any]:
    """Do something as the stranger who holds the code."""
    held = {"application_id": applied["id"], "receipt_code": applied["receipt_code"], **values}
    return membership.ask_typed(getattr(contract, operation), ANONYMOUS, **held)


def refused(*args: Any, **values: Any) -> str | None:
    with pytest.raises(Problem) as caught:
        by_code(*args, **values)
    return caught.value.rule


def kept(membership: MembershipHarness) -> int:
    with membership.database.session() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(StoredFile)) or 0


def test_papers_come_by_the_code_once_the_unit_asked_for_them(membership: MembershipHarness) -> None:
    applied = membership.apply(employment="contract", consents=ALL)
    assert by_code(membership, "follow_application", applied)["actions"] == []
    assert refused(membership, "attach_with_receipt", applied, **CONTRACT) == "joining.unit_confirms_first"
    assert refused(membership, "submit_with_receipt", applied) == "workflow.joining"
    assert kept(membership) == 0

    membership.review(applied["id"], "return")
    standing = by_code(membership, "follow_application", applied)
    assert standing["actions"] == ["attach", "submit"]
    assert standing["terms"]["documents"] == ["labour_contract"]
    assert refused(membership, "submit_with_receipt", applied) == "joining.documents_are_attached"

    by_code(membership, "replace_photo_with_receipt", applied, consent_version="2026-01", **PHOTO)
    given = by_code(membership, "attach_with_receipt", applied, **CONTRACT)
    assert [set(file) >= {"id", "kind", "size"} for file in given["files"]] == [True, True]
    shown = contract.follow_application.reply_schema.dump(given)
    assert "name" not in shown["files"][0]
    again = by_code(membership, "submit_with_receipt", applied)
    assert (again["state"], again["actions"]) == ("submitted", ["attach"])

    membership.review(applied["id"])
    assert membership.approve(applied["id"])["state"] == "approved"
    assert by_code(membership, "follow_application", applied)["number"] == "M000001"
    assert refused(membership, "attach_with_receipt", applied, **CONTRACT) == "joining.files_are_open"


def test_who_was_proposed_by_the_unit_gives_papers_by_the_code(membership: MembershipHarness) -> None:
    made = propose(membership, newcomer(1))[0]
    applied = {"id": made["application_id"], "receipt_code": made["receipt_code"]}
    by_code(membership, "attach_with_receipt", applied, **CONTRACT)
    file = by_code(membership, "follow_application", applied)["files"][0]["id"]
    assert by_code(membership, "detach_with_receipt", applied, file_id=file)["files"] == []
    assert kept(membership) == 0


@pytest.mark.parametrize("name", ["attach_with_receipt", "submit_with_receipt", "detach_with_receipt"])
def test_without_the_code_nothing_is_told_or_kept(membership: MembershipHarness, name: str) -> None:
    applied = membership.apply(employment="contract")
    membership.review(applied["id"], "return")
    more = {"attach_with_receipt": CONTRACT, "detach_with_receipt": {"file_id": applied["id"]}}.get(name, {})
    with pytest.raises(NotFound):
        by_code(membership, name, {**applied, "receipt_code": "BCDFGHJKMNPQ"}, **more)
    other = membership.apply(2, employment="contract")
    with pytest.raises(NotFound):
        by_code(membership, name, {**other, "id": applied["id"]}, **more)
    assert kept(membership) == 0
