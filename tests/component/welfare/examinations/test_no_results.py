"""Trying to hand in a result: every command refuses what it does not know."""

from __future__ import annotations

import pytest

from services.chassis.errors import Problem
from services.contracts.welfare.examinations import operations as contract
from tests.component.welfare.examinations.campaigns import Campaign
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import member_account


def test_a_result_cannot_be_handed_in(welfare: WelfareHarness, campaign: Campaign) -> None:
    """Every command refuses fields that could carry one."""
    package, slot = campaign.package(), campaign.slot()
    member_id = campaign.member()
    campaign.open()
    commands = {
        contract.book_examination: {"examination_id": campaign.id, "slot_id": slot, "package_id": package},
        contract.mark_examinee: {"examination_id": campaign.id, "member_id": member_id, "mark": "attended"},
        contract.mark_examination_slot: {"slot_id": slot, "attended": []},
    }
    for operation, request in commands.items():
        by = member_account(member_id) if "member" in operation.allow else None
        for name in ("result", "findings", "comment", "file", "content", "note"):
            with pytest.raises(Problem) as told:
                welfare.ask(operation, by, **request, **{name: "血压偏高"})
            assert name in told.value.errors
