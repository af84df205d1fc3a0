"""The rules of mediation in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

_HAS_ITS_WAY = _l("依法另有途径的事项，告知途径，不作调解")

RULES = {
    "workflow.dispute": (_l("调解办理流程"), _l("这件调解现在的状态不能这样办理。")),
    "mediation.caller_is_a_member": (_l("会员才能参加"), _l("这个账号还不是会员。")),
    "mediation.cases_are_for_few": (_l("各步骤由规定的人办理"), _l("这一步由案件中的其他人办理。")),
    "mediation.an_application_waits": (_l("有待接办的申请"),
    _l("没有您可以接办的申请。本人是当事人或调解员的，由其他人接办。")),
    "mediation.a_clerk_left": (_l("接替离任的经办人"),
    _l("没有您可以接替的案件：经办人都在任，或者您是当事人、调解员。")),
    "mediation.review_appeal": (
        _HAS_ITS_WAY, _l("对考核结果、处分决定不服的，向原单位申请复核，再向主管部门或人事综合管理部门申诉。"),
    ),
    "mediation.levy_office": (_HAS_ITS_WAY,
    _l("单位未缴或少缴社会保险费的，向社会保险费征收机构或劳动保障监察机构投诉。")),
    "mediation.insurance_office": (
        _HAS_ITS_WAY, _l("对社会保险待遇的核定和发放有异议的，依法申请行政复议或提起行政诉讼。"),
    ),
    "mediation.housing_fund_office": (_HAS_ITS_WAY, _l("住房公积金未缴或少缴的，向住房公积金管理中心投诉。")),
    "mediation.injury_review": (_HAS_ITS_WAY, _l("对工伤认定结论不服的，依法申请行政复议或提起行政诉讼。")),
    "mediation.day_is_past": (_l("知道的日期在今天以前"), _l("这一天还没有到。")),
    "mediation.clock_ran_out": (_l("期满后终止"), _l("调解期限还没有满。")),
    "mediation.days_are_left": (_l("调解期限内办理"),
    _l("调解期限到 %(due_on)s 为止，已经期满，当事人可以依法申请仲裁。")),
    "mediation.extension_is_later": (_l("延期晚于现在的期限"), _l("请填写晚于现在期限的日期。")),
    "mediation.claimants_are_many": (
        _l("人数多的才推举代表"), _l("申请方 %(least)s 人以上才推举代表，现在是 %(count)s 人。"),
    ),
    "mediation.representative_is_claimant": (_l("代表从申请方中推举"), _l("代表须是申请方的当事人。")),
    "mediation.all_agree": (_l("双方都同意"), _l("还有人没有同意。")),
    "mediation.answer_is_asked": (_l("征求意见时答复，一次为准"), _l("现在没有要这一方答复的事项。")),
    "mediation.paper_is_on_file": (_l("代为登记须有书面意见"), _l("请先上传这一方的书面意见。")),
    "mediation.a_mediator_serves": (_l("有调解员才开始"), _l("还没有调解员答复担任。")),
    "mediation.mediator_is_no_party": (_l("当事人不经办、不调解本人的案件"), _l("当事人不能经办或调解本人的案件。")),
    "mediation.mediator_is_new": (_l("回避或更换后不再指定"), _l("这位调解员已经征求过。")),
    "mediation.mediators_are_few": (_l("调解员人数有限"), _l("最多 %(most)s 名调解员。")),
    "mediation.no_interest": (_l("有利害关系须回避"), _l("有回避情形的不能担任，请选择回避。")),
    "mediation.ground_is_stated": (_l("回避说明情形"), _l("请选择回避的情形。")),
    "mediation.agreement_is_in_force": (
        _l("双方签名或盖章、调解员签名、加盖调解组织印章后生效"),
        _l("协议还缺签名或印章，或者还没有拟定：双方签名或盖章，调解员签名并加盖调解组织印章后生效。"),
    ),
    "mediation.mark_is_not_ahead": (_l("日期在今天以前"), _l("这一天还没有到。")),
    "mediation.parties_are_few": (_l("当事人人数有限"), _l("最多 %(most)s 名当事人。")),
    "mediation.party_is_new": (_l("一名会员在案件中只有一种身份"), _l("这名会员在案件中已有身份。")),
    "mediation.parties_can_change": (_l("征求意见前登记当事人"), _l("已经征求过意见，不能再改当事人。")),
    "mediation.case_is_open": (_l("结束前办理"), _l("这件调解已经结束。")),
    "mediation.is_being_mediated": (_l("调解中办理"), _l("还没有开始调解，或者调解已经结束。")),
    "mediation.hearings_are_few": (_l("调解会次数有限"), _l("最多安排 %(most)s 次。")),
    "mediation.hearing_has_begun": (_l("调解会开始后登记"), _l("这次调解会还没有开始。")),
}  # fmt: skip
