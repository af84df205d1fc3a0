"""A union that is notified of dismissals: the HR system, a clerk, the member concerned, and notices on their way."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from services.chassis import clock
from services.chassis.errors import Problem
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.dismissals import operations as contract
from services.contracts.governance.mediation import operations as mediation
from tests.component.governance.harness import GovernanceHarness, hold_office
from tests.support.principals import member_account, officer

PNG = base64.b64encode(
    base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==")
).decode()
NAME, REASON, TEXT, BROKEN = "当事人甲", "连续旷工十日，有考勤记录。", "旷工事实不清。", "学校考勤办法第八条"
MEDIATION = {
    "person_name": NAME, "applicant_contact": "内线 6021", "respondent_name": "人事处",
    "claim": "请求撤销解除决定", "facts": "考勤记录有误。",
}  # fmt: skip
SECRETS = (NAME, REASON, TEXT, BROKEN)
GATEWAY = Principal(kind="service", name="gateway")


class Notices:
    """One union, the HR system, a clerk, and the member concerned."""

    def __init__(self, governance: GovernanceHarness) -> None:
        self.governance = governance
        self.employer = Principal("program", uuid4(), None, (Grant("hr"),))
        self.clerk, self.member = officer(), member_account()
        hold_office(governance, self.clerk)

    def notify(self, by: Principal | None = None, **changes: Any) -> dict[str, Any]:
        values = {
            "member_id": self.member.member_id, "person_name": NAME, "ground": "serious_breach", "reason": REASON,
            "effective_on": "2026-04-10", **changes,
        }  # fmt: skip
        return self.governance.ask(contract.notify_dismissal, by or self.employer, **values)  # type: ignore[no-any-return]

    def taken(self) -> dict[str, Any]:
        self.notify()
        return self.governance.ask(contract.take_dismissal, self.clerk)  # type: ignore[no-any-return]

    def ask(self, operation: Any, notice: Any, by: Principal | None = None, **more: Any) -> Any:
        return self.governance.ask(operation, by or self.clerk, dismissal_id=notice["id"], **more)

    def refused(self, operation: Any, notice: Any, by: Principal | None = None, **more: Any) -> Problem:
        return self.governance.refused(operation, by or self.clerk, dismissal_id=notice["id"], **more)

    def agreed(self) -> Any:
        return self.ask(contract.give_dismissal_opinion, self.taken(), opinion="agree", decided_by="committee")

    def corrected(self) -> Any:
        told = {"opinion": "correct", "opinion_text": TEXT, "violated": BROKEN, "decided_by": "committee"}
        return self.ask(contract.give_dismissal_opinion, self.taken(), **told)

    def answered(self) -> Any:
        said = {"answer": "changed", "answer_text": "改为警告处分。"}
        return self.ask(contract.answer_dismissal, self.corrected(), self.employer, **said)

    def notices(self) -> list[str | None]:
        """Return to whom notices wait, and let the gateway take them over; None for the officers."""
        with clock.frozen(datetime(2026, 3, 11, 9, tzinfo=UTC)):
            items = self.governance.ask(mediation.list_private_notices, GATEWAY)["items"]
        self.governance.ask(
            mediation.settle_private_notices, GATEWAY, ids=[one["id"] for one in items] or [str(uuid4())]
        )
        return sorted((one["member_id"] for one in items), key=str)

    def closed(self) -> Any:
        return self.ask(contract.close_dismissal, self.agreed(), note="已告知")

    def withdrawn(self) -> Any:
        return self.ask(contract.withdraw_dismissal, self.taken(), self.employer, note="不再解除")
