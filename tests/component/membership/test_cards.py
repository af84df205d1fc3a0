"""Cards whose address tells a stranger little, photo and documents of a record, each for few."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.history import AccessLog, ChangeHistory
from services.chassis.errors import NotAllowed, NotFound, Refused
from services.chassis.security.principal import Grant, Principal
from services.contracts.membership import card as contract
from services.contracts.membership.record import files as files_contract
from services.membership.card.use_cases import cards
from services.membership.record.tables import Member
from services.membership.record.use_cases import filing
from tests.component.membership.test_joining import run
from tests.component.membership.union import Union, account, asked, auditor, chair_of
from tests.unit.membership.pictures import PDF, picture

DOCUMENT = {"kind": "identity", "name": "证明.pdf", "media_type": "application/pdf", "content": PDF}
PHOTO = {"name": "me.png", "media_type": "image/png", "content": picture(kind="PNG"), "consent_version": "2026-01"}


def himself(member_id: Any) -> Principal:
    return Principal("account", uuid4(), member_id, (Grant("member"),))


def card_of(union: Union, member_id: Any, **values: Any) -> dict[str, Any]:
    return run(union, himself(member_id), cards.my_card, contract.my_card, **values)


def verified(union: Union, token: str) -> dict[str, Any]:
    with union.acting() as tx:
        return cards.verify_card(tx, {"token": token})


def end(union: Union, member_id: Any) -> None:
    with union.database.session() as session:
        session.execute(sa.update(Member).where(Member.id == member_id).values(standing="withdrawn"))


def test_a_card_verifies_with_a_shortened_name_and_the_unit_alone(any_union: Union) -> None:
    member = any_union.member(1, name="欧阳晓明")
    seen = verified(any_union, card_of(any_union, member)["token"])
    assert seen == {"valid": True, "name": "欧***", "unit_id": any_union.units["01"], "checked_at": seen["checked_at"]}
    end(any_union, member)
    assert not verified(any_union, card_of(any_union, member, paper=True)["token"])["valid"]


def test_an_address_ends_after_minutes_on_a_screen_and_years_on_paper(any_union: Union) -> None:
    member = any_union.member(1)
    screen, paper = card_of(any_union, member)["token"], card_of(any_union, member, paper=True)["token"]
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        with pytest.raises(NotFound):
            verified(any_union, screen)
        assert verified(any_union, paper)["valid"]


def test_revoking_ends_every_address_given_before(any_union: Union) -> None:
    member = any_union.member(1)
    lost = card_of(any_union, member, paper=True)["token"]
    for stranger in (himself(any_union.member(2)), chair_of(any_union.units["02"])):
        with pytest.raises(NotAllowed):
            run(any_union, stranger, cards.revoke_cards, contract.revoke_cards, member_id=member, reason="lost it")
    run(any_union, himself(member), cards.revoke_cards, contract.revoke_cards, member_id=member, reason="lost it")
    with pytest.raises(NotFound):
        verified(any_union, lost)
    assert verified(any_union, card_of(any_union, member)["token"])["valid"]
    assert len(any_union.events("cards_revoked")) == 1


def test_a_forged_address_tells_nothing(any_union: Union) -> None:
    token = card_of(any_union, any_union.member(1))["token"]
    other = card_of(any_union, any_union.member(2))["token"]
    for forged in (other[:22] + token[22:], token[:-1] + ("A" if token[-1] != "A" else "B"), "A" * 46):
        with pytest.raises(NotFound) as caught:
            verified(any_union, forged)
        assert caught.value.rule == "card.is_genuine"


def test_a_unit_prints_its_cards_part_by_part_with_small_photos(any_union: Union) -> None:
    first, *_ = [any_union.member(order) for order in (1, 2, 3)]
    any_union.member(4, unit="02")
    give_photo(any_union, first)
    chair = chair_of(any_union.units["01"])
    values = {"unit_id": any_union.units["01"], "limit": 2}
    part = run(any_union, chair, cards.list_unit_cards, contract.list_unit_cards, **values)
    rest = run(any_union, chair, cards.list_unit_cards, contract.list_unit_cards, after=part["next_after"], **values)
    assert [one["number"] for one in part["items"] + rest["items"]] == ["M000001", "M000002", "M000003"]
    assert rest["next_after"] is None
    assert [one["has_photo"] for one in part["items"]] == [True, False]
    assert part["items"][0]["photo"].startswith(b"\xff\xd8")
    with pytest.raises(NotAllowed):
        run(any_union, chair, cards.list_unit_cards, contract.list_unit_cards, unit_id=any_union.units["02"])


def give_photo(union: Union, member_id: Any, by: Principal | None = None, **changes: Any) -> dict[str, Any]:
    values = {"member_id": member_id, **PHOTO, **changes}
    return run(
        union, by or himself(member_id), filing.replace_member_photo, files_contract.replace_member_photo, **values
    )


def test_a_photo_needs_the_members_consent_and_is_seen_by_few(any_union: Union) -> None:
    member = any_union.member(1)
    with pytest.raises(Refused) as caught:
        give_photo(any_union, member, any_union.officer, reason="from the HR file")
    assert caught.value.rule == "consents.needed_are_given"
    give_photo(any_union, member)
    give_photo(any_union, member, any_union.officer, reason="a better one")
    for who in (himself(member), any_union.officer, chair_of(any_union.units["01"])):
        with any_union.acting(who) as tx:
            assert filing.member_photo(tx, {"member_id": member})["media_type"] == "image/jpeg"
    for who in (himself(any_union.member(2)), auditor(), chair_of(any_union.units["02"]), account()):
        with any_union.acting(who) as tx, pytest.raises(NotAllowed):
            filing.member_photo(tx, {"member_id": member})
    taken = {"member_id": member, "reason": "not his own face"}
    chair = chair_of(any_union.units["01"])
    run(any_union, chair, filing.remove_member_photo, files_contract.remove_member_photo, **taken)
    with any_union.acting(any_union.officer) as tx, pytest.raises(NotFound):
        filing.member_photo(tx, {"member_id": member})


def test_documents_are_for_the_member_and_officers_and_each_look_is_logged(any_union: Union) -> None:
    member = any_union.member(1)
    values = {"member_id": member, **DOCUMENT}
    kept = run(any_union, himself(member), filing.attach_to_member, files_contract.attach_to_member, **values)
    one = asked(files_contract.open_member_file, member_id=member, file_id=kept["id"], purpose="核对材料")
    with any_union.acting(any_union.officer) as tx:
        assert filing.open_member_file(tx, one)["content"].startswith(b"%PDF-")
    for who in (chair_of(any_union.units["01"]), himself(any_union.member(2)), auditor()):
        with any_union.acting(who) as tx, pytest.raises(NotAllowed):
            filing.open_member_file(tx, one)
    gone = {"member_id": member, "file_id": kept["id"], "reason": "handed in by mistake"}
    left = run(any_union, any_union.officer, filing.detach_from_member, files_contract.detach_from_member, **gone)
    assert left["items"] == []
    with any_union.database.session() as session:
        assert [look.field for look in session.scalars(sa.select(AccessLog))] == ["file.identity"]
        entries = session.scalars(sa.select(ChangeHistory).order_by(ChangeHistory.id))
        changes = [entry.changes for entry in entries if "file.identity" in entry.changes]
    assert changes == [
        {"file.identity": {"old": None, "new": "证明.pdf"}},
        {"file.identity": {"old": "证明.pdf", "new": None}},
    ]


def test_what_comes_as_another_type_is_refused(any_union: Union) -> None:
    member = any_union.member(1)
    values = {"member_id": member, **DOCUMENT, "content": picture()}
    with pytest.raises(Refused) as caught:
        run(any_union, himself(member), filing.attach_to_member, files_contract.attach_to_member, **values)
    assert caught.value.rule == "files.file_is_what_it_says"


def test_the_cards_of_a_filtered_list_are_counted_and_come_in_parts(any_union: Union) -> None:
    for order in range(1, 6):
        any_union.member(order, "01" if order < 5 else "02")
    end(any_union, any_union.member(7))
    first = run(any_union, any_union.officer, cards.list_cards, contract.list_cards, limit=2, with_total=True)
    assert (first["total"], len(first["items"])) == (5, 2)
    after = {"after": first["next_after"], "limit": 5}
    rest = run(any_union, any_union.officer, cards.list_cards, contract.list_cards, **after)
    assert (len(rest["items"]), rest["next_after"]) == (3, None)
    chair = chair_of(any_union.units["01"])
    own = run(any_union, chair, cards.list_cards, contract.list_cards, with_total=True)
    assert (own["total"], {one["unit_id"] for one in own["items"]}) == (4, {any_union.units["01"]})
    with pytest.raises(NotAllowed):
        run(any_union, chair, cards.list_cards, contract.list_cards, unit_id=any_union.units["02"])
