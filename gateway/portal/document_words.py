"""Documents of rules that the system made up itself, for its demo rule sets; laws keep their own titles."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from gateway.portal.template_globals import add_globals

DEMO_DOCUMENT = {
    "Demo figures, for trying the system out (as of a Henan college)": _l("演示数字，供试用（参照河南某学院）"),
    "Demo figures: dispatched staff have their holiday goods from the agency that employs them": _l(
        "演示数字：劳务派遣人员的节日慰问由用人的派遣单位发放"
    ),
    "Demonstration, after a college's rules in Henan, 2022": _l("演示数字，参照河南某学院 2022 年的规定"),
    "Demonstration, after rules seen in Zhejiang": _l("演示数字，参照浙江的规定"),
    "Demonstration, taken from no document": _l("演示数字，不出自任何文件"),
    "演示规则：会员个人信息保存期限（自离会之日起）": _l("演示规则：会员个人信息保存期限（自离会之日起）"),
    "演示规则：会费免缴情形": _l("演示规则：会费免缴情形"),
    "演示规则：未经分工会确认的入会申请": _l("演示规则：未经分工会确认的入会申请"),
    "演示规则：非编教职工入会材料": _l("演示规则：非编教职工入会材料"),
}


def document_words(title: str | None) -> str:
    """Return what a rule's document is called on a page."""
    return str(DEMO_DOCUMENT.get(title or "", title or ""))


def set_up(app: Flask) -> None:
    """Make the words known to the templates."""
    add_globals(app, document_words=document_words)
