"""Procurement: suppliers, and purchases from the need to the payment."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.subject import MenuItem, NoticeText, Reaction, Subject, TodoDetails, TodoKind
from gateway.subjects.welfare.procurement import (
    acceptance_pages,
    api,
    need_pages,
    pages,
    projections,
    purchase_pages,
    quote_pages,
    rule_messages,
)
from services.contracts.welfare.procurement.events import PurchaseMoved
from services.contracts.welfare.procurement.operations import list_purchases

_OFFICER = frozenset({"officer"})
_BOUGHT = TodoDetails(list_purchases, facts=lambda item: (item["title"], item["number"]))

SUBJECT = Subject(
    "procurement",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(pages.PAGES, need_pages.PAGES, purchase_pages.PAGES, quote_pages.PAGES, acceptance_pages.PAGES),
    menu=(
        MenuItem(
            "purchases",
            _l("采购"),
            "box-seam",
            "money",
            CONSOLE_ROLES,
            also=("suppliers", "supplier", "new_supplier", "invoice_title"),
            below=("/console/purchases",),
        ),
    ),
    todos={
        "purchase_needed": TodoKind(
            "box-seam",
            "purchase",
            "/welfare/purchases/{}",
            "purchase_id",
            notice=NoticeText(_l("有新的采购需求，请登记报价。"), private=False),
            roles=_OFFICER,
            details=_BOUGHT,
        ),
        "delivery_counted": TodoKind(
            "clipboard-check",
            "acceptance",
            "/welfare/purchases/{}",
            "purchase_id",
            notice=NoticeText(_l("有一次到货已由一人清点，请另一位同志确认验收。"), private=False),
            roles=frozenset({"chair", "officer"}),
            details=_BOUGHT,
        ),
        "purchase_payment_refused": TodoKind(
            "cash-stack",
            "purchase",
            "/welfare/purchases/{}",
            "purchase_id",
            notice=NoticeText(_l("采购的付款没有入账，请更正后重新申请。"), private=False),
            roles=_OFFICER,
            details=_BOUGHT,
        ),
    },
    reactions=(Reaction(PurchaseMoved, projections.on_moved),),
    help=Help(
        _l("采购"),
        _l("从需求到付款，每一步有人、有日期、有文件；按金额决定由谁、怎样定供应商。"),
        (
            _l("分工会或校工会提出需求；校工会登记各家报价，按现行规定比价决定，达到起点金额的签合同。"),
            _l("货到后由两个人验收，一人清点、另一人确认；一人决定的采购，决定人不参加验收。"),
            _l("登记发票时核对抬头和税号，一张发票只用一次；申请付款不能超过验收合格的金额。"),
            _l("经审人员可以查看全部记录和文件。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
