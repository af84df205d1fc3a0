"""Purchases in all stages: a need, quotes, a contract for goods, a delivery that waits, and one that is to be paid."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from deploy.demo.papers import paper
from deploy.demo.union import DemoUnion
from services.chassis.clock import today
from services.contracts.credit_codes import check_character
from services.contracts.welfare.procurement import operations as buying
from services.contracts.welfare.programmes import operations as goods

_SUPPLIERS = (
    ("绿野农产品合作社", "周琳", "对口帮扶地区农产品，可送到校内"),
    ("湖滨文体用品商行", "吴磊", "运动器材、活动服装"),
    ("学府图文快印", "郑洁", "海报、手册，两日交货"),
    ("东岭健身器材公司", "孙昊", "器材安装、三年保修"),
    ("青山食品商贸公司", "钱敏", None),
)
"""Name, contact and note."""
_TITLE = {"name": "示范大学工会委员会", "tax_number": "81330000MC1234567"}


def play(union: DemoUnion) -> str:
    """Register suppliers, and begin purchases."""
    officer = union.as_officer()
    number = _TITLE["tax_number"]
    title = {**_TITLE, "tax_number": number + check_character(number)}
    union.ask("invoice-title", buying.set_invoice_title, title, officer)
    suppliers = [_supplier(union, place) for place in range(len(_SUPPLIERS))]
    _need(union, "lamps", "职工之家台灯更换", "equipment", "3200.00", [("台灯", 20, "盏")])
    _compare(union, suppliers)
    _goods(union, suppliers)
    _wait(union, suppliers)
    _paid(union, suppliers, title)
    return f"{len(suppliers)} suppliers, 5 purchases"


def _supplier(union: DemoUnion, place: int) -> str:
    name, contact, note = _SUPPLIERS[place]
    begun = f"91330106MA{place + 2:07d}"
    supplier = {
        "name": name, "credit_code": begun + check_character(begun), "contact": contact,
        "phone": f"0571-8800{place + 1:04d}", "note": note,
    }  # fmt: skip
    return str(union.ask(f"supplier-{place}", buying.add_supplier, supplier, union.as_officer())["id"])


def _need(
    union: DemoUnion, step: str, title: str, kind: str, estimate: str, items: list[tuple[str, int, str]], **more: Any
) -> dict[str, Any]:
    need = {
        "title": title, "kind": kind, "source_type": "activity", "estimate": estimate,
        "unit_id": union.units[union.holder("chair")],
        "items": [{"name": name, "quantity": quantity, "unit": unit} for name, quantity, unit in items], **more,
    }  # fmt: skip
    by = union.as_officer() if "source_id" in more or "line_code" in more else union.as_chair()
    return union.ask(f"need-{step}", buying.raise_need, need, by)


def _quote(union: DemoUnion, purchase: dict[str, Any], supplier_id: str, *prices: str, aid: bool = False) -> Any:
    lines = [
        {"item_id": item["id"], "unit_price": price, "paired_aid": aid}
        for item, price in zip(purchase["items"], prices, strict=True)
    ]
    quote = {
        "purchase_id": purchase["id"], "supplier_id": supplier_id, "tax_rate": "13", "lines": lines,
        "valid_until": today() + timedelta(days=60), "file": _paper("报价单"),
    }  # fmt: skip
    step = f"quote-{purchase['number']}-{supplier_id}"
    return union.ask(step, buying.add_quote, quote, union.as_officer())


def _decide(union: DemoUnion, purchase: dict[str, Any], place: int = 0, **more: Any) -> Any:
    quote = purchase["quotes"][place]
    decision = {
        "purchase_id": purchase["id"], "quote_id": quote["id"], "amount": quote["total"], "decided_on": today(), **more,
    }  # fmt: skip
    return union.ask(f"decide-{purchase['number']}", buying.decide_purchase, decision, union.as_officer())


def _sign(union: DemoUnion, purchase: dict[str, Any]) -> Any:
    contract = {
        "purchase_id": purchase["id"], "contract_number": f"GH-{purchase['number']}", "signed_on": today(),
        "file": _paper("采购合同"),
    }  # fmt: skip
    return union.ask(f"sign-{purchase['number']}", buying.record_contract, contract, union.as_officer())


def _count(union: DemoUnion, purchase: dict[str, Any], *counts: tuple[int, int, str | None]) -> Any:
    lines = [
        {"item_id": item["id"], "accepted": good, "rejected": bad, "reason": reason}
        for item, (good, bad, reason) in zip(purchase["items"], counts, strict=True)
    ]
    delivery = {"purchase_id": purchase["id"], "received_on": today(), "lines": lines}
    return union.ask(f"count-{purchase['number']}", buying.count_delivery, delivery, union.as_chair())


def _compare(union: DemoUnion, suppliers: list[str]) -> None:
    items = [("宣传手册", 500, "册"), ("海报", 40, "张")]
    need = _need(union, "print", "心理健康月宣传品", "printing", "4000.00", items)
    _quote(union, need, suppliers[2], "5.80", "22.00")
    _quote(union, need, suppliers[1], "6.50", "18.00")


def _goods(union: DemoUnion, suppliers: list[str]) -> None:
    """Buy the packages that members are choosing now, for less than planned."""
    officer = union.as_officer()
    programmes = union.ask("programmes", goods.list_programmes, {"limit": 10}, officer)["items"]
    programme = next(one for one in programmes if one["festival"] == "mid_autumn")
    cycles = union.ask("cycles", goods.list_cycles, {"programme_id": programme["id"], "limit": 1}, officer)["items"]
    cycle = union.ask("packages", goods.get_cycle, {"cycle_id": cycles[0]["id"]}, officer)
    package = cycle["packages"][0]
    item = {"name": package["name"], "quantity": package["stock"], "unit": "份", "package_id": package["id"]}
    need = {
        "title": cycle["title"], "kind": "goods", "source_type": "cycle", "source_id": cycle["id"],
        "estimate": f"{200 * package['stock']}.00", "line_code": "care.holiday", "items": [item],
    }  # fmt: skip
    raised = union.ask("need-goods", buying.raise_need, need, officer)
    _quote(union, raised, suppliers[4], "196.00")
    quoted = _quote(union, raised, suppliers[0], "192.00", aid=True)
    _quote(union, raised, suppliers[1], "199.00")
    _sign(union, _decide(union, quoted, present=["张建国", "李秀英", "王伟"]))


def _wait(union: DemoUnion, suppliers: list[str]) -> None:
    items = [("跳绳", 60, "根"), ("运动毛巾", 120, "条")]
    need = _need(union, "sports", "趣味运动会用品", "supplies", "3000.00", items, line_code="activities.sports")
    decided = _decide(union, _quote(union, need, suppliers[1], "18.00", "9.50"))
    _count(union, decided, (58, 2, "手柄松动"), (120, 0, None))


def _paid(union: DemoUnion, suppliers: list[str], title: dict[str, str]) -> None:
    items = [("跑步机", 6, "台"), ("动感单车", 10, "台")]
    need = _need(union, "gym", "职工健身房器材", "equipment", "105000.00", items, line_code="activities.sports")
    _quote(union, need, suppliers[1], "9200.00", "5400.00")
    _quote(union, need, suppliers[4], "9800.00", "5300.00")
    quoted = _quote(union, need, suppliers[3], "9100.00", "5100.00")
    present = ["张建国", "李秀英", "王伟"]
    signed = _sign(union, _decide(union, quoted, present=present, file=_paper("会议纪要")))
    counted = _count(union, signed, (6, 0, None), (10, 0, None))
    ref = {"purchase_id": need["id"], "acceptance_id": counted["acceptances"][0]["id"]}
    accepted = union.ask("confirm", buying.confirm_delivery, ref, union.as_officer())
    invoice = {
        "purchase_id": need["id"], "invoice_number": f"24332000000{union.seed % 10**9:09d}", "issued_on": today(),
        "amount": accepted["accepted_amount"], "buyer_name": title["name"], "buyer_tax_number": title["tax_number"],
        "file": _paper("发票"),
    }  # fmt: skip
    invoiced = union.ask("invoice", buying.record_invoice, invoice, union.as_officer())
    payment = {"purchase_id": need["id"], "amount": invoiced["invoiced_amount"]}
    union.ask("pay", buying.request_purchase_payment, payment, union.as_officer())


def _paper(name: str) -> dict[str, Any]:
    """Return an empty page as the file of a paper."""
    return {"name": f"{name}.pdf", "media_type": "application/pdf", "content": paper()}
