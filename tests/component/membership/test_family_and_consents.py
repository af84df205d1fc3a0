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
from services.membership.privacy.use_cases import consenting
from tests.component.membership.harness import MembershipHarness
from tests.support.principals import chair_of, member_account

SMALL = clock.today() - timedelta(days=365 * 8)


def version(membership: MembershipHarness, purpose: str = "guardian") -> str:
    with membership.transaction() as tx:
        return current_texts(tx)[purpose].version


def state(membership: MembershipHarness, me: Principal, **changes: Any) -> dict[str, Any]:
    values = {"relation": "child", "name": "李小宝", "birth_date": SMALL, **changes}
    return membership.ask_typed(contract.add_family_member, me, **values)


def listed(membership: MembershipHarness, by: Principal, member: UUID) -> dict[str, Any]:
    return membership.ask_typed(contract.list_family, by, member_id=member)


def test_a_small_child_is_recorded_with_the_guardians_consent_only(membership: MembershipHarness) -> None:
    member = membership.member(1)
    me = member_account(member)
    with pytest.raises(Refused) as caught:
        state(membership, me)
    assert caught.value.rule == "family.guardian_consents"
    with pytest.raises(Refused) as caught:
        state(membership, me, guardian_consent="1999-01")
    assert caught.value.rule == "consents.wordings_are_current"
    child = state(membership, me, guardian_consent=version(membership))
    assert child["consent_version"] == version(membership)
    assert [one["name"] for one in listed(membership, me, member)["items"]] == ["李小宝"]


@pytest.mark.databases("postgresql", "sqlite")
def test_names_and_days_of_birth_are_unreadable_in_the_database(membership: MembershipHarness) -> None:
    me = member_account(membership.member(1))
    state(membership, me, guardian_consent=version(membership))
    with membership.database.session() as session:
        stored = str(session.execute(sa.text("SELECT * FROM family_member")).all())
    assert "李小宝" not in stored
    assert SMALL.isoformat() not in stored


def test_an_officer_sees_a_family_for_a_purpose_and_a_chair_never(membership: MembershipHarness) -> None:
    member = membership.member(1)
    state(membership, member_account(member), relation="spouse", name="李建国", birth_date=None)
    seen = listed(membership, membership.officer, member)
    assert [(one["name"], one["birth_date"]) for one in seen["items"]] == [("李**", None)]
    for stranger in (chair_of(membership.units["01"]), member_account(uuid4())):
        with pytest.raises(NotAllowed):
            listed(membership, stranger, member)
    request = {"member_id": member, "purpose": "visit after an accident"}
    assert [one["name"] for one in membership.ask_typed(contract.view_family, **request)["items"]] == ["李建国"]
    page = membership.ask_typed(record_contract.member_accesses, member_account(member), member_id=member)
    assert [(one["field"], one["by_role"], one["purpose"]) for one in page["items"]] == [
        ("family", "officer", "visit after an accident")
    ]


def test_a_member_erases_only_the_own_family(membership: MembershipHarness) -> None:
    member = membership.member(1)
    child = state(membership, member_account(member), guardian_consent=version(membership))
    with pytest.raises(NotFound):
        membership.ask_typed(
            contract.remove_family_member, member_account(membership.member(2)), family_member_id=child["id"]
        )
    membership.ask_typed(contract.remove_family_member, member_account(member), family_member_id=child["id"])
    assert listed(membership, member_account(member), member)["items"] == []
    (consent,) = membership.ask_typed(privacy_contract.my_consents, member_account(member))["items"]
    assert consent["withdrawn_at"] is not None


def withdraw(membership: MembershipHarness, me: Principal, purpose: str) -> dict[str, Any]:
    (found,) = [
        one for one in membership.ask_typed(privacy_contract.my_consents, me)["items"] if one["purpose"] == purpose
    ]
    return membership.ask_typed(privacy_contract.withdraw_consent, me, consent_id=found["id"])


@pytest.mark.databases("postgresql", "sqlite")
def test_withdrawing_the_guardians_consent_erases_the_child_at_once(membership: MembershipHarness) -> None:
    member = membership.member(1)
    me = member_account(member)
    state(membership, me, guardian_consent=version(membership))
    state(membership, me, relation="spouse", name="李建国", birth_date=None)
    assert withdraw(membership, me, "guardian")["caused"] == ["children_erased"]
    assert [one["relation"] for one in listed(membership, me, member)["items"]] == ["spouse"]
    (told,) = membership.events("consent_withdrawn")
    assert (told["member_id"], told["purpose"]) == (str(member), "guardian")
    with pytest.raises(Refused) as caught:
        withdraw(membership, me, "guardian")
    assert caught.value.rule == "consents.consent_stands"


def test_withdrawing_the_photos_consent_erases_the_photo(membership: MembershipHarness) -> None:
    member = membership.member(1)
    me = member_account(member)
    request = {"purpose": "photo", "version": version(membership, "photo")}
    with membership.transaction(me) as tx:
        store_file(
            tx, name="me.jpg", media_type="image/jpeg", content=b"x", subject=f"member/{member}", purpose="photo"
        )
        assert consenting.give_consent(tx, request)["open_purposes"] == ["publication"]
    assert withdraw(membership, me, "photo")["caused"] == ["photo_erased"]


def test_without_processing_there_is_no_membership_so_a_request_to_leave_is_made(membership: MembershipHarness) -> None:
    applied = membership.apply(1, consent_version=version(membership, "processing"))
    membership.review(applied["id"])
    member = membership.approve(applied["id"])["member_id"]
    me = Principal("account", uuid4(), member, (Grant("member"),))
    assert withdraw(membership, me, "processing")["caused"] == ["leave_requested"]
    assert [told["member_id"] for told in membership.events("leave_requested")] == [str(member)]
    assert withdraw(membership, me, "sensitive")["caused"] == ["leave_requested"]


def test_others_consents_cannot_be_withdrawn(membership: MembershipHarness) -> None:
    member = membership.member(1)
    child = state(membership, member_account(member), guardian_consent=version(membership))
    request = {"consent_id": child["consent_id"]}
    with pytest.raises(NotFound):
        membership.ask_typed(privacy_contract.withdraw_consent, member_account(membership.member(2)), **request)


def test_the_own_copy_holds_everything_in_plain_and_is_logged(membership: MembershipHarness) -> None:
    member = membership.member(1, phone="13912345678", address="文一西路 100 号")
    me = member_account(member)
    state(membership, me, relation="spouse", name="李建国", birth_date=None)
    copy = membership.ask_typed(privacy_contract.my_record, me)["sections"]
    assert copy["record"]["phone"] == "13912345678"
    assert copy["record"]["address"] == "文一西路 100 号"
    assert copy["family"][0]["name"] == "李建国"
    assert set(copy) == {"record", "honours", "family", "consents", "changes", "accesses", "birthday_calendar"}
    page = membership.ask_typed(record_contract.member_accesses, me, member_id=member)
    assert [(one["field"], one["by_role"]) for one in page["items"]] == [("own_copy", "self")]
