"""What happened is told to the member; to an officer for a purpose, each look kept and shown to the member."""

from __future__ import annotations

from services.chassis.errors import NotAllowed
from services.contracts.welfare.mutual_aid import operations as contract
from tests.component.welfare.mutual_aid.plans import IN_HOSPITAL, Plan, on
from tests.support.principals import auditor, member_account


def test_an_officer_reads_what_happened_for_a_purpose_that_the_member_sees(plan: Plan) -> None:
    member = plan.covered()
    with on(IN_HOSPITAL):
        claim = plan.submit(member)
        told = {"claim_id": claim["id"]}
        opened = plan.welfare.ask(contract.get_mutual_aid_claim, **told)
        assert (opened["details"], opened["texts"], opened["sealed"]) == (None, ["details"], False)
        assert "阑尾炎" not in str(plan.welfare.ask(contract.list_mutual_aid_claims))

        look = {**told, "field": "details", "purpose": "核对申领材料"}
        assert plan.welfare.ask(contract.unmask_mutual_aid_claim, **look)["value"] == "阑尾炎住院"
        seen = plan.welfare.ask(contract.list_claim_accesses, member, **told)["items"]
        assert [one["purpose"] for one in seen] == ["核对申领材料"]
        assert plan.welfare.ask(contract.get_mutual_aid_claim, member, **told)["details"] == "阑尾炎住院"


def test_nobody_else_reads_what_happened(plan: Plan) -> None:
    member = plan.covered()
    with on(IN_HOSPITAL):
        claim = plan.submit(member)
        look = {"claim_id": claim["id"], "field": "details", "purpose": "看一看"}
        for by in (plan.welfare.chair, auditor(), member_account(plan.welfare.joined())):
            assert isinstance(plan.welfare.refused(contract.unmask_mutual_aid_claim, by, **look), NotAllowed)


def test_the_answer_of_a_look_is_not_stored_with_a_key(plan: Plan) -> None:
    member = plan.covered()
    with on(IN_HOSPITAL):
        claim = plan.submit(member)
        look = {"claim_id": claim["id"], "field": "details", "purpose": "核对申领材料"}
        for _ in range(2):
            plan.welfare.ask_keyed("a-key", contract.unmask_mutual_aid_claim, **look)
    assert "阑尾炎" not in str(plan.welfare.stored("SELECT * FROM executed_command"))
    assert len(plan.welfare.ask(contract.list_claim_accesses, claim_id=claim["id"])["items"]) == 2
