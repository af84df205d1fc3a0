"""What the dated rules are the figures of, by their keys; those of the dues stand with the rules of the dues."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.portal import words
from gateway.portal.benefit_names import benefit_words
from gateway.portal.words import texts_of
from services.contracts.governance.ballots.vocabulary import BALLOT_BODIES
from services.contracts.governance.congress.vocabulary import BODIES
from services.contracts.membership.retention import ERASED_CLASSES

_NAMES = {
    "joining.employments": _l("可以入会的用工形式"),
    "joining.documents.agency": _l("人事代理人员的入会材料"),
    "joining.documents.contract": _l("合同制人员的入会材料"),
    "joining.documents.dispatched": _l("劳务派遣人员的入会材料"),
    "joining.unconfirmed_days": _l("未经确认的入会申请失效前的天数"),
    "retirement.m60": _l("原 60 周岁退休的延迟办法"),
    "retirement.f55": _l("原 55 周岁退休的延迟办法"),
    "retirement.f50": _l("原 50 周岁退休的延迟办法"),
    "retirement.flexible": _l("弹性提前或延迟的最长月数"),
    "entitlement.items": _l("年度福利包括的项目"),
    "care.kinds": _l("不经走访、按日期或事件发放的关怀"),
    "care.children_day.age_below": _l("六一慰问的子女须不满多少周岁"),
    "care.children_day.counted_by": _l("六一慰问按孩子还是按会员计份"),
    "holiday.festivals": _l("可以发放慰问品的传统节日"),
    "holiday.paired_aid_share": _l("节日慰问品中消费帮扶的最低比例"),
    "prize.winners_share": _l("文体活动获奖人数占参加人数的最高比例"),
    "recuperation.person_day_cap": _l("疗休养每人每天上限"),
    "recuperation.food_cap": _l("疗休养每人每天伙食上限"),
    "recuperation.days": _l("疗休养最多天数"),
    "recuperation.outside_share": _l("疗休养出省人数的最高比例"),
    "recuperation.outside_interval": _l("疗休养两次出省的最短间隔"),
    "recuperation.insured_minimum": _l("疗休养每人最低保额"),
    "recuperation.group_minimum": _l("疗休养线路成团的最少人数"),
    "recuperation.period_years": _l("疗休养一个周期的年数"),
    "recuperation.period_cap": _l("疗休养每人每个周期的标准"),
    "recuperation.newcomer_until": _l("当年入会者享受疗休养的最晚入会日（月-日）"),
    "recuperation.newcomer_share": _l("当年入会者疗休养标准的比例"),
    "recuperation.family_most": _l("疗休养最多随行家属人数"),
    "recuperation.late_days": _l("疗休养出发前多少天内退出算临期"),
    "recuperation.lost_turns": _l("视为已享受疗休养的情形"),
    "recuperation.lots.honours": _l("荣誉获得者疗休养抽签增加的签数"),
    "recuperation.lots.front_line": _l("一线教职工疗休养抽签增加的签数"),
    "recuperation.lots.injured": _l("因工受伤者疗休养抽签增加的签数"),
    "recuperation.lots.retiring": _l("即将退休者疗休养抽签增加的签数"),
    "examinations.funding": _l("体检由哪项经费支付"),
    "examinations.standings": _l("哪些会籍状态的会员参加体检"),
    "examinations.women_interval": _l("女职工专项检查的间隔"),
    "examinations.change_days": _l("体检前多少天可以改约或取消"),
    "examinations.reminder_days": _l("两轮体检提醒至少相隔的天数"),
    "charity.marks": _l("慈善捐赠活动必须写明的慈善组织信息"),
    "procurement.contract_from": _l("采购须签合同的起点金额"),
    "procurement.committee_from": _l("采购须三家比价、集体决定的起点金额"),
    "procurement.tender_from": _l("采购须由学校招标的起点金额"),
    "procurement.quotes_least": _l("集体决定采购时最少的报价家数"),
    "procurement.committee_least": _l("集体决定采购时最少的在场人数"),
    "procurement.split_days": _l("同类采购合并查看的前后天数"),
    "aid.hardship.cap": _l("困难帮扶每人每年上限"),
    "aid.grave_illness.cap": _l("大病帮扶每人每年上限"),
    "aid.standings": _l("可以申请帮扶的会籍状态"),
    "aid.committee_least": _l("评审帮扶申请的最少到会人数"),
    "aid.review_months": _l("困难职工档案的复核周期"),
    "aid.keep_months": _l("帮扶申请材料的保存期限"),
    "aid.after_death": _l("申请人去世后帮扶申请的处理"),
    "aid.line": _l("帮扶金的预算项目"),
    "mutual_aid.claim_keep_months": _l("互助保障申领材料的保存期限"),
    "campaign.warmth.cap": _l("送温暖每人上限"),
    "campaign.warmth.forms": _l("送温暖的发放形式"),
    "campaign.warmth.line": _l("送温暖的预算项目"),
    "campaign.coolness.cap": _l("送清凉每人上限"),
    "campaign.coolness.forms": _l("送清凉的发放形式"),
    "campaign.coolness.line": _l("送清凉的预算项目"),
    "campaign.on_duty.cap": _l("坚守岗位慰问每人上限"),
    "campaign.on_duty.forms": _l("坚守岗位慰问的发放形式"),
    "campaign.on_duty.line": _l("坚守岗位慰问的预算项目"),
    "campaign.reminder_days": _l("慰问活动结束前几天提醒慰问人"),
    "ballot.surplus_percent": _l("候选人比应选人数多出的比例"),
    "ballot.secret_least": _l("无记名投票的最少人数"),
    "rating.smallest_group": _l("评议结果单独显示的最少份数"),
    "surveys.smallest_group": _l("匿名问卷显示结果的最少份数"),
    "meeting.committee.quorum": _l("委员会会议的法定到会比例"),
    "meeting.joint.quorum": _l("联席议事的法定到会比例"),
    "meeting.unit.quorum": _l("分工会会议的法定到会比例"),
    "meeting.action_reminder_days": _l("督办事项到期前几天提醒"),
    "award.publicity_days": _l("评选公示天数"),
    "congress.teachers_share": _l("教师代表的最低比例"),
    "congress.women_share": _l("女代表比例与女职工比例之比"),
    "congress.young_share": _l("青年代表的最低比例"),
    "congress.young_age": _l("青年代表的最大年龄"),
    "congress.extra_share": _l("提议召开临时会议的代表比例"),
    "congress.renewal_months": _l("任期届满前几个月开始换届"),
    "dismissal.opinion_days": _l("工会对解除通知提出意见的天数"),
    "dismissal.keep_months": _l("解除通知办结后内容保存的月数"),
    "dismissal.smallest_count": _l("解除通知统计显示的最小件数"),
    "suggestions.answer_days": _l("答复建议的工作日数"),
    "suggestions.keep_months": _l("建议办结后内容保存的月数"),
    "congress.renewal_items": _l("换届检查表的事项"),
    "unit_congress.staff_line": _l("召开教职工代表大会的最少人数"),
    "unit_congress.quorum": _l("二级教代会开会的到会比例"),
    "unit_congress.checklist": _l("二级教代会检查表的项目"),
    "unit_congress.checklist_added": _l("本校增加的二级教代会检查项目"),
    "unit_congress.documents": _l("二级教代会备案须交的材料"),
    "unit_congress.plan_due": _l("报送二级教代会计划的截止日期"),
    "unit_congress.record_due": _l("报送二级教代会记录的截止日期"),
    "unit_congress.least_days": _l("报送和修改二级教代会材料至少给的天数"),
    "unit_congress.reminder_days": _l("二级教代会报送到期前几天提醒"),
    "places.days_ahead": _l("场地最多提前几天预约"),
    "places.open_most": _l("每人同时最多有几个场地预约"),
    "places.week_most": _l("每人每周最多预约几次场地"),
    "places.cancel_minutes": _l("场地预约须在开始前多少分钟取消"),
    "places.check_in_minutes": _l("开始前后多少分钟内到场签到有效"),
    "places.missed_most": _l("几次未到场后暂停预约"),
    "places.missed_days": _l("在多少天内累计未到场次数"),
    "places.barred_days": _l("因未到场暂停预约的天数"),
    "places.keep_months": _l("场地预约记录的保存期限"),
    "clubs.least_founders": _l("成立协会至少几人支持（含发起人）"),
    "clubs.term_months": _l("协会负责人每届任期"),
    "clubs.joined_most": _l("每人最多参加几个协会"),
    "clubs.grant_most": _l("每个协会每年活动经费的上限"),
    "clubs.review_days": _l("协会年度总结须在次年第几天前提交"),
    "clubs.least_activities": _l("协会每年至少举办几次活动才能评为合格"),
    "clubs.failed_most": _l("协会连续几年不合格后暂停活动"),
    "clubs.reminder_days": _l("协会负责人任期届满前几天提醒"),
    "clubs.keep_months": _l("已退出协会的会员记录保存期限"),
    "children.keep_months": _l("托班结束后孩子资料的保存期限"),
    "children.classes_most": _l("每个孩子每学期最多参加几个班"),
    "fund.allocation_percent": _l("拨缴经费占工资总额的比例"),
    "fund.allocation_share_kept": _l("拨缴经费的留成比例"),
}
TOPICS = {
    "joining": _l("入会"), "dues": _l("会费"), "retirement": _l("退休"), "retention": _l("个人信息保存期限"),
    "entitlement": _l("年度福利"), "benefit": _l("慰问标准"), "care": _l("定时关怀"), "holiday": _l("节日"), "fund": _l("经费"), "recuperation": _l("疗休养"), "examinations": _l("体检"),
    "prize": _l("文体奖励"), "award": _l("评选"), "charity": _l("慈善捐赠"),
    "procurement": _l("采购"), "aid": _l("困难帮扶"), "mutual_aid": _l("互助保障"), "campaign": _l("慰问活动"),
    "ballot": _l("表决和选举"), "rating": _l("会员评家和民主评议"), "surveys": _l("问卷"),
    "meeting": _l("会议"), "congress": _l("代表大会"), "proposals": _l("提案"), "mediation": _l("劳动争议调解"),
    "places": _l("场地预约"), "clubs": _l("协会"),
    "children": _l("子女托班"),
    "unit_congress": _l("二级教代会"), "dismissal": _l("解除劳动合同通知"),
    "suggestions": _l("建议箱"),
}  # fmt: skip
"""What a key begins with, and what it is about."""
_OF_BALLOT = {
    "base": _l("%(body)s表决以什么人数计"), "comparator": _l("%(body)s表决通过的票数"),
    "participation": _l("%(body)s表决有效的参加比例"), "proxies": _l("%(body)s表决一人可受几人委托"),
}  # fmt: skip
"""Figures of the body whose decision a ballot is, by the end of the key."""
_OF_CONGRESS = {
    "quorum": _l("%(body)s开会的到会比例"), "turnout": _l("选举%(body)s代表的参加比例"),
    "elected_share": _l("%(body)s代表当选须超过的得票比例"), "candidates_margin": _l("%(body)s代表选举的差额率"),
}  # fmt: skip
"""Figures of a body of the congress, by the end of the key."""
CAPS = {
    "cap": _l("每次每人上限 %(cap)s 元，本次每人 %(asked)s 元（共 %(amount)s 元，%(people)s 人）。"),
    "year_cap": _l("每人全年上限 %(cap)s 元，已用 %(spent)s 元，还可用 %(left)s 元，本次 %(asked)s 元。"),
}
"""What to tell where a figure refused an amount, by the end of its key."""


def name_of_figure(key: str) -> str | None:
    """Return what a dated rule is the figure of; None for what is no key of one."""
    if key in _NAMES:
        return str(_NAMES[key])
    topic, _, rest = key.partition(".")
    if topic == "congress":
        return _of_congress(rest)
    if topic == "retention" and rest in ERASED_CLASSES:
        return gettext("%(data)s的保存期限", data=texts_of(ERASED_CLASSES)[rest])
    if topic == "visit_type" and rest:
        return gettext("“%(occasion)s”的走访类型", occasion=words.words(rest, "occasion"))
    first, _, what = rest.partition(".")
    if topic == "ballot" and first in BALLOT_BODIES and what in _OF_BALLOT:
        return str(_OF_BALLOT[what]) % {"body": texts_of(BALLOT_BODIES)[first]}
    return _of_benefit(first, what) if topic == "benefit" and what else None


def _of_benefit(key: str, what: str) -> str | None:
    benefit = benefit_words(key)
    return {
        "cap": gettext("%(benefit)s上限", benefit=benefit),
        "year_cap": gettext("%(benefit)s每人每年上限", benefit=benefit),
        "forms": gettext("%(benefit)s的发放形式", benefit=benefit),
        "line": gettext("%(benefit)s的预算项目", benefit=benefit),
        "funding": benefit,
    }.get(what)


def _of_congress(rest: str) -> str | None:
    body, _, figure = rest.partition(".")
    if body not in BODIES or figure not in _OF_CONGRESS:
        return None
    return str(_OF_CONGRESS[figure]) % {"body": texts_of(BODIES)[body]}
