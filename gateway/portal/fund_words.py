"""The words of governance: what money is given for, categories of spending, the plan, entries of the ledger."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

BENEFIT = {
    "birth": _l("生育慰问"), "hospitalisation": _l("住院慰问"), "bereavement": _l("直系亲属去世慰问"),
    "member_death": _l("会员去世抚慰"), "wedding": _l("新婚慰问"), "birthday": _l("生日慰问"),
    "holiday": _l("节日慰问"), "hardship": _l("困难慰问"), "grave_illness": _l("大病慰问"),
    "retirement": _l("退休慰问"), "on_duty": _l("坚守岗位慰问"), "outing": _l("春秋游"),
    "prize_individual": _l("个人奖励"), "prize_team": _l("团体奖励"), "memento": _l("纪念品"),
    "recuperation": _l("疗休养"), "medical_examination": _l("教职工体检"),
}  # fmt: skip
CATEGORY = {
    "activities.education": _l("职工活动：教育"), "activities.culture_sports": _l("职工活动：文体"),
    "activities.publicity": _l("职工活动：宣传"), "activities.collective_welfare": _l("职工活动：集体福利"),
    "activities.other": _l("职工活动：其他"), "rights.labour_relations": _l("维权：劳动关系协调"),
    "rights.labour_protection": _l("维权：劳动保护"), "rights.legal_aid": _l("维权：法律援助"),
    "rights.hardship": _l("维权：困难帮扶"), "rights.warmth": _l("维权：送温暖"), "rights.other": _l("维权：其他"),
    "operations": _l("业务"), "capital": _l("资本性"), "business": _l("事业"), "other": _l("其他"),
}  # fmt: skip
ACCOUNTING = {
    "employee_activities": _l("职工活动支出"), "activity_organising": _l("职工活动组织支出"),
    "employee_services": _l("职工服务支出"), "rights_protection": _l("维权支出"), "operations": _l("业务支出"),
    "administration": _l("行政支出"), "capital": _l("资本性支出"), "subsidies_to_lower": _l("补助下级支出"),
    "affiliated": _l("对附属单位的支出"), "other": _l("其他支出"),
}  # fmt: skip
PLAN_PART = {
    "calendar": _l("主要工作行事历"), "I": _l("一、思想引领"), "II": _l("二、建功立业"),
    "III": _l("三、民主管理与维权"), "IV": _l("四、惠民服务"), "V": _l("五、自身建设"),
}  # fmt: skip
PLAN_ITEM = {"open": _l("未开始"), "scheduled": _l("已安排"), "in_progress": _l("进行中"), "done": _l("已完成")}
PLAN = {"draft": _l("草稿"), "published": _l("已发布")}
MEASURE = {
    "activity": _l("按举办的活动"), "visits": _l("按完成的走访"), "proposals": _l("按办结的提案"),
    "manual": _l("由干部登记"),
}  # fmt: skip
ENTRY = {"expense": _l("支出"), "income": _l("收入"), "reversal": _l("冲销"), "refund": _l("退还")}
SOURCE = {
    "visit": _l("走访"), "birthday": _l("生日慰问"), "benefit": _l("其他慰问"), "manual": _l("手工登记"),
    "income": _l("收入"), "dues": _l("会费收缴"),
}  # fmt: skip
FUNDING = {"union": _l("工会经费"), "administration": _l("行政福利费")}
INCOME = {
    "dues": _l("会费"), "allocation": _l("拨缴经费"), "superior": _l("上级补助"), "administration": _l("行政补助"),
    "business": _l("事业收入"), "investment": _l("投资收益"), "other": _l("其他收入"),
}  # fmt: skip
REFUSAL = {"open": _l("待处理"), "settled": _l("已处理")}
PERIOD = {"open": _l("开放"), "closed": _l("已结账")}
