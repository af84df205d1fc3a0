"""The shipped visit types: one for every occasion, and who visits."""

from __future__ import annotations

import json

from services.contracts.welfare.visits.types import ShippedVisitType
from services.contracts.welfare.vocabulary import OCCASIONS
from services.welfare.rulebook.use_cases.visit_types import SHIPPED


def shipped() -> list[dict]:
    return json.loads(SHIPPED.read_text(encoding="utf-8"))["visit_types"]


def test_a_visit_type_ships_for_every_occasion():
    loaded = ShippedVisitType(many=True).load(shipped())
    assert [row["occasion"] for row in loaded] == list(OCCASIONS)
    assert [row["position"] for row in loaded] == list(range(1, len(OCCASIONS) + 1))
    assert {row["occasion"] for row in loaded if row["relations"]} == {"bereavement"}


def test_grave_matters_are_the_unions_to_visit():
    levels = {row["occasion"]: row["level"] for row in shipped()}
    assert levels["grave_illness"] == levels["member_death"] == "union"
    assert levels["birth"] == levels["hospitalisation"] == levels["bereavement"] == "unit"
