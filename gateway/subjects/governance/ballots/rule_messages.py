"""The rules of ballots in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

INPUT_ERRORS = {
    "ballots.option_is_one": _l("每个选项填一位会员或一段文字。"),
    "ballots.electorate_is_named": _l("请按投票人的范围选择分工会或会员。"),
    "ballots.origin_is_named": _l("分工会的表决请选择分工会。"),
}
RULES = {
    "workflow.ballot": (_l("表决流程"), _l("这次表决现在的状态不能这样办理。")),
    "ballots.is_run_by_few": (_l("表决由发起人办理"), _l("只有校工会和发起表决的分工会能办理。")),
    "ballots.is_seen_by_voters": (_l("表决只给投票人看"), _l("只有名册上的投票人和办理人能看这次表决。")),
    "ballots.called_terms_stand": (
        _l("发起时的事项和投票人不变"),
        _l("这次表决由会议、代表选举或上一轮投票发起，只能改时间；要改事项或候选人，请取消后重新发起。"),
    ),
    "ballots.chair_asks_own_unit": (_l("分工会只问本会会员"), _l("分工会主席只能在本分工会会员中发起表决。")),
    "ballots.caller_is_a_member": (_l("会员才能投票"), _l("这个账号还不是会员。")),
    "ballots.options_fit_the_kind": (
        _l("选项符合表决方式"), _l("选择和选举的选项要多于名额，排序至少两项，赞成反对的表决不另设选项。"),
    ),
    "ballots.candidates_exceed_seats": (
        _l("候选人多于应选人数"), _l("应选 %(seats)s 人，至少要有 %(candidates)s 名候选人，现有 %(options)s 名。"),
    ),
    "ballots.candidates_are_people": (_l("候选人是会员"), _l("选举的候选人请选择会员。")),
    "ballots.options_differ": (_l("选项不重复"), _l("有一个选项填了两次。")),
    "ballots.times_are_in_order": (_l("开始在前，截止在后"), _l("开始时间要在将来，截止时间要在开始之后。")),
    "ballots.somebody_may_vote": (_l("名册上有人"), _l("这个范围里没有可以投票的会员。")),
    "ballots.voters_are_members": (_l("投票人是会员"), _l("指定的人里有 %(count)s 位现在不能投票，请先去掉。")),
    "ballots.secrecy_is_ready": (_l("无记名投票要先准备好"), _l("请先指定监票人，等他们的密钥备齐。")),
    "ballots.ballot_is_secret": (_l("投票是无记名的"), _l("这次投票不是无记名投票。")),
    "ballots.ballot_is_prepared": (_l("开始之前指定监票人"), _l("投票已经开始，不能再指定监票人。")),
    "ballots.scrutineers_are_members": (_l("监票人是会员"), _l("所选的人中有 %(count)s 位不是在册会员。")),
    "ballots.scrutineers_do_not_stand": (_l("候选人不当监票人"), _l("候选人不能当监票人。")),
    "ballots.secret_is_large_enough": (
        _l("无记名投票要有足够的人"), _l("只有 %(entitled)s 人，少于 %(least)s 人会看出每个人怎样投票。"),
    ),
    "ballots.ballot_is_open": (_l("投票中才能投票"), _l("投票还没有开始，或已经结束。")),
    "ballots.ballot_is_not_secret": (_l("无记名投票不经账号"), _l("无记名投票请凭选票凭证投出。")),
    "ballots.voter_is_on_the_roll": (_l("投票人在名册上"), _l("名册在开始时已固定，您不在其中。")),
    "ballots.voter_is_not_represented": (_l("已委托的由受托人投"), _l("您已委托他人投票，到会后可以自己投。")),
    "ballots.voter_is_present": (_l("到会才能投票"), _l("这次表决只有签到的人能投票，请先签到。")),
    "ballots.proxy_is_registered": (_l("受托须先登记"), _l("没有登记您代这位会员投票，或本人已到会。")),
    "ballots.proxy_is_present": (_l("受托人要到会"), _l("受托人不在名册上，或没有签到。")),
    "ballots.choices_fit": (_l("所投内容符合选票"), _l("请在选票上选择，最多 %(most)s 项，不能重复。")),
    "ballots.ranking_is_complete": (_l("排序要排全"), _l("请给全部 %(options)s 项排出先后。")),
    "ballots.vote_can_be_changed": (_l("投出后不能改"), _l("您已投票，这次表决投出后不能改。")),
    "ballots.result_is_out": (_l("结束后才公布结果"), _l("投票结束后才公布结果。")),
    "ballots.votes_are_named": (_l("记名投票才公布所投内容"), _l("这次表决不公布每个人怎样投票。")),
    "ballots.round_is_due": (_l("需要时才再次选举"), _l("这次表决不需要再投一轮，或已经发起。")),
    "ballots.proxies_are_allowed": (_l("规定允许才能委托"), _l("按现行规定，这次表决不能委托他人投票。")),
    "ballots.proxy_is_on_the_roll": (_l("委托双方都在名册上"), _l("委托人和受托人都要在名册上，受托人自己没有委托。")),
    "ballots.represented_is_absent": (_l("到会的自己投票"), _l("这位会员已到会，请本人投票。")),
    "ballots.represented_has_not_voted": (_l("已投的票不再变动"), _l("这位会员的票已经投出。")),
    "ballots.proxies_are_few": (_l("受托人数有限"), _l("一人最多受 %(most)s 人委托。")),
}  # fmt: skip
