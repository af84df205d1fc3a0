"""The plan's item of examinations for everybody follows the coverage that welfare tells."""

from __future__ import annotations

from uuid import uuid4

import pytest

from services.contracts.governance.plan import operations as plan
from services.contracts.welfare.examinations.events import ExaminationProgressed
from tests.component.governance.harness import GovernanceHarness
from tests.component.governance.test_plan import item

KEY = "iv-health-examination"


def hear(governance: GovernanceHarness, *, sequence: int, **data: object) -> None:
    told = {"year": 2023, "kind": "general", **data}
    governance.receive("count_examined", governance.example_message(ExaminationProgressed, sequence, **told))


@pytest.mark.databases("postgresql", "sqlite")
def test_coverage_moves_the_item_and_older_news_do_not(governance: GovernanceHarness) -> None:
    governance.ask(plan.import_plan)
    governance.ask(plan.publish_plan, year=2023)
    campaign, women = uuid4(), uuid4()
    hear(governance, sequence=2, examination_id=campaign, eligible=200, attended=50)
    hear(governance, sequence=1, examination_id=campaign, eligible=200, attended=10)
    hear(governance, sequence=3, examination_id=women, eligible=80, attended=80, kind="women")
    moved = item(governance, KEY)
    assert (moved["state"], moved["progress"], moved["visits_done"], moved["visits_due"]) == (
        "in_progress",
        25,
        50,
        200,
    )
    hear(governance, sequence=4, examination_id=campaign, eligible=200, attended=200)
    assert item(governance, KEY)["progress"] == 100


def test_a_plan_published_later_counts_what_was_told_before(governance: GovernanceHarness) -> None:
    hear(governance, sequence=1, examination_id=uuid4(), eligible=10, attended=5)
    governance.ask(plan.import_plan)
    governance.ask(plan.publish_plan, year=2023)
    assert item(governance, KEY)["progress"] == 50
