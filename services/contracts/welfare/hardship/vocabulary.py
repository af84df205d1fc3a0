"""Vocabularies of hardship: kinds of aid, states, grades of the registry, what fields are called."""

from services.chassis.schema import Vocabulary

AID_KINDS = Vocabulary("aid_kind", hardship="困难帮扶", grave_illness="大病帮扶")
AID_STATES = Vocabulary(
    "aid_application", draft="草稿", submitted="待分工会转交", unit_forwarded="待受理", under_review="评审中",
    granted="已批准", refused="未批准", withdrawn="已撤回", paid="已发放", closed="已办结",
)  # fmt: skip
AID_STAGES = AID_STATES.only("draft", "submitted", "unit_forwarded", "under_review", "granted", "paid", "closed")
"""The usual way of an application, as its steps are shown."""
AID_STEPS = Vocabulary(
    "aid_step", {
        **{word: AID_STATES.texts[word] for word in AID_STATES}, "payment_requested": "重新申报支出",
        "payment_refused": "未予入账", "for_family": "转由家属领取", "papers_erased": "材料按保存期限删除",
    },
)  # fmt: skip
"""Steps of an application: its states, and what leaves the state as it is."""
AID_OUTCOMES = Vocabulary("aid_outcome", granted="批准", refused="不批准")
AID_EVIDENCE = Vocabulary("aid_evidence", medical="病历和医疗费票据", income="收入和支出证明", other="其他证明")
AID_ENDS = Vocabulary("aid_end", member_died="会员去世", member_left="会员已退会")
"""Why an application ended where nobody withdrew it."""
AID_AFTER_DEATH = Vocabulary("aid_after_death", ends="申请终止", family="转由家属领取")
"""What becomes of an application when the applicant dies before it is decided, by a dated rule."""

HARDSHIP_GRADES = Vocabulary("hardship_grade", deep="深度困难", relative="相对困难", accident="意外致困")
RECORD_STATES = Vocabulary("hardship_record", open="在档", closed="已退出")
REVIEW_OUTCOMES = Vocabulary("hardship_review", kept="保留", regraded="调整等级", ended="退出")

HARDSHIP_FIELDS = Vocabulary(
    "hardship_field", member_id="会员", unit_id="分工会", kind="类别", asked="申请金额（元）", granted="批准金额（元）",
    paid="发放金额（元）", reason="申请理由", state="状态", submitted_at="提交时间", decided_on="评审日期",
    outcome="评审结论", present="到会人员", note="评审意见", grade="等级", since="建档日期", circumstances="家庭情况",
    reviewed_on="上次复核", review_due="下次复核", claim_state="入账", end_cause="终止原因", amount="金额（元）",
    purpose="用途", caption="说明", content="文件", forwarded_at="转交时间", due="只看到期复核",
    ended_on="退出日期", sort="排序",
)  # fmt: skip
