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
from services.membership.joining.use_cases import reading as joining_reading
from services.membership.record.use_cases import export, reading
from tests.component.membership.union import Union, account, asked, auditor, chair_of, officer
from tests.unit.membership.people import id_number

BIRTH = date(1979, 4, 5)
NUMBER, PHONE, MAIL = id_number(BIRTH, 123), "13912345678", "wang.fang@example.edu.cn"
SECRETS = (NUMBER, PHONE, MAIL)


def a_member(union: Union) -> Any:
    return union.member(1, name="王芳", birth_date=BIRTH, id_number=NUMBER, phone=PHONE, email=MAIL)


def stored(union: Union) -> str:
    """Return everything the database holds, as the database sees it."""
    texts = []
    with union.database.session() as session:
        for table in (*Base.metadata.sorted_tables, *ChassisBase.metadata.sorted_tables):
            for row in session.execute(sa.text(f"SELECT * FROM {table.name}")):
                texts.append(" ".join(str(value) for value in row))
    return "\n".join(texts)


def test_no_sensitive_value_stands_readable_in_the_database(any_union: Union) -> None:
    a_member(any_union)
    birth = date(1991, 2, 3)
    number = id_number(birth, 321)
    applied = any_union.apply(1, birth_date=birth, id_number=number, phone="13787654321", email="zhao@example.cn")
    any_union.review(applied["id"], "return")
    text = stored(any_union)
    for secret in (*SECRETS, number, "13787654321", "zhao@example.cn", applied["receipt_code"]):
        assert secret not in text
    assert blind_index(number) not in text
    assert "王芳" in text


def test_a_person_has_another_index_with_another_key(any_union: Union, monkeypatch: pytest.MonkeyPatch) -> None:
    from services.chassis.process import settings
    from services.membership.person.use_cases.persons import index_of

    before = index_of(NUMBER)
    monkeypatch.setenv("GONGHUI_HASH_KEY", "another" * 5)
    settings.reset()
    assert index_of(NUMBER) != before
    monkeypatch.undo()
    settings.reset()


def test_answers_hold_masked_values_only(any_union: Union) -> None:
    member = a_member(any_union)
    applied = any_union.apply(2, phone="13787654321")
    with any_union.acting(any_union.officer) as tx:
        record = reading.get_member(tx, member)
        application = joining_reading.get_application(tx, {"application_id": applied["id"]})
        rows = export.export_members(tx, asked(contract.export_members, purpose="yearly list"))
        listed = reading.list_members(tx, asked(contract.list_members))
    answered = json.dumps([record, application, rows, listed], default=str)
    assert (record["phone"], record["email"], record["id_number"]) == (
        "139****5678", "w***@example.edu.cn", f"999{'*' * 13}{NUMBER[-2:]}",
    )  # fmt: skip
    assert not [secret for secret in (*SECRETS, "13787654321") if secret in answered]


def test_no_event_holds_a_name_or_anything_sensitive(any_union: Union) -> None:
    a_member(any_union)
    applied = any_union.apply(2, by=account())
    any_union.review(applied["id"])
    any_union.approve(applied["id"])
    told = json.dumps(any_union.events("application_submitted", "application_reviewed", "member_joined"))
    assert not [secret for secret in (*SECRETS, "王芳", "张晓明", "1979-04-05") if secret in told]


def test_an_officer_sees_a_plain_value_and_the_member_sees_that(any_union: Union) -> None:
    member, curious = a_member(any_union), officer()
    request = asked(contract.unmask_member, member_id=member, field="phone", purpose="call about the ceremony")
    with any_union.acting(curious) as tx:
        assert reading.unmask_member(tx, request) == {"field": "phone", "value": PHONE}
    with any_union.acting(account(member)) as tx:
        page = reading.member_accesses(tx, asked(contract.member_accesses, member_id=member))
    assert [(one["by"], one["field"], one["purpose"]) for one in page["items"]] == [
        (str(curious.account_id), "phone", "call about the ceremony")
    ]


def test_members_see_their_own_values_and_accesses_only(any_union: Union) -> None:
    member, other = a_member(any_union), account(uuid4())
    request = asked(contract.unmask_member, member_id=member, field="id_number", purpose="check it is right")
    with any_union.acting(account(member)) as tx:
        assert reading.unmask_member(tx, request)["value"] == NUMBER
    for use_case, asked_for in (
        (reading.unmask_member, request),
        (reading.member_accesses, asked(contract.member_accesses, member_id=member)),
        (reading.member_history, asked(contract.member_history, member_id=member)),
    ):
        with any_union.acting(other) as tx, pytest.raises(NotAllowed):
            use_case(tx, asked_for)
    with any_union.acting(other) as tx, pytest.raises(NotAllowed):
        reading.get_member(tx, member)


def test_the_chair_of_the_unit_sees_an_applicants_telephone_and_another_does_not(any_union: Union) -> None:
    applied = any_union.apply(1, phone="13787654321")
    request = asked(
        joining_contract.unmask_application, application_id=applied["id"], field="phone", purpose="ask for papers"
    )
    with any_union.acting(chair_of(any_union.units["01"])) as tx:
        assert joining_reading.unmask_application(tx, request)["value"] == "13787654321"
    for other in (chair_of(any_union.units["02"]), auditor()):
        with any_union.acting(other) as tx, pytest.raises(NotAllowed):
            joining_reading.unmask_application(tx, request)


def test_an_export_states_its_purpose_and_is_logged(any_union: Union) -> None:
    from services.chassis.database.history import accesses_of

    a_member(any_union)
    with pytest.raises(Exception, match="purpose"):
        contract.export_members.request_schema.load({})
    with any_union.acting(any_union.officer) as tx:
        reply = export.export_members(tx, asked(contract.export_members, purpose="yearly list"))
    assert dict(zip(reply["columns"], reply["rows"][0], strict=True))["unit_code"] == "01"
    with any_union.acting(any_union.officer) as tx:
        assert [one.purpose for one in accesses_of(tx, "member-list").rows] == ["yearly list"]


def test_refusals_name_the_field_and_never_the_value(any_union: Union) -> None:
    with pytest.raises(InvalidInput) as caught:
        any_union.apply(id_number=NUMBER, phone="139123456789", email="wang.fang@")
    told = json.dumps(caught.value.to_wire())
    assert not [secret for secret in (NUMBER, "139123456789", "wang.fang@") if secret in told]


def test_names_are_whole_for_who_works_with_the_unit_and_shortened_for_others(any_union: Union) -> None:
    member = a_member(any_union)
    inside, outside = chair_of(any_union.units["01"]), chair_of(any_union.units["02"])
    seen = {}
    for label, principal in (
        ("officer", any_union.officer), ("chair", inside), ("other chair", outside), ("self", account(member)),
        ("colleague", account(uuid4())),
    ):  # fmt: skip
        with any_union.acting(principal) as tx:
            items = reading.names_of(tx, asked(contract.names_of, ids=[member, uuid4()])["ids"])["items"]
        seen[label] = [(item["name"], item["masked"]) for item in items]
    whole, short = [("王芳", False)], [("王*", True)]
    assert seen == {"officer": whole, "chair": whole, "other chair": short, "self": whole, "colleague": short}
