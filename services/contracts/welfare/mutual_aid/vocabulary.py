"""Vocabularies of mutual aid: kinds of plans, who pays, states, kinds of documents, what fields are called."""

from services.chassis.schema import Vocabulary

PLAN_KINDS = Vocabulary(
    "mutual_aid_plan", inpatient="住院医疗", critical_illness="重大疾病", accident="意外伤害", women="女职工特殊疾病",
)  # fmt: skip
PAYERS = Vocabulary(
    "mutual_aid_payer", own="会员自己交纳", union="工会经费", administration="行政福利费",
)  # fmt: skip
PERIOD_STATES = Vocabulary(
    "mutual_aid_period", open="登记参保", closed="名单已确定", cancelled="已取消",
)  # fmt: skip
PAYMENT_STATES = Vocabulary(
    "mutual_aid_payment", none="无需支付", pending="待入账", recorded="已入账", refused="未予入账",
    reversed="已冲销",
)  # fmt: skip
COVER_STATES = Vocabulary(
    "mutual_aid_cover", covered="参保", withdrawn="已退出", ended="提前终止",
)  # fmt: skip
COVER_ENDS = Vocabulary("mutual_aid_end", retired="退休", left="离会", deceased="去世")
"""Why a cover ended before its period did."""
CLAIM_STATES = Vocabulary(
    "mutual_aid_claim", submitted="待分工会转交", forwarded="待校工会报送", sent_on="已报承办单位", paid="已赔付",
    refused="未获赔付", withdrawn="已撤回",
)  # fmt: skip
OPEN_CLAIMS = ("submitted", "forwarded")
"""States of a claim that has not reached the provider."""
CLAIM_DOCUMENTS = Vocabulary(
    "mutual_aid_document", form="申领表", medical="医疗材料", receipt="费用票据", identity="身份证明", other="其他材料",
)  # fmt: skip
CLAIM_TEXTS = Vocabulary("mutual_aid_text", details="情况说明", reason="未获赔付的原因")
"""What is written in a claim, which officers read for a purpose."""
ENROL_LINES = Vocabulary(
    "mutual_aid_line", new="可以参保", duplicate="已经参保", refused="不能参保",
)  # fmt: skip
UNIT_COVER_ORDERS = Vocabulary(
    "unit_cover_order",
    {"percent": "参保率低的在前", "-percent": "参保率高的在前", "-covered_count": "参保人数多的在前",
     "-member_count": "会员人数多的在前"},
)  # fmt: skip
CLAIM_ORDERS = Vocabulary(
    "mutual_aid_claim_order",
    {"due_on": "申领期限从早到晚", "-due_on": "申领期限从晚到早", "-submitted_at": "最近提出"},
)  # fmt: skip

MUTUAL_AID_FIELDS = Vocabulary(
    "mutual_aid_field", name="计划名称", kind="保障种类", provider="承办单位", document="依据文件",
    fee="每人每期费用（元）", sum_insured="最高保障金额（元）", age_from="最小年龄", age_to="最大年龄",
    claim_days="出险后多少天内申领", remind_days="到期前多少天提醒", ends_with_retirement="退休后终止",
    ends_with_leaving="离会后终止", about="说明", offered="可用", plan_id="保障计划", title="保障期名称",
    starts_on="生效日期", ends_on="终止日期", enrol_from="登记开始", enrol_until="登记截止", payer="费用来源",
    state="状态", members="参保人数", amount="费用合计", payment_state="支付", period_id="保障期", unit_id="分工会",
    member_id="会员", covered="参保", enrolled_at="参保时间", fee_paid_on="交费日期", event_on="出险日期",
    details="情况说明", asked="申请金额（元）", due_on="申领期限", submitted_at="提出时间", forwarded_at="转交时间",
    sent_on_at="报送时间", paid="赔付金额（元）", paid_on="赔付日期", reason="原因", percent="参保率",
    member_count="会员数", covered_count="参保数", year="年度", claims="申领件数", paid_claims="赔付件数",
    paid_sum="赔付金额（元）", purpose="用途", documents="材料", late="申领期限", line_code="预算项目",
)  # fmt: skip
