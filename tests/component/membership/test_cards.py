"""Cards whose address tells a stranger little, photo and documents of a record, each for few."""

from __future__ import annotations

import base64
import struct
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.history import AccessLog, ChangeHistory
from services.chassis.errors import NotAllowed, NotFound, Refused
from services.chassis.security import codes
from services.chassis.security.encryption import fingerprint
from services.chassis.security.principal import ANONYMOUS, Grant, Principal
from services.contracts.membership import card as contract
from services.contracts.membership.record import files as files_contract
from services.membership.record.tables import Member
from tests.component.membership.harness import MembershipHarness
from tests.support.pictures import PDF, picture
from tests.support.principals import applicant_account, auditor, chair_of

DOCUMENT = {"kind": "identity", "name": "证明.pdf", "media_type": "application/pdf", "content": PDF}
PHOTO = {"name": "me.png", "media_type": "image/png", "content": picture(kind="PNG"), "consent_version": "2026-01"}


def himself(member_id: Any) -> Principal:
    return Principal("account", uuid4(), member_id, (Grant("member"),))


def card_of(membership: MembershipHarness, member_id: Any, **values: Any) -> dict[str, Any]:
    return membership.ask_typed(contract.my_card, himself(member_id), **values)


def verified(membership: MembershipHarness, token: str) -> dict[str, Any]:
    return membership.ask_typed(contract.verify_card, ANONYMOUS, token=token)


def end(membership: MembershipHarness, member_id: Any) -> None:
    with membership.database.session() as session:
        session.execute(sa.update(Member).where(Member.id == member_id).values(standing="withdrawn"))


def test_a_card_verifies_with_a_shortened_name_and_the_unit_alone(membership: MembershipHarness) -> None:
    member = membership.member(1, name="欧阳晓明")
    seen = verified(membership, card_of(membership, member)["token"])
    assert seen == {"valid": True, "name": "欧***", "unit_id": membership.units["01"], "checked_at": seen["checked_at"]}
    end(membership, member)
    assert not verified(membership, card_of(membership, member, paper=True)["token"])["valid"]


def test_an_address_ends_after_minutes_on_a_screen_and_years_on_paper(membership: MembershipHarness) -> None:
    member = membership.member(1)
    screen, paper = card_of(membership, member)["token"], card_of(membership, member, paper=True)["token"]
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        with pytest.raises(NotFound):
            verified(membership, screen)
        assert verified(membership, paper)["valid"]


def test_revoking_ends_every_address_given_before(membership: MembershipHarness) -> None:
    member = membership.member(1)
    lost = card_of(membership, member, paper=True)["token"]
    for stranger in (himself(membership.member(2)), chair_of(membership.units["02"])):
        with pytest.raises(NotAllowed):
            membership.ask_typed(contract.revoke_cards, stranger, member_id=member, reason="lost it")
    membership.ask_typed(contract.revoke_cards, himself(member), member_id=member, reason="lost it")
    with pytest.raises(NotFound):
        verified(membership, lost)
    assert verified(membership, card_of(membership, member)["token"])["valid"]
    assert len(membership.events("cards_revoked")) == 1


def test_a_forged_address_tells_nothing(membership: MembershipHarness) -> None:
    token = card_of(membership, membership.member(1))["token"]
    other = card_of(membership, membership.member(2))["token"]
    for forged in (other[:22] + token[22:], token[:-1] + ("A" if token[-1] != "A" else "B"), "A" * 46):
        with pytest.raises(NotFound) as caught:
            verified(membership, forged)
        assert caught.value.rule == "card.is_genuine"


def read(membership: MembershipHarness, token: str, by: Principal = ANONYMOUS) -> dict[str, Any]:
    return membership.ask_typed(contract.read_card, by, token=token)


NOTHING = dict.fromkeys(("subject_id", "name", "number", "unit_id"))


def told_of(reading: dict[str, Any]) -> dict[str, Any]:
    return {name: reading[name] for name in NOTHING}


def test_a_scan_tells_officers_and_the_units_chair_who_it_is_and_others_little(membership: MembershipHarness) -> None:
    member = membership.member(1, name="欧阳晓明")
    token = card_of(membership, member)["token"]
    little = {**NOTHING, "name": "欧***", "unit_id": membership.units["01"]}
    whole = {"subject_id": member, "name": "欧阳晓明", "number": "M000001", "unit_id": membership.units["01"]}
    for who, told in (
        (ANONYMOUS, little),
        (himself(membership.member(2)), little),
        (chair_of(membership.units["02"]), little),
        (auditor(), little),
        (Principal("program", name="a gate"), little),
        (himself(member), whole),
        (chair_of(membership.units["01"]), whole),
        (membership.officer, whole),
    ):
        reading = read(membership, token, who)
        assert (reading["state"], told_of(reading)) == ("good", told)


def test_a_scan_tells_an_account_why_a_card_is_no_good_and_a_stranger_only_that(membership: MembershipHarness) -> None:
    member, other = membership.member(1), membership.member(2)
    lost, another = card_of(membership, member)["token"], card_of(membership, other)["token"]
    membership.ask_typed(contract.revoke_cards, himself(member), member_id=member, reason="lost it")
    short = card_of(membership, member)["token"]
    altered = another[:30] + short[30:]
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        for token, state in ((lost, "revoked"), (short, "expired"), (altered, "altered"), ("A" * 46, "altered")):
            for who, told in ((himself(other), state), (membership.officer, state), (ANONYMOUS, "unverifiable")):
                reading = read(membership, token, who)
                assert (reading["state"], told_of(reading)) == (told, NOTHING)
    end(membership, other)
    assert read(membership, another)["state"] == "ended"


def test_a_code_of_another_kind_or_another_union_is_no_card(
    membership: MembershipHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = membership.member(1)
    token = card_of(membership, member)["token"]
    gift = codes.signed(codes.Code("gift", member, 0, clock.now() + timedelta(days=1)))
    assert read(membership, gift, membership.officer)["state"] == "altered"
    assert read(membership, "card." + gift[5:], membership.officer)["state"] == "altered"
    monkeypatch.setattr(codes, "_issuer", lambda _key: b"else")
    assert read(membership, token)["state"] == "foreign"
    with pytest.raises(NotFound):
        verified(membership, token)


def test_a_card_printed_before_codes_named_their_kind_stays_valid(membership: MembershipHarness) -> None:
    member = membership.member(1)
    until = int((clock.now() + timedelta(days=365)).timestamp())
    edition = codes.opened(card_of(membership, member)["token"], "card").edition
    payload = struct.pack(">16sHI", member.bytes, edition, until)
    signature = bytes.fromhex(fingerprint(payload.hex(), "membership-card"))[:12]
    printed = base64.urlsafe_b64encode(payload + signature).rstrip(b"=").decode()
    assert verified(membership, printed)["valid"]
    assert read(membership, printed, membership.officer)["subject_id"] == member
    membership.ask_typed(contract.revoke_cards, himself(member), member_id=member, reason="lost it")
    assert read(membership, printed, membership.officer)["state"] == "revoked"


@pytest.mark.databases("postgresql", "sqlite")
def test_a_unit_prints_its_cards_part_by_part_with_small_photos(membership: MembershipHarness) -> None:
    first, *_ = [membership.member(order) for order in (1, 2, 3)]
    membership.member(4, unit="02")
    give_photo(membership, first)
    chair = chair_of(membership.units["01"])
    values = {"unit_id": membership.units["01"], "limit": 2}
    part = membership.ask_typed(contract.list_unit_cards, chair, **values)
    rest = membership.ask_typed(contract.list_unit_cards, chair, after=part["next_after"], **values)
    assert [one["number"] for one in part["items"] + rest["items"]] == ["M000001", "M000002", "M000003"]
    assert rest["next_after"] is None
    assert [one["has_photo"] for one in part["items"]] == [True, False]
    assert part["items"][0]["photo"].startswith(b"\xff\xd8")
    with pytest.raises(NotAllowed):
        membership.ask_typed(contract.list_unit_cards, chair, unit_id=membership.units["02"])


def give_photo(
    membership: MembershipHarness, member_id: Any, by: Principal | None = None, **changes: Any
) -> dict[str, Any]:
    values = {"member_id": member_id, **PHOTO, **changes}
    return membership.ask_typed(files_contract.replace_member_photo, by or himself(member_id), **values)


def test_a_photo_needs_the_members_consent_and_is_seen_by_few(membership: MembershipHarness) -> None:
    member = membership.member(1)
    with pytest.raises(Refused) as caught:
        give_photo(membership, member, membership.officer, reason="from the HR file")
    assert caught.value.rule == "consents.needed_are_given"
    give_photo(membership, member)
    give_photo(membership, member, membership.officer, reason="a better one")
    for who in (himself(member), membership.officer, chair_of(membership.units["01"])):
        assert membership.ask_typed(files_contract.member_photo, who, member_id=member)["media_type"] == "image/jpeg"
    for who in (himself(membership.member(2)), auditor(), chair_of(membership.units["02"]), applicant_account()):
        with pytest.raises(NotAllowed):
            membership.ask_typed(files_contract.member_photo, who, member_id=member)
    taken = {"member_id": member, "reason": "not his own face"}
    chair = chair_of(membership.units["01"])
    membership.ask_typed(files_contract.remove_member_photo, chair, **taken)
    with pytest.raises(NotFound):
        membership.ask_typed(files_contract.member_photo, member_id=member)


def test_documents_are_for_the_member_and_officers_and_each_look_is_logged(membership: MembershipHarness) -> None:
    member = membership.member(1)
    values = {"member_id": member, **DOCUMENT}
    kept = membership.ask_typed(files_contract.attach_to_member, himself(member), **values)
    one = {"member_id": member, "file_id": kept["id"], "purpose": "核对材料"}
    assert membership.ask_typed(files_contract.open_member_file, **one)["content"].startswith(b"%PDF-")
    for who in (chair_of(membership.units["01"]), himself(membership.member(2)), auditor()):
        with pytest.raises(NotAllowed):
            membership.ask_typed(files_contract.open_member_file, who, **one)
    gone = {"member_id": member, "file_id": kept["id"], "reason": "handed in by mistake"}
    left = membership.ask_typed(files_contract.detach_from_member, **gone)
    assert left["items"] == []
    with membership.database.session() as session:
        assert [look.field for look in session.scalars(sa.select(AccessLog))] == ["file.identity"]
        entries = session.scalars(sa.select(ChangeHistory).order_by(ChangeHistory.id))
        changes = [entry.changes for entry in entries if "file.identity" in entry.changes]
    assert changes == [
        {"file.identity": {"old": None, "new": "证明.pdf"}},
        {"file.identity": {"old": "证明.pdf", "new": None}},
    ]


def test_what_comes_as_another_type_is_refused(membership: MembershipHarness) -> None:
    member = membership.member(1)
    values = {"member_id": member, **DOCUMENT, "content": picture()}
    with pytest.raises(Refused) as caught:
        membership.ask_typed(files_contract.attach_to_member, himself(member), **values)
    assert caught.value.rule == "files.file_is_what_it_says"


@pytest.mark.databases("postgresql", "sqlite")
def test_the_cards_of_a_filtered_list_are_counted_and_come_in_parts(membership: MembershipHarness) -> None:
    for order in range(1, 6):
        membership.member(order, "01" if order < 5 else "02")
    end(membership, membership.member(7))
    first = membership.ask_typed(contract.list_cards, limit=2, with_total=True)
    assert (first["total"], len(first["items"])) == (5, 2)
    after = {"after": first["next_after"], "limit": 5}
    rest = membership.ask_typed(contract.list_cards, **after)
    assert (len(rest["items"]), rest["next_after"]) == (3, None)
    chair = chair_of(membership.units["01"])
    own = membership.ask_typed(contract.list_cards, chair, with_total=True)
    assert (own["total"], {one["unit_id"] for one in own["items"]}) == (4, {membership.units["01"]})
    with pytest.raises(NotAllowed):
        membership.ask_typed(contract.list_cards, chair, unit_id=membership.units["02"])
