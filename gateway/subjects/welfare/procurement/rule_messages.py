"""The rules of procurement in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

_CODE = _l("统一社会信用代码不正确，请逐位核对。")
_FORM = _l("全电发票填 20 位号码；旧式发票填 10 或 12 位代码和 8 位号码。")

RULES = {
    "workflow.purchase": (_l("采购办理流程"), _l("这项采购现在的状态不能这样办理。")),
    "credit_code.is_genuine": (_l("统一社会信用代码正确"), _CODE),
    "procurement.supplier_is_new": (_l("供应商不重复登记"), _l("这个统一社会信用代码已经登记过。")),
    "procurement.supplier_can_sell": (_l("供应商未停用"), _l("这家供应商已停用，不能再报价或成交。")),
    "procurement.supplier_can_be_blocked": (_l("只停用一次"), _l("这家供应商已经停用。")),
    "procurement.supplier_can_be_admitted": (_l("停用的才能恢复"), _l("这家供应商没有停用。")),
    "procurement.need_is_of_own_unit": (_l("只为本分工会提需求"), _l("请选择您担任主席的分工会。")),
    "procurement.need_is_cancelled_by_its_unit": (_l("询价前可自行取消"), _l("校工会已经开始询价，请联系校工会取消。")),
    "procurement.source_is_named": (_l("写明为哪一批采购"), _l("请选择为哪一批慰问品或哪个疗休养团采购。")),
    "procurement.items_are_of_the_cycle": (_l("明细对应本批礼包"), _l("有明细对应的礼包不是这一批的。")),
    "procurement.need_is_not_split": (_l("不化整为零"), _l("前后 %(days)s 天内同类采购共 %(count)s 项、%(sum)s 元，合起来已达到更严格的采购方式的起点，请核对是否为同一需求。")),
    "procurement.quote_prices_every_item": (_l("每项明细都有报价"), _l("每项明细都要填一个单价。")),
    "procurement.quotes_are_few": (_l("报价不过多"), _l("已有 %(most)s 份报价，不能再添加。")),
    "procurement.decision_is_of_what_was_seen": (_l("决定的就是看到的报价"), _l("报价现在是 %(amount)s 元，不是您看到的 %(seen)s 元，请重新比较。")),
    "procurement.decision_day_has_come": (_l("决定日期合理"), _l("决定日期须在 %(first)s 至 %(last)s 之间。")),
    "procurement.quote_is_valid": (_l("报价在有效期内"), _l("这份报价有效期到 %(until)s。")),
    "procurement.quotes_suffice": (_l("报价家数足够"), _l("按现行规定要有 %(least)s 家报价，现在只有 %(count)s 家。")),
    "procurement.enough_decide_together": (_l("集体决定人数足够"), _l("按现行规定要 %(least)s 人以上集体决定，请填写在场人员。")),
    "procurement.persons_are_named_once": (_l("在场人员不重复"), _l("在场人员里有重复的姓名。")),
    "procurement.tender_is_named": (_l("写明招标结果"), _l("按现行规定要由学校招标，请填写招标结果编号。")),
    "procurement.dearer_quote_has_a_reason": (_l("不选最低价须说明原因"), _l("最低报价是 %(cheapest)s 元，请写明不选最低价的原因。")),
    "procurement.nothing_was_delivered": (_l("到货前才能撤回"), _l("已经登记过到货，不能再撤回或取消。")),
    "procurement.contract_day_fits": (_l("合同签订日期合理"), _l("签订日期须在 %(first)s 至 %(last)s 之间。")),
    "procurement.contract_is_signed": (_l("先签合同再收货"), _l("按现行规定要先签合同，请先登记合同。")),
    "procurement.delivery_day_fits": (_l("收货日期合理"), _l("收货日期须在 %(first)s 至 %(last)s 之间。")),
    "procurement.accepted_is_ordered": (_l("合格数量不超过订购"), _l("有一项只剩 %(open)s 件未到，不能多收。")),
    "procurement.rejection_has_a_reason": (_l("拒收须写原因"), _l("拒收的明细要写明原因。")),
    "procurement.something_was_counted": (_l("验收有数量"), _l("至少要有一项数量，每项只填一次。")),
    "procurement.no_other_count_waits": (_l("逐次验收"), _l("还有一次到货等第二人确认，请先确认或撤回。")),
    "procurement.another_person_confirms": (_l("两人验收"), _l("验收须由两个人完成，请另一位同志确认。")),
    "procurement.accepter_did_not_decide": (_l("采购与验收分开"), _l("这项采购由您一人决定，验收须由其他两位同志完成。")),
    "procurement.count_still_waits": (_l("待确认的才能办理"), _l("这次验收已经确认或撤回。")),
    "procurement.count_is_withdrawn_by_its_hands": (_l("由验收人撤回"), _l("请登记验收的同志或校工会撤回。")),
    "procurement.something_was_accepted": (_l("先验收再付款"), _l("还没有两人验收合格的货物。")),
    "procurement.title_is_set": (_l("已设定开票信息"), _l("还没有设定本会的开票名称和税号，请先在“开票信息”里设定。")),
    "procurement.buyer_is_the_union": (_l("发票抬头是本会"), _l("发票的购买方应是%(name)s，税号 %(tax_number)s。")),
    "procurement.invoice_day_fits": (_l("开票日期合理"), _l("开票日期须在 %(first)s 至 %(last)s 之间。")),
    "procurement.invoice_is_used_once": (_l("一张发票只用一次"), _l("这张发票已登记在采购 %(purchase)s，不能再用。")),
    "procurement.invoice_number_has_its_form": (_l("发票号码格式正确"), _FORM),
    "procurement.invoices_are_covered": (_l("发票不超过验收金额"), _l("验收合格的货物值 %(accepted)s 元，发票合计会是 %(invoiced)s 元。")),
    "procurement.invoices_are_few": (_l("发票不过多"), _l("已有 %(most)s 张发票，不能再添加。")),
    "procurement.invoice_still_counts": (_l("只冲红一次"), _l("这张发票已经冲红。")),
    "procurement.payment_is_of_what_was_seen": (_l("申请的就是看到的金额"), _l("发票合计现在是 %(invoiced)s 元，不是您看到的 %(seen)s 元，请重新核对。")),
    "procurement.source_is_booked_once": (_l("同一支出只入账一次"), _l("这批慰问品发放时或这个疗休养团结算时已经入账，不能再按采购付款。")),
    "procurement.payment_has_a_line": (_l("写明预算项目"), _l("请填写从哪个预算项目付款。")),
    "procurement.papers_are_complete": (_l("合同和发票文件齐全"), _l("请先上传合同和每张发票的文件。")),
    "procurement.papers_are_few": (_l("文件不过多"), _l("已有 %(most)s 个文件，不能再添加。")),
    "procurement.papers_can_be_removed": (_l("付款前才能删除文件"), _l("已申请付款，依据的文件要保留。")),
    "procurement.paper_is_of_the_office": (_l("这类文件由校工会保管"), _l("报价、合同、发票等文件只有校工会和经审人员能查看。")),
}  # fmt: skip

INPUT_ERRORS = {
    "credit_code.is_genuine": _CODE,
    "procurement.invoice_number_has_its_form": _FORM,
}
