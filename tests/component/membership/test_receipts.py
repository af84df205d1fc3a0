"""What an applicant without account does by the receipt code: nothing until the unit has looked."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis.errors import NotFound, Problem
from services.chassis.files.storage import StoredFile
from services.chassis.security.principal import ANONYMOUS
from services.contracts.membership.joining import operations as contract
from services.membership.joining.use_cases import by_receipt
from tests.component.membership.test_application_files import ALL, CONTRACT, PHOTO
from tests.component.membership.test_joining import run
from tests.component.membership.test_proposing import newcomer, propose
from tests.component.membership.union import Union


def by_code(union: Union, operation: str, applied: dict[str, Any], **values: Any) -> dict[str, Any]:
    """Do something as the stranger who holds the code."""
    held = {"application_id": applied["id"], "receipt_code": applied["receipt_code"], **values}
    return run(union, ANONYMOUS, getattr(by_receipt, operation), getattr(contract, operation), **held)


def refused(*args: Any, **values: Any) -> str | None:
    with pytest.raises(Problem) as caught:
        by_code(*args, **values)
    return caught.value.rule


def kept(union: Union) -> int:
    with union.database.session() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(StoredFile)) or 0


def test_papers_come_by_the_code_once_the_unit_asked_for_them(any_union: Union) -> None:
    applied = any_union.apply(employment="contract", consents=ALL)
    assert by_code(any_union, "follow_application", applied)["actions"] == []
    assert refused(any_union, "attach_with_receipt", applied, **CONTRACT) == "joining.unit_confirms_first"
    assert refused(any_union, "submit_with_receipt", applied) == "workflow.joining"
    assert kept(any_union) == 0

    any_union.review(applied["id"], "return")
    standing = by_code(any_union, "follow_application", applied)
    assert standing["actions"] == ["attach", "submit"]
    assert standing["terms"]["documents"] == ("labour_contract",)
    assert refused(any_union, "submit_with_receipt", applied) == "joining.documents_are_attached"

    by_code(any_union, "replace_photo_with_receipt", applied, consent_version="2026-01", **PHOTO)
    given = by_code(any_union, "attach_with_receipt", applied, **CONTRACT)
    assert [set(file) >= {"id", "kind", "size"} for file in given["files"]] == [True, True]
    shown = contract.follow_application.reply_schema.dump(given)
    assert "name" not in shown["files"][0]
    again = by_code(any_union, "submit_with_receipt", applied)
    assert (again["state"], again["actions"]) == ("submitted", ["attach"])

    any_union.review(applied["id"])
    assert any_union.approve(applied["id"])["state"] == "approved"
    assert by_code(any_union, "follow_application", applied)["number"] == "M000001"
    assert refused(any_union, "attach_with_receipt", applied, **CONTRACT) == "joining.files_are_open"


def test_who_was_proposed_by_the_unit_gives_papers_by_the_code(any_union: Union) -> None:
    made = propose(any_union, newcomer(1))[0]
    applied = {"id": made["application_id"], "receipt_code": made["receipt_code"]}
    by_code(any_union, "attach_with_receipt", applied, **CONTRACT)
    file = by_code(any_union, "follow_application", applied)["files"][0]["id"]
    assert by_code(any_union, "detach_with_receipt", applied, file_id=file)["files"] == []
    assert kept(any_union) == 0


@pytest.mark.parametrize("name", ["attach_with_receipt", "submit_with_receipt", "detach_with_receipt"])
def test_without_the_code_nothing_is_told_or_kept(any_union: Union, name: str) -> None:
    applied = any_union.apply(employment="contract")
    any_union.review(applied["id"], "return")
    more = {"attach_with_receipt": CONTRACT, "detach_with_receipt": {"file_id": applied["id"]}}.get(name, {})
    with pytest.raises(NotFound):
        by_code(any_union, name, {**applied, "receipt_code": "BCDFGHJKMNPQ"}, **more)
    other = any_union.apply(2, employment="contract")
    with pytest.raises(NotFound):
        by_code(any_union, name, {**other, "id": applied["id"]}, **more)
    assert kept(any_union) == 0
