"""The rules of surveys in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

INPUT_ERRORS = {
    "surveys.condition_is_of_one_question": _l("条件只能选同一道题的选项。"),
    "surveys.request_is_blinded": _l("这不是有效的凭证请求，请在问卷页重新开始。"),
}
RULES = {
    "workflow.survey": (_l("问卷流程"), _l("这份问卷现在的状态不能这样办理。")),
    "surveys.caller_is_a_member": (_l("会员才能填写"), _l("这个账号还不是会员。")),
    "surveys.reader_is_asked": (_l("问卷只给填写人和办理人看"), _l("您不在这份问卷的名册上。")),
    "surveys.electorate_is_named": (
        _l("写明谁填写"), _l("由报名某次活动的会员填写时请选择活动，不再限定对象；否则不选活动。"),
    ),
    "surveys.chair_asks_own_people": (
        _l("分工会主席面向本单位"), _l("请在对象里只选本分工会，或选择本分工会主办的活动。"),
    ),
    "surveys.options_fit": (
        _l("选项符合题型"), _l("第 %(number)s 题：单选和多选至少要两个不重复的选项，其他题型不写选项。"),
    ),
    "surveys.conditions_fit": (
        _l("条件指向前面的题目"), _l("第 %(number)s 题的条件要指向排在它前面的题目里有的选项。"),
    ),
    "surveys.times_are_in_order": (_l("开始在前，截止在后"), _l("开始时间要在将来，截止时间要在开始之后。")),
    "surveys.something_is_asked": (_l("问卷有题目"), _l("问卷还没有题目，请先添加。")),
    "surveys.survey_is_large_enough": (
        _l("人数足够"), _l("填写人只有 %(entitled)s 位，至少要 %(least)s 位；匿名问卷人数太少就不能匿名。"),
    ),
    "surveys.survey_is_open": (_l("填写期间才能填写"), _l("问卷还没有开始，或已经结束。")),
    "surveys.extension_is_later": (_l("延长到更晚"), _l("新的截止时间要在将来，并且比原来的晚。")),
    "surveys.reminder_is_due": (_l("一天最多提醒一次"), _l("一天之内已经通知过，请明天再提醒。")),
    "surveys.way_fits": (
        _l("匿名问卷凭凭证填写"), _l("匿名问卷凭在自己设备上生成的凭证填写，实名问卷登录后填写。"),
    ),
    "surveys.member_is_on_the_roll": (_l("填写人在名册上"), _l("名册在开始时已固定，您不在其中。")),
    "surveys.request_is_blinded": (_l("凭证请求有效"), _l("这不是有效的凭证请求，请在问卷页重新开始。")),
    "surveys.request_is_the_first": (
        _l("每人一份问卷"), _l("凭证已经领取过；谁也不知道是哪一份，因此不能补发。"),
    ),
    "surveys.token_is_valid": (_l("凭证有效"), _l("凭证不是这份问卷、这个单位的，没有接收。")),
    "surveys.token_is_unused": (_l("一张凭证一份答卷"), _l("这张凭证已经交过答卷，交出后不能更改。")),
    "surveys.sheets_match_tokens": (
        _l("答卷不多于凭证"),
        _l("答卷有 %(sheets)s 份，发出的凭证只有 %(tokens)s 张。有人滥用了密钥，这份问卷不能统计。"),
    ),
    "surveys.answers_fit": (_l("回答符合题型"), _l("有的回答不符合题型，请按题目填写。")),
    "surveys.required_is_answered": (_l("必答题已填写"), _l("请填写必答的题目，至少回答一题。")),
    "surveys.result_is_out": (_l("结束后才有结果"), _l("问卷结束并统计后才有结果。")),
    "surveys.reader_is_told": (_l("公布后填写人才能查看"), _l("结果没有公布给您。")),
}  # fmt: skip
