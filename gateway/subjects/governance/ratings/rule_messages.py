"""The rules of ratings in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

INPUT_ERRORS = {
    "ratings.electorate_is_named": _l("请按填写人的范围选择分工会或会员。"),
}
RULES = {
    "workflow.rating": (_l("评议流程"), _l("这次评议现在的状态不能这样办理。")),
    "ratings.caller_is_a_member": (_l("会员才能填写"), _l("这个账号还不是会员。")),
    "ratings.subjects_are_named": (
        _l("民主评议写明评议对象"), _l("民主评议要写明被评议的领导干部，会员评家不写姓名。"),
    ),
    "ratings.electorate_fits": (
        _l("填写人符合类别"), _l("会员评家由全体会员或分工会填写，民主评议由指定的代表填写。"),
    ),
    "ratings.words_differ": (_l("项目和等次不重复"), _l("有一项填了两次，请去掉一个。")),
    "ratings.satisfied_is_below_all": (
        _l("至少一个等次不算满意"), _l("共 %(grades)s 个等次，算作满意的要少于这个数。"),
    ),
    "ratings.year_fits": (_l("年度在范围内"), _l("年度应在 %(earliest)s 到 %(latest)s 之间。")),
    "ratings.year_is_free": (_l("每年评家一次"), _l("这一年度已有全体会员的评家，不能再发起。")),
    "ratings.times_are_in_order": (_l("开始在前，截止在后"), _l("开始时间要在将来，截止时间要在开始之后。")),
    "ratings.raters_are_members": (_l("填写人是会员"), _l("指定的人里有 %(count)s 位现在不是在册会员，请先去掉。")),
    "ratings.round_is_large_enough": (
        _l("人数足够才能匿名"), _l("只有 %(entitled)s 人，少于 %(smallest)s 份的结果不显示。"),
    ),
    "ratings.round_is_open": (_l("填写期间才能填写"), _l("评议还没有开始，或已经结束。")),
    "ratings.round_is_online": (_l("线上匿名填写"), _l("这次评议只录入纸质汇总，不在线上填写。")),
    "ratings.rater_is_on_the_roll": (_l("填写人在名册上"), _l("名册在开始时已固定，这位会员不在其中。")),
    "ratings.request_is_blinded": (_l("凭证请求有效"), _l("这不是有效的凭证请求，请在评议页重新开始。")),
    "ratings.request_is_the_first": (
        _l("每人一份评议表"), _l("凭证或纸质表已经领取过；谁也不知道是哪一份，因此不能补发。"),
    ),
    "ratings.token_is_valid": (_l("凭证有效"), _l("凭证不是这次评议、这个单位的，没有接收。")),
    "ratings.token_is_unused": (_l("一张凭证一份评议表"), _l("这张凭证已经交过评议表，交出后不能更改。")),
    "ratings.answers_fit": (_l("评议表符合问卷"), _l("请至少评一项，并按问卷填写。")),
    "ratings.remark_is_asked": (_l("征集意见时才写意见"), _l("这次评议不收集意见。")),
    "ratings.papers_fit": (_l("纸质汇总与份数相符"), _l("每一项各等次之和不能超过 %(sheets)s 份。")),
    "ratings.papers_were_given": (
        _l("纸质表不多于发出的"), _l("录入 %(sheets)s 份，发出的只有 %(given)s 份。"),
    ),
    "ratings.sheets_match_tokens": (
        _l("评议表不多于凭证"),
        _l("评议表有 %(sheets)s 份，发出的凭证只有 %(tokens)s 张。有人滥用了密钥，这次评议不能统计。"),
    ),
    "ratings.reminder_is_due": (_l("一天最多提醒一次"), _l("一天之内已经通知过全体填写人，请明天再提醒。")),
    "ratings.result_is_out": (_l("结束后才有结果"), _l("评议结束并统计后才有结果。")),
    "ratings.result_is_published": (_l("公布后代表才能查看"), _l("评议结果还没有公布。")),
    "ratings.result_can_be_published": (_l("民主评议结果公布一次"), _l("没有需要公布的结果，或已经公布。")),
    "ratings.reader_is_entitled": (_l("评议只给填写人和办理人看"), _l("只有填写人和办理人能看这次评议，分工会只看本单位。")),
}  # fmt: skip
