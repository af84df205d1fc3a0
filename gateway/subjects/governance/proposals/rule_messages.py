"""The rules of proposals in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

_INSPECTOR = _l("选了“公布前督查”就要指定督查部门，没选就不指定。")
_UNIT = _l("二级单位的征集要选单位，代表大会的不选。")

RULES = {
    "workflow.proposal": (_l("提案办理流程"), _l("这件提案现在的状态不能这样办理。")),
    "proposals.caller_is_a_member": (_l("会员才能提出和附议"), _l("这个账号还不是会员。")),
    "proposals.is_public": (_l("立案后公开"), _l("这件提案还没有立案，只有提案人、附议人和提案工作机构能看。")),
    "proposals.name_is_free": (_l("部门名称不重复"), _l("已有同名的承办部门。")),
    "proposals.department_is_free": (_l("没有在办提案才能停用"), _l("这个部门还有 %(count)s 件提案在办，不能停用。")),
    "proposals.inspector_is_named": (_l("督查要有督查部门"), _INSPECTOR),
    "proposals.unit_is_named": (_l("二级单位的征集写明单位"), _UNIT),
    "proposals.deadline_follows_opening": (_l("截止不早于开始"), _l("截止时间早于开始日期。")),
    "proposals.campaign_is_of_own_unit": (_l("只为本单位征集"), _l("请选择您担任主席的单位。")),
    "proposals.switches_stay": (_l("有提案后环节不变"), _l("已有提案按原来的环节提交，不能再改环节。")),
    "proposals.campaign_is_open": (_l("征集期内提出"), _l("这次征集从 %(opens_on)s 开始；未开始或已结束时不收提案。")),
    "proposals.delegates_propose": (_l("代表才能提出和附议"), _l("只有本届代表（二级单位的征集为本单位会员）可以提出和附议。")),
    "proposals.drafts_are_few": (_l("草稿不过多"), _l("您已有 %(most)s 份草稿，请先提交或删除。")),
    "proposals.draft_is_discarded": (_l("草稿才能删除"), _l("别人已经看到这件提案，请改用撤回。")),
    "proposals.another_seconds": (_l("附议人不是提案人"), _l("您是提案人，不能附议自己的提案。")),
    "proposals.text_is_as_read": (_l("附议的是看到的内容"), _l("提案内容刚刚修改过，请重新阅读后再附议。")),
    "proposals.reason_fits": (_l("案由字数合适"), _l("案由要 %(least)s 至 %(most)s 字，现在是 %(length)s 字。")),
    "proposals.suggestion_fits": (_l("建议措施字数足够"), _l("建议措施至少 %(least)s 字，现在是 %(length)s 字。")),
    "proposals.seconders_suffice": (_l("附议人数足够"), _l("要有 %(least)s 人附议现在的内容，现在是 %(count)s 人。")),
    "proposals.refusal_has_a_ground": (_l("不予立案和退回要说明理由"), _l("不予立案请选理由类别并说明；退回请说明要改什么。")),
    "proposals.merges_into_another": (_l("并入另一件审查中的提案"), _l("请选同一次征集里另一件正在审查的提案。")),
    "proposals.joint_is_not_merged": (_l("并案主件不再并入别件"), _l("已有 %(count)s 件并入这件提案，请先撤销并案。")),
    "proposals.joint_is_not_filed": (_l("立案前才能撤销并案"), _l("并案后的提案已经立案，不能再撤销。")),
    "proposals.merger_comes_first": (_l("先撤销并案"), _l("有 %(count)s 件提案并入这件，请先由提案工作机构撤销并案。")),
    "proposals.departments_are_fit": (_l("主办和协办不重复"), _l("同一个部门只能选一次。")),
    "proposals.departments_are_active": (_l("承办部门在用"), _l("有部门已停用，请另选。")),
    "proposals.day_is_ahead": (_l("日期不早于今天"), _l("这个日期已经过去。")),
    "proposals.outcome_is_classed": (_l("答复写明办理结果"), _l("这次征集按结果分类时请选办理结果，不分类时不选。")),
    "proposals.rater_seconded_it": (_l("提案人和附议人评价"), _l("您附议的是修改前的内容，没有重新确认，不参加评价。")),
    "proposals.reply_dissatisfies": (_l("不满意才二次办理"), _l("总体评价和提案人都没有不满意，不需要二次办理。")),
    "proposals.second_handling_is_left": (_l("二次办理次数有限"), _l("最多二次办理 %(most)s 次。")),
    "proposals.implementation_is_done": (_l("落实后办结"), _l("现在落实了 %(percent)s%%，完成后再办结。")),
    "proposals.closing_says_why": (_l("办结有交代"), _l("意见建议或有不满意的，办结时请写明对提案人的说明。")),
    "proposals.milestones_are_few": (_l("阶段目标不过多"), _l("最多 %(most)s 个阶段目标。")),
    "proposals.milestone_is_open": (_l("阶段目标只完成一次"), _l("这个阶段目标已经完成。")),
    "proposals.check_is_in_december": (_l("每年十二月自查一次"), _l("自查在十二月进行，每年一次。")),
}  # fmt: skip

INPUT_ERRORS = {"proposals.inspector_is_named": _INSPECTOR, "proposals.unit_is_named": _UNIT}
