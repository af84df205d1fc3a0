"""Cases of mediation in tests: who has which part, and how far a case has come."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID, uuid4

from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.mediation import operations as contract
from tests.component.governance.harness import GovernanceHarness, hold_office
from tests.support.principals import member_account

PNG = base64.b64encode(
    base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
).decode()
CLAIM, FACTS = "请求补发二月的值班津贴", "二月在实验楼值班六次，没有发放津贴。"
NAME, OTHER = "申请人甲", "后勤保障部"
TEXT = "后勤保障部在三月底前补发津贴六百元，双方再无争议。"
SECRETS = (CLAIM, FACTS, NAME, OTHER, TEXT)


def person(*roles: str) -> Principal:
    """Return the account of a member with further roles."""
    return Principal("account", uuid4(), uuid4(), tuple(Grant(role) for role in ("member", *roles)))


class Cases:
    """One union's mediation, and the people in it."""

    def __init__(self, governance: GovernanceHarness) -> None:
        self.governance = governance
        self.applicant, self.respondent = member_account(), member_account()
        self.clerk, self.mediator = person("officer"), person("mediator")
        self.in_office(self.clerk)

    def in_office(self, *officers: Principal) -> None:
        """Let membership tell who holds an officer's post."""
        hold_office(self.governance, *officers)

    def apply(self, **changes: Any) -> str:
        """Let the applicant apply in writing; return the id of the case."""
        return str(self.governance.ask(contract.apply_for_mediation, self.applicant, **written(**changes))["id"])

    def ask(self, operation: Any, by: Principal, case: str, **more: Any) -> Any:
        return self.governance.ask(operation, by, dispute_id=case, **more)

    def refused(self, operation: Any, by: Principal, case: str, **more: Any) -> Any:
        return self.governance.refused(operation, by, dispute_id=case, **more)

    def move(self, case: str, name: str, by: Principal | None = None, **more: Any) -> Any:
        return self.ask(contract.move_dispute, by or self.clerk, case, move=name, **more)

    def look(self, case: str, by: Principal | None = None) -> dict[str, Any]:
        return self.ask(contract.open_dispute, by or self.clerk, case)  # type: ignore[no-any-return]

    def taken(self, **changes: Any) -> str:
        """Return a case that its clerk has taken."""
        case = self.apply(**changes)
        self.governance.ask(contract.take_dispute, self.clerk)
        return case

    def asked(self, **changes: Any) -> str:
        """Return a case whose other side is asked, online."""
        case = self.taken(**changes)
        self.move(case, "register")
        other = next(one for one in self.look(case)["parties"] if one["side"] == "respondent")
        self.ask(contract.link_dispute_party, self.clerk, case, party_id=other["id"],
                 member_id=self.respondent.member_id)  # fmt: skip
        self.move(case, "ask_consent")
        return case

    def accepted(self, **changes: Any) -> str:
        """Return a case to which both sides agreed."""
        case = self.asked(**changes)
        self.ask(contract.answer_consent, self.respondent, case, about="mediation", answer=True)
        return case

    def serve(self, case: str, mediator: Principal | None = None) -> None:
        """Let a mediator take the case."""
        by = mediator or self.mediator
        self.ask(contract.assign_mediator, self.clerk, case, mediator_id=by.member_id)
        self.ask(contract.answer_assignment, by, case, answer=True)

    def mediating(self, **changes: Any) -> str:
        """Return a case that is being mediated."""
        case = self.accepted(**changes)
        self.serve(case)
        self.move(case, "begin", self.mediator)
        return case

    def agreed(self) -> str:
        """Return a case with an agreement in force."""
        case = self.mediating()
        self.ask(contract.write_agreement, self.mediator, case, text=TEXT, perform_by="2026-03-31")
        self.ask(contract.conclude_agreement, self.mediator, case, **MARKS)
        return case

    def notices(self) -> list[str | None]:
        """Return to whom notices wait, sorted; None for the officers."""
        items = self.governance.ask(contract.list_private_notices, SYSTEM)["items"]
        return sorted((one["member_id"] for one in items), key=str)

    def settle(self) -> None:
        """Let the gateway take all notices over."""
        items = self.governance.ask(contract.list_private_notices, SYSTEM)["items"]
        self.governance.ask(contract.settle_private_notices, SYSTEM, ids=[one["id"] for one in items])


SYSTEM = Principal(kind="service", name="gateway")
MARKS = {
    "applicant_mark": "signed", "respondent_mark": "sealed", "mediator_signed_on": "2026-03-11",
    "sealed_on": "2026-03-11",
}  # fmt: skip


def written(**changes: Any) -> dict[str, Any]:
    """Return an application for pay against a department."""
    return {
        "matter": "pay", "claim": CLAIM, "facts": FACTS, "applicant_name": NAME, "applicant_contact": "内线 6021",
        "respondent_kind": "department", "respondent_name": OTHER, **changes,
    }  # fmt: skip


def a_paper(kind: str = "evidence") -> dict[str, Any]:
    """Return an upload."""
    return {"kind": kind, "name": "值班津贴.png", "media_type": "image/png", "content": PNG}


def id_of(principal: Principal) -> UUID:
    """Return the member of an account."""
    assert principal.member_id is not None
    return principal.member_id
