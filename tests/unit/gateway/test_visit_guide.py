"""What who is sent to visit has to do: the steps follow the visit, and nobody else is shown them."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.subjects.welfare.visits.guide import STEPS, guide_of

ME = "018f3b7a-9a10-7c3e-8b11-5a2f6f6f0002"


def visit(state: str, **changes: Any) -> dict[str, Any]:
    return {"assignee_id": ME, "state": state, "evidence_missing": [], "claim_state": "none", **changes}


@pytest.mark.parametrize(
    ("told", "done", "now"),
    [
        (visit("assigned", evidence_missing=["signature"]), [], "go"),
        (visit("visited", evidence_missing=["document"], claim_state="pending"), ["go", "record"], "evidence"),
        (visit("visited", claim_state="pending"), ["go", "record", "evidence"], "claim"),
        (visit("visited", claim_state="refused"), ["go", "record", "evidence"], "claim"),
        (visit("claimed", claim_state="recorded"), ["go", "record", "evidence", "claim"], "close"),
        (visit("closed", evidence_missing=["photo"]), list(STEPS), None),
    ],
)
def test_the_step_that_is_to_be_done_is_the_first_that_is_open(told, done, now):
    guide = guide_of(told, ME)
    assert guide is not None
    assert [name for name, state in guide.items() if state == "done"] == done
    assert next((name for name, state in guide.items() if state == "now"), None) == now


@pytest.mark.parametrize(
    ("told", "reader"),
    [(visit("assigned"), "somebody else"), (visit("assigned"), None), (visit("cancelled"), ME),
     (visit("required", assignee_id=None), ME)],
)  # fmt: skip
def test_only_who_is_sent_on_a_visit_under_way_has_a_guide(told, reader):
    assert guide_of(told, reader) is None
