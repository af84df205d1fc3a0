"""The desk tells of a second hand-out by whom the first was."""

from __future__ import annotations

import flask
import pytest
from flask_babel import force_locale

from gateway.subjects.welfare.programmes import wording
from services.chassis.errors import Refused

FIRST = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


@pytest.mark.parametrize(
    ("rule", "by", "said"),
    [
        ("programmes.goods_are_handed_out_once", FIRST, "第一次由李娜登记发放。"),
        ("programmes.goods_are_handed_out_once", "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0009", None),
        ("programmes.goods_are_handed_out_once", None, None),
        ("programmes.handing_out_is_open", FIRST, None),
    ],
)
def test_by_whom_the_first_hand_out_was(
    portal: flask.Flask, monkeypatch: pytest.MonkeyPatch, rule: str, by: str | None, said: str | None
) -> None:
    monkeypatch.setattr(wording, "names_of", lambda _: {FIRST: "李娜"})
    with portal.test_request_context(), force_locale("zh"):
        assert wording.first_hand(Refused("once", rule=rule, params={"by": by})) == said
