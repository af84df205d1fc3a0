"""The words of the dues: lists as in `gateway.portal.words`, which takes them in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

DUES_CHARGE = {
    "open": _l("未缴"), "part": _l("部分缴"), "paid": _l("已缴"), "over": _l("多缴"), "void": _l("免收"),
}  # fmt: skip
DUES_FILE_KIND = {"payroll": _l("工资代扣"), "bases": _l("缴费基数")}
DUES_FILE = {
    "uploaded": _l("待对应列"), "checking": _l("核对中"), "checked": _l("待确认"), "posting": _l("入账中"),
    "posted": _l("已完成"), "dropped": _l("已作废"), "failed": _l("失败"),
}  # fmt: skip
DUES_COLUMN = {
    "number": _l("会员号"), "id_number": _l("身份证号"), "amount": _l("金额"), "base": _l("缴费基数"),
}  # fmt: skip
DUES_VERDICT = {
    "exact": _l("正好缴清"), "short": _l("少缴"), "over": _l("超过应缴"), "unknown": _l("查无此会员"),
    "twice": _l("文件中重复"), "paid": _l("该月已缴清"), "posted": _l("同一文件已入账"),
    "not_charged": _l("该月未计收"), "unchanged": _l("基数未变"), "late": _l("已有更晚的基数"),
    "conflict": _l("会员号与身份证号不是同一人"), "beyond": _l("标题之外还有内容"), "ambiguous": _l("数值有两种读法"),
    "bad": _l("内容无效"),
}  # fmt: skip
DUES_PAYMENT = {"payment": _l("缴费"), "reversal": _l("冲销"), "refund": _l("退还"), "carry": _l("结转转出")}
DUES_CHANNEL = {"payroll": _l("工资代扣"), "single": _l("单笔登记"), "credit": _l("多缴结转")}
DUES_REFUND = {"asked": _l("待审批"), "approved": _l("已批准"), "declined": _l("不批准")}
DUES_EXEMPTION = {
    "unpaid_leave": _l("停薪留职"), "long_sick_leave": _l("长期病假"), "study_abroad": _l("公派出国"),
    "hardship": _l("生活困难"),
}  # fmt: skip
