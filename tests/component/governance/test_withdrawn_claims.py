"""A claim its source withdraws is not in the ledger, whichever came first; a later one of the same source is."""

from __future__ import annotations

import pytest

from services.chassis.errors import Refused
from services.chassis.identifiers import uuid7
from services.contracts.governance.funds import bookkeeping
from services.contracts.governance.funds import operations as funds
from tests.component.governance.harness import GovernanceHarness
from tests.component.governance.test_claims import entries, line, refusals


def test_a_claim_withdrawn_before_it_comes_is_not_entered(funded: GovernanceHarness):
    visit = uuid7()
    funded.withdraw(visit)
    funded.claim(visit)
    funded.claim(visit)
    assert entries(funded) == []
    (announced,) = funded.events("expense_refused")
    assert (announced["source_id"], announced["claim"], announced["rule"], announced["reason_code"]) == (
        str(visit), 1, "fund.claim_stands", "claim_withdrawn")  # fmt: skip


@pytest.mark.databases("postgresql", "sqlite")
def test_a_claim_withdrawn_after_it_was_entered_is_undone_once(funded: GovernanceHarness):
    visit = uuid7()
    funded.claim(visit)
    for _ in range(3):
        funded.withdraw(visit)
    funded.claim(visit)
    assert sorted(entry["kind"] for entry in entries(funded)) == ["expense", "reversal"]
    assert line(funded, "care.birth")["spent"] == "0.00"
    assert [one["claim"] for one in funded.events("expense_reversed")] == [1]
    assert funded.events("expense_refused") == []
    assert funded.ask(bookkeeping.verify_ledger)["intact"]


def test_a_refused_claim_that_is_withdrawn_cannot_be_checked_again(funded: GovernanceHarness):
    visit = uuid7()
    funded.claim(visit, benefit_key="hardship", form="cash")
    (refusal,) = refusals(funded)
    funded.withdraw(visit, benefit_key="hardship", form="cash")
    (settled,) = refusals(funded)
    assert (settled["state"], settled["reason_code"], settled["overridable"]) == ("settled", "claim_withdrawn", False)
    for operation, said in (
        (funds.retry_refusal, {}),
        (funds.override_refusal, {"reason": "decided on 11 March", "decision": "2026/1"}),
    ):
        with pytest.raises(Refused) as refused:
            funded.ask(operation, refusal_id=refusal["id"], **said)
        assert refused.value.rule == "fund.refusal_is_open"


def test_a_later_claim_of_the_same_visit_stands(funded: GovernanceHarness):
    visit = uuid7()
    funded.withdraw(visit)
    funded.claim(visit, claim=2)
    funded.withdraw(visit)
    (entry,) = entries(funded)
    assert entry["amount"] == "500.00"


def test_a_withdrawal_leaves_other_claims_alone(funded: GovernanceHarness):
    visit = uuid7()
    funded.claim(visit)
    funded.withdraw(uuid7())
    assert [entry["source_id"] for entry in entries(funded)] == [str(visit)]
