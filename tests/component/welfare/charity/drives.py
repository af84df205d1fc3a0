"""A charity drive in a test: who gives, how it is listed, counted and confirmed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.chassis.security.principal import Principal
from services.contracts.welfare.charity import operations as contract
from tests.component.welfare.harness import WelfareHarness
from tests.support.pictures import PDF
from tests.support.principals import auditor, member_account

AUTUMN = datetime(2026, 9, 1, 4, 0, tzinfo=UTC)
"""Tuesday, 1 September 2026, noon in China."""
TODAY = "2026-09-01"
CHARITY = {"charity_name": "示例市慈善总会", "credit_code": "53330000500001234W", "certificate": "33010020260001"}
TERMS = {
    "title": "2026 年慈善一日捐", "purpose": "困难学生助学", "opens_on": TODAY, "closes_on": "2026-09-15",
    "wording": "本人自愿从工资中代扣所填金额。", "wording_version": "2026-1",
}  # fmt: skip


class Drive:
    """A drive of an officer; `chair` chairs the unit of the givers."""

    def __init__(self, welfare: WelfareHarness, **changes: Any) -> None:
        self.welfare = welfare
        self.unit, self.chair, self.auditor = welfare.unit, welfare.chair, auditor()
        self.id: str = welfare.ask(contract.prepare_drive, **{**TERMS, **CHARITY, **changes})["id"]
        welfare.ask(contract.open_drive, drive_id=self.id)

    def ask(self, operation: Any, by: Principal | None = None, /, **request: Any) -> Any:
        return self.welfare.ask(operation, by, drive_id=self.id, **request)

    def refused(self, operation: Any, by: Principal | None = None, /, **request: Any) -> str | None:
        return self.welfare.refused(operation, by, drive_id=self.id, **request).rule

    def member(self, unit_id: UUID | None = None) -> Principal:
        return member_account(self.welfare.joined(unit_id))

    def enter(self, *gifts: tuple[Any, str], by: Principal | None = None, **changes: Any) -> Any:
        """Enter a list of cash: of each giver, or None for an anonymous gift, the amount."""
        lines = [{"member_id": giver and giver.member_id, "amount": amount} for giver, amount in gifts]
        values = {"unit_id": self.unit, "way": "cash", "given_on": TODAY, "gifts": lines, **changes}
        return self.ask(contract.enter_gifts, by or self.chair, **values)

    def count(self, amount: str, by: Principal | None = None, unit_id: UUID | None = None) -> Any:
        return self.ask(contract.count_cash, by or self.chair, unit_id=unit_id or self.unit, counted=amount)

    def counted(self, amount: str, unit_id: UUID | None = None) -> None:
        """Let the auditor and an officer count the same."""
        for who in (self.auditor, self.welfare.officer):
            self.count(amount, who, unit_id)

    def give(self, by: Principal, way: str = "payroll", amount: str = "100.00", **changes: Any) -> Any:
        own = {"wording_version": "2026-1"} if way == "payroll" else {"reference": f"T-{by.member_id}"}
        return self.ask(contract.give_to_drive, by, way=way, amount=amount, **{**own, **changes})

    def gifts(self, by: Principal | None = None, **filters: Any) -> list[dict[str, Any]]:
        return list(self.ask(contract.list_gifts, by, **filters)["items"])

    def confirm(self, gift: dict[str, Any]) -> Any:
        return self.welfare.ask(contract.confirm_gift, gift_id=gift["id"])

    def transferred(self, count: int, amount: str = "100.00", unit_id: UUID | None = None) -> None:
        """Let several members give by transfer, confirmed."""
        for _ in range(count):
            self.confirm(self.give(self.member(unit_id), "transfer", amount))

    def close(self) -> Any:
        return self.ask(contract.close_drive)

    def hand_over(self, amount: str, **changes: Any) -> Any:
        return self.ask(contract.hand_over_drive, **hand_over(amount, **changes))


def hand_over(amount: str, **changes: Any) -> dict[str, Any]:
    """Return what is recorded with a hand-over."""
    paper = {"name": "收据.pdf", "media_type": "application/pdf", "content": PDF}
    return {"handed_on": TODAY, "handed_amount": amount, "charity_receipt": "Z2026-001", **paper, **changes}
