"""The rules of secret ballots in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "registrar.caller_is_a_member": (_l("由会员领取凭证"), _l("您的账号没有对应的会员，不能领取凭证。")),
    "registrar.request_is_blinded": (_l("凭证请求有效"), _l("这不是有效的凭证请求，请在投票页重新领取。")),
    "registrar.request_is_the_first": (
        _l("监票组为每人签一次"),
        _l("监票组已经为您签过。谁也不知道签的是哪一张，因此不能再签；规则允许时请用纸质选票。"),
    ),
    "registrar.roll_is_whole": (_l("监票组收齐名册后签发"), _l("监票组还在接收名册，请过几秒再领取。")),
    "registrar.tokens_are_given": (_l("投票期间由监票组签发"), _l("监票组现在不签发凭证：投票没有开始或已经结束。")),
    "registrar.voter_is_on_the_roll": (
        _l("监票组自己的名册上有您"),
        _l("监票组自己的名册上没有您，不能签发。请告诉监票人。"),
    ),
    "secret_ballots.asker_is_scrutineer": (_l("由本次投票的监票人办理"), _l("您不是这次投票的监票人。")),
    "secret_ballots.ballot_is_not_opened": (_l("开始之前更换监票人"), _l("投票已经开始，不能再更换监票人。")),
    "secret_ballots.key_is_valid": (_l("公钥有效"), _l("这不是有效的公钥，请在本页重新生成。")),
    "secret_ballots.keys_are_awaited": (_l("密钥在备齐之前登记"), _l("密钥已经备齐，不能再登记或更换。")),
    "secret_ballots.keys_are_made": (_l("监票人的密钥已经备齐"), _l("还有监票人没有登记密钥，密钥备齐后才能开始。")),
    "secret_ballots.registrar_has_told": (
        _l("监票组公布签发数后开票"),
        _l("监票组还没有公布签发了多少凭证，公布后自动开票。"),
    ),
    "secret_ballots.registrars_agree": (
        _l("两个登记方的名册一致"),
        _l("工会和监票组的名册或签名不一致，不能开票。请取消这次投票，查明后重新进行。"),
    ),
    "secret_ballots.request_is_blinded": (_l("凭证请求有效"), _l("这不是有效的凭证请求，请在投票页重新领取。")),
    "secret_ballots.request_is_the_first": (
        _l("每人领取一次凭证"),
        _l("您已经领取过凭证。谁也不知道那是哪一张，因此不能补发；规则允许时请用纸质选票。"),
    ),
    "secret_ballots.scrutineers_suffice": (
        _l("监票人足够，没有人能独自开票"),
        _l("监票人须有 %(least)s 至 %(most)s 名，开票所需人数不少于 %(least)s，也不多于监票人数。"),
    ),
    "secret_ballots.share_is_right": (_l("份额是本人的"), _l("这不是您的份额，请使用您自己的密钥。")),
    "secret_ballots.shares_are_awaited": (_l("结束后才交份额"), _l("投票还没有结束，不能提前开票。")),
    "secret_ballots.token_is_unused": (_l("一张凭证投一票"), _l("这张凭证已经投过票，以第一次为准。")),
    "secret_ballots.tokens_are_given": (_l("投票期间领取凭证"), _l("现在不能领取凭证：投票没有开始或已经结束。")),
    "secret_ballots.vote_is_valid": (_l("选票完整，凭证有效"), _l("选票没有被接收：凭证无效，或选票不完整。")),
    "secret_ballots.votes_are_taken": (_l("投票期间接收选票"), _l("现在不能投票：投票没有开始或已经结束。")),
    "secret_ballots.votes_match_marks": (
        _l("选票不多于发出的凭证"),
        _l("选票有 %(votes)s 张，发出的凭证只有 %(marks)s 张。有人滥用了密钥，这次投票不能计票。"),
    ),
}
