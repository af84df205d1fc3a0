"""The words of dismissal notices, with the Chinese text people read."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

DISMISSAL_STATES = Vocabulary(
    "dismissal", received="待接办", in_review="研究中", agreed="没有异议", correction="要求纠正", answered="单位已答复",
    withdrawn="单位已撤回", closed="已办结",
)  # fmt: skip
DISMISSAL_STAGES = DISMISSAL_STATES.only("received", "in_review", "correction", "answered", "closed")
CLOCKED = ("received", "in_review")
"""States in which the union's opinion is due."""
ENDED = ("withdrawn", "closed")
DISMISSAL_GROUNDS = Vocabulary(
    "dismissal_ground", probation="试用期内不符合录用条件", serious_breach="严重违反规章制度",
    negligence="严重失职、营私舞弊造成重大损害", second_job="兼职影响本职工作", invalid="合同因欺诈等无效",
    crime="被依法追究刑事责任", illness="医疗期满不能从事工作", unfit="不能胜任工作", changed="客观情况发生重大变化",
    layoff="经济性裁员", other="其他",
)  # fmt: skip
DISMISSAL_CHANNELS = Vocabulary("dismissal_channel", online="人事系统报送", paper="书面通知")
DISMISSAL_OPINIONS = Vocabulary("dismissal_opinion", agree="没有异议", correct="要求纠正")
DECIDED_BY = Vocabulary("dismissal_decided_by", committee="工会委员会讨论决定", chair="工会主席受委员会委托决定")
EMPLOYER_ANSWERS = Vocabulary(
    "dismissal_answer", kept="维持解除决定", changed="改变决定", dropped="不再解除",
)  # fmt: skip
DISMISSAL_ROLES = Vocabulary("dismissal_role", clerk="经办人", employer="用人单位", member="本人")
DISMISSAL_PAPERS = Vocabulary(
    "dismissal_paper", notice="解除通知", evidence="事实依据", contract="劳动合同", opinion="盖章的工会意见书",
    answer="单位书面答复", other="其他材料",
)  # fmt: skip
DISMISSAL_STEPS = Vocabulary(
    "dismissal_step", notify="收到通知", take="接办", take_over="接替离任的经办人",
    release="退回待接办", agree="没有异议", correct="要求纠正",
    answer="单位答复", withdraw="单位撤回", close="办结", link="关联会员",
)  # fmt: skip
DISMISSALS_SHOWN = Vocabulary("dismissals_shown", open="未办结", all="全部")
DISMISSAL_ORDERS = Vocabulary(
    "dismissal_order", {"-received_on": "收到时间，新的在前", "due_on": "期限，近的在前"},
)  # fmt: skip

DISMISSAL_FIELDS = Vocabulary(
    "dismissal_field", number="编号", state="状态", ground="解除理由", channel="来源", received_on="收到日期",
    due_on="意见期限", effective_on="拟解除日期", person_name="姓名", member_id="会员", reason="事实和理由",
    opinion="工会意见", opinion_text="意见的理由", violated="违反的法律、规章或合同条款", decided_by="如何决定",
    opinion_on="意见日期", answer="处理结果", answer_text="答复内容", answered_on="答复日期", note="说明", show="范围",
    kind="材料种类", content="文件", year="年份", count="件数", overdue="已逾期", roles="身份",
    applicant_contact="联系方式", respondent_name="对方名称", claim="请求", facts="事实和理由",
    waits="待办", sort="排序", q="搜索",
)  # fmt: skip
