"""Vocabulary of proposals."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

PROPOSAL_BODIES = Vocabulary(
    "proposal_body", staff_congress="教职工代表大会", union_congress="工会会员代表大会", unit="二级单位",
)  # fmt: skip
"""Whose proposals a campaign takes: those of the delegates of a congress, or of the members of one unit."""
CAMPAIGN_STATES = Vocabulary("proposal_campaign", coming="未开始", open="征集中", late="已过截止时间", closed="已结束")
SWITCHES = Vocabulary(
    "proposal_switch", hand_back="承办部门可退回交办", co_sign="协办部门会签", inspection="公布前督查",
    outcome_class="办理结果分类", key_proposals="重点提案由校领导领办", self_check="每年十二月自查",
    presidium="立案有异议由主席团裁定",
)  # fmt: skip
"""Steps that some universities use and others do not; chosen for each campaign."""
PROPOSAL_KINDS = Vocabulary(
    "proposal_kind", teaching="教学科研", personnel="人事与薪酬", governance="学校管理", welfare="福利与保障",
    campus="校园与后勤", health="医疗与健康", culture="文化与体育", union="工会工作", other="其他",
)  # fmt: skip
PROPOSAL_STATES = Vocabulary(
    "proposal", draft="草稿", seconding="征集附议", submitted="待审查", review="审查中", returned="退回修改",
    disputed="待主席团裁定", merged="已并案", suggestion="转为意见建议", not_filed="不予立案", withdrawn="已撤回",
    filed="已立案", assigned="已交办", in_progress="办理中", co_signing="会签中", approving="待领导审批",
    inspecting="待督查", approved="待公布", replied="已答复", rated="已评价", second_handling="二次办理",
    closed="已办结", archived="已归档",
)  # fmt: skip
PROPOSAL_STAGES = PROPOSAL_STATES.only(
    "seconding", "submitted", "filed", "assigned", "in_progress", "replied", "rated", "closed"
)
"""The states every proposal that is filed comes through."""
PUBLIC_STATES = (
    "filed", "assigned", "in_progress", "co_signing", "approving", "inspecting", "approved", "replied", "rated",
    "second_handling", "closed", "archived",
)  # fmt: skip
"""States in which every member may read a proposal."""
GROUNDS = Vocabulary(
    "proposal_ground", unlawful="与法律法规或上级规定相抵触", personal="纯属个人问题", solved="已经解决或正在解决",
    infeasible="不具备实施条件", outside="不属于本校职权范围",
)  # fmt: skip
"""Why a proposal is not filed."""
VERDICTS = Vocabulary(
    "proposal_verdict", take_up="开始审查", file="立案", make_suggestion="转为意见建议", not_file="不予立案",
    send_back="退回修改",
)  # fmt: skip
"""What a review comes to; merging names another proposal and is an operation of its own."""
RULINGS = Vocabulary("proposal_ruling", overturn="应予立案", uphold="维持不予立案")
"""What the presidium rules about a filing that is disputed."""
OUTCOMES = Vocabulary(
    "proposal_outcome", solved="A 已解决", planned="B 列入计划", not_now="C 暂不具备条件", reference="D 留作参考",
)  # fmt: skip
GRADES = Vocabulary("proposal_grade", satisfied="满意", basic="基本满意", dissatisfied="不满意")
"""From the best to the worst."""
PARTS = Vocabulary("proposal_part", lead="主办", assisting="协办")
SECONDING_STATES = Vocabulary("proposal_seconding", seconded="已附议", outdated="待重新确认", withdrawn="已撤回附议")
PROPOSAL_STEPS = Vocabulary(
    "proposal_step", drafted="起草", revise="修改", open_seconding="征集附议", second="附议", unsecond="撤回附议",
    submit="提交", take_up="开始审查", file="立案", make_suggestion="转为意见建议", not_file="不予立案",
    send_back="退回修改", merge="并案", unmerge="撤销并案", dispute="对不予立案提出异议", overturn="主席团裁定立案",
    uphold="主席团裁定维持", withdraw="撤回", mark_key="列为重点提案", assign="交办", hand_back="承办部门退回",
    accept="承办部门接受", contribute="协办意见", reply="拟定答复", co_sign="会签", object="会签退回",
    approve="领导同意", refuse_reply="退回重拟", pass_inspection="督查通过", schedule="定日公布",
    publish="公布答复", rate="评价",
    end_rating="结束评价", reopen="二次办理", report="报告进展", check="年度自查", close="办结", archive="归档",
    praise="评为优秀提案", unpraise="撤销优秀提案",
)  # fmt: skip
PROPOSALS_SHOWN = Vocabulary(
    "proposals_shown", all="全部", waiting="等我办理", open="未办结", overdue="已逾期", key="重点提案",
    excellent="优秀提案",
)  # fmt: skip
PROPOSAL_ORDERS = Vocabulary(
    "proposal_order", {"-submitted_at": "最近提交的在前", "submitted_at": "最早提交的在前", "number": "按编号",
                       "due_on": "期限，近的在前", "title": "按案名"},
)  # fmt: skip
PROPOSAL_TASKS = Vocabulary(
    "proposal_task", confirm="重新确认附议", review="审查", rule="裁定", assign="交办", handle="办理", help="协办",
    co_sign="会签", approve="审批答复", inspect="督查", publish="公布答复", rate="评价", finish="办结", check="自查",
)  # fmt: skip
"""What waits for somebody."""
FIGURE_GROUPS = Vocabulary(
    "proposal_figure", year="年份", department="主办部门", kind="类别", satisfaction="满意度", outcome="办理结果",
    state="状态",
)  # fmt: skip
PROPOSAL_FIELDS = Vocabulary(
    "proposal_field", name="名称", leader_id="分管领导", contact_ids="联系人", note="备注", active="使用中",
    title="案名", reason="案由", suggestion="建议措施", kind="类别", campaign_id="征集", body="征集范围",
    unit_id="单位", opens_on="开始日期", deadline="截止时间", switches="办理环节", inspector_id="督查部门",
    session="届次", number="编号", state="状态", proposer_id="提案人", collective="代表团（集体提案）",
    seconders="附议人数", department_id="主办部门", department="主办部门", assisting_ids="协办部门", due_on="办理期限",
    submitted_at="提交时间", filed_on="立案日期", published_on="公布日期", verdict="审查结论", ground="理由类别",
    why="说明", into_id="并入的提案", ruling="主席团裁定", text="答复内容", outcome="办理结果", publish_on="公布日期",
    grade="评价", comment="意见", percent="完成进度（%）", milestone="阶段目标", done_on="完成日期",
    is_key="重点提案", key_leader_id="领办校领导", key_leader="领办校领导", excellent="优秀提案",
    satisfaction="满意度", q="查找", show="范围", sort="排序", year="年份", group="统计口径", count="件数",
    closed="已办结", closed_on="办结日期", satisfied="满意", basic="基本满意", dissatisfied="不满意",
)  # fmt: skip
