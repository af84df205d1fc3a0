"""Who is sent to a member reads the name, whatever unit they are of; nobody else of another unit does."""

from __future__ import annotations

from typing import Any

import pytest

from services.chassis.identifiers import uuid7
from services.contracts.membership.record.operations import names_of
from services.contracts.welfare.visits.operations import get_visit
from tests.unit.gateway.conftest import OTHER_UNIT

VISITED, VISIT = str(uuid7()), str(uuid7())


def answer_names(asked: Any, principal: Any) -> dict[str, Any]:
    whole = principal.kind == "service"
    names = {VISITED: "诸葛明" if whole else "诸**"}
    return {"items": [{"id": one, "name": names.get(one, "王访"), "unit_id": None} for one in asked["ids"]]}


@pytest.mark.parametrize("sent", [True, False])
def test_the_sheet_names_whom_one_is_sent_to(app_with_portal, sign_in, services, sent):
    visitor = sign_in(unit=OTHER_UNIT)
    visit = {
        "id": VISIT, "member_id": VISITED, "unit_id": str(uuid7()), "actions": ["complete"], "benefit": None,
        "assignee_id": str(visitor.member_id if sent else uuid7()), "due_at": "2026-03-01T08:00:00+00:00",
    }  # fmt: skip
    services.answers[get_visit.id] = visit
    services.answers[names_of.id] = lambda payload: answer_names(payload, services.asked[-1].context.principal)
    page = app_with_portal.test_client().get(f"/visits/{VISIT}/sheet", headers=visitor.headers)
    assert page.status_code == 200
    assert ("诸葛明" if sent else "诸**") in page.text
    assert sent or "诸葛明" not in page.text
