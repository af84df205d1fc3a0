"""What can be done with a proposal is asked for in words, and by a form that its operation takes."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.portal.service_calls import Part
from gateway.subjects.governance.proposals import acts, list_pages
from services.contracts.governance.proposals.vocabulary import SWITCHES
from services.governance.proposals.workflow import ROWS

FOUND: dict[str, Any] = {
    "id": "1", "campaign_id": "2", "switches": list(SWITCHES), "text_version": 1, "excellent": False, "actions": [],
}  # fmt: skip
OWN_PAGES = {"revise", "mark_key"}
"""Actions with pages of their own."""


@pytest.mark.parametrize("action", sorted(acts.ACTS))
def test_every_field_of_an_action_has_its_label(portal, monkeypatch, action: str) -> None:
    for module in (acts, list_pages):
        monkeypatch.setattr(module, "part", lambda *_: Part(data={"items": []}))
    with portal.test_request_context():
        form = acts.form_of(action, FOUND)
        assert all(str(control.spec.label) for control in form)
        known = set(acts.ACTS[action].operation.request_schema.fields)
        assert {control.name for control in form} | set(acts.ACTS[action].fixed(FOUND)) <= known


def test_every_action_of_the_workflow_has_a_button() -> None:
    actions = {row.transition.action for row in ROWS}
    assert actions - OWN_PAGES <= set(acts.ACTS)
