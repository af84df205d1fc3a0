"""The form of a card's code before codes said what they are for; nothing but the whole of it is read."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.process import settings as settings_module
from services.membership.card import rules
from services.membership.card.use_cases import codes

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
PRINTED = "AAAAAAAAAAAAAAAAAAAAKgACb0uBAHjwnnKTk75Z-jNbOg"


def packed(card: rules.Pass) -> bytes:
    """The payload, as releases before wrote it."""
    return struct.pack(">16sHI", card.member_id.bytes, card.serial, int(card.expires_at.timestamp()))


def token_of(payload: bytes, signature: bytes) -> str:
    return base64.urlsafe_b64encode(payload + signature).rstrip(b"=").decode()


@given(st.uuids(), st.integers(0, 65_535), st.integers(1, 10**6))
def test_what_is_packed_comes_out_again(member_id, serial, seconds):
    card = rules.Pass(member_id, serial, NOW + timedelta(seconds=seconds))
    payload = packed(card)
    token = token_of(payload, b"s" * rules.SIGNATURE)
    assert rules.parts_of(token) == (payload, b"s" * rules.SIGNATURE)
    assert rules.unpacked(payload) == card
    assert len(token) == 46


@given(st.text(max_size=80))
def test_any_other_text_is_no_address(text):
    parts = rules.parts_of(text)
    assert parts is None or len(text) == 46


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("GONGHUI_ENCRYPTION_KEYS", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
    monkeypatch.setenv("GONGHUI_SIGNING_KEY", "signing-key-of-the-tests-32-bytes")
    monkeypatch.setenv("GONGHUI_HASH_KEY", "a-key-of-at-least-thirty-two-characters")
    settings_module.reset()
    yield
    settings_module.reset()


@pytest.mark.usefixtures("key")
def test_a_card_printed_before_is_read():
    # Made by the release before, with this key; it must open for as long as such cards are carried.
    code = codes.read(PRINTED)
    assert code.standing(2, NOW) == "good"
    assert (code.subject, code.edition, code.until) == (UUID(int=42), 2, datetime(2029, 3, 3, 8, tzinfo=UTC))
