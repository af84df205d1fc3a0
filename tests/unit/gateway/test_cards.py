"""The address a card's QR code leads to."""

from __future__ import annotations

import pytest
from flask import Flask

from gateway.subjects.membership.cards.papers import address_of
from services.chassis.process import settings as settings_module


@pytest.mark.parametrize(
    ("public", "expected"),
    [("", "http://elsewhere.example"), ("https://union.example.edu.cn", "https://union.example.edu.cn")],
)
def test_a_code_leads_to_the_public_address_whatever_host_was_asked(
    monkeypatch: pytest.MonkeyPatch, public: str, expected: str
) -> None:
    monkeypatch.setenv("GONGHUI_PUBLIC_URL", public)
    settings_module.reset()

    with Flask("gateway").test_request_context(headers={"Host": "elsewhere.example"}):
        assert address_of("TOKEN") == f"{expected}/verify/TOKEN"
