"""A card's address holds an id, an edition and an end; nothing but the whole of it is good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.membership.card import rules

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


@given(st.uuids(), st.integers(0, 65_535), st.integers(1, 10**6))
def test_what_is_packed_comes_out_again(member_id, serial, seconds):
    card = rules.Pass(member_id, serial, NOW + timedelta(seconds=seconds))
    payload = rules.packed(card)
    token = rules.token_of(payload, b"s" * rules.SIGNATURE)
    assert rules.parts_of(token) == (payload, b"s" * rules.SIGNATURE)
    assert rules.unpacked(payload) == card
    assert len(token) == 46


@given(st.text(max_size=80))
def test_any_other_text_is_no_address(text):
    parts = rules.parts_of(text)
    assert parts is None or len(text) == 46


def test_a_pass_is_good_until_its_end_and_in_its_edition_only():
    card = rules.Pass(UUID(int=42), 2, NOW + timedelta(minutes=15))
    assert rules.is_good(card, 2, NOW)
    assert not rules.is_good(card, 3, NOW)
    assert not rules.is_good(card, 2, NOW + timedelta(minutes=15))
