"""A unit applies for its newcomers together, whole or not at all, and only the unit itself does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.chassis import clock
from services.chassis.errors import InvalidInput, NotAllowed, Refused
from services.chassis.security.principal import ANONYMOUS, Principal
from services.contracts.membership.joining import operations as contract
from tests.component.membership.harness import MembershipHarness
from tests.component.membership.test_numbers import counted
from tests.support.principals import chair_of
from tests.unit.membership.people import applicant, id_number


def newcomer(order: int, **changes: Any) -> dict[str, Any]:
    stated = applicant(None, order, **changes)  # type: ignore[arg-type]
    del stated["unit_id"]
    return stated


def propose(
    membership: MembershipHarness, *rows: dict[str, Any], by: Principal | None = None, unit: str = "01", **changes: Any
) -> list[dict[str, Any]]:
    request = {"unit_id": membership.units[unit], "rows": list(rows), **changes}
    items: list[dict[str, Any]] = membership.ask_typed(
        contract.propose_newcomers, by or chair_of(membership.units[unit]), **request
    )["items"]
    return items


@pytest.mark.databases("postgresql", "sqlite")
def test_newcomers_proposed_by_their_unit_are_approved_together(membership: MembershipHarness) -> None:
    proposed = propose(membership, *(newcomer(order) for order in range(1, 6)))
    told = membership.events("application_submitted", "application_reviewed")
    assert [one["type"] for one in told[:2]] == ["application_submitted", "application_reviewed"]
    assert len(told) == 10
    request = {"application_ids": [one["application_id"] for one in proposed]}
    assert membership.ask_typed(contract.approve_applications, **request)["approved"] == 5
    standing = membership.ask_typed(contract.follow_application, ANONYMOUS, **proposed[2])
    assert (standing["state"], standing["number"]) == ("approved", "M000003")
    assert [step["action"] for step in standing["steps"]] == ["propose", "approve"]


def test_bad_rows_are_named_and_nobody_is_taken(membership: MembershipHarness) -> None:
    birth = date(1979, 1, 1)
    membership.member(1, birth_date=birth, id_number=id_number(birth, 9))
    membership.apply(40)
    rows = [
        newcomer(1), newcomer(1, name="张小"), newcomer(2, phone="12345"), newcomer(40),
        newcomer(3, birth_date=birth, id_number=id_number(birth, 9)),
    ]  # fmt: skip
    with pytest.raises(InvalidInput) as caught:
        propose(membership, *rows)
    named = {place: list(fields) for place, fields in caught.value.errors["rows"].items()}
    assert named == {"1": ["id_number"], "2": ["phone"], "3": ["id_number"], "4": ["id_number"]}
    assert len(membership.events("application_submitted")) == 1


def test_a_row_without_what_is_needed_does_not_even_arrive() -> None:
    from marshmallow import ValidationError

    row = contract.propose_newcomers.request_schema.dump({"rows": [newcomer(1)]})["rows"][0]
    del row["phone"], row["consent_version"]
    unit_id = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0001"
    with pytest.raises(ValidationError) as caught:
        contract.propose_newcomers.request_schema.load({"unit_id": unit_id, "rows": [row]})
    assert set(caught.value.normalized_messages()["rows"][0]) == {"phone", "consent_version"}


def test_only_the_unit_itself_proposes(membership: MembershipHarness) -> None:
    with pytest.raises(NotAllowed):
        propose(membership, newcomer(1), by=chair_of(membership.units["02"]))
    propose(membership, newcomer(1), by=membership.officer)
    membership.seat("01", "unit_chair", membership.member(7), clock.today())
    with pytest.raises(NotAllowed) as caught:
        propose(membership, newcomer(2), by=membership.officer)
    assert caught.value.rule == "joining.reviewer_is_in_charge"
    with pytest.raises(Refused):
        propose(membership, newcomer(3), by=membership.officer, unit="00")


def test_a_thousand_newcomers_take_few_statements(membership: MembershipHarness) -> None:
    with counted(membership.database) as seen:
        assert len(propose(membership, *(newcomer(order) for order in range(1, 1001)))) == 1000
    assert len(seen) <= 25


def test_newcomers_may_have_agreed_to_wordings_of_different_versions(membership: MembershipHarness) -> None:
    from services.contracts.membership import consents as consents_contract
    from services.membership.consents.use_cases import wordings as consents

    values = {"purpose": "processing", "version": "next", "title": "同意书", "text": "新的个人信息处理说明。"}
    membership.ask_typed(consents_contract.publish_consent_text, **values)
    agreed = [{"purpose": "processing", "version": "next"}, {"purpose": "sensitive", "version": "2026-01"}]
    with pytest.raises(Refused):
        propose(membership, newcomer(1))
    made = propose(membership, newcomer(1), consents=agreed)
    with membership.transaction() as tx:
        kept = consents.given_with(tx, made[0]["application_id"])
    assert {(one["purpose"], one["version"], one["by_unit"]) for one in kept} == {
        ("processing", "next", True), ("sensitive", "2026-01", True),
    }  # fmt: skip
