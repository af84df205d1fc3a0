"""Vocabulary of ratings, and the questionnaires a round begins with."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

RATING_KINDS = Vocabulary("rating_kind", union="会员评家", leaders="民主评议领导干部")
"""Members rate the work of their union and the chair of their unit; delegates assess the leaders of the school."""
RATING_WAYS = Vocabulary("rating_way", online="线上匿名填写", paper="只录入纸质汇总")
"""`paper`: nobody fills in anything here; the counts of paper sheets are entered, also of earlier years."""
RATED = Vocabulary("rated", union="建家工作", chair="本单位分工会主席", leader="领导干部")
RATING_ORIGINS = Vocabulary("rating_origin", union="校工会", session="代表大会会议")
"""Where a round comes from; `origin_id` is the id of the session."""
RATING_ELECTORATES = Vocabulary(
    "rating_electorate", all="全体会员", units="指定分工会", list="指定会员", called="会议名单"
)
OWN_RATING_ELECTORATES = RATING_ELECTORATES.only("all", "units", "list")
RATING_STATES = Vocabulary(
    "rating", prepared="待开始", opening="正在准备", open="填写中", counting="正在统计", closed="已结束",
    cancelled="已取消",
)  # fmt: skip
RATING_STAGES = RATING_STATES.only("prepared", "opening", "open", "closed")
RATING_STEPS = Vocabulary(
    "rating_step", RATING_STATES.texts, created="创建", changed="修改", reminded="提醒", published="公布",
    papers="录入纸质表",
)  # fmt: skip
"""What the history of a round tells."""
RATING_ENDS = Vocabulary("rating_end", closed="已结束", cancelled="已取消", published="已公布")
RATING_ORDERS = Vocabulary(
    "rating_order", {"-created_at": "创建时间，新的在前", "-year": "年度，新的在前", "closes_at": "截止时间，近的在前"},
)  # fmt: skip

USUAL_GRADES = {
    "union": ("很满意", "满意", "基本满意", "不满意"),
    "leaders": ("优秀", "称职", "基本称职", "不称职"),
}
"""Grades of a kind where the officer names no others, the best first."""
USUAL_CRITERIA = {
    "union": ("维护职工权益", "服务会员", "文体活动", "困难帮扶", "民主管理和会务公开"),
    "chair": ("履行职责", "联系会员", "工作作风"),
    "leader": ("德", "能", "勤", "绩", "廉"),
}
"""What is graded of whom where the officer names nothing else."""
USUAL_SATISFIED = 2
"""How many of the best grades count as satisfied where the officer says nothing else."""

RATING_FIELDS = Vocabulary(
    "rating_field", title="标题", about="说明", kind="类别", year="年度", way="方式", state="状态", opens_at="开始时间",
    closes_at="截止时间", opened_at="开始时间", closed_at="结束时间", created_at="创建时间", published_at="公布时间",
    electorate="填写人", unit_ids="分工会", member_ids="会员", unit_id="分工会", member_id="会员",
    union_criteria="建家工作评议项目", chair_criteria="分工会主席评议项目", leader_criteria="领导干部评议项目",
    grades="等次", satisfied="满意的等次数", leaders="评议对象", name="姓名", post="职务", remarks="收集意见",
    entitled="应填人数", sheets="收到份数", paper="其中纸质", issued="发出份数", turnout="填写率", reason="原因",
    q="搜索标题", sort="排序", text="意见", satisfied_percent="满意率", mean="平均分", chair_percent="主席满意率",
    chair_mean="主席平均分", started="是否开始填写", shown="是否单独显示", remark="意见和建议",
)  # fmt: skip
