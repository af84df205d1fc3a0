"""Signed codes say what they are for, and only what was issued here and for this opens."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.process import settings as settings_module
from services.chassis.security import codes
from services.chassis.security.codes import Code, NotGenuine, kind_of, opened, signed

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
CARD = Code("card", UUID(int=42), 2, NOW + timedelta(minutes=15))


@given(st.uuids(), st.integers(0, codes.EDITIONS - 1), st.integers(1, 10**8))
def test_what_is_signed_comes_out_again(subject, edition, seconds):
    code = Code("card", subject, edition, NOW + timedelta(seconds=seconds))
    token = signed(code)
    assert (opened(token, "card"), kind_of(token), len(token)) == (code, "card", 56)


@given(st.text(max_size=80))
def test_any_other_text_is_no_code(text):
    assert kind_of(text) is None
    with pytest.raises(NotGenuine) as caught:
        opened(text, "card")
    assert not caught.value.foreign


def test_each_altered_character_is_noticed():
    token = signed(CARD)
    for place in range(len("card."), len(token)):
        for other in "AQz_":
            altered = token[:place] + other + token[place + 1 :]
            if altered != token:
                with pytest.raises(NotGenuine):
                    opened(altered, "card")


def test_a_code_made_into_one_of_another_kind_opens_nowhere():
    swapped = signed(CARD).replace("card.", "gift.")
    for kind in ("card", "gift"):
        with pytest.raises(NotGenuine) as caught:
            opened(swapped, kind)
        assert not caught.value.foreign


def test_two_kinds_have_two_signatures():
    card, gift = (base64.urlsafe_b64decode(signed(Code(kind, *_rest()))[5:] + "=") for kind in ("card", "gift"))
    assert card[: -codes.SIGNATURE] == gift[: -codes.SIGNATURE]
    assert card[-codes.SIGNATURE :] != gift[-codes.SIGNATURE :]


def _rest() -> tuple[UUID, int, datetime]:
    return CARD.subject, CARD.edition, CARD.until


def test_a_code_of_another_union_is_told_from_an_altered_one(monkeypatch):
    token = signed(CARD)
    monkeypatch.setenv("GONGHUI_HASH_KEY", "the-key-of-the-union-across-the-river")
    settings_module.reset()
    with pytest.raises(NotGenuine) as caught:
        opened(token, "card")
    assert caught.value.foreign


def test_a_code_is_good_until_its_end_and_in_its_edition_only():
    assert CARD.standing(2, NOW) == "good"
    assert CARD.standing(2 + codes.EDITIONS, NOW) == "good"
    assert CARD.standing(3, NOW) == "revoked"
    assert CARD.standing(2, NOW + timedelta(minutes=15)) == "expired"
    assert CARD.standing(3, NOW + timedelta(minutes=15)) == "revoked"


@pytest.mark.parametrize("kind", ["", "C", "c", "a.b", "card ", "x" * 21, "卡片"])
def test_what_is_no_name_of_a_kind_is_not_signed(kind):
    with pytest.raises(ValueError, match="no kind"):
        signed(Code(kind, *_rest()))
