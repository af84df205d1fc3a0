"""The words of the union's fixed lists, as people read them: kinds, states, occasions, forms, posts.

One table per list, from the word in the contracts to the text on the page, with the tone of its tag where it is a state.
"""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l

from gateway.portal import joining_words, roster_words, standing_words
from gateway.portal.dues_words import (
    DUES_CHANNEL,
    DUES_CHARGE,
    DUES_COLUMN,
    DUES_EXEMPTION,
    DUES_FILE,
    DUES_FILE_KIND,
    DUES_PAYMENT,
    DUES_REFUND,
    DUES_VERDICT,
)
from gateway.portal.fund_words import (
    ACCOUNTING,
    BENEFIT,
    CATEGORY,
    ENTRY,
    FUNDING,
    INCOME,
    MEASURE,
    PERIOD,
    PLAN,
    PLAN_ITEM,
    PLAN_PART,
    REFUSAL,
    SOURCE,
)
from gateway.portal.template_globals import add_globals

__all__ = [
    "ACCOUNTING",
    "BENEFIT",
    "CATEGORY",
    "DUES_CHANNEL",
    "DUES_CHARGE",
    "DUES_COLUMN",
    "DUES_EXEMPTION",
    "DUES_FILE",
    "DUES_FILE_KIND",
    "DUES_PAYMENT",
    "DUES_REFUND",
    "DUES_VERDICT",
    "ENTRY",
    "FUNDING",
    "INCOME",
    "MEASURE",
    "PERIOD",
    "PLAN",
    "PLAN_ITEM",
    "PLAN_PART",
    "REFUSAL",
    "SOURCE",
]  # fmt: skip

EMPLOYMENT = {
    "established": _l("编制内"), "agency": _l("人事代理"), "contract": _l("合同制"), "dispatched": _l("劳务派遣"),
}  # fmt: skip
GENDER = {"male": _l("男"), "female": _l("女")}
ORIGINAL_AGE = {"M60": _l("60 周岁"), "F55": _l("55 周岁"), "F50": _l("50 周岁")}
STANDING = {
    "active": _l("在册"), "transferring": _l("转会中"), "retained": _l("保留会籍"), "withdrawn": _l("退会"),
    "deemed_withdrawn": _l("自动退会"), "expelled": _l("除名"), "deceased": _l("去世"),
}  # fmt: skip
APPLICATION = {
    "draft": _l("草稿"), "submitted": _l("待分工会审核"), "unit_reviewed": _l("待校工会批准"),
    "returned": _l("已退回修改"), "approved": _l("已批准"), "rejected": _l("未通过"), "withdrawn": _l("已撤回"),
}  # fmt: skip
APPLICATION_STEP = {
    "save": _l("填写草稿"), "propose": _l("分工会集体申请"), "submit": _l("已提交"), "correct": _l("修改"), "accept": _l("分工会通过"),
    "return": _l("被退回修改"), "reject": _l("未通过"), "approve": _l("校工会批准"), "withdraw": _l("申请人撤回"),
    "move": _l("随分工会变动转入"), "lapse": _l("分工会逾期未确认，申请失效"),
}  # fmt: skip
EDUCATION = {
    "doctorate": _l("博士研究生"), "master": _l("硕士研究生"), "bachelor": _l("本科"), "associate": _l("专科"),
    "secondary": _l("中专及高中"), "other": _l("其他"),
}  # fmt: skip
DEGREE = {"doctor": _l("博士"), "master": _l("硕士"), "bachelor": _l("学士"), "none": _l("无学位")}
POLITICAL_STATUS = {
    "party_member": _l("中共党员"), "probationary_member": _l("中共预备党员"), "league_member": _l("共青团员"),
    "democratic_party": _l("民主党派成员"), "independent": _l("无党派人士"), "masses": _l("群众"),
}  # fmt: skip
MARITAL_STATUS = {
    "single": _l("未婚"), "married": _l("已婚"), "divorced": _l("离异"), "widowed": _l("丧偶"),
}  # fmt: skip
EMERGENCY_RELATION = {
    "spouse": _l("配偶"), "parent": _l("父母"), "child": _l("子女"), "sibling": _l("兄弟姐妹"),
    "friend": _l("朋友"), "colleague": _l("同事"), "other": _l("其他"),
}  # fmt: skip
SENSITIVE = {"id_number": _l("身份证号"), "phone": _l("手机号"), "email": _l("电子邮箱")}
MASKED = {
    **SENSITIVE, "political_status": _l("政治面貌"), "address": _l("住址"), "emergency_name": _l("紧急联系人"),
    "emergency_phone": _l("紧急联系人电话"),
}  # fmt: skip
MEMBER_FIELD = {
    **MASKED, "documents": _l("材料"), "hr_id": _l("工号"), "education": _l("学历"), "degree": _l("学位"), "professional_title": _l("职称"),
    "position": _l("职务"), "ethnicity": _l("民族"), "native_place": _l("籍贯"), "marital_status": _l("婚姻状况"),
    "office_phone": _l("办公电话"), "emergency_relation": _l("与紧急联系人的关系"), "skills": _l("特长"),
    "hobbies": _l("爱好"), "left_on": _l("离会日期"), "honour": _l("荣誉"), "family": _l("家庭成员"), "consent": _l("同意"), "own_copy": _l("本人下载全部数据"),
    "approved_month": _l("批准退休月份"), "retired_on": _l("退休日期"), "name": _l("姓名"), "pinyin": _l("拼音"), "gender": _l("性别"), "birth_date": _l("出生日期"),
    "employment": _l("用工形式"), "original_age": _l("原退休年龄"), "group_id": _l("工会小组"),
    "unit_id": _l("分工会"), "hired_on": _l("入职日期"), "joined_on": _l("入会日期"), "standing": _l("会籍状态"),
    "dues_base": _l("会费缴费基数"), "dues_exempt_from": _l("会费免缴起始"), "dues_exempt_until": _l("会费免缴截止"),
    "number": _l("会员号"), "occasion": _l("事由"), "relation": _l("亲属关系"), "note": _l("说明"),
    "evidence": _l("走访凭证"), "export": _l("导出名单"),
    **joining_words.FILE_FIELD,
}  # fmt: skip
AWARD_LEVEL = {
    "national": _l("国家级"), "provincial": _l("省部级"), "city": _l("市厅级"), "university": _l("校级"),
    "unit": _l("分工会"),
}  # fmt: skip
AWARD_CATEGORY = {
    "model_worker": _l("劳动模范"), "three_educations": _l("三育人"), "union_worker": _l("优秀工会工作者"),
    "activist": _l("工会积极分子"), "home": _l("先进教工小家"), "teaching": _l("教学竞赛"),
    "teacher": _l("最美教师"), "culture_sports": _l("文体"), "service": _l("公益服务"), "other": _l("其他"),
}  # fmt: skip
AWARD = {"granted": _l("有效"), "revoked": _l("已撤销")}
FAMILY_RELATION = {"spouse": _l("配偶"), "child": _l("子女"), "parent": _l("父母"), "other": _l("其他")}
CONSENT_PURPOSE = {
    "processing": _l("个人信息处理"), "sensitive": _l("敏感个人信息"), "photo": _l("照片"),
    "publication": _l("公开姓名与荣誉"), "guardian": _l("监护人同意"),
}  # fmt: skip
CORRECTION = {
    "asked": _l("待答复"), "accepted": _l("已更正"), "refused": _l("未同意"), "taken_back": _l("已撤回"),
}  # fmt: skip
DATA_CLASS = {
    "identity": _l("身份信息"), "birth": _l("出生月日"), "re_joining": _l("重新入会识别码"), "contact": _l("联系方式"),
    "career": _l("工作与学历"), "private": _l("个人情况"), "family": _l("家庭成员"), "papers": _l("附件与申请材料"),
    "history": _l("变更与查看记录"),
}  # fmt: skip
DOCUMENT_KIND, APPROVAL = joining_words.DOCUMENT_KIND, joining_words.APPROVAL
LOOKER = {"self": _l("本人"), "officer": _l("校工会干部"), "service": _l("系统")}
UNIT_KIND = {"union": _l("校工会"), "unit": _l("分工会"), "group": _l("工会小组"), "committee": _l("委员会")}
COMMITTEE = {
    "executive": _l("工会委员会"), "women": _l("女职工委员会"), "audit": _l("经费审查委员会"),
    "youth_women": _l("青工女职委"), "proposals": _l("提案工作委员会"), "mediation": _l("劳动争议调解委员会"),
    "other": _l("其他委员会"),
}  # fmt: skip
UNIT_HISTORY = {
    "founded": _l("成立"), "renamed": _l("更名"), "moved": _l("调整上级"), "closed": _l("停用"), "reopened": _l("恢复"),
    "merged_into": _l("并入其他组织"), "took_in": _l("其他组织并入"), "split_off": _l("分出新的分工会"),
    "split_from": _l("由其他分工会分出"),
}  # fmt: skip
POST = {
    "union_chair": _l("校工会主席"), "union_officer": _l("校工会干部"), "unit_chair": _l("分工会主席"),
    "unit_deputy": _l("分工会副主席"), "women_member": _l("女职工委员"), "group_leader": _l("工会小组长"),
    "committee_chair": _l("主任委员"), "committee_deputy": _l("副主任委员"), "committee_member": _l("委员"),
    "auditor": _l("经审委员"), "delegate": _l("教代会代表"), "handler": _l("承办部门联系人"),
    "mediator": _l("调解员"), "judge": _l("评委"), "operator": _l("系统管理员"),
}  # fmt: skip
ROLE = {
    "officer": _l("校工会干部"), "chair": _l("分工会主席"), "member": _l("会员"), "auditor": _l("经审"),
    "delegate": _l("代表"), "handler": _l("承办部门"), "mediator": _l("调解员"), "judge": _l("评委"),
    "ops": _l("系统管理"), "applicant": _l("入会申请人"), "hr": _l("人事系统"),
    "reader": _l("读取数据的系统"), "members.read": _l("读取会员编号"), "units.read": _l("读取组织机构"),
    "activities.read": _l("读取活动"),
}  # fmt: skip
ACTIVITY_KIND = {
    "seminar": _l("座谈研讨"), "lecture": _l("讲座宣讲"), "salon": _l("沙龙"), "contest": _l("竞赛评选"),
    "match": _l("球类比赛"), "sports": _l("运动会"), "choir": _l("合唱"), "ceremony": _l("仪式"),
    "newcomers_ceremony": _l("新教工入会仪式"), "retirement_ceremony": _l("荣休仪式"), "parent_child": _l("亲子活动"),
    "training": _l("培训"), "trip": _l("疗休养与出行"), "care": _l("关爱慰问"), "meeting": _l("会议"),
    "congress": _l("双代会"), "examination": _l("体检"), "donation": _l("慈善捐赠"), "social": _l("联谊交友"),
    "visit": _l("走访"), "other": _l("其他"),
}  # fmt: skip
ACTIVITY_FIELD = {
    "title": _l("名称"), "title_en": _l("英文名称"), "kind": _l("类型"), "summary": _l("介绍"),
    "summary_en": _l("英文介绍"), "place": _l("地点"), "starts_at": _l("开始时间"), "ends_at": _l("结束时间"),
    "sessions": _l("场次"), "capacity": _l("名额"), "waiting_list": _l("候补"),
    "registration_opens_at": _l("报名开始"), "registration_closes_at": _l("报名截止"), "cancel_until": _l("取消期限"),
    "audience": _l("对象"), "fee": _l("费用"), "state": _l("状态"), "held_on": _l("举办日期"),
    "attended": _l("参加人数"), "plan_item_id": _l("计划项目"), "copied_from": _l("复制自另一活动"),
    "organiser_unit_id": _l("主办单位"),
}  # fmt: skip
ACTIVITY = {"draft": _l("草稿"), "scheduled": _l("已安排"), "held": _l("已举办"), "cancelled": _l("已取消")}
CANCEL_REASON = {
    "weather": _l("天气原因"), "venue": _l("场地原因"), "too_few": _l("人数不足"), "organiser": _l("主办方原因"),
    "other": _l("其他原因"),
}  # fmt: skip
REGISTRATION = {"confirmed": _l("已报名"), "waitlisted": _l("候补中"), "cancelled": _l("已取消")}
OCCASION = {
    "birth": _l("生育"), "hospitalisation": _l("生病住院"), "bereavement": _l("直系亲属去世"),
    "member_death": _l("会员去世"), "wedding": _l("新婚"), "hardship": _l("生活困难"), "grave_illness": _l("患大病"),
    "retirement": _l("退休"), "on_duty": _l("寒暑假坚守岗位"),
}  # fmt: skip
RELATION = {"spouse": _l("配偶"), "parent": _l("父母"), "child": _l("子女")}
LEVEL = {"unit": _l("分工会走访"), "union": _l("校工会走访")}
FORM = {"goods": _l("慰问品"), "voucher": _l("券"), "cash": _l("慰问金")}
EVIDENCE = {
    "note": _l("走访记录"), "signature": _l("签收"), "photo": _l("照片"), "receipt": _l("票据"),
    "document": _l("证明材料"),
}  # fmt: skip
VISIT = {
    "required": _l("待指派"), "assigned": _l("待走访"), "visited": _l("已走访"), "claimed": _l("已入账"),
    "closed": _l("已办结"), "cancelled": _l("已取消"),
}  # fmt: skip
VISIT_STEP: dict[str, Any] = {
    **VISIT,
    "reassigned": _l("改派走访人"), "evidence": _l("已补充凭证"), "late_evidence": _l("已后补凭证"),
    "overdue": _l("已逾期"), "escalated": _l("已上报校工会"), "claim_refused": _l("入账被拒"),
    "claim_reversed": _l("入账被冲销"), "claimed_again": _l("重新申报"),
}  # fmt: skip
VISIT_CANCEL = {"member_died": _l("会员去世")}
CLAIM = {
    "none": _l("未发放"), "pending": _l("待入账"), "recorded": _l("已入账"), "refused": _l("被拒"),
    "reversed": _l("已冲销"),
}  # fmt: skip
GRANT = {"listed": _l("待发放"), "issued": _l("已发放"), "collected": _l("已领取"), "withdrawn": _l("已撤下")}
RUN = {"running": _l("进行中"), "done": _l("已完成"), "stopped": _l("已停止")}
JOB = {
    "waiting": _l("排队中"), "running": _l("进行中"), "done": _l("已完成"), "failed": _l("失败"), "cancelled": _l("已停止"),
}  # fmt: skip
HR_KIND = {
    "join": _l("入会"), "retirement": _l("退休"), "leave": _l("离校"), "move": _l("调动"), "change": _l("信息变更"),
}  # fmt: skip
HR_DIFFERENCE = {"open": _l("待核对"), "applied": _l("已采用"), "dismissed": _l("已忽略"), "same": _l("一致")}
HR_SOURCE = {"push": _l("推送"), "pull": _l("读取")}
ACCOUNT = {"account": _l("已开通"), "slip": _l("已发开通单"), "expired": _l("开通单过期"), "none": _l("未发开通单")}
"""How signing in stands for a member."""

SERVICE = {
    "membership": _l("会员服务"), "activities": _l("活动服务"), "welfare": _l("福利服务"), "governance": _l("治理服务"),
    "gateway": _l("门户"),
}  # fmt: skip
WORK_OF = {
    "membership": _l("会员业务"), "activities": _l("活动业务"), "welfare": _l("福利业务"), "governance": _l("治理业务"),
    "gateway": _l("导出与打印"),
}  # fmt: skip
"""What the long work of a service is about."""
FAILED_EVENT = {"failed": _l("等待重试"), "dead": _l("已停止")}
PROGRAM = {"open": _l("可以使用"), "expired": _l("密钥已到期"), "revoked": _l("不再使用")}
PROGRAM_ROLE = {"reader": _l("读取数据"), "hr": _l("推送人事数据")}
PROGRAM_CHANGE = {
    "created": _l("建立账号"), "renewed": _l("换发密钥"), "scopes_changed": _l("修改可读范围"), "revoked": _l("账号已停用"),
}  # fmt: skip
SCOPE = {
    "members.read": _l("会员编号、分工会、会籍和用工形式，不含姓名"),
    "units.read": _l("分工会的编码和名称"),
    "activities.read": _l("已公布的活动"),
}
EVENT_STATE = {
    **FAILED_EVENT, "handled": _l("已处理"), "discarded": _l("已放弃"), "replayed": _l("已重新处理"),
}  # fmt: skip

ROSTER_FIELD, EXPORT_COLUMN = roster_words.ROSTER_FIELD, roster_words.EXPORT_COLUMN
IMPORT, ROW_PROBLEM, ROW_ACTION = roster_words.IMPORT, roster_words.ROW_PROBLEM, roster_words.ROW_ACTION

TONES = {
    "posted": "good", "posting": "wait", "asked": "wait", "declined": "bad",
    "refund": "wait",
    "active": "good", "granted": "good", "revoked": "bad", "approved": "good", "confirmed": "good", "closed": "good", "collected": "good", "done": "good",
    "recorded": "good", "held": "good", "claimed": "good", "published": "good", "settled": "good", "issued": "good",
    "submitted": "wait", "unit_reviewed": "wait", "returned": "wait", "waitlisted": "wait", "required": "wait",
    "assigned": "wait", "pending": "wait", "listed": "wait", "transferring": "wait", "in_progress": "wait",
    "requested": "wait", "released": "wait", "accepted": "note", "effective": "good", "retained": "note",
    "account": "good", "slip": "wait", "expired": "bad",
    "running": "wait", "visited": "note", "scheduled": "note", "expense": "note", "income": "good",
    "imported": "good", "checked": "wait", "reading": "note", "read_stopped": "bad", "checking": "note", "importing": "note", "check_stopped": "bad",
    "import_stopped": "bad", "waiting": "wait", "failed": "bad", "dead": "bad", "handled": "good", "reversal": "wait", "rejected": "bad", "refused": "bad", "reversed": "bad", "overdue": "bad", "expelled": "bad",
}  # fmt: skip
"""How a state looks: good, wait, bad, note; anything else is plain."""

LISTS = {
    name: value
    for table in (globals(), vars(standing_words))
    for name, value in table.items()
    if name.isupper() and isinstance(value, dict)
}


def words(key: Any, table: str) -> Any:
    """Return the text of a word of a list; the word itself where the list does not know it."""
    return LISTS[table.upper()].get(key, key or "—")


def tone(state: str | None) -> str:
    """Return how a state looks."""
    return TONES.get(state or "", "plain")


def set_up(app: Flask) -> None:
    """Make the lists known to the templates."""
    app.jinja_env.filters["words"] = words
    app.jinja_env.filters["tone"] = tone
    add_globals(app, lists=LISTS)
