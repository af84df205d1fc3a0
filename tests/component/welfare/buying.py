"""Short ways to a purchase in a test: needed, quoted, decided, signed, delivered, invoiced."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from services.chassis import clock
from services.chassis.security.principal import Principal
from services.contracts.credit_codes import check_character
from services.contracts.welfare.procurement import operations as buying
from tests.component.welfare.harness import WelfareHarness
from tests.support.pictures import PDF
from tests.support.principals import officer

TODAY = date(2023, 3, 1)
TITLE = {"name": "某大学工会委员会", "tax_number": "81330000MC000001" + "1"}
FILE = {"name": "发票.pdf", "media_type": "application/pdf", "content": PDF}


def code(place: int) -> str:
    """Return a genuine credit code."""
    begun = f"9133010{place:010d}"
    return begun + check_character(begun)


TITLE["tax_number"] += check_character(TITLE["tax_number"])


class Buying:
    """Procurement in a test: an officer decides, another one and a chair accept."""

    def __init__(self, welfare: WelfareHarness) -> None:
        self.welfare = welfare
        self.second, self.third = officer(), officer()
        self._suppliers = 0

    def ask(self, operation: Any, by: Principal | None = None, /, **request: Any) -> Any:
        return self.welfare.ask(operation, by, **request)

    def supplier(self, **changes: Any) -> str:
        self._suppliers += 1
        values = {"name": f"供应商{self._suppliers}", "credit_code": code(self._suppliers), **changes}
        return str(self.ask(buying.add_supplier, **values)["id"])

    def need(self, by: Principal | None = None, /, **changes: Any) -> dict[str, Any]:
        values = {
            "title": "趣味运动会用品", "kind": "supplies", "source_type": "other", "estimate": "2000.00",
            "line_code": "activities.sports",
            "items": [
                {"name": "跳绳", "quantity": 50, "unit": "根"},
                {"name": "毽子", "quantity": 100, "unit": "个"},
            ],
            **changes,
        }  # fmt: skip
        return self.ask(buying.raise_need, by, **values)  # type: ignore[no-any-return]

    def quote(self, purchase: dict[str, Any], *prices: str, supplier_id: str | None = None, **changes: Any) -> Any:
        lines = [
            {"item_id": item["id"], "unit_price": price} for item, price in zip(purchase["items"], prices, strict=True)
        ]
        values = {"tax_rate": "13", "valid_until": date(2023, 6, 30), "lines": lines, **changes}
        supplier_id = supplier_id or self.supplier()
        return self.ask(buying.add_quote, purchase_id=purchase["id"], supplier_id=supplier_id, **values)

    def decide(self, purchase: dict[str, Any], by: Principal | None = None, /, place: int = 0, **changes: Any) -> Any:
        quote = purchase["quotes"][place]
        values = {"quote_id": quote["id"], "amount": quote["total"], "decided_on": clock.today(), **changes}
        return self.ask(buying.decide_purchase, by, purchase_id=purchase["id"], **values)

    def sign(self, purchase: dict[str, Any], **changes: Any) -> Any:
        values = {"contract_number": "HT-7", "signed_on": clock.today(), "file": FILE, **changes}
        return self.ask(buying.record_contract, purchase_id=purchase["id"], **values)

    def count(self, purchase: dict[str, Any], by: Principal | None = None, /, *counts: int, **changes: Any) -> Any:
        """Count a delivery; what is not given is everything still to come."""
        wanted = counts or [item["open"] for item in purchase["items"]]
        lines = [
            {"item_id": item["id"], "accepted": count} for item, count in zip(purchase["items"], wanted, strict=True)
        ]
        values = {"received_on": clock.today(), "lines": lines, **changes}
        return self.ask(buying.count_delivery, by or self.second, purchase_id=purchase["id"], **values)

    def confirm(self, purchase: dict[str, Any], by: Principal | None = None, /) -> Any:
        waiting = next(one for one in purchase["acceptances"] if one["state"] == "waiting")
        ref = {"purchase_id": purchase["id"], "acceptance_id": waiting["id"]}
        return self.ask(buying.confirm_delivery, by or self.third, **ref)

    def decided(self, *prices: str, **changes: Any) -> Any:
        prices = prices or ("10.00", "5.00")
        return self.decide(self.quote(self.need(**changes), *prices))

    def accepted(self, *prices: str, **changes: Any) -> Any:
        return self.confirm(self.count(self.decided(*prices, **changes)))

    def title(self) -> None:
        self.ask(buying.set_invoice_title, **TITLE)

    def invoice(self, purchase: dict[str, Any], number: str = "2" * 20, **changes: Any) -> Any:
        values = {
            "invoice_number": number, "amount": purchase["accepted_amount"], "issued_on": clock.today(),
            "buyer_name": TITLE["name"], "buyer_tax_number": TITLE["tax_number"], "file": FILE, **changes,
        }  # fmt: skip
        return self.ask(buying.record_invoice, purchase_id=purchase["id"], **values)

    def pay(self, purchase: dict[str, Any], **changes: Any) -> Any:
        values = {"amount": purchase["invoiced_amount"], **changes}
        return self.ask(buying.request_purchase_payment, purchase_id=purchase["id"], **values)

    def read(self, purchase: dict[str, Any], by: Principal | None = None, /) -> Any:
        return self.ask(buying.get_purchase, by, purchase_id=UUID(purchase["id"]))
