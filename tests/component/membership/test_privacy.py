"""Sensitive fields: unreadable in the database, masked in every answer, shown in plain only with a trace."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from services.chassis.database.engine import ChassisBase
from services.chassis.errors import InvalidInput, NotAllowed
from services.chassis.security.encryption import blind_index
from services.contracts.membership.joining import operations as joining_contract
from services.contracts.membership.record import operations as contract
from services.membership.base import Base
from services.membership.record.use_cases import reading
from tests.component.membership.harness import MembershipHarness, officer
from tests.support.principals import applicant_account, auditor, chair_of, member_account
from tests.unit.membership.people import id_number

BIRTH = date(1979, 4, 5)
NUMBER, PHONE, MAIL = id_number(BIRTH, 123), "13912345678", "wang.fang@example.edu.cn"
SECRETS = (NUMBER, PHONE, MAIL)


def a_member(membership: MembershipHarness) -> Any:
    return membership.member(1, name="王芳", birth_date=BIRTH, id_number=NUMBER, phone=PHONE, email=MAIL)


def stored(membership: MembershipHarness) -> str:
    """Return everything the database holds, as the database sees it."""
    texts = []
    with membership.database.session() as session:
        for table in (*Base.metadata.sorted_tables, *ChassisBase.metadata.sorted_tables):
            for row in session.execute(sa.text(f"SELECT * FROM {table.name}")):
                texts.append(" ".join(str(value) for value in row))
    return "\n".join(texts)


@pytest.mark.databases("postgresql", "sqlite")
def test_no_sensitive_value_stands_readable_in_the_database(membership: MembershipHarness) -> None:
    a_member(membership)
    birth = date(1991, 2, 3)
    number = id_number(birth, 321)
    applied = membership.apply(1, birth_date=birth, id_number=number, phone="13787654321", email="zhao@example.cn")
    membership.review(applied["id"], "return")
    text = stored(membership)
    for secret in (*SECRETS, number, "13787654321", "zhao@example.cn", applied["receipt_code"]):
        assert secret not in text
    assert blind_index(number) not in text
    assert "王芳" in text


def test_a_person_has_another_index_with_another_key(
    membership: MembershipHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.chassis.process import settings
    from services.membership.person.use_cases.persons import index_of

    before = index_of(NUMBER)
    monkeypatch.setenv("GONGHUI_HASH_KEY", "another" * 5)
    settings.reset()
    assert index_of(NUMBER) != before
    monkeypatch.undo()
    settings.reset()


def test_answers_hold_masked_values_only(membership: MembershipHarness) -> None:
    member = a_member(membership)
    applied = membership.apply(2, phone="13787654321")
    record = membership.ask_typed(contract.get_member, member_id=member)
    application = membership.ask_typed(joining_contract.get_application, application_id=applied["id"])
    rows = membership.ask_typed(contract.export_members, purpose="yearly list")
    listed = membership.ask_typed(contract.list_members)
    answered = json.dumps([record, application, rows, listed], default=str)
    assert (record["phone"], record["email"], record["id_number"]) == (
        "139****5678", "w***@example.edu.cn", f"999{'*' * 13}{NUMBER[-2:]}",
    )  # fmt: skip
    assert not [secret for secret in (*SECRETS, "13787654321") if secret in answered]


def test_no_event_holds_a_name_or_anything_sensitive(membership: MembershipHarness) -> None:
    a_member(membership)
    applied = membership.apply(2, by=applicant_account())
    membership.review(applied["id"])
    membership.approve(applied["id"])
    told = json.dumps(membership.events("application_submitted", "application_reviewed", "member_joined"))
    assert not [secret for secret in (*SECRETS, "王芳", "张晓明", "1979-04-05") if secret in told]


@pytest.mark.databases("postgresql", "sqlite")
def test_an_officer_sees_a_plain_value_and_the_member_sees_that(membership: MembershipHarness) -> None:
    member, curious = a_member(membership), officer()
    request = {"member_id": member, "field": "phone", "purpose": "call about the ceremony"}
    assert membership.ask_typed(contract.unmask_member, curious, **request) == {"field": "phone", "value": PHONE}
    page = membership.ask_typed(contract.member_accesses, member_account(member), member_id=member)
    assert [(one["by"], one["field"], one["purpose"]) for one in page["items"]] == [
        (str(curious.account_id), "phone", "call about the ceremony")
    ]


def test_members_see_their_own_values_and_accesses_only(membership: MembershipHarness) -> None:
    member, other = a_member(membership), member_account(uuid4())
    request = {"member_id": member, "field": "id_number", "purpose": "check it is right"}
    assert membership.ask_typed(contract.unmask_member, member_account(member), **request)["value"] == NUMBER
    for use_case, asked_for in (
        (reading.unmask_member, request),
        (reading.member_accesses, {"member_id": member}),
        (reading.member_history, {"member_id": member}),
    ):
        with membership.transaction(other) as tx, pytest.raises(NotAllowed):
            use_case(tx, asked_for)
    with pytest.raises(NotAllowed):
        membership.ask_typed(contract.get_member, other, member_id=member)


def test_the_chair_of_the_unit_sees_an_applicants_telephone_and_another_does_not(membership: MembershipHarness) -> None:
    applied = membership.apply(1, phone="13787654321")
    request = {"application_id": applied["id"], "field": "phone", "purpose": "ask for papers"}
    assert (
        membership.ask_typed(joining_contract.unmask_application, chair_of(membership.units["01"]), **request)["value"]
        == "13787654321"
    )
    for other in (chair_of(membership.units["02"]), auditor()):
        with pytest.raises(NotAllowed):
            membership.ask_typed(joining_contract.unmask_application, other, **request)


def test_an_export_states_its_purpose_and_is_logged(membership: MembershipHarness) -> None:
    from services.chassis.database.history import accesses_of

    a_member(membership)
    with pytest.raises(Exception, match="purpose"):
        contract.export_members.request_schema.load({})
    reply = membership.ask_typed(contract.export_members, purpose="yearly list")
    assert dict(zip(reply["columns"], reply["rows"][0], strict=True))["unit_code"] == "01"
    with membership.transaction(membership.officer) as tx:
        assert [one.purpose for one in accesses_of(tx, "member-list").rows] == ["yearly list"]


def test_refusals_name_the_field_and_never_the_value(membership: MembershipHarness) -> None:
    with pytest.raises(InvalidInput) as caught:
        membership.apply(id_number=NUMBER, phone="139123456789", email="wang.fang@")
    told = json.dumps(caught.value.to_wire())
    assert not [secret for secret in (NUMBER, "139123456789", "wang.fang@") if secret in told]


def test_names_are_whole_for_who_works_with_the_unit_and_shortened_for_others(membership: MembershipHarness) -> None:
    member = a_member(membership)
    inside, outside = chair_of(membership.units["01"]), chair_of(membership.units["02"])
    seen = {}
    for label, principal in (
        ("officer", membership.officer), ("chair", inside), ("other chair", outside), ("self", member_account(member)),
        ("colleague", member_account(uuid4())),
    ):  # fmt: skip
        items = membership.ask_typed(contract.names_of, principal, ids=[member, uuid4()])["items"]
        seen[label] = [(item["name"], item["masked"]) for item in items]
    whole, short = [("王芳", False)], [("王*", True)]
    assert seen == {"officer": whole, "chair": whole, "other chair": short, "self": whole, "colleague": short}
