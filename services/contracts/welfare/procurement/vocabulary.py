"""Vocabulary of procurement."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

PURCHASE_STATES = Vocabulary(
    "purchase", need="待询价", quoting="询价中", decided="已定供应商", contracted="已签合同", accepted="已验收",
    invoiced="已收发票", payment_requested="已申请付款", paid="已付款", refused="付款未通过", cancelled="已取消",
)  # fmt: skip
PURCHASE_STAGES = PURCHASE_STATES.only(
    "need", "quoting", "decided", "contracted", "accepted", "invoiced", "payment_requested", "paid"
)
PURCHASE_KINDS = Vocabulary(
    "purchase_kind", goods="慰问品", supplies="活动用品", travel="疗休养与交通", catering="餐饮", printing="印刷品",
    venue="场地租用", services="服务", equipment="设备", other="其他",
)  # fmt: skip
PURCHASE_SOURCES = Vocabulary(
    "purchase_source", cycle="节日慰问品", trip="疗休养", activity="活动", campaign="送温暖等专项", other="其他",
)  # fmt: skip
WAYS = Vocabulary(
    "purchase_way", alone="自行采购", contract="自行采购并签合同", committee="三家比价、集体决定", tender="学校招标",
)  # fmt: skip
"""How a purchase is decided, from the smallest amounts to the largest."""
TAX_RATES = Vocabulary("tax_rate", {"0": "免税", "1": "1%", "3": "3%", "6": "6%", "9": "9%", "13": "13%"})
"""Rates of value added tax that invoices have."""
ACCEPTANCE_STATES = Vocabulary(
    "acceptance", waiting="待第二人确认", confirmed="两人已验收", withdrawn="已撤回",
)  # fmt: skip
PAPER_KINDS = Vocabulary(
    "purchase_paper", quote="报价单", minutes="会议纪要", tender="招标结果", contract="合同", acceptance="验收照片",
    invoice="发票", other="其他",
)  # fmt: skip
CHAIRS_PAPERS = ("acceptance", "other")
"""Kinds of papers that a unit's chair attaches and opens; the others are for the office."""
PURCHASE_STEPS = Vocabulary(
    "purchase_step", raised="提出需求", quoted="登记报价", quote_withdrawn="撤回报价", decided="确定供应商",
    decision_undone="撤销决定", contracted="登记合同", contract_undone="撤销合同", counted="第一人验收",
    count_withdrawn="撤回验收", confirmed="第二人确认验收", accepted="全部验收",
    delivery_finished="不再供货", invoiced="登记发票",
    invoice_reversed="发票冲红", payment_requested="申请付款", paid="已付款", payment_refused="付款未通过",
    payment_reversed="付款已冲销", paper_added="上传文件", paper_removed="删除文件", cancelled="取消",
)  # fmt: skip
PURCHASE_ORDERS = Vocabulary(
    "purchase_order", {"-raised_on": "最近的在前", "raised_on": "最早的在前", "-amount": "金额大的在前",
                       "amount": "金额小的在前", "title": "按名称"},
)  # fmt: skip
PROCUREMENT_FIELDS = Vocabulary(
    "procurement_field", name="名称", credit_code="统一社会信用代码", contact="联系人", phone="联系电话", note="备注",
    blocked="已停用", blocked_reason="停用原因", title="采购内容", kind="类别", source_type="用于",
    source_id="对应的项目", unit_id="分工会", estimate="预计金额（元）", reason="原因", funding="经费来源",
    line_code="预算项目", state="状态", number="编号", amount="金额（元）", supplier_id="供应商", supplier="供应商",
    raised_on="提出日期", quantity="数量", unit="单位", specification="规格", unit_price="单价（元，含税）",
    paired_aid="来自消费帮扶地区", tax_rate="税率", valid_until="报价有效期至", decided_on="决定日期",
    present="在场人员", tender_number="招标结果编号", contract_number="合同编号", signed_on="签订日期",
    received_on="收货日期", accepted="验收合格", rejected="拒收",
    invoice_code="发票代码", invoice_number="发票号码", issued_on="开票日期",
    buyer_name="购买方名称", buyer_tax_number="购买方税号", tax_number="税号", way="采购方式",
    file="文件", q="查找",
)  # fmt: skip
