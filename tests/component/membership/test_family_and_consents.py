"""Families: stated by members, never seen by chairs, erased at once; consents withdrawn, and what that ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.errors import NotAllowed, NotFound, Refused
from services.chassis.files.storage import store_file
from services.chassis.security.principal import Grant, Principal
from services.contracts.membership import family as contract
from services.contracts.membership import privacy as privacy_contract
from services.contracts.membership.record import operations as record_contract
from services.membership.consents.use_cases.wordings import current_texts
from services.membership.family.use_cases import reading, stating
from services.membership.privacy.use_cases import consenting, own_copy
from services.membership.record.use_cases import reading as record_reading
from tests.component.membership.union import Union, account, asked, chair_of

SMALL = clock.today() - timedelta(days=365 * 8)


def version(union: Union, purpose: str = "guardian") -> str:
    with union.acting() as tx:
        return current_texts(tx)[purpose].version


def state(union: Union, me: Principal, **changes: Any) -> dict[str, Any]:
    values = {"relation": "child", "name": "李小宝", "birth_date": SMALL, **changes}
    with union.acting(me) as tx:
        return stating.add_family_member(tx, asked(contract.add_family_member, **values))


def listed(union: Union, by: Principal, member: UUID) -> dict[str, Any]:
    with union.acting(by) as tx:
        return reading.list_family(tx, {"member_id": member})


def test_a_small_child_is_recorded_with_the_guardians_consent_only(any_union: Union) -> None:
    member = any_union.member(1)
    me = account(member)
    with pytest.raises(Refused) as caught:
        state(any_union, me)
    assert caught.value.rule == "family.guardian_consents"
    with pytest.raises(Refused) as caught:
        state(any_union, me, guardian_consent="1999-01")
    assert caught.value.rule == "consents.wordings_are_current"
    child = state(any_union, me, guardian_consent=version(any_union))
    assert child["consent_version"] == version(any_union)
    assert [one["name"] for one in listed(any_union, me, member)["items"]] == ["李小宝"]


def test_names_and_days_of_birth_are_unreadable_in_the_database(any_union: Union) -> None:
    me = account(any_union.member(1))
    state(any_union, me, guardian_consent=version(any_union))
    with any_union.database.session() as session:
        stored = str(session.execute(sa.text("SELECT * FROM family_member")).all())
    assert "李小宝" not in stored
    assert SMALL.isoformat() not in stored


def test_an_officer_sees_a_family_for_a_purpose_and_a_chair_never(any_union: Union) -> None:
    member = any_union.member(1)
    state(any_union, account(member), relation="spouse", name="李建国", birth_date=None)
    seen = listed(any_union, any_union.officer, member)
    assert [(one["name"], one["birth_date"]) for one in seen["items"]] == [("李**", None)]
    for stranger in (chair_of(any_union.units["01"]), account(uuid4())):
        with pytest.raises(NotAllowed):
            listed(any_union, stranger, member)
    request = asked(contract.view_family, member_id=member, purpose="visit after an accident")
    with any_union.acting(any_union.officer) as tx:
        assert [one["name"] for one in reading.view_family(tx, request)["items"]] == ["李建国"]
    with any_union.acting(account(member)) as tx:
        page = record_reading.member_accesses(tx, asked(record_contract.member_accesses, member_id=member))
    assert [(one["field"], one["by_role"], one["purpose"]) for one in page["items"]] == [
        ("family", "officer", "visit after an accident")
    ]


def test_a_member_erases_only_the_own_family(any_union: Union) -> None:
    member = any_union.member(1)
    child = state(any_union, account(member), guardian_consent=version(any_union))
    with any_union.acting(account(any_union.member(2))) as tx, pytest.raises(NotFound):
        stating.remove_family_member(tx, {"family_member_id": child["id"]})
    with any_union.acting(account(member)) as tx:
        stating.remove_family_member(tx, {"family_member_id": child["id"]})
    assert listed(any_union, account(member), member)["items"] == []
    with any_union.acting(account(member)) as tx:
        (consent,) = consenting.my_consents(tx)["items"]
    assert consent["withdrawn_at"] is not None


def withdraw(union: Union, me: Principal, purpose: str) -> dict[str, Any]:
    with union.acting(me) as tx:
        (found,) = [one for one in consenting.my_consents(tx)["items"] if one["purpose"] == purpose]
        return consenting.withdraw_consent(tx, asked(privacy_contract.withdraw_consent, consent_id=found["id"]))


def test_withdrawing_the_guardians_consent_erases_the_child_at_once(any_union: Union) -> None:
    member = any_union.member(1)
    me = account(member)
    state(any_union, me, guardian_consent=version(any_union))
    state(any_union, me, relation="spouse", name="李建国", birth_date=None)
    assert withdraw(any_union, me, "guardian")["caused"] == ["children_erased"]
    assert [one["relation"] for one in listed(any_union, me, member)["items"]] == ["spouse"]
    (told,) = any_union.events("consent_withdrawn")
    assert (told["member_id"], told["purpose"]) == (str(member), "guardian")
    with pytest.raises(Refused) as caught:
        withdraw(any_union, me, "guardian")
    assert caught.value.rule == "consents.consent_stands"


def test_withdrawing_the_photos_consent_erases_the_photo(any_union: Union) -> None:
    member = any_union.member(1)
    me = account(member)
    request = asked(privacy_contract.give_consent, purpose="photo", version=version(any_union, "photo"))
    with any_union.acting(me) as tx:
        store_file(
            tx, name="me.jpg", media_type="image/jpeg", content=b"x", subject=f"member/{member}", purpose="photo"
        )
        assert consenting.give_consent(tx, request)["open_purposes"] == ["publication"]
    assert withdraw(any_union, me, "photo")["caused"] == ["photo_erased"]


def test_without_processing_there_is_no_membership_so_a_request_to_leave_is_made(any_union: Union) -> None:
    applied = any_union.apply(1, consent_version=version(any_union, "processing"))
    any_union.review(applied["id"])
    member = any_union.approve(applied["id"])["member_id"]
    me = Principal("account", uuid4(), member, (Grant("member"),))
    assert withdraw(any_union, me, "processing")["caused"] == ["leave_requested"]
    assert [told["member_id"] for told in any_union.events("leave_requested")] == [str(member)]
    assert withdraw(any_union, me, "sensitive")["caused"] == ["leave_requested"]


def test_others_consents_cannot_be_withdrawn(any_union: Union) -> None:
    member = any_union.member(1)
    child = state(any_union, account(member), guardian_consent=version(any_union))
    request = asked(privacy_contract.withdraw_consent, consent_id=child["consent_id"])
    with any_union.acting(account(any_union.member(2))) as tx, pytest.raises(NotFound):
        consenting.withdraw_consent(tx, request)


def test_the_own_copy_holds_everything_in_plain_and_is_logged(any_union: Union) -> None:
    member = any_union.member(1, phone="13912345678", address="文一西路 100 号")
    me = account(member)
    state(any_union, me, relation="spouse", name="李建国", birth_date=None)
    with any_union.acting(me) as tx:
        copy = own_copy.my_record(tx, asked(privacy_contract.my_record))["sections"]
    assert copy["record"]["phone"] == "13912345678"
    assert copy["record"]["address"] == "文一西路 100 号"
    assert copy["family"][0]["name"] == "李建国"
    assert set(copy) == {"record", "honours", "family", "consents", "changes", "accesses"}
    with any_union.acting(me) as tx:
        page = record_reading.member_accesses(tx, asked(record_contract.member_accesses, member_id=member))
    assert [(one["field"], one["by_role"]) for one in page["items"]] == [("own_copy", "self")]
