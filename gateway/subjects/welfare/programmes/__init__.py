"""Goods for the holidays: programmes, cycles with packages and slots, entitlements, hand-outs."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.code_kind import CodeKind
from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.subject import JobKind, MenuItem, NewsKind, NoticeText, Reaction, Subject
from gateway.subjects.welfare.programmes import (
    api,
    cycle_pages,
    desk_pages,
    member_pages,
    pages,
    projections,
    rule_messages,
)
from services.contracts.welfare.programmes.events import BenefitCollected, EntitlementExpired, EntitlementGranted
from services.contracts.welfare.programmes.operations import read_goods_code

SUBJECT = Subject(
    "programmes",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(pages.PAGES, cycle_pages.PAGES, desk_pages.PAGES, member_pages.PAGES),
    menu=(
        MenuItem("own_goods", _l("节日慰问品"), "gift", "own_benefits"),
        MenuItem(
            "programmes",
            _l("节日慰问品"),
            "gift",
            "welfare",
            CONSOLE_ROLES,
            also=("new_programme", "cycles", "new_cycle", "cycle", "goods_list", "exclusions", "reconciliation"),
            below=("/console/cycles",),
        ),
        MenuItem("hand_out_desk", _l("领取登记"), "qr-code-scan", "welfare", frozenset({"officer", "chair"})),
    ),
    news={
        "entitlement_granted": NewsKind(
            _l("有一份慰问品请您选择"),
            "gift",
            "my_goods_item",
            "entitlement_id",
            notice=NoticeText(_l("%(title)s：请在 %(until)s 前选择，逾期发默认的一份。")),
        ),
        "benefit_collected": NewsKind(
            _l("慰问品已领取"),
            "gift",
            "my_goods_item",
            "entitlement_id",
            notice=NoticeText(_l("您的慰问品已登记领取。若不是您或您委托的人领的，请联系工会。")),
        ),
        "entitlement_expired": NewsKind(
            _l("慰问品逾期未领"),
            "gift",
            "my_goods_item",
            "entitlement_id",
            notice=NoticeText(_l("您的一份慰问品逾期未领，已退回。")),
        ),
    },
    reactions=(
        Reaction(EntitlementGranted, projections.note_granted, batch=True),
        Reaction(BenefitCollected, projections.note),
        Reaction(EntitlementExpired, projections.note),
    ),
    help=Help(
        _l("节日慰问品"),
        _l("每年一批：生成名单、批准、会员选择礼包、凭码领取、核对。"),
        (
            _l("校工会生成名单，不在名单上的会员都写明原因，核对无误后批准。"),
            _l("会员在截止日期前选择，逾期发默认的一份。"),
            _l("发放时扫领取码，请签收人签名；没有网络就用纸质签收表，之后按序号登记。"),
        ),
    ),
    jobs=(JobKind("compute_goods_list", _l("生成慰问品名单"), page="programmes"),),
    codes=(
        CodeKind(
            "goods",
            _l("慰问品领取码"),
            read_goods_code,
            "/welfare/entitlements/{}",
            desk_pages.page_of_code,
            titles={"good": _l("可以领取"), "ended": _l("已领取或已过期")},
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
