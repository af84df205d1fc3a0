"""The words of units' congresses, with the Chinese text people read."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

FILING_STATES = Vocabulary(
    "filing", awaited="待报计划", plan_filed="计划待审", plan_returned="计划退回", planned="待报记录",
    record_filed="记录待审", record_returned="记录退回", accepted="已备案", waived="免报",
)  # fmt: skip
FILING_STAGES = FILING_STATES.only("awaited", "plan_filed", "planned", "record_filed", "accepted")
UNITS_TURN = ("awaited", "plan_returned", "planned", "record_returned")
"""States in which the unit has something to file."""
PLANNING, RECORDING = ("awaited", "plan_returned"), ("planned", "record_returned")
IN_REVIEW = ("plan_filed", "record_filed")
FILING_PARTS = Vocabulary("filing_part", plan="计划", record="记录")
CONGRESS_FORMS = Vocabulary("congress_form", congress="教职工代表大会", all_staff="教职工大会")
FILING_REVIEWS = Vocabulary("filing_review", accept="同意", **{"return": "退回修改"})
CHECK_ITEMS = Vocabulary(
    "congress_check", work_report="听取年度工作报告", finance_report="听取财务工作报告",
    union_report="听取工会工作报告",
    interests="讨论通过与教职工利益直接相关的福利、分配、聘任、考核、奖惩办法", proposals="审议提案办理情况报告",
    leaders="评议领导干部", opinions="征集意见和建议",
)  # fmt: skip
"""What the ministry's rules let a congress do; a union adds items in its own words."""
FILING_DOCUMENTS = Vocabulary(
    "filing_document", notice="会议通知", sign_in="签到表", report="工作报告", resolution="决议", minutes="会议记录",
    photo="会议照片", other="其他材料",
)  # fmt: skip
UNSHOWN_DOCUMENTS = ("sign_in",)
"""Documents with people's names, which members of the unit do not get."""
FILINGS_SHOWN = Vocabulary(
    "filings_shown", all="全部", unit="待分工会报送", review="待校工会审核", overdue="已逾期", accepted="已备案",
)  # fmt: skip
FILING_ORDERS = Vocabulary("filing_order", {"-year": "年份，新的在前", "due_on": "期限，近的在前"})
FILING_STEPS = Vocabulary(
    "filing_step", {
        "open": "开始", "submit_plan": "报送计划", "submit_record": "报送记录", "return_plan": "退回计划",
        "accept_plan": "同意计划", "return_record": "退回记录", "accept_record": "备案", "reopen": "重新打开",
        "waive": "免报", "require": "恢复报送",
    },
)  # fmt: skip
"""What the history of a filing tells."""

FILING_FIELDS = Vocabulary(
    "filing_field", year="年份", unit_id="分工会", state="状态", show="范围", sort="排序", due_on="期限",
    late="逾期报送",
    overdue="已逾期", form="形式", members="人数", planned_on="计划召开日期", place="地点", agenda="议程",
    delegates="代表人数", held_on="召开日期", entitled="应到人数", present="实到人数", summary="会议情况",
    reason="原因",
    part="报送内容", decision="审核结果", title="决议题目", votes_for="赞成", votes_against="反对", abstained="弃权",
    passed="通过", needed="通过须赞成票", item="项目", done="已完成", note="说明", kind="材料种类", content="文件",
    text="指导意见", answer="答复", years="年数", resolutions="决议数", open_guidance="待答复指导",
    accepted_on="备案日期", q="关键词",
)  # fmt: skip
