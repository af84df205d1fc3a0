"""Vocabularies of care campaigns: kinds, states, where names on a list come from, what fields are called."""

from services.chassis.schema import Vocabulary

CAMPAIGN_KINDS = Vocabulary("campaign_kind", warmth="送温暖", coolness="送清凉", on_duty="坚守岗位慰问")
CARE_STATES = Vocabulary("care_campaign", draft="筹备中", open="进行中", closed="已结束", cancelled="已取消")
CARE_STAGES = CARE_STATES.only("draft", "open", "closed")
CARE_ITEM_STATES = Vocabulary("care_item", listed="待指派", assigned="待慰问", given="已慰问", missed="未慰问")
CARE_SOURCES = Vocabulary(
    "care_source", registry="困难职工档案", units="分工会会员", typed="填写的名单",
)  # fmt: skip
"""Where the names of a list come from: the registry of members in hardship, all members of units, or a given list."""
CARE_EVIDENCE = Vocabulary("care_evidence", signature="签收单", photo="照片")
CARE_MISSED = Vocabulary("care_missed", closed="活动结束时未慰问", member_left="会员已退会", member_died="会员去世")
"""Why nothing was given where nobody wrote a reason."""

CAMPAIGN_FIELDS = Vocabulary(
    "campaign_field", title="名称", kind="类别", starts_on="开始日期", ends_on="结束日期", amount="每人标准（元）",
    form="发放形式", state="状态", member_id="慰问对象", unit_id="分工会", visitor_id="慰问人", given_on="慰问日期",
    given="已慰问", missed="未慰问", open="待慰问", people="名单人数", source="名单来源", signed_by="签收人",
    note="慰问记录", reason="原因", plan_item_id="年度计划项目", people_shown="照片里的人", purpose="用途",
    unit_ids="哪些分工会", numbers="会员号", value="金额（元）", evidence_needed="须有的凭证", to_visitor_id="转交给",
    content="文件", claim_state="入账", caption="说明", files="凭证",
)  # fmt: skip
