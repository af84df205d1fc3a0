"""An application for aid in a test: the applicant, the papers, the committee, and the funds' answers."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.chassis.errors import Refused
from services.chassis.security.principal import Principal
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused, ExpenseReversed
from services.contracts.welfare.hardship import operations as contract
from tests.component.welfare.harness import WelfareHarness
from tests.support.pictures import PDF
from tests.support.principals import member_account

REASON = "Long treatment of the spouse at the county hospital."
TODAY = date(2023, 3, 1)


def refused(ask: Any, *arguments: Any, **request: Any) -> str | None:
    """Ask, and return the rule that refused; fails where nothing did."""
    with pytest.raises(Refused) as told:
        ask(*arguments, **request)
    return told.value.rule


class Aid:
    """One applicant with an application, and a committee of three."""

    def __init__(self, welfare: WelfareHarness) -> None:
        self.welfare = welfare
        self.member_id: UUID = welfare.joined()
        self.applicant: Principal = member_account(self.member_id)
        self.present = [welfare.joined() for _ in range(3)]
        self.id = ""

    def draft(self, **changes: Any) -> dict[str, Any]:
        values = {"kind": "grave_illness", "asked": "8000.00", "reason": REASON, **changes}
        made = self.welfare.ask(contract.draft_aid_application, self.applicant, **values)
        self.id = made["id"]
        return made

    def attach(self, by: Principal | None = None, **changes: Any) -> dict[str, Any]:
        upload = {"kind": "medical", "name": "病历.pdf", "media_type": "application/pdf", "content": PDF, **changes}
        return self.do(contract.attach_aid_paper, by or self.applicant, **upload)

    def do(self, operation: Any, by: Principal | None = None, **request: Any) -> dict[str, Any]:
        return self.welfare.ask(operation, by or self.welfare.officer, application_id=self.id, **request)

    def submitted(self) -> dict[str, Any]:
        self.draft()
        self.attach()
        return self.do(contract.submit_aid_application, self.applicant)

    def under_review(self) -> dict[str, Any]:
        self.submitted()
        return self.taken_up()

    def taken_up(self) -> dict[str, Any]:
        """Let the chair forward the application, and an officer take it up."""
        self.do(contract.forward_aid_application, self.welfare.chair)
        return self.do(contract.take_up_aid_application)

    def decide(self, by: Principal | None = None, **changes: Any) -> dict[str, Any]:
        values = {
            "outcome": "granted", "granted": "6000.00", "decided_on": TODAY, "present": self.present,
            "note": "The committee agreed after reading the bills.", **changes,
        }  # fmt: skip
        return self.do(contract.decide_aid_application, by, **values)

    def look(self, by: Principal | None = None) -> dict[str, Any]:
        return self.do(contract.get_aid_application, by)

    def mine(self) -> dict[str, Any]:
        return self.welfare.ask(contract.my_aid_applications, self.applicant)["items"][0]

    def funds(self, event: Any, **changes: Any) -> None:
        self.welfare.answered(event, self.id, "aid", **changes)

    def paid(self, **changes: Any) -> None:
        self.funds(ExpenseRecorded, **changes)

    def payment_refused(self, **changes: Any) -> None:
        self.funds(ExpenseRefused, rule="funds.budget_is_enough", reason_code="budget_exhausted", **changes)

    def reversed(self, **changes: Any) -> None:
        self.funds(ExpenseReversed, **changes)
