"""The page of a disclosure, drawn from what its contract promises."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from services.contracts.governance.disclosures import operations as contract
from tests.support.example_replies import EXAMPLE_ID, example_of
from tests.unit.gateway.conftest import FakeClient
from tests.unit.gateway.signing_in import Person


@pytest.mark.parametrize("role", ["member", "officer", "auditor"])
@pytest.mark.parametrize("state", ["draft", "published"])
def test_figures_steps_and_questions_are_shown(
    app_with_portal: Flask, sign_in: Callable[..., Person], services: FakeClient, role: str, state: str
) -> None:
    browser = app_with_portal.test_client()
    browser.set_cookie("gonghui_session", sign_in(role).token)
    found = {**example_of(contract.get_disclosure.reply_schema), "state": state, "year": 2026, "part": "q1"}
    found["by_month"] = [{"code": "2026-03", "name": "2026-03", "name_en": "2026-03", "amount": "100.00"}]
    line = {"code": "a", "name": "文体活动", "name_en": "Sports", "funding_source": "union"}
    found["by_line"] = [{**line, "budget": "0.00", "spent": "10.00", "spent_year": "30.00"}]
    services.answers["governance.get_disclosure"] = found
    asked = {**example_of(contract.ask_disclosure_question.reply_schema), "text": "器材放在哪里？"}
    services.answers["governance.list_disclosure_questions"] = {"items": [asked], "next_cursor": None}
    page = browser.get(f"/disclosures/{EXAMPLE_ID}")
    assert page.status_code == 200, page.text
    assert "文体活动" in page.text
    assert ("器材放在哪里？" in page.text) == (state == "published")
